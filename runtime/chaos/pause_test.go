package chaos

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"
)

// The measure of F6's pause. A call that was on its way when the others heard is allowed another second.
const (
	pauseFor  = 6 * time.Second // what Zalo says with -32
	heedIn    = time.Second     // within so long every replica heeds it
	onTheWay  = time.Second     // a call that had begun when its process heard
	busy      = 300 * time.Millisecond
	measures  = 6
	earlyBack = time.Second // calls may come back so much before the end: it is counted from before the answer was on its way
)

// call is one send as it came to Zalo.
type call struct {
	at      time.Time
	replica int
}

// measured is one pause: when -32 was answered, and when which replica called while it lasted.
type measured struct {
	began time.Time
	calls []call        // within the pause
	lag   time.Duration // how late the harness itself was, at most, within the pause
	late  []call        // those that came too late
	back  bool          // calls came again
}

// pausing lets Zalo refuse one send with -32 and a time, again until the machine was quiet enough meanwhile to measure by; each
// time it waits until calls come again.
func pausing(ctx context.Context, w *world) {
	if !until(ctx, w.crowd.opened) {
		return
	}
	for range measures {
		m, ok := w.measurePause(ctx)
		if !ok {
			return
		}
		if w.judgePause(m); m.lag < busy {
			return
		}
	}
}

func (w *world) measurePause(ctx context.Context) (m measured, ok bool) {
	began := w.zalo.limitOnce(pauseFor)
	select {
	case m.began = <-began:
	case <-ctx.Done():
		return m, false
	}
	over := w.line.add(paused, -1, "")
	defer over()
	for end := m.began.Add(pauseFor - earlyBack); time.Now().Before(end); {
		before := time.Now()
		if !sleep(ctx, 20*time.Millisecond) {
			return m, false
		}
		m.lag = max(m.lag, time.Since(before)-20*time.Millisecond)
	}
	m.calls = w.zalo.between(m.began, m.began.Add(pauseFor-earlyBack))
	m.late = slices.DeleteFunc(slices.Clone(m.calls), func(c call) bool { return c.at.Sub(m.began) <= heedIn+onTheWay })
	m.back = until(ctx, func() bool { return len(w.zalo.between(m.began.Add(pauseFor-earlyBack), time.Now())) > 0 })
	return m, true
}

// judgePause finds what is wrong with a pause that was measured on a machine with room to breathe.
func (w *world) judgePause(m measured) {
	last := map[int]time.Duration{}
	for _, c := range m.calls {
		last[c.replica] = c.at.Sub(m.began).Round(time.Millisecond)
	}
	w.t.Logf("-32 at %s: the last calls of the replicas after it: %v; %d came too late; the harness was late by %v at most",
		m.began.Format("15:04:05.000"), last, len(m.late), m.lag.Round(time.Millisecond))
	w.mu.Lock()
	w.pauses++
	w.mu.Unlock()
	if m.lag < busy && len(m.late) > 0 {
		w.find(finding{unheeded, "", fmt.Sprintf("%d calls later than %v after -32, the first %v", len(m.late), heedIn+onTheWay, m.late[0])})
	}
	if !m.back {
		w.find(finding{unheeded, "", "nobody calls any more after the pause"})
	}
}

// limitOnce lets the next send be refused with -32 and a time to wait, and says when that was answered.
func (f *front) limitOnce(d time.Duration) <-chan time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.limit, f.limited = d, make(chan time.Time, 1)
	return f.limited
}

// between are the sends that came between two moments.
func (f *front) between(from, to time.Time) (out []call) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range f.calls {
		if c.at.After(from) && c.at.Before(to) {
			out = append(out, c)
		}
	}
	return out
}

// F6: -32 pauses every replica within a second, by what comes to Zalo.
func pauseHeeded(size float64) scenario {
	return scenario{
		name: "F6 pause heeded", store: everysec(), people: max(30, int(300*size)), lines: 60, latency: 60 * time.Millisecond, ahead: 2,
		faults: []fault{pausing}, patience: 3 * time.Minute,
	}
}

func TestPauseIsHeeded(t *testing.T) {
	t.Parallel()
	o := run(t, pauseHeeded(0.1))
	o.mustHold(t)
	if o.pauses == 0 {
		t.Error("no pause was measured")
	}
}
