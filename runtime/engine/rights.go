package engine

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"hoithoai/dsl/expression"
	"hoithoai/dsl/standard"
	"hoithoai/dsl/value"
	"hoithoai/runtime/session"
)

// onRight answers a demand about the person's own data, at every question and while nothing is under way. A flow's own nghe
// goes first, and so does a label on the screen.
func (x *stepper) onRight() (done bool, err error) {
	switch standard.RightOf(x.key) {
	case standard.View:
		return true, x.claimed(x.held())
	case standard.Erase:
		x.res.Kind = AskedBack
		x.offer(session.OfferErase, []int{0}, sayErase, labelKeep)
		return true, nil
	case standard.Withdraw:
		return true, x.withdraw()
	}
	return false, nil
}

// claimed says what became of a demand, and then the question again where one waits.
func (x *stepper) claimed(sentence string) error {
	x.res.Kind = Claimed
	x.say(sentence)
	if !x.active() {
		return nil
	}
	return x.repeat(false)
}

// erase forgets the person, who has confirmed it.
func (x *stepper) erase() error {
	x.forget()
	x.say(sayErased)
	return nil
}

// held lists what is remembered of the person at this moment: the answers of what is under way, the consents, the name that
// Zalo gave, and how long it is kept.
func (x *stepper) held() string {
	var b strings.Builder
	for i := range x.s.Runs {
		x.heldRun(&b, i)
	}
	for _, c := range x.s.Agreed {
		day, _ := value.DayOf(c.At)
		b.WriteString("\n" + point + sayAgreedTo(x.consentTitle(c.Name), c.Version, dayShown(day)))
	}
	if x.s.Name != "" {
		b.WriteString("\n" + point + "Tên trên Zalo: " + x.s.Name)
	}
	if b.Len() == 0 {
		return sayHoldsNothing + " " + sayJournal(&x.e.cfg)
	}
	return sayHolds + b.String() + "\n" + x.keptUntil() + sayJournal(&x.e.cfg)
}

// heldRun lists the answers of one run. The value of a bảo mật slot shows as in a sentence of the flow: masked.
func (x *stepper) heldRun(b *strings.Builder, i int) {
	r, f := &x.s.Runs[i], x.flowAt(i)
	b.WriteString("\n" + f.Title)
	none := true
	for n := range r.Slots {
		slot, v := &f.Slots[n], r.Slots[n]
		if !v.IsSet() {
			continue
		}
		none = false
		shown := expression.Mask(v)
		if !slot.Secret {
			shown = short(slot.Type.Show(v))
		}
		b.WriteString("\n" + point + slot.Label + ": " + shown)
	}
	if none {
		b.WriteString(": " + sayNoAnswers)
	}
}

// longestShown is how much of one answer is shown, in characters: all of it is in the chat above.
const longestShown = 120

func short(s string) string {
	if utf8.RuneCountInString(s) <= longestShown {
		return s
	}
	return string([]rune(s)[:longestShown]) + "…"
}

// keptUntil says until when the runs under way live; "" where there is none.
func (x *stepper) keptUntil() string {
	if !x.active() {
		return ""
	}
	day, minute := value.DayOf(x.due() - time.Minute.Milliseconds())
	return sayKeptUntil(dayShown(day), clockShown(minute)) + " "
}

func dayShown(day int64) string {
	return value.Type{Kind: value.Date}.Show(value.Value{Kind: value.Date, N: day})
}

func clockShown(minute int) string {
	m := strconv.Itoa(minute % 60)
	if len(m) == 1 {
		m = "0" + m
	}
	return strconv.Itoa(minute/60) + ":" + m
}

// offersErase reports whether the newest bubble asks whether to forget everything.
func (x *stepper) offersErase() bool { return x.s.Offer.Kind == session.OfferErase }

// keepAll answers who does not want to be forgotten after all.
func (x *stepper) keepAll() error {
	if x.active() {
		return x.again(Declined)
	}
	x.res.Kind = Declined
	x.say(sayStays)
	return nil
}
