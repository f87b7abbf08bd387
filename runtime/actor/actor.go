// Package actor moves one person's work: it owns a person while the store's lease lasts, steps the session over the mailbox
// in order, commits each step, and sends what the outbox holds before it looks at the next event. Any process may take over
// any person at any time: nothing here lives longer than one Run, and the store's revision fences a late one out.
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
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/library"
	"hoithoai/runtime/metrics"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/task"
)

// Store is what the owner of a person does with the store.
type Store interface {
	store.Mailbox
	store.Actor
	store.Deferrer
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
}

// Config is what an actor needs; every field is required except Session, which defaults to 30 days.
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
	Session time.Duration // how long an idle session is kept
}

// Actor runs the work of people, one Run per person at a time (the store's lease sees to that).
type Actor struct {
	cfg Config
}

// New returns an actor.
func New(cfg Config) *Actor {
	if cfg.Session == 0 {
		cfg.Session = 30 * 24 * time.Hour
	}
	return &Actor{cfg: cfg}
}

// errLost ends a Run whose person belongs to somebody else now.
var errLost = errors.New("person is owned elsewhere")

// Run does all the work of one person and gives the person back. recovered says that the work was taken over from somebody
// who may have died in the middle of a send. It returns when nothing is left, when a send must wait, when ctx ends, or when
// the person was lost; nothing is ever half-done, since every step of it is one atomic operation of the store.
func (a *Actor) Run(ctx context.Context, work store.Work, recovered bool) {
	r := &run{a: a, key: work.Key, work: work, recovered: recovered}
	if err := r.loop(ctx); err != nil && !errors.Is(err, errLost) {
		a.cfg.Metrics.Inc("actor_failed")
		a.cfg.Log.Warn("work of a person stopped; it will be taken up again after its lease",
			"key", string(work.Key), "error", err)
	}
}

// run is the state of one Run.
type run struct {
	a         *Actor
	key       store.Key
	work      store.Work
	recovered bool
	live      *live // decoded session; nil until the first step
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
	return r.a.cfg.Store.Defer(piece, r.key, r.a.cfg.Now())
}

// next does the next piece of work: a send, else a step, else it releases the person.
func (r *run) next(ctx context.Context) (idle bool, err error) {
	switch {
	case r.work.Out != nil:
		return r.send(ctx)
	case r.work.Head != nil:
		return r.step(ctx)
	default:
		return r.release(ctx)
	}
}

func (r *run) release(ctx context.Context) (bool, error) {
	w, err := r.a.cfg.Store.Release(ctx, r.key)
	if err != nil {
		return false, err
	}
	if w.Head == nil && w.Out == nil {
		return true, nil
	}
	r.work, r.live = w, nil
	return false, nil
}
