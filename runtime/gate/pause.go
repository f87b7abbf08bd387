package gate

import (
	"errors"
	"net"
	"time"

	"hoithoai/runtime/zalo"
)

// paused is how long the pause of office or app still holds a call. While nobody knows whether -32 meant the app or the
// office, a call of another office goes through now and then and finds out (probes: this one would); an emergency of any
// office does so too.
func (g *Gate) paused(now time.Time, own *lane, c Class) (wait time.Duration, probes bool) {
	wait = max(own.until.Sub(now), 0)
	left := g.app.until.Sub(now)
	if left <= 0 {
		return wait, false
	}
	if wait == 0 && !g.app.known || c == Emergency {
		soonest := min(max(g.probe.Sub(now), 0), left)
		return soonest, soonest == 0
	}
	return max(wait, left), false
}

// left learns from the outcome of a call. What began before a pause says nothing about it, nor does a call that was not made
// about anything.
func (g *Gate) left(office string, began time.Time, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now, own := g.cfg.Now(), g.lane(office)
	defer g.tell(own)
	e, _ := errors.AsType[*zalo.Error](err)
	switch {
	case e != nil && e.Unmade:
		g.breaker.taken(office, time.Time{}) // another call may be the trial
		return
	case silent(err, e):
		if g.breaker.failed(now, office) {
			g.cfg.Metrics.Inc("breaker_opened")
		}
		return
	case e != nil && e.TooFast():
		g.limited(now, began, office, own, e.Wait)
	default:
		own.resume(began)
		g.app.resume(began)
	}
	if g.breaker.answered(office) {
		g.closed.first, g.closed.dirty = office, true
	}
}

// limited pauses the app, and the office that was refused: the others may find that it is that one only.
func (g *Gate) limited(now, began time.Time, office string, own *lane, said time.Duration) {
	g.cfg.Metrics.Inc("rate_limited")
	if !g.app.until.After(now) {
		g.app.first, g.app.known = office, false
	} else if office != g.app.first && !g.app.known {
		g.app.known, g.app.dirty = true, true
	}
	g.app.hold(now, began, said)
	own.hold(now, began, said)
	g.probe = now.Add(probeGap)
}

// Rate heeds the headers of an answer (zalo.ClientConfig.OnRate): an office that has nothing left waits before it is refused,
// and one that has plenty left shows that a paused app is not what is limited.
func (g *Gate) Rate(office string, r zalo.Rate) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now, own := g.cfg.Now(), g.lane(office)
	defer g.tell(own)
	switch {
	case r.Remain == 0 && !own.until.After(now):
		own.until, own.heard, own.dirty = now.Add(pauseMin), now, true // the call that says so was taken, and must not end it
	case r.Remain > 0 && r.Remain*roomShare > r.Limit && g.app.until.After(now) && !g.app.known && office != g.app.first:
		g.app.over()
		g.app.dirty = true
	}
}

// silent reports a call that Zalo did not answer as the API does.
func silent(err error, e *zalo.Error) bool {
	if e != nil && (e.HTTPStatus != 0 || e.Unknown) {
		return e.HTTPStatus >= 500 || e.Unknown // what else went wrong after an answer says nothing of Zalo
	}
	_, network := errors.AsType[net.Error](err)
	return network
}
