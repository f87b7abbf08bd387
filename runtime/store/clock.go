package store

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// Clock tells the time of an engine that has a clock of its own, to a process that may stand beside a wrong one: what the
// process stamps and what the engine measures by are then one time. Between two looks at the engine the process counts by its
// own clock, of which only the pace matters. It may be ahead by the time an answer took, and is not behind, so that no timer it
// stamps is early. It is safe for concurrent use.
type Clock struct {
	ask func(ctx context.Context) (time.Time, error)
	now func() time.Time

	mu       sync.Mutex
	own, its time.Time     // what ours said when its was asked, and what it said then or a little later
	took     time.Duration // of that answer
}

// Figures of a Clock, ours.
const (
	clockEvery = 30 * time.Second       // how often it looks at the engine again
	clockDoubt = 200 * time.Millisecond // an answer that took longer says too little, and is taken only for want of a better one
	clockTries = 10                     // how many are asked for before serving begins
)

// NewClock returns a clock after a first look at the engine's that did not take long, or after several; now is the process's own.
func NewClock(ctx context.Context, ask func(ctx context.Context) (time.Time, error), now func() time.Time) (*Clock, error) {
	c := &Clock{ask: ask, now: now}
	for range clockTries {
		if err := c.look(ctx); err != nil && c.its.IsZero() {
			return nil, err
		}
		if c.took <= clockDoubt {
			break
		}
	}
	return c, nil
}

// Now returns the engine's time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.its.Add(c.now().Sub(c.own))
}

// Follow looks at the engine's clock again and again until ctx ends. An engine that does not answer leaves the clock as it is.
func (c *Clock) Follow(ctx context.Context, tick func(d time.Duration) (<-chan time.Time, func())) {
	ticks, stop := tick(clockEvery)
	defer stop()
	for {
		select {
		case <-ticks:
			_ = c.look(ctx) // the store's own checks tell the operator
		case <-ctx.Done():
			return
		}
	}
}

// look notes what the engine's clock says, as if that were from before the way.
func (c *Clock) look(ctx context.Context) error {
	before := c.now()
	its, err := c.ask(ctx)
	took := c.now().Sub(before)
	if err != nil {
		return fmt.Errorf("read the clock of the store: %w", err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.its.IsZero() || took <= max(clockDoubt, c.took) {
		c.own, c.its, c.took = before, its, took
	}
	return nil
}
