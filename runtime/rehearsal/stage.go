// Package rehearsal plays a bundle without a channel or a store: one person, one session, a clock moved by hand. Transcripts
// (x_test.flow) are run on it, and `hoithoai chat` speaks through it. It uses the very engine and session codec that serve
// residents: after every event the session goes through its codec, so a transcript proves the stored form too.
// Numbers, splits and button shapes are the channel's (package zalo); a rehearsal compares bubbles before they are drawn.
package rehearsal

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"hoithoai/dsl/office"
	"hoithoai/dsl/program"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/event"
	"hoithoai/runtime/message"
	"hoithoai/runtime/session"
	"hoithoai/runtime/understand"
)

// Config is what a stage needs.
type Config struct {
	Program    *program.Program
	Understand *understand.Understander // of Program, learnt before; nil: the stage learns it, which takes longer than most transcripts
	Office     *office.Office
	Start      int64  // Unix ms at the first event
	Name       string // zalo.ten; "" leaves it unset
	Calls      engine.Calls
	Gather     time.Duration // the pause that ends a burst of messages; 0: every message is answered by itself
}

// Stage is one rehearsal.
type Stage struct {
	cfg    Config
	engine *engine.Engine
	sess   session.Session
	now    int64
	events int
	timers []engine.Timer
	tasks  []engine.Task
	screen []message.Message // newest last: what a press may mean
}

// NewStage returns a stage before its first event.
func NewStage(cfg Config) *Stage {
	u := cfg.Understand
	if u == nil {
		u = understand.New(cfg.Program)
	}
	return &Stage{
		cfg: cfg, now: cfg.Start, sess: session.Session{Name: cfg.Name},
		engine: engine.New(cfg.Program, engine.Config{Office: cfg.Office, Matcher: u, Detector: u, Calls: cfg.Calls, Gather: cfg.Gather}),
	}
}

// Now is the stage's time in Unix ms.
func (s *Stage) Now() int64 { return s.now }

// Session is what is remembered at this moment; the caller must not change it.
func (s *Stage) Session() *session.Session { return &s.sess }

// Do gives one event to the engine; ID and At are filled in.
func (s *Stage) Do(ev event.Event) (engine.Result, error) {
	s.events++
	ev.ID, ev.At = "e"+strconv.Itoa(s.events), s.now
	res, err := s.engine.Step(&s.sess, &ev)
	if err != nil {
		return res, fmt.Errorf("step: %w", err)
	}
	s.keep(res)
	return res, s.store()
}

// Say gives an event of the person to the engine. Unless more of the same burst follows, the pause that ends a burst passes,
// so that a line of a transcript is a complete message. each is given what came of the event and of every timer on the way.
func (s *Stage) Say(ev event.Event, more bool, each func(engine.Result) bool) error {
	res, err := s.Do(ev)
	if err != nil || !each(res) || more {
		return err
	}
	return s.Rest(each)
}

// Rest lets the pause pass, if a burst is not over; else no time goes by.
func (s *Stage) Rest(each func(engine.Result) bool) error {
	for _, t := range s.timers {
		if t.Name == engine.TimerDraft {
			return s.Wait(time.Duration(t.At-s.now)*time.Millisecond, each)
		}
	}
	return nil
}

// Breathe lets a third of the pause pass: what lies between two lines of one burst.
func (s *Stage) Breathe(each func(engine.Result) bool) error { return s.Wait(s.cfg.Gather/3, each) }

// Start begins a flow without a message.
func (s *Stage) Start(flow int) (engine.Result, error) {
	s.events++
	res, err := s.engine.Start(&s.sess, flow, &event.Event{Kind: event.Text, ID: "e" + strconv.Itoa(s.events), At: s.now})
	if err != nil {
		return res, fmt.Errorf("start flow: %w", err)
	}
	s.keep(res)
	return res, s.store()
}

// keep notes timers, tasks and what is on the screen.
func (s *Stage) keep(res engine.Result) {
	for _, t := range res.Timers {
		s.timers = slices.DeleteFunc(s.timers, func(o engine.Timer) bool { return o.Name == t.Name })
		if t.At > 0 {
			s.timers = append(s.timers, t)
		}
	}
	s.tasks = append(s.tasks, res.Tasks...)
	s.screen = append(s.screen, res.Messages...)
}

// store sends the session through its codec and back.
func (s *Stage) store() error {
	body := session.Append(nil, &s.sess, s.cfg.Program)
	var back session.Session
	if err := session.Decode(body, s.cfg.Program, &back); err != nil {
		return fmt.Errorf("session does not survive its codec: %w", err)
	}
	s.sess = back
	return nil
}

// Pending returns the tasks in flight and forgets them; the caller answers with Finish.
func (s *Stage) Pending() []engine.Task {
	out := s.tasks
	s.tasks = nil
	return out
}

// Finish answers a task.
func (s *Stage) Finish(t engine.Task, failed bool, code string, values []string) (engine.Result, error) {
	return s.Do(event.Event{Kind: event.TaskResult, Task: &event.Result{
		Call: t.Call, Task: t.Name, Failed: failed, Code: code, Values: values,
	}})
}

// Wait moves the clock on, firing the timers that fall due on the way, in the order of their time. each is given what came
// of every one before the clock goes on, so that a task called on the way is answered at its own time; false ends the wait.
func (s *Stage) Wait(d time.Duration, each func(engine.Result) bool) error {
	end := s.now + d.Milliseconds()
	for {
		t, ok := s.due(end)
		if !ok {
			s.now = end
			return nil
		}
		s.now = max(s.now, t.At)
		res, err := s.Do(event.Event{Kind: event.Timer, Name: t.Name, Gen: t.Gen})
		if err != nil {
			return err
		}
		if !each(res) {
			return nil
		}
	}
}

// due takes the earliest timer at or before end.
func (s *Stage) due(end int64) (engine.Timer, bool) {
	best := -1
	for i, t := range s.timers {
		if t.At <= end && (best < 0 || t.At < s.timers[best].At) {
			best = i
		}
	}
	if best < 0 {
		return engine.Timer{}, false
	}
	t := s.timers[best]
	s.timers = slices.Delete(s.timers, best, best+1)
	return t, true
}

// Press returns the payload of the newest button with this label on the screen.
func (s *Stage) Press(label string) (string, bool) {
	for _, m := range slices.Backward(s.screen) {
		for _, c := range m.Choices {
			if c.Label == label {
				return message.Payload(m.Turn, c.N), true
			}
		}
	}
	return "", false
}
