package actor

import (
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/tracing"
)

// traced ends the span of a step. What a step turned out to be is told only where it may stand in the journal: in an office with
// few residents the minute in which somebody tells something in confidence says who it was.
func (st *stepped) traced(span tracing.Span) {
	st.span = span
	span.Say("office", st.in.Office)
	span.Count("messages", int64(len(st.result.Messages)))
	if !st.secret {
		span.Say("outcome", st.result.Kind.String())
	}
	span.End(nil)
}

// traced ends the span of a send, or of one try of it.
func (d *Delivery) traced(span tracing.Span, class envelope.Class) {
	span.Say("class", class.String())
	if d.Done {
		span.Say("outcome", "done")
	} else {
		span.Say("outcome", "put_off")
	}
	span.End(nil)
}
