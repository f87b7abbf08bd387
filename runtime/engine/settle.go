package engine

import (
	"time"

	"hoithoai/runtime/event"
	"hoithoai/runtime/session"
)

// settle sets what follows from where the step ended: the status, the timers.
func (x *stepper) settle() {
	x.s.Status = x.status()
	if !x.active() {
		x.s.First, x.s.Fired = 0, 0
	}
	if !x.offersErase() && (x.s.Offer.Kind == session.OfferFlow) == x.active() {
		x.s.Offer = session.Offer{}
	}
	if !x.afterAlarm() {
		x.s.Alarmed = 0
	}
	x.settleKeep()
	idle := x.res.Kind == Ignored || x.res.Kind == Orphaned || x.res.Kind == Unanswered
	if idle && x.s.Status == x.before && x.s.Armed != 0 {
		return
	}
	if x.task != "" && x.s.Status == session.Working && x.task == x.call() {
		return
	}
	x.settleArmed()
}

func (x *stepper) status() session.Status {
	switch {
	case x.working():
		return session.Working
	case x.silenced():
		return session.Human
	case x.active():
		return session.Waiting
	}
	return session.Idle
}

// settleArmed clears the armed timer of silence, task or officer and arms the one that is due next.
func (x *stepper) settleArmed() {
	if gen := x.s.Armed; gen != 0 {
		x.res.Timers = append(x.res.Timers, Timer{Name: armedName(x.before), Gen: gen})
		x.s.Armed = 0
	}
	switch x.s.Status {
	case session.Working:
		if n := len(x.res.Tasks); n > 0 {
			x.s.Armed = x.arm(TimerTask, x.res.Tasks[n-1].Deadline)
		}
	case session.Human:
		if x.active() && x.s.Wait.Since == 0 { // who still waits for an officer is not spoken to by the bot
			x.s.Armed = x.arm(TimerReturn, x.s.Until)
		}
	case session.Waiting:
		lines, _ := x.silences()
		if x.s.Fired < len(lines) && !x.drafting() { // who is still writing is not silent
			x.s.Armed = x.arm(TimerSilence, x.silentSince()+lines[x.s.Fired].After.Milliseconds())
			x.res.Timers[len(x.res.Timers)-1].Heard = len(x.res.Messages) > 0
		}
	}
}

// armedName is which timer Session.Armed is the generation of.
func armedName(s session.Status) string {
	switch s {
	case session.Working:
		return TimerTask
	case session.Human:
		return TimerReturn
	}
	return TimerSilence
}

// silentSince is when the silence began: the person's last word, the entry to the step, or the end of a talk with an officer.
func (x *stepper) silentSince() int64 {
	if x.before == session.Human {
		return x.ev.At
	}
	return max(x.s.Seen, x.run().Entered)
}

// settleKeep keeps one giu timer while runs live. It is armed when a run begins and, when it fires early because the person
// wrote meanwhile, armed again: an answer costs no timer.
func (x *stepper) settleKeep() {
	if x.s.Kept != 0 && (x.began || !x.active()) {
		x.res.Timers = append(x.res.Timers, Timer{Name: TimerKeep, Gen: x.s.Kept})
		x.s.Kept = 0
	}
	if x.active() && x.s.Kept == 0 {
		x.s.Kept = x.arm(TimerKeep, max(x.due(), x.ev.At+time.Minute.Milliseconds()))
	}
}

func (x *stepper) arm(name string, at int64) uint32 {
	x.s.Timer++
	if x.s.Timer == 0 { // 0 means that nothing is armed
		x.s.Timer = 1
	}
	x.res.Timers = append(x.res.Timers, Timer{Name: name, Gen: x.s.Timer, At: at})
	return x.s.Timer
}

// due returns when the runs on the stack have lived long enough without a word of the person: the shortest giữ of them holds
// for all, for a question whose run is gone cannot be answered; sub-flows live with their caller. There is a minute of grace,
// so that an im lặng of the same length speaks first.
func (x *stepper) due() int64 {
	keep := time.Duration(-1)
	for i := range x.s.Runs {
		if k := x.flowAt(i).Keep; x.s.Runs[i].Link != session.Called && k > 0 && (keep < 0 || k < keep) {
			keep = k
		}
	}
	if keep < 0 {
		keep = defaultKeep
	}
	return x.s.Seen + (keep + time.Minute).Milliseconds()
}

// defaultKeep is giữ where a flow says nothing.
const defaultKeep = 24 * time.Hour

// expire ends the runs whose time is over, silently. A task in flight is waited for: it has its own deadline.
func (x *stepper) expire() bool {
	if !x.active() || x.task != "" || x.ev.At < x.due() {
		return false
	}
	x.dropRuns()
	x.s.Offer = session.Offer{}
	if x.drafting() { // it answered a question that is gone, silently like the answers before it
		x.takeDraft()
		x.res.Words = ""
	}
	return true
}

// hear notes that the person wrote.
func (x *stepper) hear() {
	x.s.Seen = max(x.s.Seen, x.ev.At)
	x.s.Newest = max(x.s.Newest, x.ev.Sent)
}

// lateBy is how much older than the person's newest event one may be and still be more than late, in milliseconds.
const lateBy = 2 * 60 * 1000

// late reports whether an event is older than what the person sees now: much older than their newest event, or much delayed
// (Zalo repeats a webhook for up to 1 h 50 min) and sent before the question on screen. What the channel's clock differs from
// ours is taken from the newest event.
func late(s *session.Session, ev *event.Event) bool {
	switch {
	case ev.Late || ev.Sent <= 0:
		return ev.Late
	case s.Newest-ev.Sent > lateBy:
		return true
	case s.Newest == 0:
		return false
	}
	ahead := s.Seen - s.Newest
	question := s.Newest
	if n := len(s.Runs); n > 0 {
		question = max(question, s.Runs[n-1].Entered-ahead)
	}
	return ev.Sent < question && ev.At-ev.Sent-ahead > lateBy
}
