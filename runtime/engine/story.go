package engine

import (
	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
	"hoithoai/runtime/event"
)

// A kể is gathered in its slot, piece by piece: every message, picture, video, recording, file or place, until [Xong], words
// that say so, or the upper bound. What is said in between is short: a person who tells something bad is not to be asked the
// same question after every sentence.

const sayTellMore = "Anh/chị kể tiếp giúp."

// tell adds the event to the story asked for: the words of a text or caption, and everything sent with it.
func (x *stepper) tell(slot *program.Slot) error {
	if x.saysNothing() {
		return x.noAnswer(slot.Type.Ask(value.Context{Today: x.day}))
	}
	var pieces []value.Media
	if m, ok := value.Piece(x.text0); ok {
		pieces = append(pieces, m)
	}
	for _, m := range x.ev.Media {
		if x.ev.Kind == event.Place {
			m.Text = x.ev.Text
		}
		pieces = append(pieces, m)
	}
	return x.add(slot, pieces)
}

// saysNothing reports whether the event ends a story that has not begun: "xong", "không có gì".
func (x *stepper) saysNothing() bool {
	return x.pieces() == 0 && len(x.ev.Media) == 0 && (value.Finishes(x.text0) || value.Declines(x.text0))
}

// isStory reports whether the slot asked for is a kể; slot may be nil.
func isStory(slot *program.Slot) bool { return slot != nil && slot.Type.Kind == value.Story }
