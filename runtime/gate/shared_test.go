package gate_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hoithoai/runtime/gate"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/zalo"
)

// wire is the way to the shared limits: it counts, and may be cut.
type wire struct {
	store.Limits
	draws int
	cut   bool
}

var errCut = errors.New("the store does not answer")

func (w *wire) Draw(ctx context.Context, in store.Draw) (store.Turns, error) {
	w.draws++
	if w.cut {
		return store.Turns{}, errCut
	}
	return w.Limits.Draw(ctx, in)
}

func (w *wire) Tell(ctx context.Context, in store.Told) (store.Known, error) {
	if w.cut {
		return store.Known{}, errCut
	}
	return w.Limits.Tell(ctx, in)
}

func (w *wire) Only(ctx context.Context, what string, d time.Duration) (time.Duration, error) {
	if w.cut {
		return 0, errCut
	}
	return w.Limits.Only(ctx, what, d)
}

// fleet is several processes with one clock and one store.
type fleet struct {
	*wire
	clock    *storetest.Clock
	counters testbed.Counters
	gates    []*bed
}

func newFleet(n, perMinute int, offices map[string]int) *fleet {
	f := &fleet{clock: storetest.NewClock(), counters: testbed.NewCounters()}
	f.wire = &wire{Limits: model.NewLimits(f.clock.Now)}
	for i := range n {
		b := &bed{clock: f.clock, counters: f.counters}
		b.Gate = gate.New(gate.Config{
			PerMinute: perMinute, Offices: offices, Now: f.clock.Now, Metrics: f.counters.Set, Shared: f.wire, Process: fmt.Sprint("p", i),
			Pause: func(_ context.Context, d time.Duration) error { f.clock.Advance(d); return nil },
		})
		f.gates = append(f.gates, b)
	}
	f.sync()
	f.sync() // the first has heard of the last
	return f
}

// sync lets every process tell and hear.
func (f *fleet) sync() {
	for _, b := range f.gates {
		b.Sync(context.Background())
	}
}

// calls lets random calls come to random processes, in bursts with pauses as long as turns live, and returns when each left, all
// and those of office 1. between is asked before each.
func (f *fleet) calls(t *rapid.T, gaps []int, between func(*rand.Rand)) (all, ofOne []time.Time) {
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
	for range 2000 {
		between(r)
		f.clock.Advance(time.Duration(gaps[r.IntN(len(gaps))]) * time.Millisecond / time.Duration(1+r.IntN(3)))
		office, c := fmt.Sprint(1+r.IntN(3)), gate.Class(r.IntN(4))
		err := f.gates[r.IntN(len(f.gates))].Do(context.Background(), office, c, func() error {
			all = append(all, f.clock.Now())
			if office == "1" {
				ofOne = append(ofOne, f.clock.Now())
			}
			return nil
		})
		if err != nil && closed(err) != "limit" {
			t.Fatalf("Do: %v", err)
		}
	}
	return all, ofOne
}

// TestNoMinuteOfAllHoldsMore: whatever comes when, to whichever process, no minute holds more calls of all processes than the app
// may make, nor than the office may.
func TestNoMinuteOfAllHoldsMore(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		app, one := rapid.IntRange(1, 2000).Draw(t, "app"), rapid.IntRange(1, 900).Draw(t, "one")
		f := newFleet(rapid.IntRange(2, 4).Draw(t, "processes"), app, map[string]int{"1": one})
		all, ofOne := f.calls(t, []int{0, 0, 0, 0, 0, 0, 0, 0, 1, 10, 100, 500, 1000, 1900, 1999}, func(*rand.Rand) {})
		within(t, all, app, time.Minute)
		within(t, ofOne, one, time.Minute)
	})
}

// TestNoMinuteHoldsMoreWhileTheStoreIsAway: nor when the store comes and goes.
func TestNoMinuteHoldsMoreWhileTheStoreIsAway(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		app := rapid.IntRange(500, 1000).Draw(t, "app")
		f := newFleet(rapid.IntRange(2, 3).Draw(t, "processes"), app, nil)
		left := 0
		all, _ := f.calls(t, []int{0, 0, 1, 20, 100}, func(r *rand.Rand) {
			if left--; left < 0 {
				f.cut, left = !f.cut, 1+r.IntN(200)
			}
		})
		within(t, all, app, time.Minute)
	})
}

// TestAlone: a store that does not answer leaves each process its part, at an even pace, and says so.
func TestAlone(t *testing.T) {
	t.Parallel()
	f := newFleet(4, 4000, nil)
	f.cut = true
	left := 0
	for start := f.clock.Now(); f.clock.Now().Sub(start) < 10*time.Second; f.clock.Advance(5 * time.Millisecond) {
		if f.gates[0].call("1", gate.Notice, nil) == nil {
			left++
		}
	}
	if part := 4000 / 6 / 4; left < part*3/4 || left > part {
		t.Errorf("%d calls left in ten seconds, the part is %d", left, part)
	}
	if n := f.counters.Count(t, "gate_alone"); n < 1 || n > 11 {
		t.Errorf("gate_alone was counted %d times", n)
	}
	if f.draws > 12 {
		t.Errorf("the store was asked %d times", f.draws)
	}
	f.cut = false
	f.clock.Advance(2 * time.Second)
	if err := f.gates[0].call("1", gate.Interactive, nil); err != nil {
		t.Errorf("when it answers again: %v", err)
	}
}

// TestFewRoundTrips: a busy process asks the store for a tenth of its calls at most.
func TestFewRoundTrips(t *testing.T) {
	t.Parallel()
	f := newFleet(2, 4000, map[string]int{"1": 3000})
	const calls = 600
	for i := range calls {
		f.clock.Advance(25 * time.Millisecond)
		if err := f.gates[i%2].call(fmt.Sprint(1+i%3), gate.Interactive, nil); err != nil {
			t.Fatal(err)
		}
	}
	if f.draws*10 > calls {
		t.Errorf("the store was asked %d times for %d calls", f.draws, calls)
	}
}

// TestIdleProcessesWasteNothing: processes with little to do do not take the turns of one with much.
func TestIdleProcessesWasteNothing(t *testing.T) {
	t.Parallel()
	f := newFleet(10, 1200, nil)
	busy := 0
	for i := range 3000 { // a minute, in which nine processes make a call every two seconds and one as many as it can
		f.clock.Advance(20 * time.Millisecond)
		if i%100 < 9 {
			_ = f.gates[1+i%100].call("2", gate.Notice, nil)
		}
		if f.gates[0].call("1", gate.Reminder, nil) == nil {
			busy++
		}
	}
	if busy < 750 {
		t.Errorf("the busy process made %d calls of 1200 - 270", busy)
	}
}

// TestPauseOfAll: what one process learns of -32 all heed once they have heard, and one probe in all finds out.
func TestPauseOfAll(t *testing.T) {
	t.Parallel()
	f := newFleet(3, 4000, nil)
	a, b, c := f.gates[0], f.gates[1], f.gates[2]
	long := *tooFast
	long.Wait = 10 * time.Second
	_ = a.call("1", gate.Notice, &long)
	f.sync()
	f.sync()
	for i, g := range f.gates {
		g.mustBe(t, fmt.Sprint("process ", i, ", the office"), g.call("1", gate.Notice, nil), "paused")
		g.mustBe(t, fmt.Sprint("process ", i, ", another office"), g.call("2", gate.Notice, nil), "paused")
	}
	f.clock.Advance(600 * time.Millisecond)
	var second, third error
	probe := b.Do(context.Background(), "2", gate.Notice, func() error {
		second, third = c.call("3", gate.Notice, nil), b.call("3", gate.Notice, nil)
		return &long
	})
	b.mustBe(t, "the probe", errOf(probe), "")
	c.mustBe(t, "another process beside it", second, "paused")
	b.mustBe(t, "another call beside it", third, "paused")
	f.sync()
	f.sync()
	f.clock.Advance(time.Second)
	for i, g := range f.gates {
		g.mustBe(t, fmt.Sprint("it is the app, process ", i), g.call("4", gate.Notice, nil), "paused")
	}
	f.clock.Advance(10 * time.Second)
	for i, g := range f.gates {
		g.mustBe(t, fmt.Sprint("later, process ", i), g.call("4", gate.Notice, nil), "")
	}
}

// TestCallsThatDidNotKnow: a call that left another process before that one heard of -32 ends no pause when it is taken, and makes
// none longer when it is refused.
func TestCallsThatDidNotKnow(t *testing.T) {
	t.Parallel()
	long := *tooFast
	long.Wait = 10 * time.Second
	for name, outcome := range map[string]error{"taken": nil, "refused": &long} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFleet(2, 4000, nil)
			_ = f.gates[0].call("1", gate.Notice, &long)
			f.clock.Advance(100 * time.Millisecond)
			_ = f.gates[1].Do(context.Background(), "1", gate.Notice, func() error {
				f.clock.Advance(100 * time.Millisecond)
				f.sync()
				f.sync()
				return outcome
			})
			f.sync()
			f.sync()
			f.clock.Advance(9 * time.Second)
			for i, g := range f.gates {
				g.mustBe(t, fmt.Sprint("within the pause, process ", i), g.call("1", gate.Notice, nil), "paused")
			}
			f.clock.Advance(900 * time.Millisecond)
			for i, g := range f.gates {
				g.mustBe(t, fmt.Sprint("after it, process ", i), g.call("1", gate.Notice, nil), "")
			}
		})
	}
}

// errOf hides the outcome of a call that left.
func errOf(err error) error {
	if closed(err) == "" {
		return nil
	}
	return err
}

// A probe that is taken frees the other offices in every process; the one that was refused waits in all.
func TestProbeFreesAll(t *testing.T) {
	t.Parallel()
	f := newFleet(2, 4000, nil)
	long := *tooFast
	long.Wait = 30 * time.Second
	_ = f.gates[0].call("1", gate.Notice, &long)
	f.sync()
	f.sync()
	f.clock.Advance(time.Second)
	f.gates[1].mustBe(t, "the probe", errOf(f.gates[1].call("2", gate.Notice, nil)), "")
	f.gates[0].mustBe(t, "who has not heard of it", f.gates[0].call("3", gate.Notice, nil), "paused")
	f.sync()
	f.sync()
	for i, g := range f.gates {
		g.mustBe(t, fmt.Sprint("process ", i, ", the others"), g.call("3", gate.Notice, nil), "")
		g.mustBe(t, fmt.Sprint("process ", i, ", the office"), g.call("1", gate.Notice, nil), "paused")
	}
}

// An end of a pause does not end a newer one that its teller has not heard of.
func TestEndOfAnOlderPause(t *testing.T) {
	t.Parallel()
	f := newFleet(2, 4000, nil)
	a, b := f.gates[0], f.gates[1]
	_ = a.call("1", gate.Notice, tooFast)
	f.sync()
	f.sync()
	f.clock.Advance(2 * time.Second)
	long := *tooFast
	long.Wait = 20 * time.Second
	_ = b.call("1", gate.Notice, &long) // a newer pause
	_ = a.call("1", gate.Notice, nil)   // the end of the older one
	b.Sync(t.Context())
	a.Sync(t.Context())
	b.Sync(t.Context())
	for i, g := range f.gates {
		g.mustBe(t, fmt.Sprint("process ", i), g.call("1", gate.Notice, nil), "paused")
	}
}

// Headers that show plenty of room for another office free a paused app.
func TestHeadersFreeTheOthers(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		office string
		rate   zalo.Rate
		want   string
	}{
		"another office has room":     {"2", zalo.Rate{Limit: 4000, Remain: 3000}, ""},
		"another office has little":   {"2", zalo.Rate{Limit: 4000, Remain: 300}, "paused"},
		"the office that was refused": {"1", zalo.Rate{Limit: 4000, Remain: 3000}, "paused"},
		"nothing is said":             {"2", zalo.Rate{Limit: -1, Remain: -1}, "paused"},
	} {
		b := newBed(4000, nil)
		_ = b.call("1", gate.Notice, tooFast)
		b.Rate(tc.office, tc.rate)
		b.mustBe(t, name, b.call("3", gate.Notice, nil), tc.want)
		b.mustBe(t, name+", the office", b.call("1", gate.Notice, nil), "paused")
	}
}

// TestOneTrialOfAll: while Zalo does not answer, one call of one process finds out whether it does again, and its success is
// everybody's.
func TestOneTrialOfAll(t *testing.T) {
	t.Parallel()
	f := newFleet(3, 4000, nil)
	for _, g := range f.gates {
		for range 10 {
			_ = g.call("1", gate.Notice, down)
		}
		g.mustBe(t, "the breaker", g.call("1", gate.Notice, nil), "breaker")
	}
	f.clock.Advance(time.Second)
	var others [2]error
	trial := f.gates[0].Do(context.Background(), "1", gate.Notice, func() error {
		others[0], others[1] = f.gates[1].call("1", gate.Notice, nil), f.gates[2].call("1", gate.Notice, nil)
		return nil
	})
	if trial != nil {
		t.Fatalf("the trial: %v", trial)
	}
	for i, err := range others {
		f.gates[1+i].mustBe(t, "beside the trial", err, "breaker")
		f.gates[1+i].mustBe(t, "before it has heard", f.gates[1+i].call("1", gate.Notice, nil), "breaker")
	}
	f.sync()
	for i, g := range f.gates {
		g.mustBe(t, fmt.Sprint("process ", i, " when it has heard"), g.call("1", gate.Notice, nil), "")
	}
}

// News that could not be told is told later.
func TestUntoldNews(t *testing.T) {
	t.Parallel()
	f := newFleet(2, 4000, nil)
	long := *tooFast
	long.Wait = 30 * time.Second
	_ = f.gates[0].call("1", gate.Notice, &long)
	f.cut = true
	f.sync()
	if n := f.counters.Count(t, "gate_untold"); n != 2 {
		t.Errorf("gate_untold was counted %d times", n)
	}
	f.clock.Advance(2 * time.Second)
	f.cut = false
	f.sync()
	f.gates[1].mustBe(t, "the other process", f.gates[1].call("1", gate.Notice, nil), "paused")
}
