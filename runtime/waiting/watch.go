package waiting

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"hoithoai/runtime/metrics"
	"hoithoai/runtime/session"
	"hoithoai/runtime/store"
	"hoithoai/runtime/sweep"
)

// Looker reads what the session says of a person's wait, with the session's revision. A person without a session waits for
// nobody.
type Looker interface {
	Waits(ctx context.Context, key store.Key) (session.Wait, uint64, error)
}

// Watch strikes out what a killed process left in the lists. Every field but Metrics is required.
type Watch struct {
	Book    *Book
	People  Looker
	Offices func() []string // ids of the moment
	Now     func() time.Time
	Log     *slog.Logger
	Metrics *metrics.Set
}

// Every is how often the lists are looked through.
const Every = 5 * time.Minute

// settleIn is how old an entry is at least when it is looked at: the step that wrote it may still be under way.
const settleIn = 2 * time.Minute

// Run looks through the lists at once, and then at every tick until ctx ends.
func (w *Watch) Run(ctx context.Context, tick <-chan time.Time) { w.sweep().Run(ctx, tick) }

// Sweep looks through the lists once.
func (w *Watch) Sweep(ctx context.Context) error { return w.sweep().Once(ctx) }

func (w *Watch) sweep() sweep.Sweep[Entry] {
	return sweep.Sweep[Entry]{Offices: w.Offices, List: w.Book.List, Look: w.look, Failed: func(err error) {
		w.Metrics.Inc("waiting_sweep_failed")
		w.Log.Warn("the list of who waits could not be looked through; it is tried again", "error", err)
	}}
}

// look strikes an entry out whose wait is over: the session has moved on from where the entry was written and does not know the
// wait. One that was written for a step nobody committed is gone after a day, when no event can be waiting any more.
func (w *Watch) look(ctx context.Context, e Entry) error {
	age := w.Now().UnixMilli() - e.Since
	if age < settleIn.Milliseconds() {
		return nil
	}
	wait, rev, err := w.People.Waits(ctx, e.Key)
	if err != nil {
		return fmt.Errorf("look at who waits: %w", err)
	}
	if e.is(wait) || rev <= e.Rev && age < (24*time.Hour).Milliseconds() {
		return nil
	}
	w.Metrics.Inc("waiting_struck_out")
	return w.Book.Close(ctx, e)
}
