package zalo

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// ErrMalformed says that a body is not one JSON object within MaxBody and MaxDepth. It is answered 200 and counted: a refusal
// would make Zalo send it again.
var ErrMalformed = errors.New("malformed webhook body")

// Decode reads one webhook body. It is total: any bytes give an Inbound or ErrMalformed (wrapped). A field of an unexpected
// type counts as missing, keys it does not know are ignored, an event it does not know has the family Unknown.
func Decode(raw []byte) (Inbound, error) {
	if len(raw) > MaxBody {
		return Inbound{}, fmt.Errorf("body of %d bytes: %w", len(raw), ErrMalformed)
	}
	trimmed := bytes.TrimSpace(raw)
	if len(trimmed) == 0 || trimmed[0] != '{' || tooDeep(trimmed) {
		return Inbound{}, fmt.Errorf("not an object, or nested over %d: %w", MaxDepth, ErrMalformed)
	}
	var b body
	if err := json.Unmarshal(trimmed, &b); err != nil && !isTypeError(err) {
		return Inbound{}, fmt.Errorf("no JSON at all: %w", ErrMalformed)
	}
	in := b.inbound()
	if in.Family == Unknown && isEmptyObject(trimmed) {
		in.Family = Probe
	}
	in.DedupeKey = dedupeKey(in, raw)
	return in, nil
}

// isTypeError reports an error after which encoding/json has still filled every field it could.
func isTypeError(err error) bool {
	var te *json.UnmarshalTypeError
	return errors.As(err, &te)
}

func isEmptyObject(object []byte) bool {
	return len(bytes.TrimSpace(object[1:len(object)-1])) == 0
}

// tooDeep counts brackets outside strings. It only has to be right for valid JSON; the decoder refuses the rest.
func tooDeep(b []byte) bool {
	depth, quoted := 0, false
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			depth--
		}
		if depth > MaxDepth {
			return true
		}
	}
	return false
}

func (b *body) inbound() Inbound {
	in := Inbound{
		Family:        familyOf(string(b.EventName)),
		EventName:     string(b.EventName),
		AppID:         string(b.AppID),
		MessageID:     string(b.Message.ID),
		Timestamp:     milliseconds(string(b.Timestamp)),
		TimestampText: string(b.Timestamp),
		Text:          string(b.Message.Text),
		Quote:         string(b.Message.Quote),
		Tag:           string(b.Tag.Name),
		Source:        string(b.Source),
		Info:          infoFields(b.Info),
	}
	b.address(&in)
	in.attach(b.Message.Attachments)
	return in
}

// milliseconds reads a timestamp. Zalo's own pages print twelve digits by misprint (facts §1.4): such a value is signed as it
// is, but no time at all.
func milliseconds(text string) int64 {
	const first, last = 1_000_000_000_000, 4_102_444_800_000 // 2001-09-09 (the first of thirteen digits) to 2100-01-01
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < first || n > last || strings.HasPrefix(text, "+") {
		return 0
	}
	return n
}
