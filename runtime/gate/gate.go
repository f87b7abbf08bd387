// Package gate decides when a call to Zalo may leave: two limiters (of the app over all its offices, and of the office), four
// classes of urgency, a pause for who was told "too fast" (-32, 429), and a breaker for a Zalo that does not answer at all.
// Every call counts, those that only ask too.
//
// Urgency changes who goes first when there is little left, never the order of one person's messages: that is the outbox's.
// A class may use up to its share of the room that a quiet spell leaves, so a flood of notices cannot delay an answer, nor
// answers an emergency. The limits are those of one process: where several serve one app, each is configured with its part.
// What the answer to a call means is not decided here (package zalo's table), nor what becomes of the message (delivery).
package gate

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"hoithoai/runtime/metrics"
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

// Config is what a Gate needs. Now is required.
type Config struct {
	PerMinute int            // calls of the app; default zalo.CallsPerMinute
	Offices   map[string]int // calls a minute of single offices; one that is not there has the app's
	Now       func() time.Time
	Pause     func(ctx context.Context, d time.Duration) error // waits; default by the machine's clock
	Metrics   *metrics.Set
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
	cfg Config

	mu      sync.Mutex
	app     lane
	offices map[string]*lane
	first   string // whose -32 paused the app
	known   bool   // another office was refused too: it is the app that is limited
	probe   time.Time
	breaker breaker
}

// lane is one limiter with its pause.
type lane struct {
	limiter
	since  time.Time // when the last pause began
	until  time.Time // paused
	pauses int       // in a row
}

// New returns an open gate.
func New(cfg Config) *Gate {
	if cfg.PerMinute == 0 {
		cfg.PerMinute = zalo.CallsPerMinute
	}
	if cfg.Pause == nil {
		cfg.Pause = pause
	}
	return &Gate{cfg: cfg, app: lane{limiter: newLimiter(cfg.PerMinute)}, offices: map[string]*lane{}}
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
	spent := time.Duration(0)
	for _, of := range [...]stage{ofOffice, ofApp, atDoor} {
		if err := g.enter(ctx, office, c, of, &spent); err != nil {
			return err
		}
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

func (g *Gate) enter(ctx context.Context, office string, c Class, of stage, spent *time.Duration) error {
	for {
		wait, why := g.ask(office, c, of, patience-*spent)
		switch {
		case wait == 0:
			return nil
		case c > Interactive, wait > patience-*spent:
			g.cfg.Metrics.Inc("gate_" + why)
			return &ClosedError{After: wait, Why: why}
		}
		if err := g.cfg.Pause(ctx, wait); err != nil {
			return fmt.Errorf("wait at the gate: %w", err)
		}
		if *spent += wait; why == whyLimit {
			return nil // the turn was reserved
		}
	}
}

// The reasons to wait.
const (
	whyLimit   = "limit"
	whyPause   = "paused"
	whyBreaker = "breaker"
)

// ask says how long to wait, and takes a turn where that is not at all, or within what an urgent caller has left.
func (g *Gate) ask(office string, c Class, of stage, left time.Duration) (wait time.Duration, why string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now, own := g.cfg.Now(), g.lane(office)
	if wait = g.paused(now, own, c, of == atDoor); wait > 0 {
		return wait, whyPause
	}
	if wait = g.breaker.wait(now); wait > 0 {
		return wait, whyBreaker
	}
	l := own
	switch of {
	case atDoor:
		g.breaker.enter(now)
		return 0, ""
	case ofApp:
		l = &g.app
	}
	if wait = l.wait(now, c); wait == 0 || c <= Interactive && wait <= left {
		l.take(now)
	}
	return wait, whyLimit
}

func (g *Gate) lane(office string) *lane {
	l := g.offices[office]
	if l == nil {
		n := g.cfg.Offices[office]
		if n == 0 {
			n = g.cfg.PerMinute
		}
		l = &lane{limiter: newLimiter(n)}
		g.offices[office] = l
	}
	return l
}

// paused is how long the pause of office or app still holds a call. While nobody knows whether -32 meant the app or the
// office, a call of another office goes through now and then and finds out (probe: this one does); an emergency of any office
// does so too.
func (g *Gate) paused(now time.Time, own *lane, c Class, probe bool) time.Duration {
	wait := max(own.until.Sub(now), 0)
	if !g.app.until.After(now) {
		return wait
	}
	if wait == 0 && !g.known || c == Emergency {
		if left := g.probe.Sub(now); left > 0 {
			return min(left, g.app.until.Sub(now))
		}
		if probe {
			g.probe = now.Add(probeGap)
		}
		return 0
	}
	return max(wait, g.app.until.Sub(now))
}

// left learns from the outcome of a call. What began before a pause says nothing about it.
func (g *Gate) left(office string, began time.Time, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now, own := g.cfg.Now(), g.lane(office)
	e, _ := errors.AsType[*zalo.Error](err)
	switch {
	case silent(err, e):
		if g.breaker.failed(now) {
			g.cfg.Metrics.Inc("breaker_opened")
		}
		return
	case e != nil && e.TooFast():
		g.limited(now, began, office, own, e.Wait)
	default:
		own.resume(began)
		if g.app.resume(began) {
			g.known = false
		}
	}
	g.breaker.answered()
}

// limited pauses the app, and the office that was refused: the others may find that it is that one only.
func (g *Gate) limited(now, began time.Time, office string, own *lane, said time.Duration) {
	g.cfg.Metrics.Inc("rate_limited")
	if !g.app.until.After(now) {
		g.first, g.known = office, false
	} else if office != g.first {
		g.known = true
	}
	g.app.hold(now, began, said)
	own.hold(now, began, said)
	g.probe = now.Add(probeGap)
}

// hold pauses a lane: as long as Zalo said, else longer each time. Many calls under way are refused together: that is one
// pause.
func (l *lane) hold(now, began time.Time, said time.Duration) {
	if !l.since.IsZero() && !began.After(l.since) {
		return
	}
	d := min(pauseMin<<min(l.pauses, 10), pauseMax)
	if said > 0 {
		d = min(said, pauseMax)
	}
	l.pauses++
	l.since, l.until = now, now.Add(d)
}

// resume ends a pause because of a call that was taken, and reports whether it did.
func (l *lane) resume(began time.Time) bool {
	if !began.After(l.since) {
		return false
	}
	l.pauses, l.since, l.until = 0, time.Time{}, time.Time{}
	return true
}

// Rate heeds the headers of an answer (zalo.ClientConfig.OnRate): an office that has nothing left waits before it is refused.
func (g *Gate) Rate(office string, r zalo.Rate) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if now, own := g.cfg.Now(), g.lane(office); r.Remain == 0 && !own.until.After(now) {
		own.until = now.Add(pauseMin)
	}
}

// silent reports a call that Zalo did not answer as the API does.
func silent(err error, e *zalo.Error) bool {
	if e != nil && (e.HTTPStatus >= 500 || e.Unknown) {
		return true
	}
	_, network := errors.AsType[net.Error](err)
	return network
}
