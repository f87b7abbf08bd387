package bench

import (
	"context"
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// bothWorlds runs a test on a file and on a server.
func bothWorlds(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	for name, open := range map[string]func(*testing.T) *world{"embedded": smallWorld, "redis": redisWorld} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
}

// Those who write at a size are of those who came since the last one, each once, from all over them.
func TestSpreadIsEven(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		filled := rapid.IntRange(0, 500).Draw(t, "filled")
		n := filled + rapid.IntRange(1, 500).Draw(t, "more")
		people := rapid.IntRange(1, 600).Draw(t, "people")
		c := spread(10, filled, n, people)
		if want := min(people, n-filled); len(c.people) != want {
			t.Fatalf("%d people, want %d", len(c.people), want)
		}
		step := (n - filled) / len(c.people)
		for i, p := range c.people {
			if p.id != personID(10+filled+i*step) || 10+filled+i*step >= 10+n {
				t.Fatalf("person %d of %d is %s", i, len(c.people), p.id)
			}
		}
	})
}

// Everybody who is put in stands at the last question, and goes on from there to the end of the conversation.
func TestFill(t *testing.T) {
	t.Parallel()
	bothWorlds(t, func(t *testing.T, w *world) {
		w.cfg.Connections = 3
		if err := w.fill(t.Context(), 100, 7); err != nil {
			t.Fatal(err)
		}
		for i := 99; i <= 107; i++ {
			work, err := w.engine.Release(t.Context(), w.seal.Person(w.of.ID, personID(i)))
			if inside := i >= 100 && i < 107; err != nil || inside != (work.Session != nil) {
				t.Errorf("person %d has the session %+v, %v", i, work.Session, err)
			}
		}
		before, sent := w.store.tally(), w.sink.messages.Load()
		for i := 100; i < 107; i++ {
			if err := w.event(t.Context(), &person{id: personID(i), next: lastWait}); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.agree(before, sent, 7); err != nil {
			t.Error(err)
		}
	})
}

// The first fault ends the filling, and is what is told of it.
func TestFillStops(t *testing.T) {
	t.Parallel()
	w := smallWorld(t)
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("why")
	cancel(why)
	if err := w.fill(ctx, 0, 1000); !errors.Is(err, why) {
		t.Errorf("filling under an ended context: %v", err)
	}
	if err := w.fill(t.Context(), 5, 1); err != nil {
		t.Fatal(err)
	}
	if err := w.fill(t.Context(), 5, 1); !errors.Is(err, errRefused) {
		t.Errorf("who is there already is put in again: %v", err)
	}
	if err := w.fill(t.Context(), 0, 0); err != nil {
		t.Errorf("nobody at all: %v", err)
	}
}

// What each of those takes who were put in is what the server keeps more, however many were there before, and no less than the
// sealed session alone; where there is no server it is nothing.
func TestSettle(t *testing.T) {
	t.Parallel()
	bothWorlds(t, func(t *testing.T, w *world) {
		from := 1000
		for _, n := range []int{400, 800} { // so many outweigh the server's own buffers
			each, err := w.settle(t.Context(), from, n)
			if err != nil {
				t.Fatal(err)
			}
			least := float64(len(w.tape.body))
			if w.engine.redis == nil && each != 0 || w.engine.redis != nil && (each < least || each > 20*least) {
				t.Errorf("each of %d people takes %.0f bytes; the session alone has %.0f", n, each, least)
			}
			from += n
		}
	})
}

// Whoever is measured at a size has written since, and the larger sizes come after the smaller ones. What so few people take says
// nothing: the server's own buffers grow and shrink by more.
func TestGrow(t *testing.T) {
	t.Parallel()
	bothWorlds(t, func(t *testing.T, w *world) {
		var heard []string
		w.cfg.Progress = func(what string) { heard = append(heard, what) }
		w.cfg.Sizes, w.cfg.Round, w.cfg.People = []int{5, 12}, 1, 4
		born := w.born
		sizes, err := w.grow(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(heard, []string{"5 people", "12 people"}) || w.born != born+12 {
			t.Errorf("heard %q; %d people were born", heard, w.born-born)
		}
		for i, s := range sizes {
			if s.People != w.cfg.Sizes[i] || s.Whole.Events < 1 || s.Door.Events < 1 || w.engine.redis == nil && s.Memory != 0 {
				t.Errorf("size %d is %+v", i, s)
			}
		}
		w.cfg.Sizes = nil
		if sizes, err := w.grow(t.Context()); sizes != nil || err != nil || w.born != born+12 {
			t.Errorf("without sizes: %v, %v", sizes, err)
		}
	})
}

// The server is asked until it has done, and no longer than anybody waits.
func TestCalm(t *testing.T) {
	t.Parallel()
	bothWorlds(t, func(t *testing.T, w *world) {
		spent, err := w.calm(t.Context())
		if err != nil || spent.Rewriting || (spent.Memory > 0) != (w.engine.redis != nil) {
			t.Errorf("%+v, %v", spent, err)
		}
		if w.engine.redis == nil {
			return
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := w.calm(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("under an ended context: %v", err)
		}
	})
}
