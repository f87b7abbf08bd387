package engine

import (
	"strings"

	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
)

// A chọn nhiều is gathered in its slot: every press, number or label puts an option in, or takes it out where it was in, until
// [Xong] or the upper bound. Several options in one message are the whole answer at once, unless something was chosen before:
// then they are added to it, and the person says when it is all.

// toggle puts an option of the asked chọn nhiều in or out.
func (x *stepper) toggle(slot *program.Slot, option int) error {
	i := x.step().End.Slot
	v := value.Toggled(x.run().Slots[i], option)
	out := ""
	if value.Count(v) < x.pieces() {
		out = slot.Type.Options[option].Label
	}
	return x.choosing(slot, v, out)
}

// choosing keeps what is chosen so far, or takes it as the answer where no more can be. out is the label just taken out.
func (x *stepper) choosing(slot *program.Slot, v value.Value, out string) error {
	lo, hi := x.countsOf(slot)
	n := value.Count(v)
	if n >= hi && n >= lo && out == "" && !x.stepPlan().confirm {
		return x.answer(v)
	}
	x.run().Slots[x.step().End.Slot] = v
	return x.keepOn(sayChosen(x.chosenWords(slot, v), x.hidden(slot, out)) + " " + chooseMore(n, lo, hi))
}

// countsOf returns the bounds of the asked chọn nhiều, as far as the options on the screen can meet them.
func (x *stepper) countsOf(slot *program.Slot) (lo, hi int) {
	visible := 0
	for _, c := range x.screen {
		if c.kind == pickOption {
			visible++
		}
	}
	lo, hi = slot.Type.Counts()
	return min(lo, visible), min(hi, visible)
}

// chosenWords names what is chosen; of a bảo mật slot only how much.
func (x *stepper) chosenWords(slot *program.Slot, v value.Value) string {
	switch {
	case !v.IsSet():
		return ""
	case slot.Secret:
		return slot.Type.Pieces(value.Count(v))
	}
	return slot.Type.Show(v)
}

func (x *stepper) hidden(slot *program.Slot, label string) string {
	if slot.Secret && label != "" {
		return slot.Type.Pieces(1)
	}
	return label
}

// chooseSeveral takes what a message says about the asked chọn nhiều: one option like a press, several as the answer.
func (x *stepper) chooseSeveral(slot *program.Slot, v value.Value) error {
	have := x.run().Slots[x.step().End.Slot]
	chosen := value.Chosen(v)
	switch {
	case len(chosen) == 1:
		return x.toggle(slot, chosen[0])
	case have.IsSet() && value.Finishes(x.text0): // "hết": all of them, or that is all?
		return x.sayAgain(AskedBack, sayAllOrDone)
	}
	lo, hi := x.countsOf(slot)
	v.N |= have.N
	if n := value.Count(v); n > hi {
		return x.noAnswer(sayTooManyChosen(hi))
	} else if n >= lo && !have.IsSet() && !x.stepPlan().confirm {
		return x.answer(v)
	}
	return x.choosing(slot, v, "")
}

// sayChosen says what is chosen, and what was just taken out.
func sayChosen(chosen, out string) string {
	var b strings.Builder
	if out != "" {
		b.WriteString("Đã bỏ: " + out + ". ")
	}
	switch {
	case chosen == "":
		b.WriteString("Chưa chọn mục nào.")
	case out != "":
		b.WriteString("Còn chọn: " + chosen + ".")
	default:
		b.WriteString("Đã chọn: " + chosen + ".")
	}
	return b.String()
}
