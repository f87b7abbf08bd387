package engine

import (
	"strconv"

	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
	"hoithoai/runtime/event"
)

// onMedia takes attachments and places. What nobody asked for is never stored.
func (x *stepper) onMedia() error {
	caption := x.ev.Text
	if x.ev.Kind == event.Place {
		caption = "" // the place's name, not words of the person
	}
	x.hold(caption)
	if handled, err := x.first(); handled {
		return err
	}
	switch {
	case x.silenced():
		x.res.Kind = Held
		return nil
	case x.working():
		x.say(x.unasked())
		return x.busy()
	case !x.waiting() && caption == "" && x.afterAlarm():
		return x.standBy()
	case !x.waiting():
		x.res.Kind = Unasked
		x.say(x.unasked())
		return x.withCaption(caption)
	}
	return x.answerMedia(caption)
}

// withCaption goes on with the words under an attachment that nobody asked for.
func (x *stepper) withCaption(caption string) error {
	if caption == "" {
		return nil
	}
	return x.onWords()
}

// unasked says what becomes of an attachment that nobody asked for: for the first picture also that papers should be recalled.
func (x *stepper) unasked() string {
	for _, m := range x.ev.Media {
		if m.Kind != "image" {
			continue
		}
		if x.s.Told&toldRecall != 0 {
			return sayPictureAgain
		}
		x.s.Told |= toldRecall
		return sayPicture
	}
	return sayAttachment
}

// toldRecall is the bit of Session.Told that says that the person knows how to recall a picture.
const toldRecall = 1

// answerMedia takes attachments as the answer where they are asked for.
func (x *stepper) answerMedia(caption string) error {
	slot := x.asked()
	if slot == nil || slot.Type.Kind != value.Place && !collects(slot) {
		if caption == "" {
			return x.sayAgain(Unasked, x.unasked())
		}
		x.say(x.unasked())
		x.gentle = true
		return x.onWords()
	}
	ctx := value.Context{Today: x.day}
	if !collects(slot) {
		v, p := slot.Type.ReadMedia(x.ev.Media, x.ev.Text, ctx)
		if p != nil {
			return x.sayAgain(Unasked, p.Sentence)
		}
		return x.answer(v)
	}
	return x.collect(slot, ctx)
}

// collect adds the pieces to those already sent; at the upper bound the answer is complete.
func (x *stepper) collect(slot *program.Slot, ctx value.Context) error {
	i := x.step().End.Slot
	have := x.run().Slots[i].Media
	all := append(append(make([]value.Media, 0, len(have)+len(x.ev.Media)), have...), x.ev.Media...)
	v, p := slot.Type.ReadMedia(all, "", ctx)
	switch {
	case p == nil && (!slot.Type.HasMax || len(all) < int(slot.Type.Max)):
		return x.collected(v, sayReceived(slot.Type.Show(v))+" "+x.moreOf(slot, v))
	case p == nil:
		return x.answer(v)
	case p.Kind == value.TooMany:
		x.say(sayTooMuch)
		return x.answer(v)
	case p.Kind == value.TooFew:
		return x.collected(v, p.Sentence)
	}
	return x.sayAgain(Unasked, p.Sentence)
}

func (x *stepper) moreOf(slot *program.Slot, v value.Value) string {
	if len(v.Media) >= int(slot.Type.Min) {
		return sayTypeDone
	}
	return saySendMore
}

// collected keeps the pieces and waits for more. The choices changed, so presses of the question before are stale.
func (x *stepper) collected(v value.Value, sentence string) error {
	x.run().Slots[x.step().End.Slot] = v
	x.res.Kind = Collected
	x.run().Entered = x.ev.At
	first := len(x.res.Messages)
	x.say(sentence)
	if err := x.question(first); err != nil {
		return err
	}
	x.s.First = x.s.Turn
	return nil
}

// enough takes what was collected as the answer.
func (x *stepper) enough() error {
	i := x.step().End.Slot
	v := x.run().Slots[i]
	if n := len(v.Media); n < int(x.asked().Type.Min) {
		return x.sayAgain(Wrong, sayReceived(strconv.Itoa(n))+" "+saySendMore)
	}
	return x.answer(v)
}
