package value

import (
	"hoithoai/dsl/fold"
)

// maxAnswer is the length in bytes beyond which words are not looked at as anything but text or a place: no number, date or
// label is that long, so the work on a message is bounded.
const maxAnswer = 400

// ReadText reads a resident's words as a value of the type. It never fails for a reason of its own: any text gives a value
// within the bounds, or a Problem. A chọn nhiều or kể with fewer options or pieces than Min comes with a TooFew problem, as
// attachments do.
func (t Type) ReadText(text string, ctx Context) (Value, *Problem) {
	switch t.Kind {
	case Text:
		return t.readText(text)
	case Place:
		return t.readPlace(text)
	case Story:
		return t.readStory(text, ctx)
	case Images, Files:
		return Value{}, problem(WrongKind, t.Ask(ctx))
	}
	if len(text) > maxAnswer {
		return Value{}, problem(NotUnderstood, t.Ask(ctx))
	}
	return t.readWords(text, ctx)
}

// readWords reads the kinds that are a few words long.
func (t Type) readWords(text string, ctx Context) (Value, *Problem) {
	switch t.Kind {
	case Choice:
		return t.readChoice(text, ctx)
	case Choices:
		return t.readChoices(text, ctx)
	case YesNo:
		return t.readYesNo(text, ctx)
	case Number:
		return t.readNumber(fold.Key(text), text, ctx)
	case Money:
		return t.readMoney(fold.Key(text), text, ctx)
	case Date:
		return t.readDate(text, ctx)
	case Phone:
		return t.readPhone(fold.Key(text), ctx)
	case Ward:
		return t.readWard(text, fold.Key(text), ctx)
	}
	return Value{}, problem(NotUnderstood, t.Ask(ctx))
}

// ReadMedia reads attachments as a value of the type. Images, Files and Story take all of media as the whole collection: with fewer
// than Min pieces the value comes with a TooFew problem (collect on), with more than Max it holds the first Max and comes with
// TooMany; any piece of another kind is a WrongKind and no value. Place takes one shared location, the caption as its text.
// Other types take no attachments: WrongKind, whatever the caption says.
func (t Type) ReadMedia(media []Media, caption string, ctx Context) (Value, *Problem) {
	switch t.Kind {
	case Images, Files, Story:
		return t.readMedia(media, ctx)
	case Place:
		return t.readShared(media, caption, ctx)
	}
	return Value{}, problem(WrongKind, t.Ask(ctx))
}

// Ask returns the type's standard sentence, with the bounds where they matter: what the resident is told when nothing better
// is known about what was wrong.
func (t Type) Ask(ctx Context) string {
	switch t.Kind {
	case Text:
		return t.askText()
	case Number:
		return t.askNumber()
	case Money:
		return t.askMoney()
	case Date:
		return t.askDate(ctx)
	case Phone:
		return askPhone
	case Ward:
		return askWard
	case Choice:
		return t.askChoice(ctx)
	case Choices:
		return t.askChoices(ctx)
	case Story:
		return t.askStory()
	case YesNo:
		return askYesNo
	case Images, Files:
		return t.askMedia()
	case Place:
		return askPlace
	}
	return "Anh/chị nhắn lại giúp."
}
