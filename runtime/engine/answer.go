package engine

import (
	"hoithoai/dsl/fold"
	"hoithoai/dsl/program"
	"hoithoai/dsl/template"
	"hoithoai/dsl/value"
	"hoithoai/runtime/session"
)

// choose takes a choice of the screen.
func (x *stepper) choose(c choice) error {
	st := x.step()
	x.leadsBy(c)
	switch c.kind {
	case pickOption:
		slot := x.asked()
		if slot.Type.Kind == value.Choices {
			return x.toggle(slot, c.index)
		}
		o := &slot.Type.Options[c.index]
		return x.answer(value.Value{Kind: value.Choice, N: int64(c.index), S: o.Name})
	case pickYesNo:
		return x.answer(value.Value{Kind: value.YesNo, N: int64(c.index)})
	case pickSkip:
		if done, err := x.answerDraft(); done {
			return err
		}
		return x.skip()
	case pickDone:
		return x.enough()
	}
	return x.press(&st.End.Buttons[c.index])
}

// press takes a button of the ending.
func (x *stepper) press(b *program.Button) error {
	if b.Kind == program.Set {
		v, err := b.Value.Eval(x)
		if err != nil {
			return err
		}
		return x.answer(v)
	}
	x.res.Kind = Pressed
	if x.step().End.Consent != nil {
		return x.pressConsent(b)
	}
	if b.Target.Kind != program.ToBack && b.Target.Kind != program.ToRepeat {
		x.forsake()
		x.remember()
	}
	return x.sprint(x.follow(b.Event, &b.Target))
}

// answer takes v as the answer, if every phải holds.
func (x *stepper) answer(v value.Value) error {
	e := &x.step().End
	failed, err := x.failedMust(e, v)
	if err != nil {
		return err
	}
	if failed != nil {
		return x.wrong(firstOf(failed.Lines, e.Wrong), sayMenuWrong)
	}
	x.reanswer(e.Slot, v)
	x.remember()
	x.run().Slots[e.Slot] = v
	x.res.Kind = Answered
	return x.sprint(x.onward(e.NextEvent, &e.Next))
}

// failedMust returns the first phải that does not hold with v as the answer, nil where all hold.
func (x *stepper) failedMust(e *program.Ending, v value.Value) (*program.Must, error) {
	r := x.run()
	before := r.Slots[e.Slot]
	r.Slots[e.Slot] = v
	defer func() { r.Slots[e.Slot] = before }()
	for i := range e.Musts {
		if ok, err := e.Musts[i].Expr.Bool(x); err != nil || !ok {
			return &e.Musts[i], err
		}
	}
	return nil, nil
}

func firstOf(lines ...[]template.Template) []template.Template {
	for _, l := range lines {
		if len(l) > 0 {
			return l
		}
	}
	return nil
}

// skip leaves the asked tùy slot without a value: what stood there before was not confirmed.
func (x *stepper) skip() error {
	e := &x.step().End
	x.reanswer(e.Slot, value.Value{})
	x.remember()
	x.run().Slots[e.Slot] = value.Value{}
	x.res.Kind = Answered
	return x.sprint(x.onward(e.NextEvent, &e.Next))
}

// wrong answers what is no answer: the sentences of the flow, else the standard one, and the question again. The Nth time it
// goes where `sai N lần` leads instead.
func (x *stepper) wrong(lines []template.Template, standard string) error {
	x.res.Kind = Wrong
	if x.gentle {
		return x.repeat(false)
	}
	r, e := x.run(), &x.step().End
	r.Wrong++
	if e.Limit > 0 && r.Wrong >= e.Limit {
		x.forsake()
		x.remember()
		return x.sprint(x.follow(e.LimitEv, &e.OnLimit))
	}
	text := standard
	if len(lines) > 0 {
		var err error
		if text, err = x.joined(lines); err != nil {
			return err
		}
	}
	if way := x.wayOn(); way != "" {
		text += "\n" + way
	}
	return x.sayAgain(Wrong, text)
}

// onScreen takes the whole message as one of the words or numbers on the screen: what the newest bubble offers first, then
// the question, then the labels of reminders and links.
func (x *stepper) onScreen() (done bool, err error) {
	if done, err = x.onOfferWords(); done {
		return true, err
	}
	if i := x.pick(x.key); i != program.None {
		return true, x.choose(x.screen[i])
	}
	if done, err = x.onReminderWords(); done {
		return true, err
	}
	if done, err = x.onNumber(); done {
		return true, err
	}
	return x.onLinkLabel()
}

// onNumber takes a bare number as the choice it stands for.
func (x *stepper) onNumber() (done bool, err error) {
	if n := x.numberOnScreen(); n > 0 && n <= len(x.screen) {
		return true, x.choose(x.screen[n-1])
	}
	return false, nil
}

// numberOnScreen returns the number that the message is, 0 where it is none or answers the question as a value. A number that was
// written before the question was shown is about another one.
func (x *stepper) numberOnScreen() int {
	if late(x.s, x.ev) {
		return 0
	}
	if x.active() {
		if slot := x.asked(); slot != nil && numbersAreValues(slot.Type.Kind) {
			return 0
		}
	}
	return number(x.key)
}

// onReminderWords takes the label of a reminder of this silence, or a number while a reminder is the newest bubble.
func (x *stepper) onReminderWords() (done bool, err error) {
	lines, owner := x.silences()
	n0 := x.numberOnScreen()
	for i := min(x.s.Fired, len(lines)) - 1; i >= 0; i-- {
		ways, err := x.waysOf(&lines[i], owner)
		if err != nil {
			return true, err
		}
		for n, w := range ways {
			b := &lines[i].Buttons[w]
			newest := i == x.s.Fired-1 && n0 == n+1
			if newest || x.key == fold.Key(fixedLabel(b)) {
				return true, x.pressReminder(b, owner)
			}
		}
	}
	return false, nil
}

func (x *stepper) waysOf(line *program.Silence, owner int) (ways []int, err error) {
	if owner == program.None {
		owner = x.top()
	}
	err = x.within(owner, func() error {
		ways, err = x.ways(line)
		return err
	})
	return ways, err
}

func (x *stepper) pressReminder(b *program.Button, owner int) error {
	x.res.Kind = Pressed
	x.leads(fixedLabel(b))
	return x.sprint(x.outward(owner, b.Event, &b.Target))
}

// onLinkLabel sends the address behind the label of a link: on a PC Zalo shows no buttons.
func (x *stepper) onLinkLabel() (done bool, err error) {
	st := x.step()
	for i := range st.Bubbles {
		if done, err = x.linkLabel(st.Bubbles[i].Links); done || err != nil {
			return true, err
		}
	}
	done, err = x.linkLabel(st.End.Buttons)
	return done || err != nil, err
}

func (x *stepper) linkLabel(buttons []program.Button) (done bool, err error) {
	for i := range buttons {
		b := &buttons[i]
		if b.Kind != program.Open && b.Kind != program.Phone || fold.Key(fixedLabel(b)) != x.key {
			continue
		}
		link, visible, err := x.link(b)
		if err != nil || !visible {
			return err != nil, err
		}
		return true, x.sayAgain(Addressed, link.Label+": "+link.Address)
	}
	return false, nil
}

// onPress takes a press, or the same typed: it has no more rights than what is on the screen.
func (x *stepper) onPress(turn uint32, n int) error {
	switch {
	case x.silenced():
		x.res.Kind = Held
		return nil
	case x.working():
		return x.busy()
	case x.s.Offer.Kind != session.NoOffer && turn == x.s.Turn && n <= len(x.s.Offer.Items)+1:
		return x.takeOffer(n)
	case !x.active():
		return x.stale()
	}
	return x.pressQuestion(turn, n)
}

// pressQuestion takes a press of the question on screen or of its reminders. A turn since the question was first shown is
// as good as the newest: it is the same step, offering the same.
func (x *stepper) pressQuestion(turn uint32, n int) error {
	x.at = x.top()
	if err := x.look(); err != nil {
		return err
	}
	current := turn-x.s.First <= x.s.Turn-x.s.First
	bubble := session.BubbleOf(turn)
	switch {
	case current && bubble == session.Question && n <= len(x.screen):
		return x.choose(x.screen[n-1])
	case current && bubble != session.Question && bubble != session.Offered:
		return x.pressLine(turn, n)
	}
	return x.stale()
}

// stale answers a press that means nothing any more.
func (x *stepper) stale() error {
	if x.active() {
		return x.sayAgain(Stale, sayStale)
	}
	x.res.Kind = Stale
	x.say(sayStaleIdle)
	return nil
}

// pressLine takes a press of a reminder.
func (x *stepper) pressLine(turn uint32, n int) error {
	lines, owner := x.silences()
	i := int(session.BubbleOf(turn)) - 1
	if session.BubbleOf(turn) == session.LastLine && turn == x.s.Turn {
		i = x.s.Fired - 1
	}
	if i < 0 || i >= len(lines) {
		return x.stale()
	}
	ways, err := x.waysOf(&lines[i], owner)
	if err != nil {
		return err
	}
	if n > len(ways) {
		return x.stale()
	}
	return x.pressReminder(&lines[i].Buttons[ways[n-1]], owner)
}
