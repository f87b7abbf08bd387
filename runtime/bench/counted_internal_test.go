package bench

import (
	"context"
	"testing"
	"time"

	"hoithoai/runtime/envelope"
	"hoithoai/runtime/store"
)

// Only what changed something is counted: a repeat, an event nobody has room for and a lost race are none.
func TestCounted(t *testing.T) {
	t.Parallel()
	bothWorlds(t, func(t *testing.T, w *world) {
		c, key := &counted{Store: w.engine}, store.Key("counted")
		want := func(what string, want tally) {
			t.Helper()
			if got := c.tally(); got != want {
				t.Errorf("after %s: %+v, want %+v", what, got, want)
			}
		}
		accept := func(n uint64) store.AcceptStatus {
			t.Helper()
			res, err := c.Accept(t.Context(), store.Accept{Key: key, ID: id8(n), Body: []byte("x"), Sent: time.Now().UnixMilli(), Retry: true})
			if err != nil {
				t.Fatal(err)
			}
			return res.Status
		}
		commit := func(rev, event uint64, out ...store.Item) store.CommitStatus {
			t.Helper()
			res, err := c.Commit(t.Context(), store.Commit{Key: key, Rev: rev, Event: id8(event), Session: []byte("s"), Out: out})
			if err != nil {
				t.Fatal(err)
			}
			return res.Status
		}
		if accept(1) != store.Accepted || accept(2) != store.Queued || accept(1) != store.Duplicate {
			t.Fatal("the store takes events otherwise")
		}
		want("two events, one of them twice", tally{accepted: 2})
		if c.tally().idle() {
			t.Error("two events wait, and nothing is to be done")
		}
		out := store.Item{ID: id8(9), Body: []byte("out")}
		if commit(0, 1, out) != store.Committed || commit(0, 1, out) != store.Already || commit(7, 2) != store.Lost {
			t.Fatal("the store applies steps otherwise")
		}
		want("a step that was repeated, and one that came late", tally{accepted: 2, committed: 1, pushed: 1})
		for range 2 {
			if _, err := c.Done(t.Context(), key, out.ID); err != nil {
				t.Fatal(err)
			}
		}
		want("a message that was done twice", tally{accepted: 2, committed: 1, pushed: 1, finished: 1})
		if commit(1, 2) != store.Released {
			t.Fatal("the person is not free")
		}
		want("everything", tally{accepted: 2, committed: 2, pushed: 1, finished: 1})
		if !c.tally().idle() || c.tally().minus(c.tally()) != (tally{}) {
			t.Error("all is done, and it is not seen")
		}
	})
}

// What fails is not counted.
func TestCountedFaults(t *testing.T) {
	t.Parallel()
	w := smallWorld(t)
	before := w.store.tally()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.event(ctx, &person{id: personID(7)}); err == nil {
		t.Error("an event passes under an ended context")
	}
	if got := w.store.tally().minus(before); got != (tally{}) {
		t.Errorf("it is counted: %+v", got)
	}
}

// A tape that is taken out is not written on.
func TestTapeIsTakenOut(t *testing.T) {
	t.Parallel()
	w := smallWorld(t)
	var tp tape
	w.tapeIn(&tp)
	p := &w.newCrowd(1).people[0]
	for range 2 {
		if err := w.event(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	w.tapeIn(nil)
	if err := w.event(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	if len(tp.events) != 2 {
		t.Fatalf("%d of two events are on the tape", len(tp.events))
	}
	for i, ev := range tp.events {
		if ev.commit.Event != ev.accept.ID || len(ev.commit.Out) == 0 || len(ev.finishes) != len(ev.commit.Out) || ev.commit.Rev != uint64(i) {
			t.Errorf("event %d is %+v", i, ev)
		}
		for j, f := range ev.finishes {
			if f.Out != ev.commit.Out[j].ID {
				t.Errorf("event %d: message %d is done as %x, want %x", i, j, f.Out, ev.commit.Out[j].ID)
			}
		}
	}
}

// The sink takes every message and counts each.
func TestSink(t *testing.T) {
	t.Parallel()
	var s sink
	for i := range 3 {
		if d := s.Deliver(t.Context(), envelope.Out{}, i == 0); !d.Done || d.After != 0 {
			t.Errorf("%+v", d)
		}
	}
	if s.messages.Load() != 3 {
		t.Errorf("%d messages", s.messages.Load())
	}
}
