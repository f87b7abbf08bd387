package seal

import (
	"fmt"
	"log/slog"
)

// hidden is all that is ever shown of a Secret.
const hidden = "***"

// Secret holds bytes that must not appear in logs, JSON or error texts: every way of printing it gives "***".
type Secret struct{ bytes []byte }

// NewSecret returns a Secret with a copy of b.
func NewSecret(b []byte) Secret { return Secret{bytes: append([]byte(nil), b...)} }

// String returns "***".
func (Secret) String() string { return hidden }

// Format prints "***" for every verb, %x and %#v among them.
func (Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(hidden)) }

// LogValue returns "***".
func (Secret) LogValue() slog.Value { return slog.StringValue(hidden) }

// MarshalText returns "***"; encoding/json uses it too.
func (Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// MarshalJSON returns "***" as a JSON string.
func (Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + hidden + `"`), nil }

// reveal returns the bytes themselves; only this package can.
func (s Secret) reveal() []byte { return s.bytes }
