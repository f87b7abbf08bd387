package deployment

import (
	"context"
	"fmt"
	"sync"

	"hoithoai/runtime/store"
)

// watched is a store that remembers the newest session of the people somebody looks at. To ask the store itself would take
// the person over: Load renews the lease, and a page that asks every second would keep everybody else from the work.
type watched struct {
	Store
	mu    sync.Mutex
	snaps map[store.Key]*store.Snapshot // of those who are looked at; nil: no session
}

func watch(s Store) *watched { return &watched{Store: s, snaps: map[store.Key]*store.Snapshot{}} }

// Commit passes a step on and remembers where it led.
func (w *watched) Commit(ctx context.Context, in store.Commit) (store.CommitResult, error) {
	res, err := w.Store.Commit(ctx, in)
	w.mu.Lock()
	defer w.mu.Unlock()
	old, looked := w.snaps[in.Key]
	if !looked {
		return res, err
	}
	done := res.Status == store.Committed || res.Status == store.Released
	switch {
	case err != nil || !done:
		delete(w.snaps, in.Key) // nobody knows: look again
	case old == nil || old.Rev < res.Rev:
		w.snaps[in.Key] = &store.Snapshot{Rev: res.Rev, Last: in.Event, Body: in.Session}
	}
	return res, err
}

// look returns a person's session, asking the store only the first time. From then on every step is noticed, also one that
// is committed while the store is being asked.
func (w *watched) look(ctx context.Context, key store.Key) (*store.Snapshot, error) {
	w.mu.Lock()
	snap, known := w.snaps[key]
	if !known {
		w.snaps[key] = nil
	}
	w.mu.Unlock()
	if known {
		return snap, nil
	}
	work, err := w.Load(ctx, key)
	w.mu.Lock()
	defer w.mu.Unlock()
	if err != nil {
		delete(w.snaps, key)
		return nil, fmt.Errorf("load session: %w", err)
	}
	if now := w.snaps[key]; now != nil && work.Session != nil && now.Rev > work.Session.Rev {
		return now, nil
	}
	w.snaps[key] = work.Session
	return work.Session, nil
}
