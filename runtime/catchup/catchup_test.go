package catchup_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/runtime/alarm"
	"hoithoai/runtime/catchup"
	"hoithoai/runtime/gate"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

// bed is a watch before the fake Zalo over HTTP and a model store, under one clock that pauses move on.
type bed struct {
	t        *testing.T
	clock    *storetest.Clock
	zalo     *testbed.Zalo
	store    *model.Store
	log      *testbed.Log
	counters testbed.Counters
	watch    *catchup.Watch
	cfg      catchup.Config

	taken  []string // texts, in the order they were taken
	known  map[string]bool
	refuse func(in zalo.Inbound) error // what Take answers first
	calls  int
	before func() // a call
}

func newBed(t *testing.T, change func(*fake.Config)) *bed {
	b := &bed{t: t, clock: storetest.NewClock(), log: &testbed.Log{}, counters: testbed.NewCounters(), known: map[string]bool{}}
	b.zalo, b.store = testbed.NewZalo(t, b.clock.Now, change), model.New(store.Config{}, b.clock.Now)
	b.cfg = catchup.Config{
		Pulse: b.store, Zalo: b.zalo.Client, Offices: func() []string { return []string{testbed.OfficeID} },
		Gate: func(_ context.Context, _ string, call func() error) error {
			if b.calls++; b.before != nil {
				b.before()
			}
			return call()
		},
		Take: b.take,
		Pause: func(ctx context.Context, d time.Duration) error {
			b.clock.Advance(d)
			return ctx.Err()
		},
		Log: b.log.Logger(), Metrics: b.counters.Set, Alarms: alarm.New(b.log.Logger(), b.clock.Now),
	}
	b.restarts()
	return b
}

// restarts is a new process.
func (b *bed) restarts() { b.watch = catchup.New(b.cfg) }

func (b *bed) take(_ context.Context, in zalo.Inbound) (bool, error) {
	if b.refuse != nil {
		if err := b.refuse(in); err != nil {
			return false, err
		}
	}
	if b.known[in.DedupeKey] {
		return false, nil
	}
	b.known[in.DedupeKey] = true
	b.taken = append(b.taken, in.Person+": "+in.Text)
	return true, nil
}

// writes lets a person write; heard says whether the webhook came through.
func (b *bed) writes(person, text string, heard bool) {
	hook := b.zalo.Person(testbed.OfficeID, person).Text(text)
	b.zalo.Push(b.t.Context(), hook)
	if heard {
		in, err := zalo.Decode(hook.Body)
		if err != nil {
			b.t.Fatal(err)
		}
		b.known[in.DedupeKey] = true
	}
	b.clock.Advance(time.Second)
}

func (b *bed) turn() { b.watch.Turn(b.t.Context()) }

// has checks what was taken in so far, sorted by person where one does not wait for the other.
func (b *bed) has(want ...string) {
	b.t.Helper()
	got := slices.Clone(b.taken)
	slices.SortStableFunc(got, func(x, y string) int { return strings.Compare(x[:2], y[:2]) })
	if diff := cmp.Diff(want, got); diff != "" {
		b.t.Errorf("taken in (-want +got):\n%s\nlog: %s", diff, b.log)
	}
}

func TestWhatWasWrittenMeanwhileIsTakenInOnce(t *testing.T) {
	t.Parallel()
	b := newBed(t, nil)
	b.turn() // the first beat ever: nobody knows since when
	b.writes("1", "trước", true)
	b.turn()
	b.clock.Advance(time.Minute) // nobody serves
	for i := range 12 {          // more than a page
		b.writes("1", fmt.Sprint("một ", i), false)
	}
	b.writes("2", "hai", false)
	b.clock.Advance(10 * time.Minute)
	b.restarts()
	b.turn()
	want := []string{}
	for i := range 12 {
		want = append(want, fmt.Sprint("1: một ", i))
	}
	b.has(append(want, "2: hai")...)
	calls := b.calls
	for range 5 {
		b.clock.Advance(catchup.Beat)
		b.turn()
	}
	if b.calls != calls {
		t.Errorf("%d calls while everybody serves", b.calls-calls)
	}
	b.clock.Advance(catchup.Beat)
	b.turn()
	b.clock.Advance(catchup.Beat)
	b.turn()
	if b.calls == calls {
		t.Error("there is no second look")
	}
	b.has(append(want, "2: hai")...)
	if n := b.counters.Count(t, "catch_up_taken"); n != 13 {
		t.Errorf("%v are counted", n)
	}
}

// TestShortBreaksAskNothing: a restart costs no call.
func TestShortBreaksAskNothing(t *testing.T) {
	t.Parallel()
	b := newBed(t, nil)
	for range 5 {
		b.turn()
		b.writes("1", "x", true)
		b.clock.Advance(catchup.Long - time.Second)
		b.restarts()
	}
	if b.calls != 0 {
		t.Errorf("%d calls", b.calls)
	}
}

// TestALateListIsReadAgain: what the list did not show yet comes with the second look.
func TestALateListIsReadAgain(t *testing.T) {
	t.Parallel()
	b := newBed(t, func(c *fake.Config) { c.ListLag = 45 * time.Second })
	b.turn()
	b.clock.Advance(5 * time.Minute)
	b.writes("1", "sớm", false)
	b.clock.Advance(time.Minute)
	b.writes("1", "muộn", false)
	b.restarts()
	b.turn()
	b.has("1: sớm")
	for range 10 {
		b.clock.Advance(catchup.Beat)
		b.turn()
	}
	b.has("1: sớm", "1: muộn")
}

// TestTheListMovesWhileItIsRead: thirty people, and one at the end of the list writes again (now heard) while it is read, which
// moves everybody.
func TestTheListMovesWhileItIsRead(t *testing.T) {
	t.Parallel()
	b := newBed(t, nil)
	b.turn()
	b.clock.Advance(time.Minute)
	var want []string
	for i := range 30 {
		person := string(rune('A' + i))
		b.writes("1"+fmt.Sprint(100+i), "từ "+person, false)
		want = append(want, "1"+fmt.Sprint(100+i)+": từ "+person)
	}
	b.before = func() {
		if b.calls == 2 {
			b.before = nil
			b.writes("1100", "nữa", true)
		}
	}
	b.restarts()
	b.turn()
	got := slices.Clone(b.taken)
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("taken in (-want +got):\n%s", diff)
	}
}

// TestUnkindZalo: closed gates, calls that fail for a while, and a store that does not answer cost time, not messages.
func TestUnkindZalo(t *testing.T) {
	t.Parallel()
	b := newBed(t, nil)
	b.turn()
	b.clock.Advance(time.Minute)
	b.writes("1", "một", false)
	b.clock.Advance(time.Minute)
	failures := []error{
		&gate.ClosedError{After: 30 * time.Second, Why: "limit"}, &gate.ClosedError{After: time.Hour, Why: "paused"},
		&zalo.Error{Action: zalo.Backoff, HTTPStatus: 503}, errors.New("the network"), &zalo.Error{Action: zalo.Refresh, Code: -216},
	}
	next := b.cfg.Gate
	b.cfg.Gate = func(ctx context.Context, office string, call func() error) error {
		if len(failures) > 0 {
			err := failures[0]
			failures = failures[1:]
			return err
		}
		return next(ctx, office, call)
	}
	b.refuse = func() func(zalo.Inbound) error {
		n := 0
		return func(zalo.Inbound) error {
			if n++; n < 3 {
				return store.ErrUnavailable
			}
			return nil
		}
	}()
	b.restarts()
	b.turn()
	b.has("1: một")
	if strings.Contains(b.log.String(), catchup.KindFailed) {
		t.Errorf("an alarm is raised: %s", b.log)
	}
}

// TestWhatCannotBeReadIsTold: an office that Zalo refuses is an alarm, and does not keep the others from it, nor is it asked for ever.
func TestWhatCannotBeReadIsTold(t *testing.T) {
	t.Parallel()
	b := newBed(t, nil)
	b.cfg.Offices = func() []string { return []string{"999", testbed.OfficeID} }
	b.turn()
	b.clock.Advance(time.Minute)
	b.writes("1", "một", false)
	b.clock.Advance(time.Minute)
	b.cfg.Gate = func(_ context.Context, office string, call func() error) error {
		if office == "999" {
			return &zalo.Error{Action: zalo.Alert, Code: -212}
		}
		return call()
	}
	b.restarts()
	b.turn()
	b.has("1: một")
	if log := b.log.String(); strings.Count(log, catchup.KindFailed) != 1 || !strings.Contains(log, "999") {
		t.Errorf("the log is %s", log)
	}
	last, now, err := b.store.LastBeat(t.Context(), "serving")
	if err != nil || now.Sub(last) > catchup.Long {
		t.Errorf("the last beat is of %v, now %v, %v", last, now, err)
	}
}

// TestALookBrokenOffIsMadeAgain: nothing is beaten before it is done.
func TestALookBrokenOffIsMadeAgain(t *testing.T) {
	t.Parallel()
	b := newBed(t, nil)
	b.turn()
	b.clock.Advance(time.Minute)
	b.writes("1", "một", false)
	b.clock.Advance(time.Minute)
	ctx, cancel := context.WithCancel(t.Context())
	b.before = cancel
	b.restarts()
	b.watch.Turn(ctx)
	b.has()
	b.before = nil
	b.restarts()
	b.turn()
	b.has("1: một")
}

// TestOneOfSeveralLooks: who is told that another process looks does not beat over its silence.
func TestOneOfSeveralLooks(t *testing.T) {
	t.Parallel()
	b := newBed(t, nil)
	b.turn()
	b.clock.Advance(time.Minute)
	b.writes("1", "một", false)
	b.clock.Advance(time.Minute)
	held := true
	b.cfg.Only = func(context.Context, string, time.Duration) (time.Duration, error) {
		if held {
			return time.Second, nil
		}
		return 0, nil
	}
	b.restarts()
	b.turn()
	b.has()
	held = false // the other one died
	b.turn()
	b.has("1: một")
}

// TestNothingOlderThanADay: what the door would drop is not asked for.
func TestNothingOlderThanADay(t *testing.T) {
	t.Parallel()
	b := newBed(t, nil)
	b.turn()
	b.clock.Advance(time.Minute)
	b.writes("1", "tuần trước", false)
	b.clock.Advance(7 * 24 * time.Hour)
	b.writes("1", "hôm nay", false)
	b.clock.Advance(time.Minute)
	b.restarts()
	b.turn()
	b.has("1: hôm nay")
}
