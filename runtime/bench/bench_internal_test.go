package bench

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// Zero fields take the documented defaults, and what is set stays.
func TestDefaults(t *testing.T) {
	t.Parallel()
	ignore := cmpopts.IgnoreFields(Config{}, "Now", "Progress")
	want := Config{Store: StoreRedis, People: 10_000, Connections: 50, Round: 5 * time.Second, Rounds: 3}
	got := Config{}.withDefaults()
	if d := cmp.Diff(want, got, ignore); d != "" || got.Progress == nil {
		t.Errorf("-want +got:\n%s", d)
	}
	got.Progress("nobody hears it")
	set := Config{Store: StoreEmbedded, People: 9, Connections: 8, Round: 7, Rounds: 6, Sizes: []int{100}, FullJournal: true}
	if d := cmp.Diff(set, set.withDefaults(), ignore); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

// What is just possible is not refused.
func TestPossible(t *testing.T) {
	t.Parallel()
	for name, cfg := range map[string]Config{
		"as many people as hands": {People: 3, Connections: 3},
		"one of everything":       {People: 1, Connections: 1, Rounds: 1, Round: 1},
		"sizes just apart":        {People: 3, Connections: 3, Sizes: []int{3, 6, 10}},
		"a server":                {URL: "redis://x"},
		"a file":                  {Store: StoreEmbedded},
	} {
		cfg.Now, cfg.Folder = time.Now, "x"
		if err := cfg.withDefaults().check(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, cfg := range map[string]Config{
		"sizes too near": {People: 3, Connections: 3, Sizes: []int{3, 5}},
		"first too few":  {People: 3, Connections: 3, Sizes: []int{2}},
	} {
		cfg.Now, cfg.Folder = time.Now, "x"
		if err := cfg.withDefaults().check(); !errors.Is(err, ErrConfig) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Each round takes every figure once, in turns.
func TestTurns(t *testing.T) {
	t.Parallel()
	bothWorlds(t, func(t *testing.T, w *world) {
		var heard []string
		w.cfg.Progress = func(what string) { heard = append(heard, what) }
		w.cfg.Rounds, w.cfg.Round, w.cfg.People = 2, 1, 2
		rounds, err := w.turns(t.Context(), w.newCrowd(2))
		if err != nil || len(rounds) != 2 {
			t.Fatalf("%d rounds, %v", len(rounds), err)
		}
		want := []string{
			"bare protocol 1/2", "whole events 1/2", "webhooks 1/2", "bare protocol 2/2", "whole events 2/2", "webhooks 2/2",
		}
		if d := cmp.Diff(want, heard); d != "" {
			t.Errorf("-want +got:\n%s", d)
		}
		for i, r := range rounds {
			if r.Bare.Events < 1 || r.Whole.Events < 1 || r.Door.Events < 1 {
				t.Errorf("round %d is %+v", i, r)
			}
		}
	})
}

// Nothing is measured under an ended context.
func TestTurnsEnd(t *testing.T) {
	t.Parallel()
	w := smallWorld(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if rounds, err := w.turns(ctx, w.newCrowd(1)); err == nil {
		t.Errorf("%d rounds", len(rounds))
	}
	if _, err := w.measure(ctx); err == nil {
		t.Error("a measurement comes to its end")
	}
}

// A round in which something is lost is told with the figure it was of.
func TestClosedFails(t *testing.T) {
	t.Parallel()
	w := &world{cfg: Config{Now: time.Now, Connections: 3, Round: time.Minute}}
	fail := errors.New("fail")
	do := func(_ context.Context, hand, turn int) error {
		if hand == 1 && turn == 2 {
			return fail
		}
		if turn == 3 {
			return errors.New("others stop too")
		}
		return nil
	}
	if _, err := w.closed(t.Context(), do); !errors.Is(err, fail) {
		t.Errorf("one hand's fault: %v", err)
	}
	w.cfg.Round = 1
	rate, err := w.closed(t.Context(), func(context.Context, int, int) error { return nil })
	if err != nil || rate.Events < 3 {
		t.Errorf("%+v, %v: each of three hands does at least one", rate, err)
	}
}
