package redis_test

import (
	"fmt"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"github.com/google/go-cmp/cmp"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/redis"
	"hoithoai/runtime/store/redistest"
)

// oldStore writes by hand what a process of layout 1 had written: a person with two timers of an hour ago and of tomorrow and a
// session that lives for a day, one with a timer and no session, and one without timers.
func oldStore(t *testing.T, s *redis.Store, tomorrow time.Time) {
	t.Helper()
	c, ctx := s.Client(), t.Context()
	names := func(key string) (session, timers, schedule string) {
		keys := s.PersonKeys(key)
		return keys[0], keys[5], keys[8]
	}
	session, timers, schedule := names("both")
	_, lone, other := names("bare")
	plain, _, _ := names("plain")
	past := time.Now().Add(-time.Hour).UnixMilli()
	pipe := c.Pipeline()
	pipe.Set(ctx, session, "0000000003lastlastbody", 24*time.Hour)
	pipe.HSet(ctx, timers, "a\x000000000007", "first", "b\x000000000012", "second")
	pipe.ZAdd(ctx, schedule, goredis.Z{Score: float64(past), Member: "both\x00a\x000000000007"}, goredis.Z{Score: float64(tomorrow.UnixMilli()), Member: "both\x00b\x000000000012"})
	pipe.HSet(ctx, lone, "c\x000000000000", "third")
	pipe.ZAdd(ctx, other, goredis.Z{Score: float64(past), Member: "bare\x00c\x000000000000"})
	pipe.Set(ctx, plain, "0000000009lastlastbody", 0)
	pipe.HSet(ctx, "ht:meta", "layout", "1")
	if _, err := pipe.Exec(ctx); err != nil {
		t.Fatal(err)
	}
}

// What a process of the layout before wrote is read, fires and ends as it would have.
func TestMigrate(t *testing.T) {
	t.Parallel()
	url := redistest.Start(t).URL()
	tomorrow := time.UnixMilli(time.Now().Add(24 * time.Hour).UnixMilli())
	oldStore(t, connect(t, redis.Config{URL: url, Partitions: 2}), tomorrow)
	s := connect(t, redis.Config{URL: url})
	if layout, err := s.Client().HGet(t.Context(), "ht:meta", "layout").Result(); err != nil || layout != "2" {
		t.Fatalf("layout %q, %v", layout, err)
	}
	found := map[string]*store.PersonEntry{}
	err := s.Dump(t.Context(), func(e store.Entry) error {
		found[string(e.Person.Key)] = e.Person
		return nil
	})
	if err != nil || len(found) != 3 {
		t.Fatalf("%d people, %v", len(found), err)
	}
	both := found["both"]
	if both.Session == nil || both.Session.Rev != 3 || string(both.Session.Body) != "body" || both.SessionLife <= 23*time.Hour || both.SessionLife > 24*time.Hour {
		t.Errorf("the session came as %+v with %s to live", both.Session, both.SessionLife)
	}
	if len(both.Timers) != 2 || both.Timers[1].Name != "b" || both.Timers[1].Gen != 12 || !both.Timers[1].At.Equal(tomorrow) || string(both.Timers[1].Body) != "second" {
		t.Errorf("the timers came as %+v", both.Timers)
	}
	if plain := found["plain"]; plain.Session == nil || plain.Session.Rev != 9 || plain.SessionLife != 0 || found["bare"].Session != nil {
		t.Errorf("who has no timers came as %+v", plain)
	}
	if n := claimed(t, s); n != 2 {
		t.Errorf("%d timers are due, want 2", n)
	}
	for _, key := range []string{"both", "bare"} {
		if n, err := s.Client().Exists(t.Context(), s.PersonKeys(key)[5]).Result(); err != nil || n != 0 {
			t.Errorf("the old key of %s is still there: %v", key, err)
		}
	}
}

// claimed fires everything that is due and returns how much there was.
func claimed(t *testing.T, s *redis.Store) (n int) {
	t.Helper()
	for p := range s.Partitions() {
		_, due, _, err := s.Claim(t.Context(), p, 10)
		if err != nil {
			t.Fatal(err)
		}
		for i, d := range due {
			fired, _, err := s.Fire(t.Context(), d, store.ID8{byte(i)})
			if err != nil || !fired {
				t.Errorf("%+v fires: %v, %v", d, fired, err)
			}
			n++
		}
	}
	return n
}

// A migration that is stopped anywhere and begun again moves everything once.
func TestMigrateAgain(t *testing.T) {
	t.Parallel()
	url := redistest.Start(t).URL()
	tomorrow := time.Now().Add(24 * time.Hour)
	first := connect(t, redis.Config{URL: url, Partitions: 1})
	oldStore(t, first, tomorrow)
	connect(t, redis.Config{URL: url})
	again := connect(t, redis.Config{URL: url, Partitions: 1})
	if err := again.Client().HSet(t.Context(), "ht:meta", "layout", "1").Err(); err != nil {
		t.Fatal(err)
	}
	last := connect(t, redis.Config{URL: url})
	if n := claimed(t, last); n != 2 {
		t.Errorf("%d timers are due, want 2", n)
	}
	if err := last.Client().HSet(t.Context(), "ht:meta", "layout", "0").Err(); err != nil {
		t.Fatal(err)
	}
	if _, err := redis.Open(t.Context(), redis.Config{URL: url}); err == nil {
		t.Error("a layout nobody knows is opened")
	}
	if err := last.Client().HSet(t.Context(), "ht:meta", "layout", "1").Err(); err != nil {
		t.Fatal(err)
	}
	if _, err := redis.Open(t.Context(), redis.Config{URL: url, Partitions: 2}); err == nil {
		t.Error("other partitions pass with an old layout")
	}
}

// An entry of the schedule whose timers are gone (somebody deleted keys by hand) is taken off, and holds nobody up.
func TestScheduleWithoutTimers(t *testing.T) {
	t.Parallel()
	s := connect(t, redis.Config{URL: redistest.Start(t).URL(), Partitions: 1})
	for i := range 3 {
		key := store.Key(fmt.Sprintf("p%d", i))
		if _, err := s.Accept(t.Context(), store.Accept{Key: key}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Commit(t.Context(), store.Commit{Key: key, Session: []byte("s"), Timers: []store.Timer{{Name: "a", At: time.UnixMilli(int64(1 + i))}}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Client().Del(t.Context(), s.PersonKeys("p0")[0]).Err(); err != nil {
		t.Fatal(err)
	}
	_, due, _, err := s.Claim(t.Context(), 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	want := []store.Due{{Key: "p1", Name: "a"}, {Key: "p2", Name: "a"}}
	if d := cmp.Diff(want, due); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	schedule := s.PersonKeys("p0")[8]
	if n, err := s.Client().ZCard(t.Context(), schedule).Result(); err != nil || n != 2 {
		t.Errorf("%d entries stay, %v", n, err)
	}
}
