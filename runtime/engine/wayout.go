package engine

import (
	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
)

// wayOut reports whether the message says what [Bỏ qua] or [Xong] of the asked slot does, in words of the person's own.
// "Không" to a có/không is its value.
func (x *stepper) wayOut(slot *program.Slot) bool {
	switch {
	case slot.Type.Kind == value.YesNo:
		return false
	case slot.Type.Kind == value.Story && x.pieces() > 0: // "không" may be the next sentence
		return value.Finishes(x.text0)
	case collects(slot):
		return (slot.Optional || x.pieces() > 0) && (value.Finishes(x.text0) || value.Declines(x.text0))
	}
	return slot.Optional && value.Declines(x.text0)
}

// takeWayOut takes the way out: what was collected counts, nothing else does.
func (x *stepper) takeWayOut(slot *program.Slot) error {
	if collects(slot) && x.pieces() > 0 {
		return x.enough()
	}
	return x.skip()
}

// pieces returns how many pieces or options the asked slot holds.
func (x *stepper) pieces() int { return value.Count(x.run().Slots[x.step().End.Slot]) }
