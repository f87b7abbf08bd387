package erasure

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"hoithoai/runtime/alarm"
	"hoithoai/runtime/metrics"
	"hoithoai/runtime/store"
	"hoithoai/runtime/sweep"
)

// Loader reads what the store remembers of a person.
type Loader interface {
	Load(ctx context.Context, key store.Key) (store.Work, error)
}

// Watch looks through the book now and then: it closes what is done, and raises an alarm for what is late. Every field but
// Metrics and Alarms is required.
type Watch struct {
	Book    *Book
	Store   Loader
	Offices func() []string // ids of the moment
	Now     func() time.Time
	Log     *slog.Logger
	Metrics *metrics.Set
	Alarms  *alarm.Set
}

// Every is how often the book is looked through.
const Every = time.Minute

// Run looks through the book at once, and then at every tick until ctx ends.
func (w *Watch) Run(ctx context.Context, tick <-chan time.Time) { w.sweep().Run(ctx, tick) }

// Sweep looks through the book once.
func (w *Watch) Sweep(ctx context.Context) error { return w.sweep().Once(ctx) }

func (w *Watch) sweep() sweep.Sweep[Request] {
	return sweep.Sweep[Request]{Offices: w.Offices, List: w.Book.Requests, Look: w.look, Failed: func(err error) {
		w.Metrics.Inc("erasure_sweep_failed")
		w.Log.Warn("the erasure queue could not be looked through; it is tried again", "error", err)
	}}
}

func (w *Watch) look(ctx context.Context, r Request) error {
	work, err := w.Store.Load(ctx, r.Key)
	if err != nil {
		return fmt.Errorf("look at erasure %s: %w", r.ID, err)
	}
	if isErased(work.Session, r.Rev) {
		w.Metrics.Inc("erasure_closed")
		return w.Book.Close(ctx, r, w.Now())
	}
	if w.Now().UnixMilli() > r.Due {
		w.Metrics.Inc("erasure_overdue")
		w.Alarms.Raise("erasure_overdue", "a person is to be forgotten and it is past the day the law sets; see: hoithoai erasures")
	}
	return nil
}

// isErased reports whether nothing is left of what was remembered at revision rev. The commit that forgets a person is the next
// one of that revision; whatever is there later is a new conversation.
func isErased(s *store.Snapshot, rev uint64) bool {
	return s == nil || len(s.Body) == 0 || s.Rev > rev
}
