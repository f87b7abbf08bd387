package gate

import (
	"context"
	"time"

	"hoithoai/runtime/store"
)

// The figures of what processes share, ours.
const (
	turnLife  = 2 * time.Second // a turn that was drawn is used within so long, or never
	turnsMost = 20              // drawn at a time
	askFor    = time.Second     // so long a call waits for the store
	aloneFor  = time.Second     // so long the store is left alone that did not answer
)

// shared is what this process holds of a lane's shared turns.
type shared struct {
	drawing chan struct{} // one caller draws at a time
	at      time.Time     // when the next turn held would come at the even pace
	n       int           // turns held
	till    time.Time     // they are good until then
	next    time.Time     // the next turn of all processes comes no earlier
	batch   int           // how many were drawn last
	drawn   time.Time     // when
	alone   limiter       // while the store does not answer
	owed    int           // turns taken meanwhile, to be drawn and not used
}

// others is what is known of the other processes.
type others struct {
	processes int       // with this one
	alone     time.Time // the store is left alone until then
}

// turn takes a turn of a lane.
func (g *Gate) turn(ctx context.Context, l *lane, c Class, left time.Duration) verdict {
	if g.cfg.Shared == nil {
		g.mu.Lock()
		defer g.mu.Unlock()
		return take(&l.limiter, g.cfg.Now(), c, left)
	}
	if v, ok := g.holds(l, c, left); ok {
		return v
	}
	select {
	case l.shared.drawing <- struct{}{}:
		defer func() { <-l.shared.drawing }()
	case <-ctx.Done():
		return verdict{wait: turnLife, why: whyLimit} // the pause of it ends with the context
	}
	if v, ok := g.holds(l, c, left); ok { // somebody else has just drawn
		return v
	}
	return g.draw(ctx, l, c, left)
}

// take takes a turn of a limiter of this process, or reserves the next one.
func take(l *limiter, now time.Time, c Class, left time.Duration) verdict {
	wait := l.wait(now, c)
	reserved := wait > 0 && c <= Interactive && wait <= left
	if wait == 0 || reserved {
		l.take(now)
	}
	return verdict{wait: wait, why: whyLimit, reserved: reserved}
}

// holds takes a turn that this process holds, or says how long there is none; ok is false where the store must be asked.
func (g *Gate) holds(l *lane, c Class, left time.Duration) (v verdict, ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if l.whole {
		return verdict{}, true
	}
	now, s := g.cfg.Now(), &l.shared
	if now.Before(g.others.alone) {
		return s.borrow(now, c, left), true
	}
	room := l.roomOf(c)
	if s.n > 0 && now.Before(s.till) {
		if wait := s.at.Sub(now) - room; wait > 0 {
			return verdict{wait: wait, why: whyLimit}, true
		}
		s.n--
		s.at = s.at.Add(l.every)
		return verdict{}, true
	}
	wait := max(s.next.Sub(now), 0) - room
	if wait <= 0 || c <= Interactive && wait <= left {
		return verdict{}, false
	}
	return verdict{wait: wait, why: whyLimit}, true
}

// draw asks the store for turns and takes one.
func (g *Gate) draw(ctx context.Context, l *lane, c Class, left time.Duration) verdict {
	in, asked := g.wish(l, c, left)
	ctx, cancel := context.WithTimeout(ctx, askFor)
	defer cancel()
	t, err := g.cfg.Shared.Draw(ctx, in)
	g.mu.Lock()
	defer g.mu.Unlock()
	s := &l.shared
	if err != nil {
		g.leaveAlone()
		return s.borrow(g.cfg.Now(), c, left)
	}
	return s.fill(in, asked, t)
}

// fill takes over what was drawn, less what is owed, and takes a turn.
func (s *shared) fill(in store.Draw, asked time.Time, t store.Turns) verdict {
	s.next = asked.Add(t.Ahead + time.Duration(t.N)*in.Every)
	paid := min(t.N, s.owed)
	s.owed -= paid
	s.drawn, s.batch, s.n = asked, max(t.N-paid, 1), max(t.N-paid-1, 0)
	s.at, s.till = asked.Add(t.Ahead+time.Duration(paid+1)*in.Every), asked.Add(turnLife)
	switch {
	case t.N > paid:
		return verdict{wait: t.Wait, why: whyLimit, reserved: t.Wait > 0}
	case t.N == 0:
		s.next = asked.Add(t.Wait + in.Room)
		return verdict{wait: t.Wait, why: whyLimit}
	}
	return verdict{wait: max(s.next.Sub(asked)-in.Room, in.Every), why: whyLimit}
}

// borrow takes a turn that no other process knows of.
func (s *shared) borrow(now time.Time, c Class, left time.Duration) verdict {
	v := take(&s.alone, now, c, left)
	if v.wait == 0 || v.reserved {
		s.owed++
	}
	return v
}

// wish is what to draw: about as many turns as are used before they grow old, so that few are wasted while others wait.
func (g *Gate) wish(l *lane, c Class, left time.Duration) (in store.Draw, asked time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	s, now := &l.shared, g.cfg.Now()
	in = store.Draw{Lane: l.name, Every: l.every, Room: l.roomOf(c), Most: s.batch}
	if c <= Interactive && s.owed == 0 {
		in.Wait = left
	}
	switch {
	case s.owed > 0:
		in.Most += min(s.owed, turnsMost)
	case s.n > 0:
		in.Most = max(s.batch-s.n, 1)
	case now.Sub(s.drawn) < turnLife/2:
		in.Most = min(4*s.batch, turnsMost)
	}
	return in, now
}

// leaveAlone falls back to the part of this process for a while: every lane goes at an even pace, as slowly as if all processes
// did so.
func (g *Gate) leaveAlone() {
	now := g.cfg.Now()
	if !now.Before(g.others.alone) {
		g.cfg.Metrics.Inc("gate_alone")
	}
	g.others.alone = now.Add(aloneFor)
	g.app.alone(g.others.processes, now)
	for _, l := range g.offices {
		l.alone(g.others.processes, now)
	}
}

func (l *lane) alone(processes int, now time.Time) {
	a := &l.shared.alone
	a.every = l.every * time.Duration(max(processes, 1))
	if a.at.Before(now) {
		a.at = now.Add(a.every)
	}
}

// What only one call of all processes may do at a time.
const (
	onlyProbe = "probe" // find out whether the app is paused
	onlyTrial = "trial" // find out whether Zalo answers again; with the name of an office behind it, whether it answers that one
)

// single lets a call through that no other one of any process may make now; "" is any call.
func (g *Gate) single(ctx context.Context, office, what string) verdict {
	if g.cfg.Shared == nil || what == "" {
		return verdict{}
	}
	ctx, cancel := context.WithTimeout(ctx, askFor)
	defer cancel()
	d := openMin
	if what == onlyProbe {
		d = probeGap
	}
	wait, err := g.cfg.Shared.Only(ctx, what, d)
	if err != nil || wait == 0 {
		return verdict{} // a store that does not answer must not keep us from finding out
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.cfg.Now()
	if what == onlyProbe {
		g.probe = now.Add(wait)
		return verdict{wait: wait, why: whyPause}
	}
	g.breaker.taken(office, now.Add(wait))
	return verdict{wait: wait, why: whyBreaker}
}
