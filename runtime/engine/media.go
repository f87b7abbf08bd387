package engine

import (
	"slices"

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
	switch {
	case !x.pictured():
		return x.unread()
	case x.s.Told&toldRecall != 0:
		return sayPictureAgain
	}
	x.s.Told |= toldRecall
	return sayPicture
}

// unread says what cannot be read, by its kind.
func (x *stepper) unread() string {
	if len(x.ev.Media) == 1 {
		switch x.ev.Media[0].Kind {
		case "audio":
			return sayVoice
		case "video":
			return sayVideo
		}
	}
	return sayAttachment
}

// toldRecall is the bit of Session.Told that says that the person knows how to recall a picture.
const toldRecall = 1

// answerMedia takes attachments as the answer where they are asked for.
func (x *stepper) answerMedia(caption string) error {
	slot, ctx := x.asked(), value.Context{Today: x.day}
	switch {
	case slot != nil && takesMedia(slot):
		return x.collect(slot)
	case slot == nil || slot.Type.Kind != value.Place || x.pictured() && caption != "":
		return x.sayUnasked(caption, "")
	}
	name := x.ev.Text
	if x.drafting() { // the address in the person's own words, with the point they mean
		name = x.takeDraft()
	}
	v, p := slot.Type.ReadMedia(x.ev.Media, name, ctx)
	if p != nil {
		return x.sayUnasked("", p.Sentence)
	}
	return x.answer(v)
}

// sayUnasked says that what was sent is not kept, and what is wanted instead; the words that came with it still count.
func (x *stepper) sayUnasked(caption, wanted string) error {
	text := x.unasked()
	if wanted != "" {
		if !x.pictured() {
			text = sayNotKept
		}
		text += " " + wanted
	}
	if caption == "" && !x.drafting() {
		return x.sayAgain(Unasked, text)
	}
	x.say(text)
	if caption == "" { // the words around the picture are the answer; it comes with the pause
		x.res.Kind = Unasked
		return nil
	}
	x.gentle = true
	return x.onWords()
}

// pictured reports whether the event brings a picture.
func (x *stepper) pictured() bool {
	return slices.ContainsFunc(x.ev.Media, func(m value.Media) bool { return m.Kind == "image" })
}

// collect adds the pieces of the event to those already sent.
func (x *stepper) collect(slot *program.Slot) error {
	if isStory(slot) {
		return x.tell(slot)
	}
	return x.add(slot, x.ev.Media)
}

// add adds pieces to those already there; at the upper bound the answer is complete.
func (x *stepper) add(slot *program.Slot, pieces []value.Media) error {
	i := x.step().End.Slot
	have := x.run().Slots[i].Media
	all := append(append(make([]value.Media, 0, len(have)+len(pieces)), have...), pieces...)
	v, p := slot.Type.ReadMedia(all, "", value.Context{Today: x.day})
	_, hi := slot.Type.Counts()
	switch {
	case p == nil && len(all) < hi:
		return x.collected(v, x.received(slot, v))
	case p == nil:
		return x.answer(v)
	case p.Kind == value.TooMany:
		x.say(sayTooMuch)
		return x.answer(v)
	case p.Kind == value.TooFew:
		return x.collected(v, p.Sentence)
	}
	return x.sayAgain(Unasked, sayNotKept+" "+p.Sentence)
}

// received says what has come and how to go on.
func (x *stepper) received(slot *program.Slot, v value.Value) string {
	pieces := slot.Type.Pieces(len(v.Media))
	switch {
	case slot.Type.Kind == value.Story:
		return sayTold(pieces)
	case len(v.Media) >= leastOf(slot):
		return sayReceived(pieces) + " " + sayTypeDone
	}
	return sayReceived(pieces) + " " + saySendMore
}

// collected keeps the pieces and waits for more. The choices changed, so presses of the question before are stale.
func (x *stepper) collected(v value.Value, sentence string) error {
	x.run().Slots[x.step().End.Slot] = v
	if err := x.keepOn(sentence); err != nil {
		return err
	}
	x.s.First = x.s.Turn
	return nil
}

// keepOn says a sentence and waits for more, with the choices as they are now.
func (x *stepper) keepOn(sentence string) error {
	x.res.Kind = Collected
	x.run().Entered = x.ev.At
	first := len(x.res.Messages)
	x.say(sentence)
	return x.question(first)
}

// enough takes what was collected as the answer.
func (x *stepper) enough() error {
	slot := x.asked()
	v := x.run().Slots[x.step().End.Slot]
	if value.Count(v) >= leastOf(slot) {
		return x.answer(v)
	}
	if slot.Type.Kind == value.Choices {
		lo, hi := slot.Type.Counts()
		return x.sayAgain(Wrong, sayChosen(x.chosenWords(slot, v), "")+" "+chooseMore(value.Count(v), lo, hi))
	}
	more := saySendMore
	if isStory(slot) {
		more = sayTellMore
	}
	return x.sayAgain(Wrong, sayReceived(slot.Type.Pieces(len(v.Media)))+" "+more)
}
