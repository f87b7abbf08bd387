package bench

import (
	"errors"
	"slices"
	"testing"
	"time"

	"hoithoai/runtime/envelope"
	"hoithoai/runtime/session"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
)

// The tape is the same whoever is recorded, as far as sizes and timers go: what is played later is what everybody asks for.
func TestRecordAgain(t *testing.T) {
	t.Parallel()
	bothWorlds(t, func(t *testing.T, w *world) {
		again, err := w.record(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(again.events) != len(w.tape.events) || len(again.body) != len(w.tape.body) || len(again.timers) != len(w.tape.timers) {
			t.Fatalf("%d events and %d timers, then %d and %d", len(w.tape.events), len(w.tape.timers), len(again.events), len(again.timers))
		}
		for i := range again.events {
			a, b := &w.tape.events[i], &again.events[i]
			if len(a.commit.Session) != len(b.commit.Session) || len(a.commit.Out) != len(b.commit.Out) || len(a.commit.Timers) != len(b.commit.Timers) ||
				len(a.accept.Body) != len(b.accept.Body) || len(a.finishes) != len(b.finishes) {
				t.Errorf("event %d differs: %+v and %+v", i, a, b)
			}
			if a.accept.Key == b.accept.Key || a.accept.ID == b.accept.ID {
				t.Errorf("event %d is of the same person, or the same event", i)
			}
		}
	})
}

// Somebody whom another works on cannot be recorded.
func TestRecordRefuses(t *testing.T) {
	t.Parallel()
	w := smallWorld(t)
	key := w.seal.Person(w.of.ID, personID(w.born)) // the next one to be born
	if _, err := w.engine.Accept(t.Context(), store.Accept{Key: key, ID: id8(1 << 40), Body: []byte("x"), Retry: true}); err != nil {
		t.Fatal(err)
	}
	if tp, err := w.record(t.Context()); !errors.Is(err, errRefused) {
		t.Errorf("%d events are recorded, %v", len(tp.events), err)
	}
}

// The session on the tape is the recorded person's alone; given to another it is that person's, and nothing else changes.
func TestResealed(t *testing.T) {
	t.Parallel()
	w := smallWorld(t)
	other := personID(4242)
	key := w.seal.Person(w.of.ID, other)
	body, err := w.tape.resealed(seal.Session, key, w.tape.body, w.owned(other))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.seal.Open(nil, seal.Session, w.tape.key, body); err == nil {
		t.Error("the recorded person can open what was given to another")
	}
	got, was := opened(t, w, key, body), opened(t, w, w.tape.key, w.tape.body)
	if got.Person != other || was.Person == other || got.Wait != was.Wait || got.Status != was.Status || len(got.Runs) != len(was.Runs) {
		t.Errorf("%+v became %+v", was, got)
	}
	if _, err := w.tape.resealed(seal.Mailbox, key, w.tape.body, w.owned(other)); err == nil {
		t.Error("a session opens as an entry of the mailbox")
	}
	fail := errors.New("fail")
	if _, err := w.tape.resealed(seal.Session, key, w.tape.body, func([]byte) ([]byte, error) { return nil, fail }); !errors.Is(err, fail) {
		t.Errorf("a change that fails: %v", err)
	}
	if _, err := w.owned(other)([]byte("no session")); err == nil {
		t.Error("something else passes for a session")
	}
}

func opened(t *testing.T, w *world, key store.Key, body []byte) (s session.Session) {
	t.Helper()
	plain, err := w.seal.Open(nil, seal.Session, key, body)
	if err == nil {
		err = session.Decode(plain, w.program, &s)
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A timer that carries its own address is given to the other person too.
func TestTimersOf(t *testing.T) {
	t.Parallel()
	w := smallWorld(t)
	plain, err := envelope.EncodeIn(envelope.In{Address: envelope.Address{Office: w.of.ID, Person: "1"}})
	if err != nil {
		t.Fatal(err)
	}
	body, err := w.seal.Seal(nil, seal.Mailbox, w.tape.key, plain)
	if err != nil {
		t.Fatal(err)
	}
	tp := w.tape
	then := time.UnixMilli(tp.events[lastWait-1].accept.Sent)
	tp.timers = []store.Timer{{Name: "a", Gen: 1, At: then.Add(time.Hour)}, {Name: "b", Gen: 2, At: then.Add(time.Minute), Body: body}}
	other, now := personID(77), then.Add(24*time.Hour)
	key := w.seal.Person(w.of.ID, other)
	got, err := tp.timersOf(key, other, now)
	if err != nil || len(got) != 2 || !got[0].At.Equal(now.Add(time.Hour)) || !got[1].At.Equal(now.Add(time.Minute)) || len(got[0].Body) != 0 {
		t.Fatalf("%+v, %v", got, err)
	}
	opened, err := w.seal.Open(nil, seal.Mailbox, key, got[1].Body)
	if err != nil {
		t.Fatal(err)
	}
	if in, err := envelope.DecodeIn(opened); err != nil || in.Person != other || in.Office != w.of.ID {
		t.Errorf("the timer is for %+v, %v", in.Address, err)
	}
	tp.timers[1].Body = []byte("damaged")
	if _, err := tp.timersOf(key, other, now); err == nil {
		t.Error("a damaged timer passes")
	}
}

// Whoever plays the tape begins it anew after its end, each person at their own place.
func TestBareCrowd(t *testing.T) {
	t.Parallel()
	bothWorlds(t, func(t *testing.T, w *world) {
		w.cfg.Connections = 2
		b := w.newBareCrowd(3)
		for turn := range len(talk) + 1 {
			for hand := range 2 {
				if err := b.event(t.Context(), hand, turn); err != nil {
					t.Fatalf("turn %d of hand %d: %v", turn, hand, err)
				}
			}
		}
		at := []int{b.people[0].next, b.people[1].next, b.people[2].next}
		slices.Sort(at[:])
		if sum := 2 * (len(talk) + 1); (at[0]+at[1]+at[2])%len(talk) != sum%len(talk) || b.people[1].next != 1 {
			t.Errorf("after %d events the people stand at %v", sum, at)
		}
		work, err := w.engine.Release(t.Context(), b.people[1].key)
		if err != nil || work.Session == nil || work.Session.Rev != uint64(len(talk)+1) {
			t.Errorf("one who played %d events has %+v, %v", len(talk)+1, work.Session, err)
		}
	})
}

// An event that finds the person in somebody else's hands is a fault of the measurement.
func TestPlayRefuses(t *testing.T) {
	t.Parallel()
	w := smallWorld(t)
	b := w.newBareCrowd(1)
	if _, err := w.engine.Accept(t.Context(), store.Accept{Key: b.people[0].key, ID: id8(1 << 40), Body: []byte("x"), Retry: true}); err != nil {
		t.Fatal(err)
	}
	if err := b.event(t.Context(), 0, 0); !errors.Is(err, errRefused) {
		t.Errorf("an event of somebody who is at work: %v", err)
	}
	if err := w.standing(t.Context(), personID(5)); err != nil {
		t.Fatal(err)
	}
	if err := w.standing(t.Context(), personID(5)); !errors.Is(err, errRefused) {
		t.Errorf("somebody stands twice: %v", err)
	}
}
