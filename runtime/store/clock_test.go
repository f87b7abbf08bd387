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
	c.own += c.way / 2
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
	if off := clock.Now().Sub(c.now().Add(c.ahead)); off != 0 {
		t.Errorf("the clock is off by %v", off)
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
	c.ahead = time.Minute
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
