// Package bench measures the runtime on the machine it runs on: the door over real HTTP, whole events with the real engine,
// the bare protocol of the store beside them, what each part of the way costs, and what a waiting person takes in memory. It
// measures in turns, so that a slow minute of a shared machine meets every figure alike.
//
// It judges nothing: no figure is held against a limit here, and no test may do so. It is no load generator against a
// running deployment, and it never touches a store that holds anything.
package bench

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// The stores that can be measured.
const (
	StoreRedis    = "redis"
	StoreEmbedded = "embedded"
)

// Config is what to measure; zero fields take the defaults.
type Config struct {
	Store       string        // StoreRedis (default): a server of our own, or the one of URL; StoreEmbedded: a file
	URL         string        // of an empty Redis server that nobody needs; "": a server is started in Folder and stopped again
	Folder      string        // an empty folder for the files of the measurement; required
	People      int           // who write; default 10,000
	Connections int           // how many write at once; default 50
	Round       time.Duration // how long one round of one figure takes; default 5 s
	Rounds      int           // rounds of each figure, in turns; default 3
	Sizes       []int         // people in the store at whom the figures are taken again, smallest first; default: none

	FullJournal bool // the office records every step with its words; default: as a configuration is by default

	Now      func() time.Time  // required
	Progress func(what string) // hears what is being done; nil: nobody
	Command  string            // the command line, for the report
	Machine  Machine           // facts the caller knows; the rest is filled in
}

func (c Config) withDefaults() Config {
	if c.Store == "" {
		c.Store = StoreRedis
	}
	if c.People == 0 {
		c.People = 10_000
	}
	if c.Connections == 0 {
		c.Connections = 50
	}
	if c.Round == 0 {
		c.Round = 5 * time.Second
	}
	if c.Rounds == 0 {
		c.Rounds = 3
	}
	if c.Progress == nil {
		c.Progress = func(string) {}
	}
	return c
}

// ErrConfig says that a measurement was asked for that cannot be made.
var ErrConfig = errors.New("impossible measurement")

func (c Config) check() error {
	switch {
	case c.Now == nil || c.Folder == "":
		return fmt.Errorf("%w: clock or folder is missing", ErrConfig)
	case c.Store != StoreRedis && c.Store != StoreEmbedded:
		return fmt.Errorf("%w: store %q, want %s or %s", ErrConfig, c.Store, StoreRedis, StoreEmbedded)
	case c.URL != "" && c.Store != StoreRedis:
		return fmt.Errorf("%w: a URL is for redis", ErrConfig)
	case c.People < c.Connections || c.Connections < 1 || c.Rounds < 1 || c.Round <= 0:
		return fmt.Errorf("%w: %d people, %d at once, %d rounds of %s", ErrConfig, c.People, c.Connections, c.Rounds, c.Round)
	}
	filled := 0
	for _, n := range c.Sizes {
		if n-filled < c.Connections {
			return fmt.Errorf("%w: each size must be larger than the one before by the %d who write at once", ErrConfig, c.Connections)
		}
		filled = n
	}
	return nil
}

// Run measures and reports. What it started it stops.
func Run(ctx context.Context, cfg Config) (rep Report, err error) {
	cfg = cfg.withDefaults()
	if err := cfg.check(); err != nil {
		return rep, err
	}
	e, err := openEngine(ctx, cfg)
	if err != nil {
		return rep, err
	}
	defer func() { err = errors.Join(err, e.close()) }()
	w, err := newWorld(ctx, cfg, e)
	if err != nil {
		return rep, err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	return w.measure(ctx)
}

// measure takes all figures.
func (w *world) measure(ctx context.Context) (rep Report, err error) {
	rep.Command, rep.People, rep.Connections, rep.FullJournal = w.cfg.Command, w.cfg.People, w.cfg.Connections, w.cfg.FullJournal
	if rep.Machine, err = w.machine(ctx); err != nil {
		return rep, err
	}
	if w.tape, err = w.record(ctx); err != nil {
		return rep, fmt.Errorf("record the conversation: %w", err)
	}
	crowd := w.newCrowd(w.cfg.People)
	if rep.Rounds, err = w.turns(ctx, crowd); err != nil {
		return rep, err
	}
	if rep.CPU, err = w.split(ctx, crowd, rep.Rounds); err != nil {
		return rep, fmt.Errorf("split the cost: %w", err)
	}
	if rep.Sizes, err = w.grow(ctx); err != nil {
		return rep, err
	}
	// among as many people as there are by now: what a partition shares is dearer then
	if rep.Memory, err = w.weigh(ctx); err != nil {
		return rep, fmt.Errorf("weigh a person: %w", err)
	}
	rep.conclude()
	return rep, nil
}

// turns takes every figure once a round, one after the other.
func (w *world) turns(ctx context.Context, crowd *crowd) ([]Round, error) {
	var out []Round
	bare := w.newBareCrowd(w.cfg.People)
	for n := range w.cfg.Rounds {
		r, err := w.turn(ctx, fmt.Sprintf("%d/%d", n+1, w.cfg.Rounds), crowd, bare)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

func (w *world) turn(ctx context.Context, name string, crowd *crowd, bare *bareCrowd) (r Round, err error) {
	w.cfg.Progress("bare protocol " + name)
	if r.Bare, err = w.closed(ctx, bare.event); err != nil {
		return r, fmt.Errorf("bare protocol: %w", err)
	}
	w.cfg.Progress("whole events " + name)
	if r.Whole, err = w.wholeRound(ctx, crowd); err != nil {
		return r, fmt.Errorf("whole events: %w", err)
	}
	w.cfg.Progress("webhooks " + name)
	if r.Door, err = w.doorRound(ctx, crowd, r.Whole.PerSecond/2); err != nil {
		return r, fmt.Errorf("webhooks: %w", err)
	}
	return r, nil
}
