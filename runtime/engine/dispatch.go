package engine

import (
	"hoithoai/dsl/program"
	"hoithoai/runtime/event"
	"hoithoai/runtime/session"
)

// dispatch takes the event to what handles its kind.
func (x *stepper) dispatch() error {
	expired := x.expire()
	x.comeBack()
	switch x.ev.Kind {
	case event.Timer:
		switch {
		case x.ev.Name == TimerDesk:
			x.unanswered()
			return nil
		case expired:
			x.res.Kind = Expired
			return nil
		}
		return x.onTimer()
	case event.TaskResult:
		return x.onTask(x.ev.Task)
	case event.Officer:
		x.onOfficer()
		return nil
	case event.Unfollow, event.Withdraw:
		x.forget()
		return nil
	}
	return x.onPerson()
}

// onPerson handles what the person did.
func (x *stepper) onPerson() error {
	if x.res.Late = late(x.s, x.ev); !x.res.Late {
		x.hear()
	}
	switch x.ev.Kind {
	case event.Withheld:
		return x.onWithheldEvent()
	case event.Follow:
		return x.onFollow()
	case event.Media, event.Place:
		return x.onMedia()
	case event.Sticker, event.Submit:
		return x.onUnreadable()
	}
	return x.onText(x.ev.Text)
}

// forget ends everything: the person left, or wants to be forgotten. Turn and timers go on counting, so that nothing old
// means anything should the same session be stepped again.
func (x *stepper) forget() {
	x.dropRuns()
	*x.s = session.Session{Program: x.s.Program, Turn: x.s.Turn, Timer: x.s.Timer, Armed: x.s.Armed, Kept: x.s.Kept, Runs: x.s.Runs[:0]}
	x.res.Kind, x.res.Erase = Closed, true
}

// onFollow greets, unless something is under way.
func (x *stepper) onFollow() error {
	switch {
	case x.silenced():
		x.res.Kind = Held
		return nil
	case x.drafting(): // what they wrote is answered soon, which says more than a greeting
		x.res.Kind = Gathering
		return nil
	case x.working():
		return x.busy()
	case x.active():
		return x.again(Repeated)
	case x.p.OnFollow == program.None:
		return x.fallback()
	}
	return x.enterFlow(x.p.OnFollow, x.p.FollowStep, session.Root, Followed)
}

func (x *stepper) busy() error {
	x.res.Kind = Busy
	x.say(sayBusy)
	return nil
}

// fallback answers what leads nowhere, while no run is active.
func (x *stepper) fallback() error {
	x.s.Offer = session.Offer{}
	if x.p.Fallback == program.None {
		x.res.Kind = Fallback
		x.say(sayLost(x.e.cfg.Office))
		return nil
	}
	return x.enterFlow(x.p.Fallback, x.p.FallbackStep, session.Root, Fallback)
}

// onUnreadable asks for words.
func (x *stepper) onUnreadable() error {
	switch {
	case x.silenced():
		x.res.Kind = Held
		return nil
	case x.drafting(): // a sticker between two lines
		x.res.Kind = Gathering
		return nil
	case x.working():
		return x.busy()
	case x.active():
		return x.sayAgain(Unreadable, x.unreadable())
	}
	x.res.Kind = Unreadable
	x.say(sayUnreadable)
	return nil
}

// unreadable says what is wanted instead of a sign or a sticker.
func (x *stepper) unreadable() string {
	if slot := x.asked(); slot != nil && takesMedia(slot) {
		what := sayNoWords
		if x.ev.Kind == event.Sticker {
			what = sayNoSticker
		}
		return what + " " + slot.Type.Ask(x.context(slot))
	}
	return sayUnreadable
}

// unkeptFlow returns the không giữ flow of that name, the first one for a name of another program, or program.None.
func (x *stepper) unkeptFlow(name string) int {
	for _, i := range x.p.Unkept {
		if x.p.Flows[i].Name == name {
			return i
		}
	}
	if len(x.p.Unkept) > 0 {
		return x.p.Unkept[0]
	}
	return program.None
}

// onWithheldEvent answers what the door took the words out of: an emergency it recognised in them goes first.
func (x *stepper) onWithheldEvent() error {
	if alarm := x.emergencyFlow(x.ev.Fields[event.FieldEmergency]); alarm != program.None {
		if err := x.onEmergency(alarm, false); err != nil {
			return err
		}
	}
	return x.onWithheld(x.unkeptFlow(x.ev.Name))
}

// emergencyFlow returns the khẩn cấp flow of that name, or program.None.
func (x *stepper) emergencyFlow(name string) int {
	for _, i := range x.p.Emergency {
		if x.p.Flows[i].Name == name {
			return i
		}
	}
	return program.None
}

// onWithheld drops what was under way, so that nothing around the message is kept either, and answers with the flow that
// recognised it. An officer who talks with the person does not take this over: the message may be about that officer.
func (x *stepper) onWithheld(flow int) error {
	x.dropRuns()
	x.s.Offer = session.Offer{}
	if flow == program.None {
		return x.fallback()
	}
	return x.enterFlow(flow, program.None, session.Root, Withheld)
}
