package actor

import (
	"context"
	"fmt"

	"hoithoai/runtime/library"
	"hoithoai/runtime/session"
	"hoithoai/runtime/store"
)

// Peek reads a stored session without changing it, with the edition it belongs to; ok is false for a person without one.
func (a *Actor) Peek(ctx context.Context, snap *store.Snapshot, key store.Key) (s session.Session, e *library.Edition, ok bool, err error) {
	if snap == nil || len(snap.Body) == 0 {
		return s, nil, false, nil
	}
	if a.cfg.Library.Current() == nil {
		return s, nil, false, ErrNoProgram
	}
	r := &run{a: a, key: key}
	e, s, err = r.decode(ctx, snap.Body)
	if err != nil {
		return s, nil, false, fmt.Errorf("peek at session: %w", err)
	}
	return s, e, true, nil
}
