package engine

import (
	"slices"
	"strings"

	"hoithoai/dsl/value"
	"hoithoai/runtime/event"
	"hoithoai/runtime/message"
	"hoithoai/runtime/redact"
)

// toldNumbers is the bit of Session.Told that says that the person knows that numbers of papers, cards and codes are not asked for.
const toldNumbers = 2

// warn tells a person, once, to recall a message with the number of a paper, a card or a code in it. It stands before what the
// step says, so that the question and its buttons stay the newest bubble.
func (x *stepper) warn() {
	if x.s.Told&toldNumbers != 0 || !x.mayWarn() || x.answersWithNumber() || len(redact.Find(x.said())) == 0 {
		return
	}
	x.s.Told |= toldNumbers
	x.res.Messages = slices.Insert(x.res.Messages, 0, message.Message{Kind: message.Words, Text: sayRecall, Class: x.class})
}

// said is what the person wrote, as far as this step is about it.
func (x *stepper) said() string {
	if x.ev.Kind != event.Text && x.ev.Kind != event.Media && !x.ripe {
		return ""
	}
	return joinLines(x.res.Words, x.ev.Text)
}

// mayWarn reports whether this is the moment: nobody in danger reads about cards first, an officer is not interrupted, what is
// gathered is answered as a whole, and who is forgotten cannot be told only once.
func (x *stepper) mayWarn() bool {
	switch x.res.Kind {
	case Gathering, Held, Emergency, StoodBy, Withheld, Closed, Faulty, Ignored:
		return false
	}
	return true
}

// answersWithNumber reports whether the question that was on screen takes a bare number: then a number that looks like that of a
// paper is an amount, or a telephone number with a digit too few.
func (x *stepper) answersWithNumber() bool {
	return x.wanted != value.Unset && numbersAreValues(x.wanted) && !hasLetters(x.said())
}

func hasLetters(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= 0xC0 })
}
