// Package actor moves one person's work: it owns a person while the store's lease lasts, steps the session over the mailbox
// in order, commits each step, and sends what the outbox holds before it looks at the next event; tasks are done beside the
// conversation (lane.go). Any process may take over any person at any time: nothing here lives longer than one Run, and the
// store's revision fences a late one out.
//
// What ends the process itself (a fatal error of the Go runtime, a stack or a memory that overflows) cannot be caught as a panic is,
// and would come again for ever. So work whose owner went silent is noted in the store before it is begun again, and given up
// when it was begun five times and never ended (poison.go): an event is answered as one at which the engine panicked, a message by an
// apology in its place; both leave a dead letter and an alarm. Only what had begun counts: not the first death, which says nothing about
// sixty people worked on beside each other; not whom a dead process had merely claimed; not a send that was put off, or a store
// that refused the step. What was noted before is worked on by one hand of a process at a time, so that every death accuses one
// piece of work. A healthy one is given up only where processes are killed from outside five times running, each time in
// the milliseconds in which it is its turn. In calm nothing is noted.
//
// It is not the door (package server), not the clock that claims and fires (clockwork.go starts Run), and it does not know
// how a message reaches Zalo (package delivery).
package actor

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"hoithoai/dsl/office"
	"hoithoai/runtime/alarm"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/erasure"
	"hoithoai/runtime/library"
	"hoithoai/runtime/metrics"
	"hoithoai/runtime/misses"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/task"
	"hoithoai/runtime/tracing"
	"hoithoai/runtime/waiting"
)

// Store is what the owner of a person does with the store.
type Store interface {
	store.Mailbox
	store.Actor
	store.Deferrer
	store.Finisher
	store.Attempts
}

// Deliverer sends one message. Recovered says that an earlier try may have reached the person: it must be looked up first.
type Deliverer interface {
	Deliver(ctx context.Context, out envelope.Out, recovered bool) Delivery
}

// Delivery is the outcome of a send: done (sent, or dropped for good), or to be tried again not before After.
type Delivery struct {
	Done  bool
	After time.Duration
	Why   string // for the log: never a resident's words
	// Taken are the echoes that prove that this message arrived, as far as the channel named it: they prove no other.
	Taken []store.ID8
	// Untried says of one that is not done that certainly nothing of the message reached the channel, now or before: the next try
	// need not look it up.
	Untried bool
}

// Config is what an actor needs; every field is required except Session, Lease, Start and Tick.
type Config struct {
	Store   Store
	Seal    *seal.Sealer
	Library *library.Library
	Offices func(id string) *office.Office // nil for an office that is not ours
	Deliver Deliverer
	Tasks   task.Table
	Now     func() time.Time
	Log     *slog.Logger
	Metrics *metrics.Set
	// Erasures is the book of people to be forgotten; nil keeps none (a person is forgotten all the same).
	Erasures *erasure.Book
	// Waits is the list of people whom no officer has answered; nil keeps none.
	Waits *waiting.Book
	// Misses keeps first words that were not understood; nil keeps none.
	Misses *misses.Book
	// Letters keeps what was given up because it ended the process; nil keeps nothing.
	Letters Letters
	// Alarms hears of people whom a desk does not answer in time; may be nil.
	Alarms  *alarm.Set
	Session time.Duration // how long an idle session is kept; default 30 days
	Lease   time.Duration // the store's (store.Config.Lease); default 15 s
	Spans   *tracing.Set  // nil: nobody traces
	// Start works on somebody else's key that a Run brought work to (a task, its answer); nil leaves it to the clockwork.
	Start func(ctx context.Context, job Job)
	// Tick makes the ticker by which a person is kept during a long send or task; default time.NewTicker.
	Tick func(d time.Duration) (<-chan time.Time, func())
}

// Job is a person to work on.
type Job struct {
	Work store.Work
	// Since is when the store gave the person to us, by our own clock and not later than it was: the lease is counted from
	// there, so that a store with another clock cannot make us believe in a lease that is over.
	Since time.Time
	// Recovered says that the work was taken over from somebody who may have died in the middle of a send.
	Recovered bool

	office string // whose share of the hands it takes; for the crew
}

// Actor runs the work of people, one Run per person at a time (the store's lease sees to that).
type Actor struct {
	cfg  Config
	cell cell
}

// New returns an actor.
func New(cfg Config) *Actor {
	if cfg.Session == 0 {
		cfg.Session = 30 * 24 * time.Hour
	}
	if cfg.Lease == 0 {
		cfg.Lease = store.Config{}.WithDefaults().Lease
	}
	if cfg.Tick == nil {
		cfg.Tick = ticker
	}
	if cfg.Letters == nil {
		cfg.Letters = noLetters{}
	}
	return &Actor{cfg: cfg}
}

func ticker(d time.Duration) (<-chan time.Time, func()) {
	t := time.NewTicker(d)
	return t.C, t.Stop
}

// ErrNoProgram is returned (wrapped) where a session would have to be read before any program is published.
var ErrNoProgram = errors.New("no program is published yet")

// errLost is why a Run ends early.
var errLost = errors.New("person is owned elsewhere")

// Run does all the work of one person and gives the person back. It returns when nothing is left, when a send must wait,
// when ctx ends, or when the person was lost; nothing is ever half-done, since every step of it is one atomic operation of
// the store. A job whose lease is over is left to whoever claims it.
func (a *Actor) Run(ctx context.Context, job Job) {
	r := &run{
		a: a, key: job.Work.Key, work: job.Work, recovered: job.Recovered, until: job.Since.Add(a.cfg.Lease),
		suspect: job.Work.Silent || job.Work.Attempt.N > 0,
	}
	if a.cfg.Start != nil {
		r.start = func(j Job) { a.cfg.Start(ctx, j) }
	}
	if err := r.loop(ctx); err != nil && !errors.Is(err, errLost) {
		a.cfg.Metrics.Inc("actor_failed")
		a.cfg.Log.Warn("work of a person stopped; it will be taken up again after its lease",
			"key", string(job.Work.Key), "error", err)
	}
}

// run is the state of one Run.
type run struct {
	a         *Actor
	key       store.Key
	work      store.Work
	recovered bool      // the head of the outbox may have been sent already
	live      *live     // decoded session; nil until the first step
	until     time.Time // by our clock: the person is ours until then
	start     func(Job) // gives other work to a free hand; nil: nobody does
	suspect   bool      // the next piece of work may have ended the last owner
	noted     bool      // the piece of work under way is noted, and still there
	condemned bool      // the piece of work under way is given up
}

// loop does one piece of work after the other. The end of ctx is heeded between two pieces, never inside one: a send that
// is under way gets its answer. What is left is put back for another process to claim at once.
func (r *run) loop(ctx context.Context) error {
	piece := context.WithoutCancel(ctx)
	for ctx.Err() == nil {
		idle, err := r.next(piece)
		if err != nil || idle {
			return err
		}
	}
	return r.putOff(piece, 0, !r.recovered)
}

// putOff gives the person back for a while; untried says that nothing of the outbox head was sent.
func (r *run) putOff(ctx context.Context, after time.Duration, untried bool) error {
	put := r.a.cfg.Store.Defer
	if untried {
		put = r.a.cfg.Store.DeferUntried
	}
	return put(ctx, r.key, r.a.cfg.Now().Add(after))
}

// next does the next piece of work while the person is ours.
func (r *run) next(ctx context.Context) (idle bool, err error) {
	if !r.owns() {
		r.a.cfg.Metrics.Inc("lease_over")
		return false, errLost
	}
	if r.suspect {
		return r.suspicious(ctx)
	}
	return r.piece(ctx)
}

// piece does a send, else a step, else it releases the person.
func (r *run) piece(ctx context.Context) (idle bool, err error) {
	switch {
	case r.work.Out != nil && !r.leaving():
		return r.send(ctx)
	case r.work.Head != nil:
		return r.step(ctx)
	default:
		return r.release(ctx)
	}
}

// owns reports whether the lease still stands. It is asked before every piece: one that begins in time is either fenced by
// the revision (a step) or keeps the lease itself (a send, a task).
func (r *run) owns() bool { return r.a.cfg.Now().Before(r.until) }

// renewed notes that the store has renewed the lease in answer to what was asked at the given time.
func (r *run) renewed(asked time.Time) { r.until = asked.Add(r.a.cfg.Lease) }

func (r *run) release(ctx context.Context) (bool, error) {
	asked := r.a.cfg.Now()
	w, err := r.a.cfg.Store.Release(ctx, r.key)
	if err != nil {
		return false, err
	}
	if w.Head == nil && w.Out == nil {
		return true, nil
	}
	r.renewed(asked)
	r.work, r.live = w, nil
	return false, nil
}
