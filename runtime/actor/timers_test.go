package actor_test

import (
	"context"
	"testing"
	"time"

	"hoithoai/runtime/actor"
	"hoithoai/runtime/store"
	"hoithoai/runtime/testbed"
)

// tapped is a store that shows which timers are set.
type tapped struct {
	testbed.Whole
	set []store.Timer
}

func (t *tapped) Commit(ctx context.Context, in store.Commit) (store.CommitResult, error) {
	t.set = append(t.set, in.Timers...)
	return t.Whole.Commit(ctx, in)
}

func (t *tapped) Finish(ctx context.Context, key store.Key, in store.Finish) (store.Done, error) {
	t.set = append(t.set, in.Start...)
	return t.Whole.Finish(ctx, key, in)
}

// TestTimersSayNothing: what a timer keeps in the store is which one it is and when; whose it is stands in the session.
func TestTimersSayNothing(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	tap := &tapped{Whole: sc.store}
	sc.cfg.Store = tap
	sc.say("hỏi thăm")
	if len(tap.set) < 2 {
		t.Fatalf("%d timers are set by the step and the send", len(tap.set))
	}
	for _, timer := range tap.set {
		if len(timer.Body) != 0 {
			t.Errorf("timer %s has a body of %d bytes", timer.Name, len(timer.Body))
		}
	}
	s, _, ok, err := actor.New(sc.cfg).Peek(t.Context(), sc.load().Session, sc.key)
	if err != nil || !ok || s.Office != testbed.OfficeID || s.Person != testbed.Person {
		t.Errorf("the session is of %q at %q, %v", s.Person, s.Office, err)
	}
	sc.waits(time.Hour, 10*time.Minute)
	sc.heard(askColour, stillThere)
	sc.counted("timer_orphaned", 0)
}

// TestTimerOfNobody: a timer whose session has ended leads to nothing and holds nobody up.
func TestTimerOfNobody(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	res, err := sc.store.Accept(t.Context(), store.Accept{Key: sc.key, ID: store.ID8{1}, Body: store.TimerMark("im_lang", 1, sc.clock.Now()), Sent: 1})
	if err != nil {
		t.Fatal(err)
	}
	sc.run(res.Work)
	sc.counted("timer_orphaned", 1)
	if w := sc.load(); w.Head != nil || !w.Lease.IsZero() {
		t.Errorf("the person is left with %+v", w)
	}
	sc.heard()
}
