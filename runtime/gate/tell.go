package gate

import (
	"context"
	"strings"
	"time"

	"hoithoai/runtime/store"
)

// Every is how often a gate should be synchronised (Sync): every process heeds a pause of another within a second.
const Every = 250 * time.Millisecond

// Run keeps this gate and those of the other processes of one mind until ctx ends. A gate that shares nothing returns at once.
func (g *Gate) Run(ctx context.Context, tick func(time.Duration) (<-chan time.Time, func())) {
	if g.cfg.Shared == nil {
		return
	}
	ticks, stop := tick(Every)
	defer stop()
	for {
		g.Sync(ctx)
		select {
		case <-ticks:
		case <-g.news:
		case <-ctx.Done():
			return
		}
	}
}

// tell wakes Run where there is news of the app or an office. The lock must be held.
func (g *Gate) tell(own *lane) {
	if g.cfg.Shared == nil || !own.dirty && !g.app.dirty && !g.closed.dirty {
		return
	}
	select {
	case g.news <- struct{}{}:
	default:
	}
}

// dirty are the lanes of which the other processes do not know yet. The lock must be held.
func (g *Gate) dirty() []*lane {
	var out []*lane
	for _, l := range []*lane{g.app, g.closed} {
		if l.dirty {
			out = append(out, l)
		}
	}
	for _, l := range g.offices {
		if l.dirty {
			out = append(out, l)
		}
	}
	return out
}

// Sync tells the other processes what this one has learned about pauses, and heeds what they have.
func (g *Gate) Sync(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, askFor)
	defer cancel()
	in, lanes := g.report()
	known, err := g.cfg.Shared.Tell(ctx, in)
	g.mu.Lock()
	defer g.mu.Unlock()
	if err != nil {
		for _, l := range lanes {
			l.dirty = true
		}
		g.cfg.Metrics.Inc("gate_untold")
		return
	}
	g.others.processes, g.seq = known.Processes, known.Seq
	for _, p := range known.Pauses {
		g.heed(p)
	}
}

func (g *Gate) report() (store.Told, []*lane) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now, lanes := g.cfg.Now(), g.dirty()
	in := store.Told{Process: g.cfg.Process, After: g.seq}
	for _, l := range lanes {
		p := store.Pause{Lane: l.name, Left: max(l.until.Sub(now), 0), Count: l.pauses, By: l.first, Sure: l.known, Seq: l.seq}
		if !l.since.IsZero() {
			p.Since = now.Sub(l.since)
		}
		in.News = append(in.News, p)
		l.dirty = false
	}
	return in, lanes
}

// sameWithin is how much the beginning of a pause may differ from what is known of it and be the same: what the way of news takes.
const sameWithin = 200 * time.Millisecond

// heed takes over what another process, or this one, has told, unless there is newer news here.
func (g *Gate) heed(p store.Pause) {
	l := g.closed
	switch office, ok := strings.CutPrefix(p.Lane, laneOffice); {
	case ok:
		l = g.lane(office)
	case p.Lane == laneApp:
		l = g.app
	}
	l.seq = p.Seq
	if l.dirty {
		return
	}
	if l == g.closed {
		g.breaker.answered(p.By)
		return
	}
	now := g.cfg.Now()
	heard := now
	if began := now.Add(-p.Since); !l.heard.IsZero() && began.Sub(l.since).Abs() < sameWithin {
		heard = l.heard // our own news comes back, or more of what we know
	}
	l.over()
	if p.Count == 0 && p.Left == 0 {
		return
	}
	l.pauses, l.since, l.heard, l.until, l.first, l.known = p.Count, now.Add(-p.Since), heard, now.Add(p.Left), p.By, p.Sure
	if soonest := l.since.Add(probeGap); l == g.app && g.probe.Before(soonest) {
		g.probe = soonest
	}
}
