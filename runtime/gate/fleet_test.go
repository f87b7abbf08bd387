package gate_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hoithoai/runtime/gate"
	"hoithoai/runtime/store"
)

// Where little is left for all processes, the urgent go on in each, and each class stops before the one above it.
func TestUrgencyGoesFirstInAll(t *testing.T) {
	t.Parallel()
	f := newFleet(3, 4000, nil)
	left := func(c gate.Class) int {
		n, start := 0, f.clock.Now()
		for i := 0; i < 3*600; i++ {
			if f.gates[i%3].call("1", c, nil) == nil && f.clock.Now().Equal(start) {
				n++
			}
			if c <= gate.Interactive && !f.clock.Now().Equal(start) { // it had to wait: nothing is left for it now
				break
			}
		}
		return n
	}
	notices, reminders, answers := left(gate.Notice), left(gate.Reminder), left(gate.Interactive)
	emergencies := left(gate.Emergency)
	for name, n := range map[string]int{"notices": notices, "reminders": reminders, "answers": answers, "emergencies": emergencies} {
		if n < 40 || n > 200 {
			t.Errorf("%d %s leave at once", n, name)
		}
	}
	if got := closed(f.gates[1].call("1", gate.Notice, nil)); got != "limit" {
		t.Errorf("a notice after them: %q", got)
	}
}

// One office's own limit is shared too, and holds no other office.
func TestOfficeLimitOfAll(t *testing.T) {
	t.Parallel()
	f := newFleet(2, 4000, map[string]int{"1": 60})
	left := 0
	for i := range 60 {
		if f.gates[i%2].call("1", gate.Emergency, nil) == nil {
			left++
		}
		f.clock.Advance(10 * time.Millisecond)
	}
	if f.gates[0].call("2", gate.Notice, nil) != nil {
		t.Error("another office is held")
	}
	if left > 60 || left < 6 {
		t.Errorf("%d calls of the full office left", left)
	}
}

// A limit that is changed while the processes run holds from the next turn on.
func TestLimitOfAllIsChanged(t *testing.T) {
	t.Parallel()
	f := newFleet(2, 4000, nil)
	for range 50 {
		_ = f.gates[0].call("1", gate.Interactive, nil)
	}
	f.clock.Advance(2 * time.Minute)
	for _, g := range f.gates {
		g.Limit(60, map[string]int{"1": 60})
	}
	var all []time.Time
	for i := range 400 {
		_ = f.gates[i%2].Do(context.Background(), "1", gate.Notice, func() error {
			all = append(all, f.clock.Now())
			return nil
		})
		f.clock.Advance(200 * time.Millisecond)
	}
	for i := range all {
		if j := i + 60; j < len(all) && all[j].Sub(all[i]) < time.Minute {
			t.Fatalf("61 calls within %v", all[j].Sub(all[i]))
		}
	}
	if len(all) < 40 {
		t.Errorf("%d calls left in 80 s", len(all))
	}
}

// Who waits at the door for the end of a pause takes another turn: the first one has grown old.
func TestTurnGrowsOldAtTheDoor(t *testing.T) {
	t.Parallel()
	f := newFleet(1, 4000, nil)
	b := f.gates[0]
	_ = b.call("1", gate.Notice, tooFast)
	start, draws := f.clock.Now(), f.draws
	f.clock.Advance(time.Millisecond)
	if err := b.call("1", gate.Interactive, nil); err != nil {
		t.Fatal(err)
	}
	if waited := f.clock.Now().Sub(start); waited < time.Second || f.draws == draws {
		t.Errorf("it waited %v, and the store was asked %d times", waited, f.draws-draws)
	}
}

// stuck is a store that answers nobody.
type stuck struct{ store.Limits }

func (stuck) Draw(ctx context.Context, _ store.Draw) (store.Turns, error) {
	<-ctx.Done()
	return store.Turns{}, ctx.Err()
}

func (stuck) Only(ctx context.Context, _ string, _ time.Duration) (time.Duration, error) {
	<-ctx.Done()
	return 0, ctx.Err()
}

// A caller who goes away while the store is silent is let go, and so are those behind.
func TestCallerGoesAway(t *testing.T) {
	t.Parallel()
	g := gate.New(gate.Config{PerMinute: 60, Now: time.Now, Shared: stuck{}, Process: "p"})
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	var calls atomic.Int64
	for i := range 4 {
		wg.Go(func() {
			for range 20 {
				err := g.Do(ctx, fmt.Sprint(i), gate.Interactive, func() error { calls.Add(1); return nil })
				if _, closed := errors.AsType[*gate.ClosedError](err); err != nil && !closed && !errors.Is(err, context.Canceled) {
					t.Errorf("Do: %v", err)
				}
			}
		})
	}
	cancel()
	wg.Wait()
	if n := calls.Load(); n > 60 {
		t.Errorf("%d calls were made", n)
	}
}

// Many callers of many processes at once lose no turn, take none twice, and ask the store seldom.
func TestCrowdOfAll(t *testing.T) {
	t.Parallel()
	f := newFleet(4, 1<<20, map[string]int{"1": 1 << 19})
	counting := &counted{Limits: f.wire.Limits}
	for i := range f.gates {
		f.gates[i].Gate = gate.New(gate.Config{
			PerMinute: 1 << 20, Offices: map[string]int{"1": 1 << 19}, Now: f.clock.Now, Shared: counting, Process: fmt.Sprint(i),
			Pause: func(_ context.Context, d time.Duration) error { f.clock.Advance(d); return nil },
		})
	}
	var wg sync.WaitGroup
	var left atomic.Int64
	for i, g := range f.gates {
		for j := range 4 {
			wg.Go(func() {
				for n := range 500 {
					if err := g.call(fmt.Sprint((i+j+n)%3), gate.Interactive, nil); err != nil {
						t.Error(err)
						return
					}
					left.Add(1)
				}
			})
		}
		wg.Go(func() {
			for range 50 {
				g.Sync(context.Background())
			}
		})
	}
	wg.Wait()
	if n := left.Load(); n != 4*4*500 {
		t.Errorf("%d calls left", n)
	}
	if n := counting.draws.Load(); n*10 > 4*4*500 {
		t.Errorf("the store was asked %d times for %d calls", n, 4*4*500)
	}
}

type counted struct {
	store.Limits
	draws atomic.Int64
}

func (c *counted) Draw(ctx context.Context, in store.Draw) (store.Turns, error) {
	c.draws.Add(1)
	return c.Limits.Draw(ctx, in)
}

// A process that has nobody to share with needs no Run.
func TestRunOfOne(t *testing.T) {
	t.Parallel()
	gate.New(gate.Config{Now: time.Now}).Run(t.Context(), nil)
}
