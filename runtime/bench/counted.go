package bench

import (
	"context"
	"sync"
	"sync/atomic"

	"hoithoai/runtime/actor"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/store"
)

// counted is a store that counts what went through it, so that a round knows when its last event is done and that none is
// missing, and writes down what is asked of it while a tape is in.
type counted struct {
	Store
	accepted, committed, pushed, finished atomic.Int64

	mu   sync.Mutex
	tape *tape // nil: nothing is written down
}

// tally is the counts at one moment.
type tally struct{ accepted, committed, pushed, finished int64 }

func (c *counted) tally() tally {
	return tally{c.accepted.Load(), c.committed.Load(), c.pushed.Load(), c.finished.Load()}
}

// idle reports whether all that was accepted is done.
func (t tally) idle() bool { return t.accepted == t.committed && t.pushed == t.finished }

func (t tally) minus(before tally) tally {
	return tally{
		t.accepted - before.accepted, t.committed - before.committed, t.pushed - before.pushed, t.finished - before.finished,
	}
}

// Accept implements store.Mailbox.
func (c *counted) Accept(ctx context.Context, in store.Accept) (store.AcceptResult, error) {
	res, err := c.Store.Accept(ctx, in)
	if err == nil && (res.Status == store.Accepted || res.Status == store.Queued) {
		c.accepted.Add(1)
		c.note(func(t *tape) { t.accept(in) })
	}
	return res, err
}

// Commit implements store.Actor.
func (c *counted) Commit(ctx context.Context, in store.Commit) (store.CommitResult, error) {
	res, err := c.Store.Commit(ctx, in)
	if err == nil && (res.Status == store.Committed || res.Status == store.Released) {
		c.pushed.Add(int64(len(in.Out)))
		c.committed.Add(1)
		c.note(func(t *tape) { t.commit(in) })
	}
	return res, err
}

// Finish implements store.Finisher.
func (c *counted) Finish(ctx context.Context, key store.Key, in store.Finish) (store.Done, error) {
	res, err := c.Store.Finish(ctx, key, in)
	if err == nil && !res.Gone {
		c.finished.Add(1)
		c.note(func(t *tape) { t.finish(in) })
	}
	return res, err
}

// Done implements store.Actor.
func (c *counted) Done(ctx context.Context, key store.Key, id store.ID8) (store.Done, error) {
	return c.Finish(ctx, key, store.Finish{Out: id})
}

func (c *counted) note(write func(*tape)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.tape != nil {
		write(c.tape)
	}
}

// sink takes every message at once and counts them.
type sink struct{ messages atomic.Int64 }

// Deliver implements actor.Deliverer.
func (s *sink) Deliver(context.Context, envelope.Out, bool) actor.Delivery {
	s.messages.Add(1)
	return actor.Delivery{Done: true}
}
