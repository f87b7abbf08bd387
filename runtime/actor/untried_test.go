package actor_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/runtime/actor"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/event"
	"hoithoai/runtime/store"
)

// flags is a channel that notes whether it is told to look before it sends, and answers as it is told.
type flags struct {
	answers []actor.Delivery // then done
	looked  []bool
}

func (f *flags) Deliver(_ context.Context, _ envelope.Out, recovered bool) actor.Delivery {
	f.looked = append(f.looked, recovered)
	if len(f.answers) == 0 {
		return actor.Delivery{Done: true}
	}
	d := f.answers[0]
	f.answers = f.answers[1:]
	return d
}

// TestLooksOnlyWhereSomethingMayHaveArrived: a message that was held, or certainly refused, is sent without asking Zalo first; one in
// doubt never is, whatever happens in between.
func TestLooksOnlyWhereSomethingMayHaveArrived(t *testing.T) {
	t.Parallel()
	held, doubt := actor.Delivery{After: time.Second, Untried: true}, actor.Delivery{After: time.Second}
	for name, tc := range map[string]struct {
		answers []actor.Delivery
		want    []bool
	}{
		"held":                  {[]actor.Delivery{held}, []bool{false, false}},
		"held for long":         {[]actor.Delivery{held, held, held}, []bool{false, false, false, false}},
		"in doubt":              {[]actor.Delivery{doubt}, []bool{false, true}},
		"in doubt, then held":   {[]actor.Delivery{doubt, held, held}, []bool{false, true, true, true}},
		"held, then in doubt":   {[]actor.Delivery{held, doubt}, []bool{false, false, true}},
		"held, in doubt, held ": {[]actor.Delivery{held, doubt, held}, []bool{false, false, true, true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sc := newScene(t)
			f := &flags{answers: tc.answers}
			sc.cfg.Deliver = f
			sc.say("hỏi thăm")
			sc.waits(5*time.Second, time.Second)
			if diff := cmp.Diff(tc.want, f.looked); diff != "" {
				t.Errorf("looked (-want +got):\n%s", diff)
			}
		})
	}
}

// What was held is looked up all the same once somebody died who had taken it over.
func TestLooksAfterADeath(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	f := &flags{answers: []actor.Delivery{{After: time.Second, Untried: true}}}
	sc.cfg.Deliver = f
	sc.say("hỏi thăm")
	sc.clock.Advance(time.Second)
	if keys, _, _, err := sc.store.Claim(t.Context(), 0, 10); err != nil || len(keys) != 1 {
		t.Fatalf("%v, %v", keys, err)
	}
	sc.load() // the process that dies had looked, and may have sent
	sc.recover()
	if diff := cmp.Diff([]bool{false, true}, f.looked); diff != "" {
		t.Errorf("looked (-want +got):\n%s", diff)
	}
}

// A process that ends in order leaves its people to the next one as they are: what it has not tried needs no look.
func TestOrderlyEndLeavesNoDoubt(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	f := &flags{}
	sc.cfg.Deliver = f
	res := sc.put(event.Event{Kind: event.Text, Text: "hỏi thăm"})
	if res.Status != store.Accepted {
		t.Fatalf("%+v", res)
	}
	ctx, cancel := context.WithCancel(t.Context())
	sc.cfg.Store = &ending{Store: sc.store, after: cancel}
	actor.New(sc.cfg).Run(ctx, actor.Job{Work: res.Work, Since: sc.clock.Now()})
	sc.cfg.Store = sc.store
	if len(f.looked) != 0 {
		t.Fatal("it sent after its end")
	}
	sc.waits(time.Second, time.Second)
	if diff := cmp.Diff([]bool{false}, f.looked); diff != "" {
		t.Errorf("looked (-want +got):\n%s", diff)
	}
}

// ending is a store whose process is told to end after its first step.
type ending struct {
	actor.Store
	after func()
}

func (e *ending) Commit(ctx context.Context, in store.Commit) (store.CommitResult, error) {
	defer e.after()
	return e.Store.Commit(ctx, in)
}
