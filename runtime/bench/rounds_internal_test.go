package bench

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/redistest"
)

func TestPercentile(t *testing.T) {
	t.Parallel()
	var hundred []time.Duration
	for i := range 100 {
		hundred = append(hundred, time.Duration(i+1)*time.Millisecond)
	}
	for _, c := range []struct {
		list []time.Duration
		p    float64
		want float64
	}{
		{nil, 50, 0}, {hundred[:1], 50, 1}, {hundred[:1], 99, 1}, {hundred, 50, 50}, {hundred, 99, 99}, {hundred, 100, 100},
		{hundred[:3], 50, 2}, {hundred[:2], 50, 1},
	} {
		if got := percentile(c.list, c.p); got != c.want {
			t.Errorf("percentile %v of %d is %v, want %v", c.p, len(c.list), got, c.want)
		}
	}
}

func TestRateOf(t *testing.T) {
	t.Parallel()
	got := rateOf([]time.Duration{3 * time.Millisecond, time.Millisecond, 2 * time.Millisecond}, 2*time.Second)
	if want := (Rate{Events: 3, PerSecond: 1.5, P50: 2, P99: 3, Max: 3}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// The report says what the middle round was, and the ratio is one of figures that were taken in turns.
func TestConclude(t *testing.T) {
	t.Parallel()
	round := func(bare, whole float64) Round {
		return Round{Bare: Rate{PerSecond: bare, P99: bare / 10}, Whole: Rate{PerSecond: whole}, Door: Rate{PerSecond: whole / 2}}
	}
	rep := Report{Rounds: []Round{round(900, 300), round(100, 90), round(500, 250), round(600, 300)}}
	rep.conclude()
	if rep.Bare.PerSecond != 500 || rep.Bare.P99 != 50 || rep.Whole.PerSecond != 250 || rep.Door.PerSecond != 125 || rep.Ratio != 0.5 {
		t.Errorf("%+v", rep)
	}
}

// Every person is one hand's and has a turn before anybody has a second one.
func TestShare(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		hands := rapid.IntRange(1, 20).Draw(t, "hands")
		people := rapid.IntRange(hands, 200).Draw(t, "people")
		seen := make([]int, people)
		for hand := range hands {
			var own []int
			for turn := 0; len(own) == 0 || share(people, hands, hand, turn) != own[0]; turn++ {
				own = append(own, share(people, hands, hand, turn))
			}
			for _, i := range own {
				seen[i]++
			}
		}
		if slices.Min(seen) != 1 || slices.Max(seen) != 1 {
			t.Fatalf("turns of %d people with %d hands: %v", people, hands, seen)
		}
	})
}

func TestSpread(t *testing.T) {
	t.Parallel()
	c := spread(1000, 100, 200, 7)
	seen := map[string]bool{}
	for _, p := range c.people {
		if p.id < personID(1100) || p.id >= personID(1200) || p.next != lastWait || seen[p.id] {
			t.Errorf("%+v", p)
		}
		seen[p.id] = true
	}
	if n := len(spread(0, 0, 5, 50).people); n != 5 || len(c.people) != 7 {
		t.Errorf("%d and %d people", n, len(c.people))
	}
}

func TestID8(t *testing.T) {
	t.Parallel()
	if got := id8(0x0102030405060708); got != (store.ID8{1, 2, 3, 4, 5, 6, 7, 8}) {
		t.Errorf("%x", got)
	}
}

func TestMoved(t *testing.T) {
	t.Parallel()
	then, now := int64(5000), time.UnixMilli(90_000)
	in := []store.Timer{{Name: "a", At: time.UnixMilli(6000)}, {Name: "b"}}
	got := moved(in, then, now)
	if !got[0].At.Equal(time.UnixMilli(91_000)) || !got[1].At.IsZero() || !in[0].At.Equal(time.UnixMilli(6000)) || moved(nil, then, now) != nil {
		t.Errorf("%+v from %+v", got, in)
	}
}

// The tape knows which timers stand: those set last and not cleared.
func TestTapeTimers(t *testing.T) {
	t.Parallel()
	var tp tape
	at := time.UnixMilli(1)
	tp.set([]store.Timer{{Name: "a", Gen: 1, At: at}, {Name: "b", Gen: 1, At: at}})
	tp.set([]store.Timer{{Name: "a", Gen: 1}, {Name: "a", Gen: 2, At: at}})
	tp.set([]store.Timer{{Name: "b", Gen: 1, At: at.Add(time.Second)}})
	if len(tp.timers) != 2 || tp.timers[0].Name != "a" || tp.timers[0].Gen != 2 || !tp.timers[1].At.Equal(at.Add(time.Second)) {
		t.Errorf("%+v", tp.timers)
	}
}

// What the whole conversation asks of the store is on the tape, and playing it for others asks for the same again.
func TestTape(t *testing.T) {
	t.Parallel()
	w := smallWorld(t)
	if len(w.tape.events) != len(talk) || len(w.tape.timers) == 0 || len(w.tape.body) == 0 {
		t.Fatalf("the tape has %d events, %d timers and a session of %d bytes", len(w.tape.events), len(w.tape.timers), len(w.tape.body))
	}
	bare := w.newBareCrowd(1)
	for i := range 2 * len(talk) {
		if err := bare.event(t.Context(), 0, i); err != nil {
			t.Fatalf("event %d: %v", i, err)
		}
	}
	if err := w.standing(t.Context(), personID(99)); err != nil {
		t.Fatal(err)
	}
	before, sent := w.store.tally(), w.sink.messages.Load()
	if err := w.event(t.Context(), &person{id: personID(99), next: lastWait}); err != nil {
		t.Fatal(err)
	}
	if err := w.agree(before, sent, 1); err != nil {
		t.Error(err)
	}
	work, err := w.engine.Release(t.Context(), w.seal.Person(w.of.ID, personID(99)))
	if err != nil || work.Session == nil || work.Session.Rev != 2 {
		t.Errorf("whoever was put into the store at the last question has not gone on: %+v, %v", work, err)
	}
}

// A round whose counts do not agree is no figure.
func TestAgree(t *testing.T) {
	t.Parallel()
	w := &world{store: &counted{}, sink: &sink{}}
	w.store.accepted.Add(2)
	w.store.committed.Add(2)
	w.store.pushed.Add(3)
	w.store.finished.Add(3)
	w.sink.messages.Add(3)
	if err := w.agree(tally{}, 0, 2); err != nil {
		t.Error(err)
	}
	for name, bad := range map[string]error{
		"an event too few": w.agree(tally{}, 0, 3),
		"a message twice":  w.agree(tally{}, -1, 2),
		"not committed":    w.agree(tally{committed: 1}, 0, 2),
		"not done":         w.agree(tally{finished: 1}, 1, 2),
	} {
		if !errors.Is(bad, errLoss) {
			t.Errorf("%s: %v", name, bad)
		}
	}
}

// Requests are due at an even pace, and none before its time.
func TestPace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := &world{cfg: Config{Now: time.Now}}
		start, queue := time.Now(), make(chan due, 4)
		w.pace(t.Context(), make([][]byte, 4), time.Second, queue)
		n := 0
		for d := range queue {
			if want := time.Duration(n) * time.Second; d.at.Sub(start) != want {
				t.Errorf("request %d was due after %s, want %s", n, d.at.Sub(start), want)
			}
			n++
		}
		if n != 4 {
			t.Errorf("%d requests", n)
		}
	})
}

// A hand works until the end of the round and stops at the first fault.
func TestHand(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := &world{cfg: Config{Now: time.Now}}
		fail := errors.New("fail")
		do := func(_ context.Context, _, turn int) error {
			time.Sleep(time.Second)
			if turn == 5 {
				return fail
			}
			return nil
		}
		took, err := w.hand(t.Context(), time.Now().Add(3*time.Second), 0, do)
		if err != nil || len(took) != 3 || took[2] != time.Second {
			t.Errorf("%v, %v", took, err)
		}
		if _, err := w.hand(t.Context(), time.Now().Add(time.Minute), 0, do); !errors.Is(err, fail) {
			t.Errorf("a fault is %v", err)
		}
		if took, err := w.hand(t.Context(), time.Now().Add(-time.Minute), 0, do); err != nil || len(took) != 1 {
			t.Errorf("a round that is over: %v, %v", took, err)
		}
	})
}

// A request is what the door takes: the answer is 200 and the event is counted; one that is signed otherwise is dropped.
func TestRequest(t *testing.T) {
	t.Parallel()
	w := smallWorld(t)
	c, err := dial(t.Context(), w.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	before := w.store.tally()
	good := w.request(&w.newCrowd(1).people[0])
	bad := []byte(strings.Replace(string(good), "benefits", "Benefits", 1))
	for i, request := range [][]byte{bad, good, good} {
		if status, err := c.post(request); err != nil || status != 200 {
			t.Fatalf("request %d is answered %d, %v", i, status, err)
		}
	}
	if err := w.drain(t.Context(), before, 1); err != nil {
		t.Fatal(err)
	}
	if got := w.store.tally().minus(before); got.accepted != 1 || got.finished == 0 {
		t.Errorf("of a forged webhook and one that came twice: %+v", got)
	}
	if _, err := w.send(t.Context(), [][]byte{[]byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n")}, 0); err == nil {
		t.Error("an answer that is not 200 passes")
	}
}

// smallWorld is a world over a file, with the tape recorded.
func smallWorld(t *testing.T) *world {
	t.Helper()
	return worldOf(t, Config{Store: StoreEmbedded})
}

// redisWorld is one over a server of its own.
func redisWorld(t *testing.T) *world {
	t.Helper()
	return worldOf(t, Config{URL: redistest.Start(t).URL()})
}

func worldOf(t *testing.T, cfg Config) *world {
	t.Helper()
	cfg.Folder, cfg.People, cfg.Connections, cfg.Now = t.TempDir(), 1, 1, time.Now
	cfg = cfg.withDefaults()
	e, err := openEngine(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	w, err := newWorld(t.Context(), cfg, e)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(w.close(), e.close()); err != nil {
			t.Error(err)
		}
	})
	if w.tape, err = w.record(t.Context()); err != nil {
		t.Fatal(err)
	}
	return w
}

// Numbers are given out once, to however many at once.
func TestSerial(t *testing.T) {
	t.Parallel()
	var s serial
	var wg sync.WaitGroup
	var mu sync.Mutex
	seen := map[uint64]bool{}
	for range 8 {
		wg.Go(func() {
			for range 100 {
				n := s.next()
				mu.Lock()
				seen[n] = true
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if len(seen) != 800 {
		t.Errorf("%d of 800 numbers differ", len(seen))
	}
}

// Why an operation did not succeed is told either way.
func TestRefused(t *testing.T) {
	t.Parallel()
	fail := errors.New("fail")
	if err := refused("accept", 1, fail); !errors.Is(err, fail) || errors.Is(err, errRefused) || err.Error() != "accept: fail" {
		t.Errorf("%v", err)
	}
	if err := refused("commit", 4, nil); !errors.Is(err, errRefused) || !strings.HasSuffix(err.Error(), "status 4") {
		t.Errorf("%v", err)
	}
}
