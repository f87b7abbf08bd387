package main

import (
	"context"
	"sync"
	"time"

	"hoithoai/runtime/store"
)

// timekeeper is a store with a clock of its own, by which leases and timers go.
type timekeeper interface {
	Time(ctx context.Context) (time.Time, error)
}

// byStore runs serve by the clock of its store: several processes stamp events and timers, and one with a wrong clock would fire
// timers an hour too early or too late. A store without a clock of its own goes by this process's.
func (a *app) byStore(ctx context.Context, s opened, run func(a *app) error) error {
	keeper, ok := s.Store.(timekeeper)
	if !ok {
		return run(a)
	}
	c, err := store.NewClock(ctx, keeper.Time, a.now)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	var following sync.WaitGroup
	following.Go(func() { c.Follow(ctx, ticker) })
	defer following.Wait()
	defer stop()
	timed := *a
	timed.now = c.Now
	return run(&timed)
}
