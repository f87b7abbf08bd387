package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"hoithoai/runtime/store"
)

// twoClocks are a process's clock and an engine's, an hour apart, and a way between them that takes time.
type twoClocks struct {
	own, ahead, way time.Duration
	back            time.Duration   // how much longer the answer is on its way
	slow            []time.Duration // what the first answers take more
	down            bool
	asked           chan bool
}

func (c *twoClocks) now() time.Time { return time.Unix(0, 0).Add(c.own) }

func (c *twoClocks) ask(context.Context) (time.Time, error) {
	defer func() {
		if c.asked != nil {
			c.asked <- true
		}
	}()
	if c.down {
		return time.Time{}, errors.New("down")
	}
	c.own += c.way / 2
	at := c.now().Add(c.ahead)
	c.own += c.way/2 + c.back
	if len(c.slow) > 0 {
		c.own, c.slow = c.own+c.slow[0], c.slow[1:]
	}
	return at, nil
}

// looks makes a clock that looks at the engine whenever the returned function is called.
func looks(t *testing.T, c *twoClocks) (clock *store.Clock, look func()) {
	t.Helper()
	clock, err := store.NewClock(t.Context(), c.ask, c.now)
	if err != nil {
		t.Fatal(err)
	}
	c.asked = make(chan bool)
	ticks, ctx, ended := make(chan time.Time), t.Context(), make(chan bool)
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		defer close(ended)
		clock.Follow(ctx, func(time.Duration) (<-chan time.Time, func()) { return ticks, func() {} })
	}()
	t.Cleanup(func() { cancel(); <-ended })
	return clock, func() {
		ticks <- time.Time{}
		<-c.asked
		ticks <- time.Time{} // taken when the first look has ended
		<-c.asked
	}
}

func (c *twoClocks) mustTell(t *testing.T, clock *store.Clock) {
	t.Helper()
	if off := clock.Now().Sub(c.now().Add(c.ahead)); off < 0 || off > c.way/2 {
		t.Errorf("the clock is off by %v, and the way there takes %v", off, c.way/2)
	}
}

func TestClockTellsTheEnginesTime(t *testing.T) {
	t.Parallel()
	for _, ahead := range []time.Duration{0, time.Hour, -time.Hour, 37 * time.Millisecond} {
		c := &twoClocks{ahead: ahead, way: 20 * time.Millisecond}
		clock, err := store.NewClock(t.Context(), c.ask, c.now)
		if err != nil {
			t.Fatal(err)
		}
		c.mustTell(t, clock)
		c.own += 5 * time.Minute
		c.mustTell(t, clock)
	}
}

func TestClockFollows(t *testing.T) {
	t.Parallel()
	c := &twoClocks{ahead: time.Hour, way: 2 * time.Millisecond}
	clock, look := looks(t, c)
	c.ahead = time.Minute // somebody has put one of the clocks right
	look()
	c.mustTell(t, clock)
	c.ahead, c.way = 2*time.Minute, time.Second // an answer that tells little
	look()
	c.ahead, c.way = time.Minute, 2*time.Millisecond
	c.mustTell(t, clock)
	c.ahead, c.down = 3*time.Minute, true
	look()
	c.ahead = time.Minute
	c.mustTell(t, clock)
}

func TestClockNeedsTheEngineOnce(t *testing.T) {
	t.Parallel()
	c := &twoClocks{down: true}
	if _, err := store.NewClock(t.Context(), c.ask, c.now); err == nil {
		t.Error("a clock without a time")
	}
	c = &twoClocks{way: 5 * time.Second, ahead: time.Hour} // slow, but better than nothing
	clock, err := store.NewClock(t.Context(), c.ask, c.now)
	if err != nil {
		t.Fatal(err)
	}
	c.mustTell(t, clock)
}

// TestClockIsNotBehind: a process that begins while the engine, or the machine, is slow would set its timers too early by what an
// answer took, for half a minute.
func TestClockIsNotBehind(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]*twoClocks{
		"the answer comes late":   {ahead: time.Hour, way: 10 * time.Millisecond, back: 150 * time.Millisecond},
		"all come very late":      {ahead: -time.Hour, way: 10 * time.Millisecond, back: 1300 * time.Millisecond},
		"the first few come late": {way: 10 * time.Millisecond, slow: []time.Duration{time.Second, 3 * time.Second}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			clock, err := store.NewClock(t.Context(), c.ask, c.now)
			if err != nil {
				t.Fatal(err)
			}
			if len(c.slow) > 0 {
				t.Error("nobody asked for a better answer")
			}
			c.mustTell(t, clock)
		})
	}
}

// TestClockTakesBetterAnswers than the first was, however long they take.
func TestClockTakesBetterAnswers(t *testing.T) {
	t.Parallel()
	c := &twoClocks{way: 5 * time.Second, ahead: time.Hour}
	clock, look := looks(t, c)
	c.way, c.ahead = 2*time.Second, time.Minute
	look()
	c.mustTell(t, clock)
}
