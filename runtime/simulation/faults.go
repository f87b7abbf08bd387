package simulation

import (
	"context"
	"time"

	"hoithoai/runtime/zalo/fake"
)

// Faults are chances between 0 and 1 of what goes wrong at one call, unless it says otherwise.
type Faults struct {
	Refused  float64 // the store fails before anything is done
	Lost     float64 // the store has done it, and the answer is lost
	Slow     float64 // a call of the store takes up to a second
	Stalled  float64 // a call of the store takes longer than a lease
	Dead     float64 // the process is killed at a call of the store: before it is made, while it is under way, after it
	Wire     float64 // a call to Zalo fails, in one of all ways
	Sluggish float64 // a call to Zalo arrives seconds later
	Shot     float64 // the process is killed at a call to Zalo, before or after it arrived
	Unheard  float64 // a 200 of ours does not reach Zalo
	Again    float64 // a webhook comes again, seconds to an hour later
	Late     float64 // the first delivery of a webhook fails, and those after it, up to 1 h 50 min
	Kills    float64 // processes killed a minute, at any moment
	Freezes  float64 // processes frozen a minute, for up to three leases
}

// trouble is a fault that happened, for the question why a message came twice. Key is empty where it concerns everybody.
type trouble struct {
	at   time.Time
	who  string
	what string
}

// troubled notes a fault; who is a person, or "" for everybody.
func (w *world) troubled(who, what string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.troubles = append(w.troubles, trouble{time.Now(), who, what})
}

// faults are the chances now: none once it is calm.
func (w *world) faults() Faults {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.calm {
		return Faults{}
	}
	return w.cfg.Faults
}

// fate is what becomes of one call of the store.
type fate struct {
	before, after time.Duration // how long it is under way, and its answer
	refused, lost bool
	sent          bool // it is done even if whoever made it does not live to see it
	kill          killing
}

// smooth reports a call of which nobody could complain.
func (f fate) smooth() bool {
	return !f.refused && !f.lost && f.kill == spared && f.before+f.after < 10*time.Millisecond
}

type killing uint8

const (
	spared killing = iota
	beforehand
	underWay
	afterwards
)

// seldom is how much seldomer a sweep fails than another call: most calls are sweeps that find nothing.
const seldom = 0.05

// call draws the fate of a call.
func (w *world) call(s *stream, sweep bool) fate {
	f := w.faults()
	if sweep {
		f = Faults{Refused: f.Refused * seldom, Lost: f.Lost * seldom, Slow: f.Slow * seldom, Stalled: f.Stalled * seldom, Dead: f.Dead * seldom}
	}
	t := fate{before: s.between(100*time.Microsecond, 2*time.Millisecond), after: s.between(100*time.Microsecond, 2*time.Millisecond)}
	t.sent = s.happens(0.5)
	switch {
	case s.happens(f.Refused):
		t.refused = true
	case s.happens(f.Lost):
		t.lost = true
	case s.happens(f.Slow):
		t.before, t.after = s.between(0, time.Second), s.between(0, 300*time.Millisecond)
	case s.happens(f.Stalled):
		if s.happens(0.5) {
			t.before = s.between(10*time.Second, 40*time.Second)
		} else {
			t.after = s.between(10*time.Second, 40*time.Second)
		}
	case s.happens(f.Dead):
		t.kill = killing(1 + s.below(3))
	default:
		return t
	}
	w.count(func(s *Stats) { s.StoreFaults++ })
	return t
}

// wireFaults are what Zalo does to a send, as its fake can.
var wireFaults = []fake.Fault{
	fake.Hang, fake.HangAfter, fake.Lost, fake.Down, fake.DownAfter, fake.Limited, fake.Failed, fake.Garbage,
}

// haunt kills and freezes processes at any moment, until stop closes.
func (w *world) haunt(stop <-chan struct{}) {
	s := w.chances.of("haunt")
	for s.pause(context.Background(), s.between(time.Second, 11*time.Second), stop) {
		f := w.faults()
		part := 6.0 / 60 // of a minute, on average
		alive := w.alive()
		if len(alive) == 0 {
			continue
		}
		p := alive[s.below(len(alive))]
		switch {
		case s.happens(f.Kills * part):
			p.kill("at any moment")
		case s.happens(f.Freezes * part):
			p.freeze(s.between(time.Second, 45*time.Second))
		}
	}
}
