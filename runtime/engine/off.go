package engine

import (
	"hoithoai/dsl/program"
	"hoithoai/runtime/message"
)

// A flow that the office switched off (office.Office.Off) is not entered: who asks for it reads so, with the office's phone and
// the way to a person, and stays where they were. Buttons that lead there are not shown; the others keep their numbers, so that
// a bubble from before the office switched it off still means what it said. Who is inside finishes.

// Essential reports whether a flow is one that no office can switch off: what people in danger and people with a complaint must
// reach, what answers first and what answers otherwise, and sub-flows, which are parts of others.
func Essential(p *program.Program, f *program.Flow) bool {
	return f.Sub || f.Emergency || f.Unkept || f.Index == p.OnFollow || f.Index == p.Fallback
}

// planOff notes which flows the office does not offer.
func (e *Engine) planOff() {
	e.off = make([]bool, len(e.p.Flows))
	for i, f := range e.p.Flows {
		e.off[i] = e.cfg.Office.Off[f.Name] && !Essential(e.p, f)
	}
}

// leadsOff reports whether a choice leads to a flow that the office does not offer.
func (e *Engine) leadsOff(st *program.Step, c choice) bool {
	if c.kind != pickButton {
		return false
	}
	b := &st.End.Buttons[c.index]
	return b.Kind == program.GoTo && e.targetsOff(&b.Target)
}

func (e *Engine) targetsOff(t *program.Target) bool {
	return t.Kind == program.ToFlow && e.off[t.Index]
}

// offered drops the labels that lead to flows the office does not offer, unless nothing would be left to press.
func (e *Engine) offered(st *program.Step, screen []choice, labels []message.Choice) []message.Choice {
	var out []message.Choice
	for i, c := range screen {
		if !e.leadsOff(st, c) {
			out = append(out, labels[i])
		}
	}
	if len(out) == len(labels) || len(out) == 0 {
		return labels
	}
	return out
}

// notOffered says that the office does not offer a flow, and asks again what is being asked.
func (x *stepper) notOffered(flow int) error {
	x.res.Kind = NotOffered
	sentence := x.sayNotOffered(flow)
	if x.waiting() {
		return x.sayAgain(NotOffered, sentence)
	}
	x.say(sentence)
	return nil
}

// sayNotOffered names the phone, and the way to a person where that is open here.
func (x *stepper) sayNotOffered(flow int) string {
	person := ""
	if x.takesPhrase(keyPerson) {
		person = wayAPerson
	}
	return sayNotOffered(x.p.Flows[flow].Title, person, x.e.cfg.Office)
}

// departOff ends the flow that leads to one which the office does not offer, and goes back to what lies below it.
func (x *stepper) departOff(event string, flow int) (hop, error) {
	x.depart(event)
	x.at = x.top()
	x.say(x.sayNotOffered(flow))
	if x.active() && x.waiting() {
		return halt, x.comeBackTo()
	}
	return halt, nil
}

// known drops from a match what the office does not offer, unless that is surely what was asked for.
func (x *stepper) known(m Match) Match {
	var others []int
	for _, f := range m.Others {
		if f >= 0 && f < len(x.p.Flows) && !x.e.off[f] {
			others = append(others, f)
		}
	}
	m.Others = others
	if m.Sure || m.Flow < 0 || m.Flow >= len(x.p.Flows) || !x.e.off[m.Flow] {
		return m
	}
	m.Flow = program.None
	if len(others) > 0 {
		m.Flow, m.Others = others[0], others[1:]
	}
	return m
}
