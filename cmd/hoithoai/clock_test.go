package main

import (
	"context"
	"errors"
	"testing"
	"time"

	"hoithoai/runtime/deployment"
)

// timedStore is a store with a clock of its own.
type timedStore struct {
	deployment.Store
	at  time.Time
	err error
}

func (s timedStore) Time(context.Context) (time.Time, error) { return s.at, s.err }

// untimedStore is a store that goes by the process's clock.
type untimedStore struct{ deployment.Store }

func TestServeGoesByTheClockOfItsStore(t *testing.T) {
	t.Parallel()
	own := time.Date(2026, 11, 24, 20, 0, 0, 0, time.UTC)
	a := &app{system: system{now: func() time.Time { return own }}}
	for name, tc := range map[string]struct {
		store deployment.Store
		want  time.Time
	}{
		"ahead":  {timedStore{at: own.Add(time.Hour)}, own.Add(time.Hour)},
		"behind": {timedStore{at: own.Add(-time.Hour)}, own.Add(-time.Hour)},
		"none":   {untimedStore{}, own},
	} {
		var got time.Time
		err := a.byStore(t.Context(), opened{Store: tc.store}, func(a *app) error {
			got = a.now()
			return nil
		})
		if err != nil || !got.Equal(tc.want) {
			t.Errorf("%s: serves at %v, want %v; %v", name, got, tc.want, err)
		}
	}
	if !a.now().Equal(own) {
		t.Error("the verb itself has another clock now")
	}
}

func TestServeNeedsTheClockOfItsStore(t *testing.T) {
	t.Parallel()
	away := errors.New("away")
	a := &app{system: system{now: time.Now}}
	err := a.byStore(t.Context(), opened{Store: timedStore{err: away}}, func(*app) error {
		t.Error("it served")
		return nil
	})
	if !errors.Is(err, away) {
		t.Errorf("error %v", err)
	}
}

func TestServeEndsWithItsClock(t *testing.T) {
	t.Parallel()
	a, gone := &app{system: system{now: time.Now}}, errors.New("served to the end")
	ctx, cancel := context.WithCancel(t.Context())
	err := a.byStore(ctx, opened{Store: timedStore{at: time.Now()}}, func(*app) error {
		cancel()
		return gone
	})
	if !errors.Is(err, gone) {
		t.Errorf("error %v", err)
	}
}
