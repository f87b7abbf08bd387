package gate

import "time"

// The names of lanes among the processes.
const (
	laneApp     = "app"
	laneOffice  = "office:"
	laneBreaker = "breaker"
)

// lane is one limit with its pause: of the app, or of an office.
type lane struct {
	name  string
	whole bool          // has no limit of its own: that of the app holds
	slack time.Duration // see newLane
	limiter
	shared shared

	since  time.Time // when the last pause began
	heard  time.Time // when this process learned of it: what had begun before says nothing about it
	until  time.Time // paused
	pauses int       // in a row
	first  string    // of the app: whose -32 paused it
	known  bool      // of the app: another office was refused too, it is the app that is limited
	seq    uint64    // of the pause as the other processes know it
	dirty  bool      // they do not know it yet
}

// newLane makes a lane of so many calls a minute, 0: as many as the app. In a shared one a turn may be used up to slack after it
// was taken, so that the pace is that of a minute and slack.
func (g *Gate) newLane(name string, perMinute int, slack time.Duration) *lane {
	l := &lane{name: name, slack: slack, whole: perMinute == 0 && g.cfg.Shared != nil}
	if perMinute == 0 {
		perMinute = g.cfg.PerMinute
	}
	l.limiter = newLimiter(perMinute, time.Minute)
	if g.cfg.Shared != nil {
		l.limiter = newLimiter(perMinute, time.Minute+slack)
		l.shared = shared{drawing: make(chan struct{}, 1), batch: 1}
	}
	return l
}

// hold pauses a lane: as long as Zalo said, else longer each time. Many calls under way are refused together: that is one
// pause.
func (l *lane) hold(now, began time.Time, said time.Duration) {
	if !l.since.IsZero() && !began.After(l.heard) {
		return
	}
	d := min(pauseMin<<min(l.pauses, 10), pauseMax)
	if said > 0 {
		d = min(said, pauseMax)
	}
	l.pauses++
	l.since, l.heard, l.until, l.dirty = now, now, now.Add(d), true
}

// resume ends a pause because of a call that was taken, if it began when this process knew of the pause: a call that left another
// process in the same second found a gap, or another machine of Zalo's, and would end the pause of all.
func (l *lane) resume(began time.Time) {
	if began.After(l.heard) && (l.pauses > 0 || !l.until.IsZero()) {
		l.over()
		l.dirty = true
	}
}

// over forgets the pause.
func (l *lane) over() {
	l.pauses, l.since, l.heard, l.until, l.first, l.known = 0, time.Time{}, time.Time{}, time.Time{}, "", false
}
