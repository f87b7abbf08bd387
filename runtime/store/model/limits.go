package model

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"hoithoai/runtime/store"
)

// Limits is what several processes share about their calls, in one process. It is safe for concurrent use.
type Limits struct {
	clock func() time.Time

	mu        sync.Mutex
	paces     map[string]time.Time // of the next turn
	pauses    map[string]pause
	seq       uint64
	processes map[string]time.Time // when each last said something
	claims    map[string]time.Time // until when each is somebody's
}

type pause struct {
	store.Pause
	since, until time.Time
}

// NewLimits returns limits of which nothing is taken.
func NewLimits(clock func() time.Time) *Limits {
	return &Limits{
		clock: clock, paces: map[string]time.Time{}, pauses: map[string]pause{}, processes: map[string]time.Time{},
		claims: map[string]time.Time{},
	}
}

func (l *Limits) now() time.Time { return l.clock().Truncate(time.Millisecond) }

// Draw implements store.Limits.
func (l *Limits) Draw(_ context.Context, in store.Draw) (t store.Turns, err error) {
	if err := in.Check(); err != nil {
		return t, fmt.Errorf("draw: %w", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	at := l.paces[in.Lane]
	if at.Before(now) {
		at = now
	}
	t.Ahead = at.Sub(now)
	for ; t.N < in.Most && at.Sub(now) <= in.Room; t.N++ {
		at = at.Add(in.Every)
	}
	if t.N == 0 {
		t.Wait = at.Sub(now) - in.Room
		if t.Wait > in.Wait {
			return store.Turns{Wait: t.Wait}, nil
		}
		t.N, at = 1, at.Add(in.Every)
	}
	l.paces[in.Lane] = at
	return t, nil
}

// Tell implements store.Limits.
func (l *Limits) Tell(_ context.Context, in store.Told) (k store.Known, err error) {
	if err := in.Check(); err != nil {
		return k, fmt.Errorf("tell: %w", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	for _, p := range in.News {
		l.note(p, now)
	}
	l.processes[in.Process] = now
	for name, at := range l.processes {
		if now.Sub(at) >= store.ProcessLife {
			delete(l.processes, name)
		}
	}
	k.Processes, k.Seq = len(l.processes), l.seq
	for _, p := range l.pauses {
		if p.Seq > in.After {
			p.Left, p.Since = max(p.until.Sub(now), 0), now.Sub(p.since)
			k.Pauses = append(k.Pauses, p.Pause)
		}
	}
	slices.SortFunc(k.Pauses, func(a, b store.Pause) int { return cmp.Compare(a.Seq, b.Seq) })
	return k, nil
}

func (l *Limits) note(p store.Pause, now time.Time) {
	if p.Left <= 0 && l.pauses[p.Lane].Seq != p.Seq {
		return
	}
	l.seq++
	p.Seq = l.seq
	l.pauses[p.Lane] = pause{Pause: p, since: now.Add(-p.Since), until: now.Add(p.Left)}
}

// Only implements store.Limits.
func (l *Limits) Only(_ context.Context, what string, d time.Duration) (time.Duration, error) {
	if err := store.CheckName(what); err != nil {
		return 0, fmt.Errorf("only: %w", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if left := l.claims[what].Sub(now); left > 0 {
		return left, nil
	}
	l.claims[what] = now.Add(d)
	return 0, nil
}
