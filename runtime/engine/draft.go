package engine

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
	"hoithoai/runtime/event"
	"hoithoai/runtime/message"
	"hoithoai/runtime/session"
)

// People write in bursts: "chào em", "cho hỏi", "làm tạm trú cần giấy gì". Answering each line would send three wrong replies,
// and take the first line of a story for all of it. So first words and answers in free text are gathered in Session.Draft
// until a pause, which is the timer TimerDraft: it is stored and fires as an event, hence replay is exact. Whatever cannot
// wait acts at once: emergencies, what must not be kept, presses, and words that mean one exact thing.

// DefaultGather is the pause that ends a burst where nothing else is configured.
const DefaultGather = 3 * time.Second

const (
	patience = 5    // a burst lasts at most that many pauses: who goes on writing is answered all the same
	maxDraft = 4000 // runes: what is longer is answered at once
)

// drafting reports whether a burst is not over.
func (x *stepper) drafting() bool { return x.s.Draft.Gen != 0 }

// gathers reports whether words that are nothing else are gathered here: as first contact, or for free text. Just after an
// emergency nobody is made to wait. A story (kể) gathers by itself.
func (x *stepper) gathers() bool {
	switch {
	case x.ripe || x.e.cfg.Gather <= 0 && !x.drafting():
		return false
	case !x.active():
		return !x.afterAlarm()
	case !x.waiting():
		return false
	}
	if slot := x.asked(); slot != nil {
		return slot.Type.Kind == value.Text || slot.Type.Kind == value.Place
	}
	return x.greeting()
}

// greeting reports whether the question on screen is the menu of the flow that greets or that does not understand: what is
// written there is first contact as well, since following an office greets before the first word.
func (x *stepper) greeting() bool {
	r := x.run()
	return r.Link == session.Root && x.greets(r.Flow) && x.step().End.Kind == program.Menu
}

// joinLines puts a message below what was gathered before it.
func joinLines(draft, words string) string {
	switch {
	case draft == "":
		return words
	case words == "":
		return draft
	}
	return draft + "\n" + words
}

// gather keeps the message for when the pause comes, which begins anew. Beyond maxDraft all of it is answered at once.
func (x *stepper) gather() error {
	d := &x.s.Draft
	text := joinLines(d.Text, x.text0)
	if utf8.RuneCountInString(text) > maxDraft {
		x.takeDraft()
		return x.onRipe(text)
	}
	if d.Gen == 0 {
		d.Since = x.ev.At
	} else {
		x.res.Timers = append(x.res.Timers, Timer{Name: TimerDraft, Gen: d.Gen})
	}
	pause := x.e.cfg.Gather.Milliseconds()
	d.Text, d.Gen = text, x.arm(TimerDraft, max(x.ev.At, min(x.ev.At+pause, d.Since+patience*pause)))
	x.res.Kind = Gathering
	return nil
}

// takeDraft ends the burst and returns its words; they are in the journal of this step.
func (x *stepper) takeDraft() string {
	text := x.s.Draft.Text
	x.s.Draft = session.Draft{}
	x.res.Words = text
	return text
}

// onPause takes the burst as one message, now that its pause has come.
func (x *stepper) onPause() error {
	if x.ev.Gen != x.s.Draft.Gen || !x.drafting() {
		return nil
	}
	return x.onRipe(x.takeDraft())
}

// onRipe goes through all meanings of a message with a whole burst: emergencies are looked for again, and "tạm", "trú" is the
// từ khóa that it would have been in one line.
func (x *stepper) onRipe(text string) error {
	x.ripe = true
	x.hold(text)
	if handled, err := x.first(); handled {
		return err
	}
	return x.onWords()
}

// onGathered gathers the message where words are gathered. Words that leave the question (hết rồi, không có) end the burst.
func (x *stepper) onGathered() (done bool, err error) {
	if !x.gathers() {
		return false, nil
	}
	slot := x.asked()
	if slot == nil || !x.wayOut(slot) {
		return true, x.gather()
	}
	return x.answerDraft()
}

// answerDraft takes what was gathered as the answer, if it is one: who writes and then presses [Bỏ qua] has answered.
func (x *stepper) answerDraft() (done bool, err error) {
	slot := x.asked()
	if !x.drafting() || slot == nil {
		return false, nil
	}
	v, problem := slot.Type.ReadText(x.s.Draft.Text, x.context(slot))
	if problem != nil {
		return false, nil
	}
	x.takeDraft()
	return true, x.answer(v)
}

// heed looks for an emergency and for what must not be kept: in the message, and in it together with what was gathered before
// it. Where the answer takes words as they are, an emergency in the middle of a burst takes the whole burst along.
func (x *stepper) heed() (alarm, unkept int) {
	alarm, unkept = x.alarmed(), x.unkept()
	if !x.drafting() {
		return alarm, unkept
	}
	words, key := x.text0, x.key
	x.hold(joinLines(x.s.Draft.Text, words))
	if alarm == program.None {
		alarm = x.alarmed()
	}
	if unkept == program.None {
		unkept = x.unkept()
	}
	if alarm == program.None || !x.waiting() || !x.takesWords() {
		x.text0, x.key = words, key
		return alarm, unkept
	}
	x.takeDraft()
	return alarm, unkept
}

// match asks the matcher about the message. A burst that is not sure as a whole is as sure as the one flow that its lines
// surely ask for: a greeting around a request must not blur it.
func (x *stepper) match() Match {
	none := Match{Flow: program.None}
	if x.e.cfg.Matcher == nil {
		return none
	}
	whole := x.known(x.e.cfg.Matcher.Match(x.text0))
	if whole.Sure || !x.ripe {
		return whole
	}
	found := none
	for line := range strings.SplitSeq(x.text0, "\n") {
		m := x.known(x.e.cfg.Matcher.Match(line))
		switch {
		case !m.Sure || m.Flow == found.Flow || x.greets(m.Flow):
		case found.Flow != program.None:
			return whole
		default:
			found = m
		}
	}
	if found.Flow == program.None {
		return whole
	}
	return found
}

// greets reports whether a flow is the one that greets or the one that does not understand.
func (x *stepper) greets(flow int) bool { return flow == x.p.OnFollow || flow == x.p.Fallback }

// place is where the conversation stands, as far as a burst is concerned.
type place struct {
	draft session.Draft
	runs  int
	first uint32
	slot  bool // an answer is gathered, not first contact
}

func (x *stepper) placed() place {
	p := place{draft: x.s.Draft, runs: len(x.s.Runs), first: x.s.First}
	p.slot = x.waiting() && x.asked() != nil
	return p
}

// settleDraft ends the burst where the conversation went on without it, and clears the timer of a burst that is over.
func (x *stepper) settleDraft() {
	was := x.from
	if x.drafting() && x.s.Draft == was.draft && !x.stillGathers() {
		x.letGo()
	}
	if was.draft.Gen != 0 && !x.drafting() {
		x.res.Timers = append(x.res.Timers, Timer{Name: TimerDraft, Gen: was.draft.Gen})
	}
}

// stillGathers reports whether what was gathered can still be answered: the same question is on screen, or nothing has begun.
func (x *stepper) stillGathers() bool {
	switch {
	case x.silenced():
		return false
	case x.active():
		return x.from.runs == len(x.s.Runs) && x.from.first == x.s.First && x.waiting()
	}
	switch x.res.Kind {
	case Gathering, Unasked, Unreadable, Stale, Ignored, Orphaned:
		return x.from.runs == 0
	}
	return false
}

// letGo drops a burst because the person did something that leads on: a press or a command wins over words that were not
// finished. Nothing gets lost in silence: an answer that was not taken is named, and so is a request for another flow.
func (x *stepper) letGo() {
	x.hold(x.takeDraft())
	x.res.Words = "" // nothing took them, so nobody knows whether they may be kept: they stand in the chat only
	sentence := ""
	switch x.res.Kind {
	case Emergency, Withheld, Closed, Restarted, Held, Officer, Faulty, Expired:
		return
	}
	if x.from.slot {
		sentence = sayNotTaken
	} else if flow := x.otherRequest(); flow != program.None {
		sentence = sayLater(x.p.Flows[flow].Title)
	}
	if sentence != "" && x.ev.Kind != event.Timer {
		note := message.Message{Kind: message.Words, Text: sentence}
		x.res.Messages = slices.Insert(x.res.Messages, 0, note)
	}
}

// otherRequest returns the flow that first words surely ask for, where that is not the one entered instead.
func (x *stepper) otherRequest() int {
	x.ripe = true
	m := x.match()
	if !m.Sure || m.Flow < 0 || m.Flow >= len(x.p.Flows) || x.greets(m.Flow) {
		return program.None
	}
	for _, s := range x.res.Entered {
		if s.Flow == x.p.Flows[m.Flow].Name {
			return program.None
		}
	}
	return m.Flow
}
