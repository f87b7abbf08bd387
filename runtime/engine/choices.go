package engine

import (
	"strings"

	"hoithoai/dsl/fold"
	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
	"hoithoai/runtime/message"
)

// choiceKind says what a choice on the screen stands for.
type choiceKind uint8

const (
	pickOption choiceKind = iota // index: option of the asked chọn or chọn nhiều
	pickYesNo                    // index: 1 yes, 0 no
	pickButton                   // index: button of the ending
	pickSkip                     // Bỏ qua of a tùy slot
	pickDone                     // Xong of what is collected
)

// choice is one thing the question on screen offers; its number is its position + 1.
type choice struct {
	kind  choiceKind
	index int
}

// shown tells listChoices what depends on data. The zero value shows everything.
type shown struct {
	option func(i int) (bool, error)
	button func(b *program.Button) (bool, error)
	pieces int // collected so far
}

// collects says whether the slot takes several messages.
func collects(slot *program.Slot) bool {
	return takesMedia(slot) || slot.Type.Kind == value.Choices
}

// takesMedia says whether the slot collects attachments.
func takesMedia(slot *program.Slot) bool {
	k := slot.Type.Kind
	return k == value.Images || k == value.Files || k == value.Story
}

// listChoices appends what a waiting step offers, in the order of its numbers: visible options, visible -> and = buttons, and
// last Bỏ qua or Xong.
func listChoices(f *program.Flow, st *program.Step, dst []choice, show shown) ([]choice, error) {
	var err error
	if st.End.Kind == program.Ask {
		if dst, err = listOptions(&f.Slots[st.End.Slot], dst, show); err != nil {
			return dst, err
		}
	}
	for i := range st.End.Buttons {
		b := &st.End.Buttons[i]
		if b.Kind != program.GoTo && b.Kind != program.Set {
			continue
		}
		visible := true
		if show.button != nil {
			if visible, err = show.button(b); err != nil {
				return dst, err
			}
		}
		if visible {
			dst = append(dst, choice{pickButton, i})
		}
	}
	if st.End.Kind != program.Ask {
		return dst, nil
	}
	return listWayOut(&f.Slots[st.End.Slot], dst, show.pieces), nil
}

func listOptions(slot *program.Slot, dst []choice, show shown) ([]choice, error) {
	switch slot.Type.Kind {
	case value.YesNo:
		return append(dst, choice{pickYesNo, 1}, choice{pickYesNo, 0}), nil
	case value.Ward:
		return dst, nil // a catalogue is written, not pressed
	}
	for i := range slot.Type.Options {
		visible := true
		if show.option != nil {
			var err error
			if visible, err = show.option(i); err != nil {
				return dst, err
			}
		}
		if visible {
			dst = append(dst, choice{pickOption, i})
		}
	}
	return dst, nil
}

// listWayOut appends Xong once enough pieces are there, or Bỏ qua of a tùy slot until then: one who cannot send enough is not
// held. Of a chọn nhiều the Bỏ qua stays: its older bubbles go on being pressed, so that numbers must not change their meaning.
func listWayOut(slot *program.Slot, dst []choice, pieces int) []choice {
	enough := collects(slot) && pieces > 0 && pieces >= leastOf(slot)
	if slot.Optional && (!enough || slot.Type.Kind == value.Choices) {
		dst = append(dst, choice{kind: pickSkip})
	}
	if enough {
		dst = append(dst, choice{kind: pickDone})
	}
	return dst
}

// leastOf is how many pieces or options the slot needs.
func leastOf(slot *program.Slot) int {
	lo, _ := slot.Type.Counts()
	return lo
}

// labelsOf returns how choices without data are shown.
func labelsOf(f *program.Flow, st *program.Step, screen []choice) []message.Choice {
	if len(screen) == 0 {
		return nil
	}
	out := make([]message.Choice, len(screen))
	for i, c := range screen {
		out[i] = message.Choice{Label: plainLabel(f, st, c), N: i + 1}
	}
	return out
}

func plainLabel(f *program.Flow, st *program.Step, c choice) string {
	switch c.kind {
	case pickOption:
		return f.Slots[st.End.Slot].Type.Options[c.index].Label
	case pickYesNo:
		if c.index == 1 {
			return labelYes
		}
		return labelNo
	case pickButton:
		return fixedLabel(&st.End.Buttons[c.index])
	case pickSkip:
		return labelSkip
	}
	return labelDone
}

// look lists what the waiting step of the top run offers now into x.screen.
func (x *stepper) look() error {
	f, st, pl := x.flow(), x.step(), x.stepPlan()
	if pl.fixed {
		x.screen = pl.screen
		return nil
	}
	show := shown{button: x.seesButton}
	if st.End.Kind == program.Ask {
		slot := &f.Slots[st.End.Slot]
		show.option = x.seesOption(slot)
		if collects(slot) {
			show.pieces = x.pieces()
		}
	}
	var err error
	x.screen, err = listChoices(f, st, x.own[:0], show)
	x.own = x.screen
	return err
}

func (x *stepper) seesButton(b *program.Button) (bool, error) { return x.holds(b.When) }

func (x *stepper) seesOption(slot *program.Slot) func(int) (bool, error) {
	return func(i int) (bool, error) {
		if i >= len(slot.When) {
			return true, nil
		}
		return x.holds(slot.When[i])
	}
}

// labels returns the screen as choices of a message.
func (x *stepper) labels() ([]message.Choice, error) {
	if pl := x.stepPlan(); pl.fixed {
		return pl.labels, nil
	}
	f, st := x.flow(), x.step()
	out := labelsOf(f, st, x.screen)
	for i, c := range x.screen {
		if c.kind != pickButton {
			continue
		}
		label, err := x.text(&st.End.Buttons[c.index].Label)
		if err != nil {
			return nil, err
		}
		out[i].Label = label
	}
	return x.e.offered(st, x.screen, out), nil
}

// pick returns which choice of the screen the whole folded message names by its words, or program.None.
func (x *stepper) pick(key string) int {
	if key == "" {
		return program.None
	}
	for i, c := range x.screen {
		if x.named(c, key) {
			return i
		}
	}
	return program.None
}

func (x *stepper) named(c choice, key string) bool {
	switch c.kind {
	case pickOption:
		return hasLine(x.stepPlan().words[c.index], key)
	case pickYesNo:
		return key == keyYes && c.index == 1 || key == keyNo && c.index == 0
	case pickButton:
		return key == x.buttonKey(c.index) || x.decides(c.index)
	case pickSkip:
		return key == keySkip
	}
	return key == keyDone
}

func (x *stepper) buttonKey(i int) string {
	if key := x.stepPlan().press[i]; key != "" {
		return key
	}
	label, err := x.text(&x.step().End.Buttons[i].Label)
	if err != nil { // a label that cannot be rendered was not shown either
		return ""
	}
	return fold.Key(label)
}

// hasLine says whether key is one of the lines of text, which begins and ends with a line break.
func hasLine(text, key string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], key)
		if i < 0 {
			return false
		}
		start, end := from+i, from+i+len(key)
		if text[start-1] == '\n' && text[end] == '\n' {
			return true
		}
		from = start + 1
	}
}

// number reads a whole message as a number on the screen; 0 where it is none.
func number(key string) int {
	if len(key) == 0 || len(key) > 2 || key[0] == '0' {
		return 0
	}
	n := 0
	for i := range len(key) {
		if key[i] < '0' || key[i] > '9' {
			return 0
		}
		n = n*10 + int(key[i]-'0')
	}
	return n
}

// numbersAreValues says whether a bare number answers the question itself, so that it names no choice.
func numbersAreValues(k value.Kind) bool {
	return k == value.Number || k == value.Money || k == value.Date || k == value.Phone
}
