// Package tracing follows single events through the program with OpenTelemetry spans: accept, step, commit, send, joined over
// the store by a link that travels in the sealed envelope. It is off unless somebody asks for it, and then costs a comparison.
//
// A span says how long a part took and how it ended, never who and what: attributes outside a short list are dropped, as
// package logs does it, and the name of a person, a word of theirs or what they asked for is none of them. Where spans go is the
// work of package otlp; how often things happen is package metrics'.
package tracing

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// The parts of an event's way. Each is the child of the one before it.
const (
	Accept = "accept" // a webhook, until it is durable
	Step   = "step"   // the engine
	Commit = "commit" // the store takes the outcome
	Send   = "send"   // one message to Zalo, or one try of it
)

// allowed are the keys of attributes that leave the program: what became of a part, in words of small fixed sets.
var allowed = []string{"office", "status", "outcome", "class", "messages", "recovered", "waited_ms"}

// longest is the longest text of an attribute, in bytes: nothing a resident wrote would be so short for long.
const longest = 40

// CheckURL reports an address of a collector that cannot be one.
func CheckURL(text string) error {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("%q is not the address of a collector; write for example \"http://127.0.0.1:4318\"", text)
	}
	return nil
}

// Set starts spans. A nil Set starts none.
type Set struct {
	tracer trace.Tracer
	now    func() time.Time
}

// New returns a set that starts spans on a tracer, under a clock.
func New(t trace.Tracer, now func() time.Time) *Set { return &Set{t, now} }

// Span is one part under way; the zero Span is none, and says nothing. It is used by one goroutine.
type Span struct {
	span trace.Span
	set  *Set
}

// Start begins a part, as the child of what a link names, or of nothing.
func (s *Set) Start(part, link string) Span {
	if s == nil {
		return Span{}
	}
	ctx := context.Background()
	if link != "" {
		ctx = propagation.TraceContext{}.Extract(ctx, propagation.MapCarrier{header: link})
	}
	_, span := s.tracer.Start(ctx, part, trace.WithTimestamp(s.now()), trace.WithSpanKind(kinds[part]))
	return Span{span, s}
}

// header is the name under which the standard of the World Wide Web Consortium carries a link.
const header = "traceparent"

var kinds = map[string]trace.SpanKind{
	Accept: trace.SpanKindServer, Step: trace.SpanKindInternal, Commit: trace.SpanKindClient, Send: trace.SpanKindClient,
}

// Link names the span for those that follow it, possibly in another process: 55 characters, "" for no span.
func (p Span) Link() string {
	if p.span == nil {
		return ""
	}
	carrier := propagation.MapCarrier{}
	propagation.TraceContext{}.Inject(trace.ContextWithSpan(context.Background(), p.span), carrier)
	return carrier[header]
}

// Say sets an attribute. One that is not on the list, or is longer than any of its words, is dropped.
func (p Span) Say(key, value string) {
	if p.span != nil && slices.Contains(allowed, key) && len(value) <= longest {
		p.span.SetAttributes(attribute.String(key, value))
	}
}

// Count sets an attribute that is a number.
func (p Span) Count(key string, n int64) {
	if p.span != nil && slices.Contains(allowed, key) {
		p.span.SetAttributes(attribute.Int64(key, n))
	}
}

// End ends the part. It failed with err, of which only that is told: its text may quote what others wrote.
func (p Span) End(err error) {
	if p.span == nil {
		return
	}
	if err != nil {
		p.span.SetStatus(codes.Error, "")
	}
	p.span.End(trace.WithTimestamp(p.set.now()))
}
