package engine

import (
	"slices"

	"hoithoai/dsl/program"
	"hoithoai/runtime/message"
	"hoithoai/runtime/session"
)

// enterFirst begins the first of the requests that one message makes. The next one is kept, named where a question is on the
// screen, and offered once nothing is asked any more: nothing the person wrote gets lost in silence.
func (x *stepper) enterFirst(m Match) error {
	if err := x.enterFlow(m.Flow, program.None, session.Root, Triggered); err != nil {
		return err
	}
	if len(m.Then) == 0 || m.Then[0] < 0 || m.Then[0] >= len(x.p.Flows) || x.silenced() {
		return nil
	}
	next := x.p.Flows[m.Then[0]]
	if x.e.off[next.Index] {
		note := message.Message{Kind: message.Words, Text: x.sayNotOffered(next.Index)}
		x.res.Messages = slices.Insert(x.res.Messages, 0, note)
		return nil
	}
	x.s.Later = next.Name
	if x.active() {
		note := message.Message{Kind: message.Words, Text: sayAfter(next.Title)}
		x.res.Messages = slices.Insert(x.res.Messages, 0, note)
	}
	return nil
}

// offerLater offers the request that was kept, as soon as no run is active. Where the person left, waits for an officer, was
// in danger, or went to that very flow, it is dropped.
func (x *stepper) offerLater() {
	if x.s.Later == "" || x.active() {
		return
	}
	name := x.s.Later
	x.s.Later = ""
	if x.silenced() || x.res.Erase || !x.endsWell() {
		return
	}
	for _, f := range x.p.Flows {
		if f.Name == name && !x.entered(name) && !x.e.off[f.Index] {
			x.offer(session.OfferFlow, []int{f.Index}, sayNext(f.Title), labelOther)
			return
		}
	}
}

// endsWell reports whether the step is one after which a person reads on.
func (x *stepper) endsWell() bool {
	switch x.res.Kind {
	case Expired, TimedOut, Closed, Withheld, Faulty, Emergency, Officer, Restarted:
		return false
	}
	return x.s.Offer.Kind == session.NoOffer
}

// entered reports whether this step led through a flow.
func (x *stepper) entered(name string) bool {
	return slices.ContainsFunc(x.res.Entered, func(r StepRef) bool { return r.Flow == name })
}

// missed notes words that led nowhere surely, for those who teach the page new sentences.
func (x *stepper) missed(m Match) {
	x.res.Missed = x.text0
	if m.Flow >= 0 && m.Flow < len(x.p.Flows) {
		x.res.Near = x.p.Flows[m.Flow].Name
	}
}
