package gate

import (
	"time"

	"hoithoai/runtime/zalo"
)

// Limit sets other limits than the gate was made with (see Config). Turns that are taken and pauses stay as they are, so that a
// change lets nobody call faster than either limit allows.
func (g *Gate) Limit(perMinute int, offices map[string]int) {
	if perMinute == 0 {
		perMinute = zalo.CallsPerMinute
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.cfg.PerMinute, g.cfg.Offices = perMinute, offices
	g.resize(g.app, perMinute)
	for id, l := range g.offices {
		g.resize(l, offices[id])
	}
}

// resize changes the pace of a lane from the next turn on. Turns that were drawn at the old one are not used.
func (g *Gate) resize(l *lane, perMinute int) {
	next := g.newLane(l.name, perMinute, l.slack)
	l.every, l.room, l.whole = next.every, next.room, next.whole
	l.shared.n, l.shared.next = 0, time.Time{}
}
