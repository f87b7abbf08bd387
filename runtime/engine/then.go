package engine

import (
	"slices"

	"hoithoai/dsl/program"
	"hoithoai/runtime/message"
	"hoithoai/runtime/session"
)

// enterFirst begins the first of the requests that one message makes. The next one is offered at once where nothing is asked
// any more, and named where something is: nothing the person wrote gets lost in silence.
func (x *stepper) enterFirst(m Match) error {
	if err := x.enterFlow(m.Flow, program.None, session.Root, Triggered); err != nil {
		return err
	}
	if len(m.Then) == 0 || m.Then[0] < 0 || m.Then[0] >= len(x.p.Flows) || x.silenced() {
		return nil
	}
	next := m.Then[0]
	if x.active() {
		note := message.Message{Kind: message.Words, Text: sayLater(x.p.Flows[next].Title)}
		x.res.Messages = slices.Insert(x.res.Messages, 0, note)
		return nil
	}
	x.offer(session.OfferFlow, []int{next}, sayNext(x.p.Flows[next].Title), labelOther)
	return nil
}

// missed notes words that led nowhere surely, for those who teach the page new sentences.
func (x *stepper) missed(m Match) {
	x.res.Missed = x.text0
	if m.Flow >= 0 && m.Flow < len(x.p.Flows) {
		x.res.Near = x.p.Flows[m.Flow].Name
	}
}
