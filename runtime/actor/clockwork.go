package actor

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"hoithoai/runtime/metrics"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
)

// ClockworkConfig is what the clockwork needs.
type ClockworkConfig struct {
	Store      store.Scheduler
	Partitions int
	Seal       *seal.Sealer
	Actor      *Actor
	Poll       time.Duration // how often a partition is asked; default 250 ms
	Batch      int           // people claimed at once; default 32
	Hands      int           // people worked on at once; default 64
	Now        func() time.Time
	Tick       func(d time.Duration) (<-chan time.Time, func()) // time.NewTicker in the program, a hand-driven one in tests
	Log        *slog.Logger
	Metrics    *metrics.Set
}

// Clockwork claims people whose owner went silent, fires due timers, and hands people to the actor, never more than Hands
// at once. What it cannot take now stays due in the store.
type Clockwork struct {
	cfg   ClockworkConfig
	slots chan struct{}
	wg    sync.WaitGroup
	ask   []time.Time // per partition: not before then
}

// idle is how long a partition with nothing due is left alone at most: work that this process did not see coming (another
// replica died) waits that long beyond its lease.
const idle = time.Second

// NewClockwork returns a clockwork; Now and Tick are required.
func NewClockwork(cfg ClockworkConfig) *Clockwork {
	if cfg.Poll == 0 {
		cfg.Poll = 250 * time.Millisecond
	}
	if cfg.Batch == 0 {
		cfg.Batch = 32
	}
	if cfg.Hands == 0 {
		cfg.Hands = 64
	}
	return &Clockwork{cfg: cfg, slots: make(chan struct{}, cfg.Hands), ask: make([]time.Time, cfg.Partitions)}
}

// Start runs one person's work on its own goroutine as soon as a hand is free. It blocks the caller when all hands are busy,
// until ctx ends; the work then stays in the store and is claimed after its lease.
func (c *Clockwork) Start(ctx context.Context, work store.Work, recovered bool) {
	select {
	case c.slots <- struct{}{}:
	case <-ctx.Done():
		return
	}
	c.wg.Go(func() {
		defer func() { <-c.slots }()
		c.cfg.Actor.Run(ctx, work, recovered)
	})
}

// TryStart is Start that never blocks: false says that every hand is busy.
func (c *Clockwork) TryStart(ctx context.Context, work store.Work) bool {
	select {
	case c.slots <- struct{}{}:
	default:
		return false
	}
	c.wg.Go(func() {
		defer func() { <-c.slots }()
		c.cfg.Actor.Run(ctx, work, false)
	})
	return true
}

// Run polls until ctx ends, then waits for the work at hand.
func (c *Clockwork) Run(ctx context.Context) {
	tick, stop := c.cfg.Tick(c.cfg.Poll)
	defer stop()
	defer c.wg.Wait()
	for {
		c.Sweep(ctx)
		select {
		case <-tick:
		case <-ctx.Done():
			return
		}
	}
}

// Wait returns when all work started so far has ended.
func (c *Clockwork) Wait() { c.wg.Wait() }

// Sweep asks every partition that may have something due.
func (c *Clockwork) Sweep(ctx context.Context) {
	for p := range c.cfg.Partitions {
		if ctx.Err() != nil {
			return
		}
		if c.cfg.Now().Before(c.ask[p]) {
			continue
		}
		if err := c.partition(ctx, p); err != nil && ctx.Err() == nil {
			c.cfg.Metrics.Inc("claim_failed")
			c.cfg.Log.Warn("partition cannot be claimed now", "partition", p, "error", err)
			return
		}
	}
}

func (c *Clockwork) partition(ctx context.Context, p int) error {
	for {
		keys, due, next, err := c.cfg.Store.Claim(ctx, p, c.cfg.Batch)
		if err != nil {
			return fmt.Errorf("claim: %w", err)
		}
		for _, t := range due {
			if err := c.fire(ctx, t); err != nil {
				return err
			}
		}
		for _, k := range keys {
			if err := c.take(ctx, k); err != nil {
				return err
			}
		}
		if len(keys) < c.cfg.Batch && len(due) < c.cfg.Batch {
			c.rest(p, next)
			return nil
		}
	}
}

// rest leaves a partition alone until its next entry falls due, and never longer than idle.
func (c *Clockwork) rest(p int, next time.Time) {
	c.ask[p] = c.cfg.Now().Add(idle)
	if !next.IsZero() && next.Before(c.ask[p]) {
		c.ask[p] = next
	}
}

func (c *Clockwork) take(ctx context.Context, key store.Key) error {
	w, err := c.cfg.Store.Load(ctx, key)
	if err != nil {
		return fmt.Errorf("load claimed person: %w", err)
	}
	c.cfg.Metrics.Inc("person_claimed")
	c.Start(ctx, w, true)
	return nil
}

func (c *Clockwork) fire(ctx context.Context, t store.Due) error {
	id := c.cfg.Seal.ID(t.Key, fmt.Sprintf("timer:%s:%d", t.Name, t.Gen))
	fired, work, err := c.cfg.Store.Fire(ctx, t, id)
	if err != nil {
		return fmt.Errorf("fire timer: %w", err)
	}
	if fired {
		c.cfg.Metrics.Inc("timer_fired")
	}
	if work != nil {
		c.Start(ctx, *work, false)
	}
	return nil
}
