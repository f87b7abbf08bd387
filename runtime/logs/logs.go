// Package logs is the handler every log line passes: attributes whose key is not on the list are withheld (their names are
// told, never their values), so that a word or an id of a resident cannot reach a log because somebody forgot about it.
// Messages are words of the program and pass as they are. What is written to the journal is package redact's work.
package logs

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"unicode/utf8"

	"hoithoai/runtime/redact"
)

// Withheld is the key under which the names of what was withheld stand.
const Withheld = "withheld"

// allowed are the keys that pass: names of the program, of offices, and keyed names of people.
var allowed = []string{
	"account", "action", "advice", "after", "age", "changed", "count", "error", "generation", "how", "key", "kind", "letter", "line", "loaded", "miss", "office", "outcome",
	"reason", "stack", "task",
}

// checked are the allowed keys whose text comes from other programs: numbers of papers and codes are masked in it.
var checked = []string{"error", "reason"}

// The longest text of an attribute, in bytes; stacks of a panic may be longer.
const (
	longest      = 2 << 10
	longestStack = 16 << 10
)

// Allowed reports whether values under key reach the log.
func Allowed(key string) bool { return slices.Contains(allowed, key) }

// Handler withholds what is not allowed and hands the rest on. It is safe for concurrent use.
type Handler struct {
	to       slog.Handler
	withheld []string // names of attributes that With was given
	grouped  bool     // inside a group nothing is allowed
}

// New returns a handler before another one.
func New(to slog.Handler) *Handler { return &Handler{to: to} }

// Enabled implements slog.Handler.
func (h *Handler) Enabled(ctx context.Context, l slog.Level) bool { return h.to.Enabled(ctx, l) }

// Handle implements slog.Handler.
func (h *Handler) Handle(ctx context.Context, r slog.Record) error {
	out := slog.NewRecord(r.Time, r.Level, r.Message, r.PC)
	names := slices.Clone(h.withheld)
	r.Attrs(func(a slog.Attr) bool {
		if passed, ok := h.pass(a); ok {
			out.AddAttrs(passed)
		} else {
			names = append(names, a.Key)
		}
		return true
	})
	if len(names) > 0 {
		out.AddAttrs(slog.String(Withheld, strings.Join(names, ",")))
	}
	return h.to.Handle(ctx, out)
}

// WithAttrs implements slog.Handler.
func (h *Handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	next := *h
	next.withheld = slices.Clone(h.withheld)
	var good []slog.Attr
	for _, a := range attrs {
		if passed, ok := h.pass(a); ok {
			good = append(good, passed)
		} else {
			next.withheld = append(next.withheld, a.Key)
		}
	}
	next.to = h.to.WithAttrs(good)
	return &next
}

// WithGroup implements slog.Handler: no group is on the list, so everything in one is withheld.
func (h *Handler) WithGroup(name string) slog.Handler {
	if name == "" {
		return h
	}
	next := *h
	next.grouped = true
	return &next
}

// pass returns an attribute as it may be written.
func (h *Handler) pass(a slog.Attr) (slog.Attr, bool) {
	if h.grouped || !Allowed(a.Key) {
		return a, false
	}
	v := a.Value.Resolve()
	switch v.Kind() {
	case slog.KindString:
		return slog.String(a.Key, text(a.Key, v.String())), true
	case slog.KindBool, slog.KindInt64, slog.KindUint64, slog.KindFloat64, slog.KindDuration, slog.KindTime:
		return slog.Attr{Key: a.Key, Value: v}, true
	}
	if err, ok := v.Any().(error); ok {
		return slog.String(a.Key, text(a.Key, err.Error())), true
	}
	return a, false // a group, or a value that nobody has looked at
}

func text(key, s string) string {
	limit := longest
	if key == "stack" {
		limit = longestStack
	}
	if len(s) > limit {
		for limit > 0 && !utf8.RuneStart(s[limit]) {
			limit--
		}
		s = s[:limit] + "…"
	}
	if slices.Contains(checked, key) {
		s = redact.Text(s)
	}
	return s
}
