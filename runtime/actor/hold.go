package actor

import (
	"context"
	"time"
)

// beats is how often the lease is renewed within its length while a send or a task is under way.
const beats = 3

// hold keeps the person ours while a piece of work takes long, and returns what ends that. Without it a slow send would let
// another process claim the person and send the same message.
func (r *run) hold(ctx context.Context) (letGo func()) {
	ctx, cancel := context.WithCancel(ctx)
	tick, stop := r.a.cfg.Tick(r.a.cfg.Lease / beats)
	done := make(chan time.Time, 1)
	go func() { done <- r.beat(ctx, tick) }()
	return func() {
		cancel()
		if last := <-done; !last.IsZero() {
			r.renewed(last)
		}
		stop()
	}
}

// beat renews the lease at every tick until ctx ends, and returns when that last succeeded. Release frees nobody whose outbox
// (a message) or mailbox (a task) holds something, and only renews the lease.
func (r *run) beat(ctx context.Context, tick <-chan time.Time) (last time.Time) {
	for {
		select {
		case <-ctx.Done():
			return last
		case <-tick:
		}
		asked := r.a.cfg.Now()
		if w, err := r.a.cfg.Store.Release(ctx, r.key); err == nil && (w.Out != nil || w.Head != nil) {
			last = asked
		}
	}
}
