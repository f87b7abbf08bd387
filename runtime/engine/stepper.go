package engine

import (
	"errors"
	"fmt"

	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
	"hoithoai/runtime/event"
	"hoithoai/runtime/message"
	"hoithoai/runtime/session"
)

// stepper is one step while it runs: the inputs, where its result goes, and scratch that is used again by the next one. It is
// also the Env of expressions and sentences.
type stepper struct {
	e   *Engine
	p   *program.Program
	s   *session.Session
	ev  *event.Event
	res *Result

	at     int // the run whose data is read: the top one, or the outer one whose mọi bước speaks
	day    int64
	minute int
	text0  string // the message as it counts
	key    string // the same, folded
	class  message.Class
	before session.Status
	task   string          // Call of the task in flight when the event came
	gentle bool            // what is no answer is neither counted nor answered
	wanted value.Kind      // of the slot that was asked for when the event came
	ripe   bool            // the message is a burst whose pause has come
	from   place           // where the conversation stood
	began  bool            // a run began: giữ is armed anew
	lead   string          // label of the choice taken, for the first bubble
	words0 string          // the words that led into a flow (từ lời đầu), "" where a press or a command did
	opened []*program.Slot // those that words0 were tried on
	told   int             // bubble that says that words0 were taken, or program.None
	afresh bool            // the next step entered is the one whose answer is corrected
	aside  int             // how deep the run of an emergency lies, or program.None
	steps  int

	screen []choice // what the question offers
	own    []choice // backing store of screen where it depends on data
	buf    []byte
	leased []lease
}

// hop is where a sprint goes next: a step of the top run and the step of `rồi` behind it. A hop to program.None ends the sprint.
type hop struct {
	step int
	back int
}

var halt = hop{program.None, program.None}

func toStep(i int) hop { return hop{i, program.None} }

func (e *Engine) begin(res *Result, s *session.Session, ev *event.Event) (*stepper, error) {
	if len(s.Runs) > 0 && s.Program != e.p.Hash {
		return nil, fmt.Errorf("step a session of program %q: %w", s.Program, ErrProgram)
	}
	if ev.Kind < event.Text || ev.Kind > event.Withheld {
		return nil, fmt.Errorf("step an event of kind %d: there is none", ev.Kind)
	}
	x := e.steppers.Get().(*stepper)
	x.s, x.ev, x.res = s, ev, res
	x.text0, x.key, x.lead, x.class = "", "", "", message.Interactive
	x.gentle, x.began, x.afresh, x.aside, x.steps = false, false, false, program.None, 0
	x.ripe, x.from = false, place{}
	x.words0, x.opened, x.told = "", x.opened[:0], program.None
	x.day, x.minute = value.DayOf(ev.At)
	x.before, x.task = s.Status, ""
	x.at = len(s.Runs) - 1
	if s.Program != e.p.Hash {
		s.Program, s.Offer = e.p.Hash, session.Offer{}
	}
	if err := x.sane(); err != nil {
		x.release()
		return nil, err
	}
	if x.working() {
		x.task = x.call()
	}
	x.from = x.placed()
	x.wanted = value.Unset
	if x.waiting() && x.asked() != nil {
		x.wanted = x.asked().Type.Kind
	}
	return x, nil
}

// sane refuses a session whose positions are not those of the program, so that nothing behind it need look.
func (x *stepper) sane() error {
	for i := range x.s.Runs {
		r := &x.s.Runs[i]
		if r.Flow < 0 || r.Flow >= len(x.p.Flows) {
			return fmt.Errorf("step a session in flow %d: %w", r.Flow, ErrProgram)
		}
		f := x.p.Flows[r.Flow]
		if r.Step < 0 || r.Step >= len(f.Steps) || len(r.Slots) != len(f.Slots) || r.Return >= len(f.Steps) {
			return fmt.Errorf("step a session at step %d of %s: %w", r.Step, f.Name, ErrProgram)
		}
	}
	if x.active() && !x.waiting() && !x.working() {
		return fmt.Errorf("step a session at a step that waits for nobody: %w", ErrProgram)
	}
	return nil
}

func (x *stepper) release() {
	x.returnMachines()
	x.s, x.ev, x.res, x.screen = nil, nil, nil, nil
	x.e.steppers.Put(x)
}

// finishStep turns a fault into an apology and sets status and timers.
func (x *stepper) finishStep(err error) {
	if err != nil {
		x.fault(err)
	}
	x.answerSomething()
	x.openWithTold()
	x.openWithLead()
	x.warn()
	x.settleDraft()
	x.offerLater()
	x.settle()
}

// answerSomething keeps a flow that ends without a word from leaving a person without an answer.
func (x *stepper) answerSomething() {
	if len(x.res.Messages) > 0 || len(x.res.Tasks) > 0 {
		return
	}
	switch x.ev.Kind {
	case event.TaskResult, event.Officer:
		return
	case event.Timer:
		if !x.ripe {
			return
		}
	}
	switch x.res.Kind {
	case Ignored, Held, Closed, Gathering:
		return
	}
	x.say(sayNoted)
}

// fault starts the session anew behind an apology: half a dialog is worse than none.
func (x *stepper) fault(err error) {
	x.res.Messages, x.res.Tasks = x.res.Messages[:0], x.res.Tasks[:0]
	x.res.Kind, x.res.Fault = Faulty, err.Error()
	if desks := x.e.cfg.Office.Desks; len(desks) > 0 {
		x.res.Handover = desks[0]
	}
	x.dropRuns()
	x.class = message.Interactive
	x.say(sayFault(x.e.cfg.Office))
}

func (x *stepper) top() int                   { return len(x.s.Runs) - 1 }
func (x *stepper) run() *session.Run          { return &x.s.Runs[len(x.s.Runs)-1] }
func (x *stepper) flow() *program.Flow        { return x.p.Flows[x.run().Flow] }
func (x *stepper) step() *program.Step        { r := x.run(); return x.p.Flows[r.Flow].Steps[r.Step] }
func (x *stepper) stepPlan() *stepPlan        { r := x.run(); return &x.e.flows[r.Flow].steps[r.Step] }
func (x *stepper) active() bool               { return len(x.s.Runs) > 0 }
func (x *stepper) silenced() bool             { return x.s.Until > x.ev.At }
func (x *stepper) flowAt(i int) *program.Flow { return x.p.Flows[x.s.Runs[i].Flow] }

// waiting reports whether the top run's step waits for the person.
func (x *stepper) waiting() bool {
	if !x.active() {
		return false
	}
	k := x.step().End.Kind
	return k == program.Ask || k == program.Menu
}

// working reports whether the top run's step waits for a task.
func (x *stepper) working() bool { return x.active() && x.step().End.Kind == program.Do }

// within runs f with the data of run i.
func (x *stepper) within(i int, f func() error) error {
	at := x.at
	x.at = i
	err := f()
	x.at = at
	return err
}

// errEndless and errDeep are faults of a program that the checks should have refused.
var (
	errEndless = errors.New("the flow enters too many steps without waiting")
	errDeep    = errors.New("sub-flows call each other too deep")
	errNoArm   = errors.New("no nếu holds and there is no còn lại")
	errNoFail  = errors.New("a task failed and its step has no general lỗi")
)
