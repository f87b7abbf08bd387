// Package engine is the pure step: a program, a person's session and one event give the session after it and what is to be
// done (bubbles, tasks, timers). It reads no clock, does no I/O and draws no random number, so the same inputs give the same
// outputs for ever: transcripts, replay, preview and optimistic concurrency all rest on that.
//
// States move by looplab/fsm: every outcome with one destination inside its flow is an event of the flow's machine, and the
// engine evaluates guards to choose it. Where a destination is known only at run time (quay lại, rồi, calls, digressions) the
// engine sets the state itself.
//
// It is not responsible for proving flows (package check), for reading free text (package understand), for drawing bubbles
// on a channel (package zalo) or for storing anything (package store).
package engine

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"hoithoai/dsl/office"
	"hoithoai/dsl/program"
	"hoithoai/runtime/event"
	"hoithoai/runtime/session"
)

// ErrProgram is returned (wrapped) when a session is pinned to another program than the engine's: the caller must step it
// with the engine of that program.
var ErrProgram = errors.New("session belongs to another program")

// maxDepth is how many runs may lie on one another; sub-flows that call deeper are an engine fault.
const maxDepth = 24

// Config says how an engine behaves. The zero value works for a program that reads no field of don_vi.
type Config struct {
	// Office is who speaks: don_vi.*, its desks and hours. Defaults to an office without fields.
	Office *office.Office
	// Matcher finds the flow that free text asks for. Without one only exact từ khóa lead into a flow.
	Matcher Matcher
	// Detector recognises emergencies and what must not be kept. Without one only exact từ khóa of those flows do.
	Detector Detector
	// HumanFor is how long the bot is silent after `chuyển người` while no officer writes. Defaults to 8 hours.
	HumanFor time.Duration
	// OfficerFor is how long the bot is silent after each message an officer wrote. Defaults to 30 minutes.
	OfficerFor time.Duration
	// AnswerIn is within how much of a desk's hours an officer answers; then the person reads an apology. Defaults to an hour.
	AnswerIn time.Duration
	// Gather is the pause that ends a burst of messages, see draft.go. Defaults to 0: every message is answered by itself.
	Gather time.Duration
	// Journal is how long the record of what was said is kept, as the person is told. Defaults to 30 days, the store's own.
	Journal time.Duration
	// FullJournal says that every step is recorded with its words, and that the person is told so. Else only consents, faults,
	// handovers and late successes are, without a word of the person's.
	FullJournal bool
	// Calls fixes how sub-flows end; nil runs them all.
	Calls Calls
	// Steps is how many steps one event may enter before the engine calls it a fault. Defaults to 100.
	Steps int
}

func (c Config) withDefaults() Config {
	if c.Office == nil {
		c.Office = &office.Office{}
	}
	if c.HumanFor == 0 {
		c.HumanFor = 8 * time.Hour
	}
	if c.OfficerFor == 0 {
		c.OfficerFor = 30 * time.Minute
	}
	if c.AnswerIn == 0 {
		c.AnswerIn = time.Hour
	}
	if c.Journal == 0 {
		c.Journal = 30 * 24 * time.Hour
	}
	if c.Steps == 0 {
		c.Steps = 100
	}
	return c
}

// Engine steps sessions of one program at one office. It is immutable and safe for concurrent use.
type Engine struct {
	p        *program.Program
	cfg      Config
	flows    []flowPlan
	shared   []phrase
	keywords map[string]int // folded từ khóa of flows that a person may enter by them
	alarms   map[string]int // folded từ khóa of khẩn cấp flows
	unkept   map[string]int // folded từ khóa of không giữ flows
	off      []bool         // flows that the office does not offer
	ward     *ownWard       // nil where the office names no old wards
	steppers sync.Pool
}

// New prepares the phrases and screens of p. The looplab/fsm machines are built when first needed and pooled per flow.
func New(p *program.Program, cfg Config) *Engine {
	e := &Engine{p: p, cfg: cfg.withDefaults()}
	e.planOff()
	e.ward = newOwnWard(e.cfg.Office)
	e.plan()
	e.steppers.New = func() any { return &stepper{e: e, p: e.p, leased: make([]lease, 0, 4)} }
	return e
}

// Program returns the program the engine runs.
func (e *Engine) Program() *program.Program { return e.p }

// FullJournal reports whether every step is to be recorded: see Config.
func (e *Engine) FullJournal() bool { return e.cfg.FullJournal }

// Step takes s through one event, in place. On an error s must be thrown away: only a session that does not belong to this
// program, or an event without a kind, gives one. A fault in the flow itself is no error: the person gets an apology with the
// office's phone, Result.Fault says what happened, and the session starts anew.
func (e *Engine) Step(s *session.Session, ev *event.Event) (Result, error) {
	var res Result
	err := e.StepInto(&res, s, ev)
	return res, err
}

// StepInto is Step into a Result whose slices are used again; what an earlier call put there is lost.
func (e *Engine) StepInto(res *Result, s *session.Session, ev *event.Event) error {
	res.reset()
	x, err := e.begin(res, s, ev)
	if err != nil {
		return err
	}
	x.finishStep(x.dispatch())
	x.release()
	return nil
}

// Start begins flow (an index) as the person's only run, as if its từ khóa had been sent: for previews and `chat FLOW`.
func (e *Engine) Start(s *session.Session, flow int, ev *event.Event) (Result, error) {
	var res Result
	if flow < 0 || flow >= len(e.p.Flows) {
		return res, fmt.Errorf("start flow %d: there is none", flow)
	}
	x, err := e.begin(&res, s, ev)
	if err != nil {
		return res, err
	}
	x.dropRuns()
	x.hear()
	x.finishStep(x.enterFlow(flow, program.None, session.Root, Started))
	x.release()
	return res, nil
}
