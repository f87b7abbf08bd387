package storetest

import (
	"context"
	"encoding/binary"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"hoithoai/runtime/store"
)

// Bench measures full events (accept, commit with one reply, done) with the sizes of a usual step: event 400 bytes, session
// 600, reply 300. Every writer has its own people; the result is also reported as events per second.
func Bench(b *testing.B, engine Engine, writers int) {
	b.ReportAllocs()
	var next atomic.Int64
	var wg sync.WaitGroup
	b.ResetTimer()
	for w := range writers {
		wg.Go(func() {
			for n := next.Add(1); n <= int64(b.N); n = next.Add(1) {
				if err := benchEvent(b.Context(), engine, w, n); err != nil {
					b.Errorf("event %d: %v", n, err)
					return
				}
			}
		})
	}
	wg.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
}

func benchEvent(ctx context.Context, engine Engine, writer int, n int64) error {
	key := store.Key(fmt.Sprintf("bench-%d-%d", writer, n%100))
	var ev store.ID8
	binary.BigEndian.PutUint64(ev[:], uint64(n))
	res, err := engine.Accept(ctx, store.Accept{Key: key, ID: ev, Body: make([]byte, 400)})
	if err != nil || res.Status != store.Accepted {
		return fmt.Errorf("accept: status %d, %w", res.Status, err)
	}
	rev := uint64(0)
	if res.Work.Session != nil {
		rev = res.Work.Session.Rev
	}
	c := store.Commit{
		Key: key, Rev: rev, Event: ev, Session: make([]byte, 600), Out: []store.Item{{ID: ev, Body: make([]byte, 300)}},
	}
	if res, err := engine.Commit(ctx, c); err != nil || res.Status != store.Committed {
		return fmt.Errorf("commit: status %d, %w", res.Status, err)
	}
	if done, err := engine.Done(ctx, key, ev); err != nil || !done.Free {
		return fmt.Errorf("done: %+v, %w", done, err)
	}
	return nil
}
