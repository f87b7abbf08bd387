package engine

import (
	"hoithoai/dsl/fold"
	"hoithoai/dsl/value"
	"hoithoai/runtime/message"
)

// A press shows nothing in the chat (facts/zalo-api.md §1.7, oa.query.hide), and a number or a synonym not what it was taken
// for. So the label of the choice taken opens the next bubble: Message.Lead. Who typed the label has said it already.

// leads notes the label of the choice being taken. What is bảo mật must not stand in a message.
func (x *stepper) leads(label string) {
	var buf [64]byte
	if string(fold.AppendKey(buf[:0], label)) != x.key {
		x.lead = label
	}
}

// leadsBy notes a choice of the screen.
func (x *stepper) leadsBy(c choice) {
	f, st := x.flow(), x.step()
	if slot := x.asked(); slot != nil && (slot.Secret || slot.Type.Kind == value.Choices && c.kind == pickOption) {
		return
	}
	label := plainLabel(f, st, c)
	if c.kind == pickButton && label == "" {
		var err error
		if label, err = x.text(&st.End.Buttons[c.index].Label); err != nil {
			return
		}
	}
	x.leads(label)
}

// leadsValue notes a value read from words that are not its label.
func (x *stepper) leadsValue(v value.Value) {
	slot := x.asked()
	switch {
	case slot.Secret:
	case v.Kind == value.Choice:
		x.leads(slot.Type.Options[v.N].Label)
	case v.Kind == value.YesNo && v.N == 1:
		x.leads(labelYes)
	case v.Kind == value.YesNo:
		x.leads(labelNo)
	}
}

// openWithLead puts the label on the first bubble with words.
func (x *stepper) openWithLead() {
	if x.lead == "" || x.res.Kind == Stale || x.res.Kind == Faulty {
		return
	}
	for i := range x.res.Messages {
		if m := &x.res.Messages[i]; m.Kind == message.Words {
			m.Lead = x.lead
			return
		}
	}
}
