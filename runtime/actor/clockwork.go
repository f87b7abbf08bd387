package actor

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"hoithoai/runtime/alarm"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/metrics"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
)

// ClockworkConfig is what the clockwork needs; the fields with a default, and Alarms, may be left out.
type ClockworkConfig struct {
	Store      store.Scheduler
	Defer      store.Deferrer
	Partitions int
	Seal       *seal.Sealer
	Actor      *Actor
	Poll       time.Duration // how often a partition is asked; default 250 ms
	Batch      int           // people claimed at once; default 32
	Hands      int           // people worked on at once; default 64
	Queue      int           // people who wait here for a hand; default 1024
	// Offices is how many offices are served at the moment. Where there are several, each has but a share of the hands and of the
	// queue, see package share. Default: one, that has all.
	Offices func() int
	Now     func() time.Time
	Tick    func(d time.Duration) (<-chan time.Time, func()) // time.NewTicker in the program, a hand-driven one in tests
	Log     *slog.Logger
	Metrics *metrics.Set
	Alarms  *alarm.Set
}

// Clockwork claims people whose owner went silent, fires due timers, and hands people to the actor, never more than Hands
// at once. It claims only as many as there are free hands: whoever is claimed is worked on at once, and what it cannot take
// stays due in the store, for itself or for another process. Of several offices none gets more than its share: one that floods,
// or for which Zalo does not answer, waits for itself; whoever was claimed in vain goes back, due about when the turn comes.
type Clockwork struct {
	cfg   ClockworkConfig
	crew  crew
	ask   []time.Time // per partition: not before then
	short bool        // the last sweep left work for want of hands
	lame  bool        // the sweep under way had no answer of the store to something
	swept atomic.Int64
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
	if cfg.Queue == 0 {
		cfg.Queue = 1024
	}
	if cfg.Offices == nil {
		cfg.Offices = func() int { return 1 }
	}
	c := &Clockwork{
		cfg: cfg, ask: make([]time.Time, cfg.Partitions),
		crew: crew{hands: cfg.Hands, room: cfg.Queue, now: cfg.Now, lease: cfg.Actor.cfg.Lease, freed: make(chan struct{}, 1)},
	}
	c.crew.shared = func() bool { return cfg.Offices() > 1 }
	c.swept.Store(cfg.Now().UnixMilli())
	return c
}

// Swept is when the last sweep ended in which the store answered everything; before the first one, when the clockwork was
// made. It may be asked at any time.
func (c *Clockwork) Swept() time.Time { return time.UnixMilli(c.swept.Load()) }

// Start gives a person to a free hand; without one the person waits in the queue, and when that is full goes back to the
// store. It never blocks. What is started works until ctx ends.
func (c *Clockwork) Start(ctx context.Context, job Job) {
	if c.crew.shared() {
		job.office = c.officeOf(job.Work)
	}
	c.crew.take(job, func(j Job) { c.cfg.Actor.Run(ctx, j) })
}

// Run polls until ctx ends, then waits for the work at hand. It is called once; afterwards Start takes nobody any more.
func (c *Clockwork) Run(ctx context.Context) {
	tick, stop := c.cfg.Tick(c.cfg.Poll)
	defer stop()
	defer c.crew.close()
	for {
		c.Sweep(ctx)
		select {
		case <-tick:
		case <-c.crew.freed:
		case <-ctx.Done():
			return
		}
	}
}

// Wait returns when all work started so far has ended.
func (c *Clockwork) Wait() { c.crew.wg.Wait() }

// Sweep puts back whom nobody has room for, then asks every partition that may have something due. One call at a time.
func (c *Clockwork) Sweep(ctx context.Context) {
	c.short, c.lame = false, false
	if c.putBack(ctx) {
		clear(c.ask) // nobody knows in which partition they are
	}
	for p := range c.cfg.Partitions {
		if ctx.Err() != nil || c.short {
			break
		}
		if !c.cfg.Now().Before(c.ask[p]) {
			c.partition(ctx, p)
		}
	}
	if !c.lame {
		c.swept.Store(c.cfg.Now().UnixMilli())
	}
	c.crew.hungry(c.short)
}

// officeOf reads whose work it is; "" where nobody can: what cannot be read shares one office.
func (c *Clockwork) officeOf(w store.Work) string {
	if w.Out != nil {
		if plain, err := c.cfg.Seal.Open(nil, seal.Outbox, w.Key, w.Out.Body); err == nil {
			return envelope.OfficeOf(plain)
		}
	}
	if w.Head != nil {
		if plain, err := c.cfg.Seal.Open(nil, seal.Mailbox, w.Key, w.Head.Body); err == nil {
			return envelope.OfficeOf(plain)
		}
	}
	return ""
}

// putBack gives the people who found no room back to the store: they must not wait for the end of a lease that nobody uses. It
// reports whether somebody is due at once.
func (c *Clockwork) putBack(ctx context.Context) (soon bool) {
	for _, r := range c.crew.rejected() {
		at := r.at
		if at.IsZero() {
			at, soon = c.cfg.Now(), true
		}
		if err := c.cfg.Defer.Defer(ctx, r.key, at); err != nil {
			c.failed(ctx, "put_back_failed", err)
			break // the others have a lease that ends
		}
		c.cfg.Metrics.Inc("person_put_back")
	}
	return soon
}

// partition takes what is due in one partition, as long as hands are free.
func (c *Clockwork) partition(ctx context.Context, p int) {
	for ctx.Err() == nil {
		n := min(c.cfg.Batch, c.crew.free())
		if n == 0 {
			c.short = true
			return
		}
		keys, due, next, err := c.cfg.Store.Claim(ctx, p, n)
		if err != nil {
			c.failed(ctx, "claim_failed", err)
			c.rest(p, time.Time{})
			return
		}
		for _, t := range due {
			c.fire(ctx, t)
		}
		for _, k := range keys {
			c.claimed(ctx, k)
		}
		if len(keys) < n && len(due) < n {
			c.rest(p, next)
			return
		}
	}
}

// rest leaves a partition alone until its next entry falls due, and never longer than idle. The pause is counted from now,
// not read from the store's clock, so that a clock that is put back cannot stretch it.
func (c *Clockwork) rest(p int, next time.Time) {
	now, pause := c.cfg.Now(), idle
	if !next.IsZero() {
		pause = min(max(next.Sub(now), 0), idle)
	}
	c.ask[p] = now.Add(pause)
}

func (c *Clockwork) claimed(ctx context.Context, key store.Key) {
	since := c.cfg.Now()
	w, err := c.cfg.Store.Load(ctx, key)
	if err != nil {
		c.failed(ctx, "load_failed", err)
		return
	}
	c.cfg.Metrics.Inc("person_claimed")
	c.Start(ctx, Job{Work: w, Since: since, Recovered: !w.Untried})
}

func (c *Clockwork) fire(ctx context.Context, t store.Due) {
	since := c.cfg.Now()
	fired, work, err := c.cfg.Store.Fire(ctx, t, timerID(c.cfg.Seal, t))
	if err != nil {
		c.failed(ctx, "fire_failed", err)
		return
	}
	if fired {
		c.cfg.Metrics.Inc("timer_fired")
	}
	if work != nil {
		c.Start(ctx, Job{Work: *work, Since: since})
	}
}

// failed reports that the store did not answer; what was asked for stays due there.
func (c *Clockwork) failed(ctx context.Context, kind string, err error) {
	c.lame = true
	if ctx.Err() != nil {
		return
	}
	c.cfg.Metrics.Inc(kind)
	c.cfg.Alarms.Raise(kind, "the store does not answer; work waits there and is taken up later. Cause: "+err.Error())
}
