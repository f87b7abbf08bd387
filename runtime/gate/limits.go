package gate

import "hoithoai/runtime/zalo"

// Limit sets other limits than the gate was made with (see Config). Turns that are taken and pauses stay as they are, so that a
// change lets nobody call faster than either limit allows.
func (g *Gate) Limit(perMinute int, offices map[string]int) {
	if perMinute == 0 {
		perMinute = zalo.CallsPerMinute
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.cfg.PerMinute, g.cfg.Offices = perMinute, offices
	g.app.resize(perMinute)
	for id, l := range g.offices {
		n := offices[id]
		if n == 0 {
			n = perMinute
		}
		l.resize(n)
	}
}

// resize changes the pace from the next turn on.
func (l *limiter) resize(perMinute int) {
	next := newLimiter(perMinute)
	l.every, l.room = next.every, next.room
}
