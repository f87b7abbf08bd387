// Package gate decides when a call to Zalo may leave: two limiters (of the app over all its offices, and of the office), four
// classes of urgency, a pause for who was told "too fast" (-32, 429), and a breaker for a Zalo that does not answer at all.
// Every call counts, those that only ask too.
//
// Urgency changes who goes first when there is little left, never the order of one person's messages: that is the outbox's.
// A class may use up to its share of the room that a quiet spell leaves, so a flood of notices cannot delay an answer, nor
// answers an emergency.
//
// The processes of a deployment share the limits through the store (Config.Shared): turns are drawn some at a time, a pause of
// one is a pause of all, and what only one call may find out one call of one process finds out. Without a shared store, or while
// it does not answer, each keeps to its part.
// What the answer to a call means is not decided here (package zalo's table), nor what becomes of the message (delivery).
package gate

import (
	"context"
	"fmt"
	"sync"
	"time"

	"hoithoai/runtime/metrics"
	"hoithoai/runtime/store"
	"hoithoai/runtime/zalo"
)

// Class is how urgent a call is; the most urgent first.
type Class uint8

// The classes.
const (
	Emergency   Class = iota // words of an emergency, receipts of tips
	Interactive              // the answer to what somebody has just done
	Reminder                 // a person is reminded
	Notice                   // everything else that nobody waits for
)

// Config is what a Gate needs. Now is required, and Process where there is a Shared.
type Config struct {
	PerMinute int            // calls of the app, by all processes; default zalo.CallsPerMinute
	Offices   map[string]int // calls a minute of single offices; one that is not there has the app's
	Now       func() time.Time
	Pause     func(ctx context.Context, d time.Duration) error // waits; default by the machine's clock
	Metrics   *metrics.Set
	Shared    store.Limits // what all processes share; nil: this is the only one
	Process   string       // names this process among them
}

// The figures of waiting, ours.
const (
	patience  = 3 * time.Second        // an urgent call waits so long here; beyond it, it is put back into the store
	pauseMin  = time.Second            // after the first -32 that says no time; doubles with each
	pauseMax  = time.Minute            // Zalo counts by the minute
	probeGap  = 500 * time.Millisecond // between two calls of other offices that probe a paused app
	roomShare = 10                     // one part of so many of a minute's calls may come at once
)

// share is the part of the room that a class may use, in hundredths: some is kept for the more urgent.
var share = [...]time.Duration{Emergency: 100, Interactive: 75, Reminder: 40, Notice: 15}

// Gate lets calls through. It is safe for concurrent use.
type Gate struct {
	cfg  Config
	news chan struct{} // told when there is something to tell the other processes

	mu      sync.Mutex
	app     *lane
	offices map[string]*lane
	probe   time.Time // no call probes a paused app before
	breaker breaker
	closed  *lane // carries the news that the breaker has closed
	seq     uint64
	others  others
}

// New returns an open gate.
func New(cfg Config) *Gate {
	if cfg.PerMinute == 0 {
		cfg.PerMinute = zalo.CallsPerMinute
	}
	if cfg.Pause == nil {
		cfg.Pause = pause
	}
	g := &Gate{cfg: cfg, news: make(chan struct{}, 1), offices: map[string]*lane{}, others: others{processes: 1}}
	g.app = g.newLane(laneApp, cfg.PerMinute, turnLife+aloneFor)
	g.closed = &lane{name: laneBreaker}
	return g
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// ClosedError says that a call may not leave now, and was not made.
type ClosedError struct {
	After time.Duration // try again then
	Why   string        // limit, paused, breaker
}

// Error returns the reason.
func (e *ClosedError) Error() string { return fmt.Sprintf("gate closed (%s) for %v", e.Why, e.After) }

// Do makes a call of an office when it may leave, and learns from its outcome. An urgent call waits a little for its turn;
// any other, and one whose turn is far, gives a *ClosedError at once.
func (g *Gate) Do(ctx context.Context, office string, c Class, call func() error) error {
	if err := g.pass(ctx, office, c); err != nil {
		return err
	}
	began := g.cfg.Now()
	err := call()
	g.left(office, began, err)
	return err
}

// stage is what is asked: first the office's limiter, so that who waits for it takes no turn of the app meanwhile, then the
// app's, and at last, when the turn has come, whether there is a pause after all.
type stage uint8

const (
	ofOffice stage = iota
	ofApp
	atDoor
)

// pass returns when a call may leave. A turn that all processes share grows old: who waited at the door takes another one.
func (g *Gate) pass(ctx context.Context, office string, c Class) error {
	spent := time.Duration(0)
	for of := ofOffice; of <= atDoor; {
		waited, err := g.enter(ctx, office, c, of, &spent)
		if err != nil {
			return err
		}
		if of++; waited {
			of = ofOffice
		}
	}
	return nil
}

// enter passes one stage; waited says that the stages begin anew.
func (g *Gate) enter(ctx context.Context, office string, c Class, of stage, spent *time.Duration) (waited bool, err error) {
	for {
		v := g.ask(ctx, office, c, of, patience-*spent)
		switch {
		case v.wait == 0:
			return false, nil
		case c > Interactive, v.wait > patience-*spent:
			g.cfg.Metrics.Inc("gate_" + v.why)
			return false, &ClosedError{After: v.wait, Why: v.why}
		}
		if err := g.cfg.Pause(ctx, v.wait); err != nil {
			return false, fmt.Errorf("wait at the gate: %w", err)
		}
		*spent += v.wait
		switch {
		case v.reserved:
			return false, nil
		case of == atDoor && g.cfg.Shared != nil:
			return true, nil
		}
	}
}

// The reasons to wait.
const (
	whyLimit   = "limit"
	whyPause   = "paused"
	whyBreaker = "breaker"
)

// verdict is how long a call must wait, and why; reserved says that its turn stands after that.
type verdict struct {
	wait     time.Duration
	why      string
	reserved bool
}

// ask says how long to wait, and takes a turn where that is not at all, or within what an urgent caller has left.
func (g *Gate) ask(ctx context.Context, office string, c Class, of stage, left time.Duration) verdict {
	own, single, v := g.held(office, c, of == atDoor)
	switch {
	case v.wait > 0:
		return v
	case of == atDoor:
		return g.single(ctx, office, single)
	case of == ofApp:
		return g.turn(ctx, g.app, c, left)
	}
	return g.turn(ctx, own, c, left)
}

// held is how long pauses and breaker hold a call. At the door a call that may find out whether they are over is the single one
// that does: single says of what.
func (g *Gate) held(office string, c Class, door bool) (own *lane, single string, v verdict) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.cfg.Now()
	own = g.lane(office)
	wait, probes := g.paused(now, own, c)
	if wait > 0 {
		return own, "", verdict{wait: wait, why: whyPause}
	}
	if wait = g.breaker.wait(now, office); wait > 0 {
		return own, "", verdict{wait: wait, why: whyBreaker}
	}
	if !door {
		return own, "", verdict{}
	}
	if probes {
		g.probe, single = now.Add(probeGap), onlyProbe
	}
	if trial := g.breaker.enter(now, office); trial != "" {
		single = trial
	}
	return own, single, verdict{}
}

func (g *Gate) lane(office string) *lane {
	l := g.offices[office]
	if l == nil {
		l = g.newLane(laneOffice+office, g.cfg.Offices[office], turnLife+aloneFor+patience) // its turn may wait so long for the app's
		g.offices[office] = l
	}
	return l
}
