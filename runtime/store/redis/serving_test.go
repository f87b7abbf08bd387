package redis_test

import (
	"testing"
	"time"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/redis"
	"hoithoai/runtime/store/redistest"
	"hoithoai/runtime/store/storetest"
)

// TestServing counts who has told that it serves, until it has been silent for its life.
func TestServing(t *testing.T) {
	t.Parallel()
	clock := storetest.NewClock()
	s := connect(t, redis.Config{URL: redistest.Start(t).URL(), Clock: clock.Now})
	serving := func(want int) {
		t.Helper()
		if n, err := s.Serving(t.Context()); err != nil || n != want {
			t.Errorf("%d serve, %v, want %d", n, err, want)
		}
	}
	tell := func(process string) {
		t.Helper()
		if _, err := s.Tell(t.Context(), store.Told{Process: process}); err != nil {
			t.Fatal(err)
		}
	}
	serving(0)
	tell("one")
	clock.Advance(store.ProcessLife / 2)
	tell("two")
	serving(2)
	clock.Advance(store.ProcessLife / 2)
	serving(1)
	clock.Advance(time.Hour)
	serving(0)
	if err := storetest.Load(t.Context(), s, nil); err != nil {
		t.Errorf("a store that was only told of limits is not empty: %v", err)
	}
}
