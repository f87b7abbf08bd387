package gate_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hoithoai/runtime/gate"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/zalo"
)

// bed is a gate under a clock that only its waiting moves.
type bed struct {
	clock    *storetest.Clock
	counters testbed.Counters
	*gate.Gate
}

func newBed(perMinute int, offices map[string]int) *bed {
	b := &bed{clock: storetest.NewClock(), counters: testbed.NewCounters()}
	b.Gate = gate.New(gate.Config{
		PerMinute: perMinute, Offices: offices, Now: b.clock.Now, Metrics: b.counters.Set,
		Pause: func(_ context.Context, d time.Duration) error { b.clock.Advance(d); return nil },
	})
	return b
}

// call makes a call with a given outcome, and returns the error of Do.
func (b *bed) call(office string, c gate.Class, outcome error) error {
	return b.Do(context.Background(), office, c, func() error { return outcome })
}

// closed returns why a call may not leave, "" where it left.
func closed(err error) string {
	if e, ok := errors.AsType[*gate.ClosedError](err); ok && e.After > 0 {
		return e.Why
	}
	return ""
}

var (
	tooFast = &zalo.Error{Code: -32, Action: zalo.Backoff, HTTPStatus: 200}
	down    = &zalo.Error{HTTPStatus: 502, Action: zalo.Backoff, Unknown: true}
	refused = &zalo.Error{Code: -230, HTTPStatus: 200, Action: zalo.Drop}
)

// TestNoMinuteHoldsMore: whatever comes when, no minute holds more calls than the app may make, nor than the office may.
func TestNoMinuteHoldsMore(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		app, one := rapid.IntRange(1, 120).Draw(t, "app"), rapid.IntRange(1, 120).Draw(t, "one")
		b := newBed(app, map[string]int{"1": one})
		var all, ofOne []time.Time
		for range rapid.IntRange(1, 200).Draw(t, "calls") {
			b.clock.Advance(time.Duration(rapid.IntRange(0, 900).Draw(t, "gap")) * time.Millisecond)
			office := rapid.SampledFrom([]string{"1", "2", "3"}).Draw(t, "office")
			c := gate.Class(rapid.IntRange(0, 3).Draw(t, "class"))
			err := b.Do(context.Background(), office, c, func() error {
				all = append(all, b.clock.Now())
				if office == "1" {
					ofOne = append(ofOne, b.clock.Now())
				}
				return nil
			})
			if err != nil && closed(err) != "limit" {
				t.Fatalf("Do: %v", err)
			}
		}
		within(t, all, app, time.Minute)
		within(t, ofOne, one, time.Minute-3*time.Second) // a call that has its office's turn may wait so long for the app's
	})
}

func within(t *rapid.T, calls []time.Time, perMinute int, span time.Duration) {
	slices.SortFunc(calls, time.Time.Compare)
	for i := range calls {
		if j := i + perMinute; j < len(calls) && calls[j].Sub(calls[i]) < span {
			t.Fatalf("%d calls within %v, at most %d a minute", perMinute+1, calls[j].Sub(calls[i]), perMinute)
		}
	}
}

// Where little is left, the urgent go on; each class stops before the one above it.
func TestUrgencyGoesFirst(t *testing.T) {
	t.Parallel()
	b := newBed(4000, nil)
	left := func(c gate.Class) int {
		n := 0
		for start := b.clock.Now(); b.call("1", c, nil) == nil && b.clock.Now().Equal(start); n++ {
		}
		return n
	}
	notices, reminders := left(gate.Notice), left(gate.Reminder)
	answers := left(gate.Interactive)
	emergencies := left(gate.Emergency)
	for name, n := range map[string]int{"notices": notices, "reminders": reminders, "answers": answers, "emergencies": emergencies} {
		if n < 50 || n > 200 {
			t.Errorf("%d %s leave at once", n, name)
		}
	}
	if got := closed(b.call("1", gate.Notice, nil)); got != "limit" {
		t.Errorf("a notice after them: %q", got)
	}
	start := b.clock.Now()
	if err := b.call("1", gate.Interactive, nil); err != nil || b.clock.Now().Equal(start) {
		t.Errorf("an answer waits a little: %v", err)
	}
}

// One office's own limit holds nobody else.
func TestOneOfficeFull(t *testing.T) {
	t.Parallel()
	b := newBed(4000, map[string]int{"1": 60})
	for range 10 {
		_ = b.call("1", gate.Notice, nil)
	}
	if got := closed(b.call("1", gate.Notice, nil)); got != "limit" {
		t.Errorf("the full office: %q", got)
	}
	if err := b.call("2", gate.Notice, nil); err != nil {
		t.Errorf("another office: %v", err)
	}
}

func TestPause(t *testing.T) {
	t.Parallel()
	b := newBed(4000, nil)
	b.mustBe(t, "the refused call", b.call("1", gate.Interactive, tooFast), "")
	b.mustBe(t, "the office", b.call("1", gate.Notice, nil), "paused")
	b.mustBe(t, "another office at once", b.call("2", gate.Notice, nil), "paused")
	b.clock.Advance(500 * time.Millisecond)
	b.mustBe(t, "the probe of another office", b.call("2", gate.Notice, tooFast), "")
	b.clock.Advance(600 * time.Millisecond)
	b.mustBe(t, "a third office: it is the app", b.call("3", gate.Notice, nil), "paused")
	b.clock.Advance(5 * time.Second)
	b.mustBe(t, "after the pause", b.call("3", gate.Notice, nil), "")
	b.mustBe(t, "and the first", b.call("1", gate.Notice, nil), "")
	if n := b.counters.All(t)["rate_limited"]; n != 2 {
		t.Errorf("%d refusals are counted", n)
	}
}

func (b *bed) mustBe(t *testing.T, what string, err error, want string) {
	t.Helper()
	if got := closed(err); got != want {
		t.Errorf("%s: %q (%v), want %q", what, got, err, want)
	}
}

// A probe that is taken shows that only one office is limited: the others go on, that one waits.
func TestProbeFreesTheOthers(t *testing.T) {
	t.Parallel()
	b := newBed(4000, nil)
	long := *tooFast
	long.Wait = 30 * time.Second
	_ = b.call("1", gate.Notice, &long)
	b.clock.Advance(time.Second)
	b.mustBe(t, "the probe", b.call("2", gate.Notice, refused), "") // any answer but -32 will do
	b.mustBe(t, "the others", b.call("3", gate.Notice, nil), "")
	b.mustBe(t, "the office", b.call("1", gate.Notice, nil), "paused")
	b.clock.Advance(30 * time.Second)
	b.mustBe(t, "the office later", b.call("1", gate.Notice, nil), "")
}

func TestPausesGrowAndEnd(t *testing.T) {
	t.Parallel()
	b := newBed(4000, nil)
	var last time.Duration
	for i := range 10 {
		_ = b.call("1", gate.Notice, tooFast)
		e, ok := errors.AsType[*gate.ClosedError](b.call("1", gate.Notice, nil))
		if !ok || e.After < last || e.After > time.Minute {
			t.Fatalf("pause %d: %v after %v", i, e, last)
		}
		last = e.After
		b.clock.Advance(e.After)
	}
	if last != time.Minute {
		t.Errorf("the last pause is %v", last)
	}
	b.clock.Advance(time.Millisecond)
	_ = b.call("1", gate.Notice, nil)
	_ = b.call("1", gate.Notice, tooFast)
	if e, ok := errors.AsType[*gate.ClosedError](b.call("1", gate.Notice, nil)); !ok || e.After > time.Second {
		t.Errorf("after a good call the pauses begin anew: %v", e)
	}
}

// Calls that were under way together are one pause, and one that began before it does not end it.
func TestCallsUnderWay(t *testing.T) {
	t.Parallel()
	b := newBed(4000, nil)
	var inner error
	err := b.Do(context.Background(), "1", gate.Notice, func() error {
		inner = b.Do(context.Background(), "1", gate.Notice, func() error {
			_ = b.call("1", gate.Notice, tooFast)
			b.clock.Advance(time.Millisecond)
			return tooFast
		})
		return nil
	})
	if err != nil || !errors.Is(inner, tooFast) {
		t.Fatalf("%v, %v", err, inner)
	}
	e, ok := errors.AsType[*gate.ClosedError](b.call("1", gate.Notice, nil))
	if !ok || e.After != 999*time.Millisecond {
		t.Errorf("the pause is %v, want what is left of one second", e)
	}
}

// An emergency may find out at any time whether a pause is over.
func TestEmergencyProbes(t *testing.T) {
	t.Parallel()
	b := newBed(4000, nil)
	_ = b.call("1", gate.Notice, tooFast)
	b.clock.Advance(10 * time.Millisecond)
	start := b.clock.Now()
	if err := b.call("1", gate.Emergency, nil); err != nil || b.clock.Now().Sub(start) > 500*time.Millisecond {
		t.Errorf("an emergency: %v after %v", err, b.clock.Now().Sub(start))
	}
	b.mustBe(t, "it was taken: the pause is over", b.call("1", gate.Notice, nil), "")
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	b := newBed(4000, nil)
	b.Rate("1", zalo.Rate{Limit: 4000, Remain: 12})
	b.mustBe(t, "some is left", b.call("1", gate.Notice, nil), "")
	b.Rate("1", zalo.Rate{Limit: 4000, Remain: 0})
	b.mustBe(t, "nothing is left", b.call("1", gate.Notice, nil), "paused")
	b.mustBe(t, "another office", b.call("2", gate.Notice, nil), "")
	b.clock.Advance(time.Second)
	b.mustBe(t, "a second later", b.call("1", gate.Notice, nil), "")
}

func TestBreaker(t *testing.T) {
	t.Parallel()
	b := newBed(4000, nil)
	cut := &zalo.Error{Action: zalo.Backoff, Err: &net.OpError{Op: "dial", Err: errors.New("refused")}}
	for i := range 10 {
		b.mustBe(t, fmt.Sprint("failure ", i), b.call([]string{"1", "2"}[i%2], gate.Notice, []error{down, cut}[i%2]), "")
	}
	b.mustBe(t, "the next", b.call("2", gate.Notice, nil), "breaker")
	b.clock.Advance(time.Second)
	var second error
	trial := b.Do(context.Background(), "1", gate.Notice, func() error {
		second = b.call("2", gate.Notice, nil)
		return down
	})
	b.mustBe(t, "the trial", trial, "")
	b.mustBe(t, "beside the trial", second, "breaker")
	b.clock.Advance(time.Second)
	b.mustBe(t, "a failed trial closes for longer", b.call("1", gate.Notice, nil), "breaker")
	b.clock.Advance(time.Second)
	b.mustBe(t, "the second trial", b.call("1", gate.Notice, refused), "") // an answer, if an unkind one
	for range 5 {
		b.mustBe(t, "closed again", b.call("2", gate.Notice, nil), "")
	}
	if n := b.counters.All(t)["breaker_opened"]; n != 1 {
		t.Errorf("it was counted %d times", n)
	}
}

// An office for which Zalo does not answer is stopped alone: the others' calls leave, and an answer to one of them says that Zalo
// is there. When others are not answered either, all are stopped.
func TestBreakerOfOneOffice(t *testing.T) {
	t.Parallel()
	b := newBed(4000, nil)
	for i := range 10 {
		b.mustBe(t, fmt.Sprint("failure ", i), b.call("1", gate.Notice, down), "")
	}
	b.mustBe(t, "the office that hangs", b.call("1", gate.Notice, nil), "breaker")
	for i := range 3 {
		b.mustBe(t, fmt.Sprint("another office, ", i), b.call("2", gate.Notice, down), "")
	}
	for _, office := range []string{"1", "2", "3"} {
		b.mustBe(t, "nobody is answered, "+office, b.call(office, gate.Notice, nil), "breaker")
	}
	b.clock.Advance(2 * time.Second)
	b.mustBe(t, "the trial", b.call("3", gate.Notice, nil), "")
	for _, office := range []string{"1", "2", "3"} {
		b.mustBe(t, "answered again, "+office, b.call(office, gate.Notice, nil), "")
	}
}

// What is our own fault, or the token's, opens no breaker.
func TestBreakerHeedsZaloOnly(t *testing.T) {
	t.Parallel()
	b := newBed(4000, nil)
	own := &zalo.Error{Action: zalo.Backoff, Err: errors.New("token of office: none")}
	for range 50 {
		b.mustBe(t, "a call", b.call("1", gate.Interactive, own), "")
	}
}

func TestWaitEndsWithItsContext(t *testing.T) {
	t.Parallel()
	g := gate.New(gate.Config{PerMinute: 60, Now: time.Now})
	ctx, cancel := context.WithCancel(t.Context())
	for range 6 {
		if err := g.Do(ctx, "1", gate.Interactive, func() error { return nil }); err != nil {
			t.Fatal(err)
		}
	}
	cancel()
	for {
		err := g.Do(ctx, "1", gate.Interactive, func() error { return nil })
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("Do: %v", err)
		}
		if err != nil {
			return
		}
	}
}

// Many at once lose no turn and take none twice.
func TestCrowd(t *testing.T) {
	t.Parallel()
	b := newBed(100_000, nil)
	var wg sync.WaitGroup
	var mu sync.Mutex
	left := 0
	for i := range 8 {
		wg.Go(func() {
			for range 200 {
				if b.call(fmt.Sprint(i%3), gate.Interactive, nil) == nil {
					mu.Lock()
					left++
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	if left != 1600 {
		t.Errorf("%d of 1600 left", left)
	}
}

// BenchmarkDo is what a call pays at an open gate.
func BenchmarkDo(b *testing.B) {
	g := gate.New(gate.Config{PerMinute: 1 << 30, Now: time.Now})
	call := func() error { return nil }
	b.ReportAllocs()
	for b.Loop() {
		if err := g.Do(b.Context(), "1", gate.Interactive, call); err != nil {
			b.Fatal(err)
		}
	}
}
