package engine

import (
	"slices"

	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
)

// Who writes "mất thẻ thì làm lại ở đâu" has answered "Thẻ bị gì?" already, and who begins a report by telling it should not have
// to tell it again. So the words that led into a flow answer the questions that ask for them (từ lời đầu), within the very step that
// enters the flow: nothing of it is stored. Where a person confirms, nothing answers itself.

const sayTaken = "Tôi ghi luôn điều anh/chị vừa kể."

// opens reports, once for every question of this event, whether the words that led here may answer it.
func (x *stepper) opens(e *program.Ending, kinds ...value.Kind) bool {
	if x.words0 == "" || e.Kind != program.Ask || x.stepPlan().confirm {
		return false
	}
	slot := x.asked()
	if !slot.Opening || !slices.Contains(kinds, slot.Type.Kind) || slices.Contains(x.opened, slot) {
		return false
	}
	x.opened = append(x.opened, slot)
	return true
}

// openingAsk answers the question just entered with the words that led here: the option they name, or all of them as a text.
func (x *stepper) openingAsk(e *program.Ending, first int) (h hop, done bool, err error) {
	if !x.opens(e, value.Choice, value.Text) {
		return halt, false, nil
	}
	v, ok := x.openingValue(x.asked())
	if !ok || !x.stillHolds(e, v) {
		return halt, false, nil
	}
	x.openingSays(x.asked(), v, first)
	x.remember()
	x.run().Slots[e.Slot] = v
	h, err = x.onward(e.NextEvent, &e.Next)
	return h, true, err
}

// openingValue reads the words that led here as a value of slot. The từ khóa of a flow may name an option; it tells nothing.
func (x *stepper) openingValue(slot *program.Slot) (value.Value, bool) {
	if slot.Type.Kind == value.Choice {
		if x.look() != nil {
			return value.Value{}, false
		}
		return slot.Type.Stands(x.words0, x.flow().Title, value.Context{Today: x.day, Visible: x.offered})
	}
	if x.isKeyword() {
		return value.Value{}, false
	}
	v, p := slot.Type.ReadText(x.words0, x.context(slot))
	v, p = x.readWard(slot, x.words0, v, p)
	return v, p == nil && v.IsSet()
}

func (x *stepper) isKeyword() bool {
	_, ok := x.e.keywords[x.key]
	return ok
}

// openingSays lets the next bubble say what was taken: the label of the option, or that the words are kept.
func (x *stepper) openingSays(slot *program.Slot, v value.Value, first int) {
	switch {
	case v.Kind != value.Choice:
		x.told = first
	case slot.Secret:
	case x.lead != "":
		x.lead += "; " + slot.Type.Options[v.N].Label
	default:
		x.lead = slot.Type.Options[v.N].Label
	}
}

// beginCollection empties what the step just entered collects, or takes up what was not finished before an earlier answer was
// corrected. The words that led here are the first piece of a story. It comes before the lines of the step: they may depend on
// whether something is there.
func (x *stepper) beginCollection(e *program.Ending, first int) {
	if e.Kind != program.Ask || !collects(x.asked()) {
		return
	}
	x.run().Slots[e.Slot] = x.takeUnfinished(e.Slot)
	if x.run().Slots[e.Slot].IsSet() || x.isKeyword() || !x.opens(e, value.Story) {
		return
	}
	if v, _ := x.asked().Type.ReadText(x.words0, value.Context{Today: x.day}); v.IsSet() {
		x.run().Slots[e.Slot] = v
		x.told = first
	}
}

// openWithTold says that the words were taken, on the first bubble after them.
func (x *stepper) openWithTold() {
	if x.told == program.None || x.res.Kind == Faulty {
		return
	}
	x.openAt(x.told, sayTaken)
}
