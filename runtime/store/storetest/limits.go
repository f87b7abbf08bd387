package storetest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
)

// OpenLimits makes new limits of which nothing is taken, and lets them go at the end of the test.
type OpenLimits func(t testing.TB, clock *Clock) store.Limits

// Limits goes through what processes share about their calls.
func Limits(t *testing.T, open OpenLimits) {
	for name, run := range map[string]func(*testing.T, store.Limits, *Clock){
		"turns come at an even pace, some ahead of it":   turnsPaced,
		"a turn may be reserved":                         turnsReserved,
		"lanes are apart":                                turnsApart,
		"what is no question is refused":                 limitsRefused,
		"a pause reaches who has not seen it":            pausesTold,
		"an end counts only for the pause that it is of": pausesEnded,
		"processes count while they speak":               processesCounted,
		"one caller gets what only one may do":           onlyOne,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			clock := NewClock()
			run(t, open(t, clock), clock)
		})
	}
	t.Run("as the model", func(t *testing.T) {
		t.Parallel()
		limitsModel(t, open)
	})
}

const ms = time.Millisecond

func draws(t *testing.T, l store.Limits, in store.Draw, want store.Turns) {
	t.Helper()
	got, err := l.Draw(t.Context(), in)
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Fatalf("draw: %v (-want +got):\n%s", err, diff)
	}
}

func turnsPaced(t *testing.T, l store.Limits, clock *Clock) {
	in := store.Draw{Lane: "app", Every: 100 * ms, Room: 400 * ms, Most: 3}
	draws(t, l, in, store.Turns{N: 3})
	draws(t, l, in, store.Turns{N: 2, Ahead: 300 * ms})
	draws(t, l, in, store.Turns{Wait: 100 * ms})
	clock.Advance(99 * ms)
	draws(t, l, in, store.Turns{Wait: ms})
	clock.Advance(ms)
	draws(t, l, in, store.Turns{N: 1, Ahead: 400 * ms})
	in.Room = 100 * ms
	draws(t, l, in, store.Turns{Wait: 400 * ms})
	clock.Advance(time.Minute)
	in.Most = 10
	draws(t, l, in, store.Turns{N: 2})
}

func turnsReserved(t *testing.T, l store.Limits, clock *Clock) {
	in := store.Draw{Lane: "app", Every: 100 * ms, Most: 20}
	draws(t, l, in, store.Turns{N: 1})
	in.Wait = 99 * ms
	draws(t, l, in, store.Turns{Wait: 100 * ms})
	in.Wait = 250 * ms
	draws(t, l, in, store.Turns{N: 1, Ahead: 100 * ms, Wait: 100 * ms})
	draws(t, l, in, store.Turns{N: 1, Ahead: 200 * ms, Wait: 200 * ms})
	draws(t, l, in, store.Turns{Wait: 300 * ms})
	clock.Advance(300 * ms)
	draws(t, l, in, store.Turns{N: 1})
}

func turnsApart(t *testing.T, l store.Limits, _ *Clock) {
	in := store.Draw{Lane: "app", Every: time.Second, Most: 1}
	draws(t, l, in, store.Turns{N: 1})
	draws(t, l, in, store.Turns{Wait: time.Second})
	in.Lane = "app2"
	draws(t, l, in, store.Turns{N: 1})
}

func limitsRefused(t *testing.T, l store.Limits, _ *Clock) {
	for _, in := range []store.Draw{{Lane: "a", Most: 1}, {Lane: "a", Every: 1}, {Every: 1, Most: 1}} {
		if got, err := l.Draw(t.Context(), in); err == nil {
			t.Errorf("draw %+v gives %+v", in, got)
		}
	}
	for _, in := range []store.Told{{}, {Process: "p", News: []store.Pause{{Left: 1}}}} {
		if got, err := l.Tell(t.Context(), in); err == nil {
			t.Errorf("tell %+v gives %+v", in, got)
		}
	}
	if _, err := l.Only(t.Context(), "", time.Second); err == nil {
		t.Error("nothing was given to somebody")
	}
}

func tells(t *testing.T, l store.Limits, in store.Told, want store.Known) {
	t.Helper()
	got, err := l.Tell(t.Context(), in)
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Fatalf("tell: %v (-want +got):\n%s", err, diff)
	}
}

func pausesTold(t *testing.T, l store.Limits, clock *Clock) {
	tells(t, l, store.Told{Process: "a"}, store.Known{Processes: 1})
	app := store.Pause{Lane: "app", Left: 3 * time.Second, Since: 20 * ms, Count: 2, By: "of 388 a", Sure: true}
	one := store.Pause{Lane: "office:1", Left: time.Second, Count: 1}
	tells(t, l, store.Told{Process: "a", News: []store.Pause{app, one}}, store.Known{Processes: 1, Seq: 2, Pauses: []store.Pause{numbered(app, 1), numbered(one, 2)}})
	clock.Advance(time.Second)
	app.Left, app.Since, one.Left, one.Since = 2*time.Second, 1020*ms, 0, time.Second
	tells(t, l, store.Told{Process: "b"}, store.Known{Processes: 2, Seq: 2, Pauses: []store.Pause{numbered(app, 1), numbered(one, 2)}})
	tells(t, l, store.Told{Process: "b", After: 1}, store.Known{Processes: 2, Seq: 2, Pauses: []store.Pause{numbered(one, 2)}})
	tells(t, l, store.Told{Process: "b", After: 2}, store.Known{Processes: 2, Seq: 2})
	again := store.Pause{Lane: "app", Left: 10 * time.Second, Count: 3, By: "x"}
	tells(t, l, store.Told{Process: "b", After: 2, News: []store.Pause{again}}, store.Known{Processes: 2, Seq: 3, Pauses: []store.Pause{numbered(again, 3)}})
}

func numbered(p store.Pause, seq uint64) store.Pause {
	p.Seq = seq
	return p
}

func pausesEnded(t *testing.T, l store.Limits, _ *Clock) {
	app := store.Pause{Lane: "app", Left: time.Second, Count: 1}
	tells(t, l, store.Told{Process: "a", News: []store.Pause{app}}, store.Known{Processes: 1, Seq: 1, Pauses: []store.Pause{numbered(app, 1)}})
	newer := store.Pause{Lane: "app", Left: 5 * time.Second, Count: 2}
	tells(t, l, store.Told{Process: "b", News: []store.Pause{newer}}, store.Known{Processes: 2, Seq: 2, Pauses: []store.Pause{numbered(newer, 2)}})
	over := store.Pause{Lane: "app", Seq: 1} // of the first
	tells(t, l, store.Told{Process: "a", News: []store.Pause{over}}, store.Known{Processes: 2, Seq: 2, Pauses: []store.Pause{numbered(newer, 2)}})
	over.Seq = 2
	tells(t, l, store.Told{Process: "a", After: 2, News: []store.Pause{over}}, store.Known{Processes: 2, Seq: 3, Pauses: []store.Pause{numbered(over, 3)}})
	first := store.Pause{Lane: "breaker"} // an end where no pause ever stood
	tells(t, l, store.Told{Process: "a", After: 3, News: []store.Pause{first}}, store.Known{Processes: 2, Seq: 4, Pauses: []store.Pause{numbered(first, 4)}})
}

func processesCounted(t *testing.T, l store.Limits, clock *Clock) {
	tells(t, l, store.Told{Process: "a"}, store.Known{Processes: 1})
	clock.Advance(store.ProcessLife / 2)
	tells(t, l, store.Told{Process: "b"}, store.Known{Processes: 2})
	tells(t, l, store.Told{Process: "b"}, store.Known{Processes: 2})
	clock.Advance(store.ProcessLife / 2)
	tells(t, l, store.Told{Process: "b"}, store.Known{Processes: 1})
}

func onlyOne(t *testing.T, l store.Limits, clock *Clock) {
	for _, what := range []string{"probe", "trial"} {
		if wait, err := l.Only(t.Context(), what, shortly); wait != 0 || err != nil {
			t.Fatalf("%s: %v, %v", what, wait, err)
		}
	}
	if wait, err := l.Only(t.Context(), "probe", shortly); wait <= 0 || wait > shortly || err != nil {
		t.Fatalf("the second: %v, %v", wait, err)
	}
	clock.Lapse(shortly + 20*ms)
	if wait, err := l.Only(t.Context(), "probe", time.Minute); wait != 0 || err != nil {
		t.Fatalf("later: %v, %v", wait, err)
	}
}

// limitsModel draws and tells at random and compares every answer with the model's.
func limitsModel(t *testing.T, open OpenLimits) {
	rapid.Check(t, func(rt *rapid.T) {
		clock := NewClock()
		engine, model := open(t, clock), model.NewLimits(clock.Now)
		prefix := strings.Repeat("l", 1+rapid.IntRange(0, 3).Draw(rt, "lanes"))
		rt.Repeat(map[string]func(*rapid.T){
			"advance": func(rt *rapid.T) { clock.Advance(time.Duration(rapid.IntRange(1, 3000).Draw(rt, "ms")) * ms) },
			"draw": func(rt *rapid.T) {
				in := store.Draw{
					Lane: prefix, Every: time.Duration(rapid.IntRange(1, 900).Draw(rt, "every")) * ms, Most: rapid.IntRange(1, 20).Draw(rt, "most"),
					Room: time.Duration(rapid.IntRange(0, 4000).Draw(rt, "room")) * ms, Wait: time.Duration(rapid.IntRange(0, 3000).Draw(rt, "wait")) * ms,
				}
				want, _ := model.Draw(t.Context(), in)
				got, err := engine.Draw(t.Context(), in)
				if err != nil || got != want {
					rt.Fatalf("draw %+v gives %+v, %v, want %+v", in, got, err, want)
				}
			},
			"tell": func(rt *rapid.T) {
				in := store.Told{Process: rapid.SampledFrom([]string{"a", "b"}).Draw(rt, "process"), After: rapid.Uint64Range(0, 9).Draw(rt, "after")}
				for range rapid.IntRange(0, 2).Draw(rt, "news") {
					in.News = append(in.News, drawPause(rt))
				}
				want, _ := model.Tell(t.Context(), in)
				got, err := engine.Tell(t.Context(), in)
				if diff := cmp.Diff(want, got); err != nil || diff != "" {
					rt.Fatalf("tell: %v (-model +engine):\n%s", err, diff)
				}
				if !slices.IsSortedFunc(got.Pauses, func(a, b store.Pause) int { return int(a.Seq) - int(b.Seq) }) {
					rt.Fatal("not in order")
				}
			},
		})
	})
}

func drawPause(t *rapid.T) store.Pause {
	d := func(what string) time.Duration { return time.Duration(rapid.IntRange(0, 3000).Draw(t, what)) * ms }
	return store.Pause{
		Lane: rapid.SampledFrom([]string{"app", "office:1"}).Draw(t, "lane"), Left: d("left"), Since: d("since"),
		Count: rapid.IntRange(0, 5).Draw(t, "count"), By: rapid.SampledFrom([]string{"", "1", "a b"}).Draw(t, "by"),
		Sure: rapid.Bool().Draw(t, "sure"), Seq: rapid.Uint64Range(0, 9).Draw(t, "seq"),
	}
}
