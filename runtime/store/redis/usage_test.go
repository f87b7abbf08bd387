package redis_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	client "github.com/redis/go-redis/v9"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/redis"
	"hoithoai/runtime/store/redistest"
)

// usageOf is what a person takes, by kind.
func usageOf(t *testing.T, s *redis.Store, key store.Key) map[string]redis.Usage {
	t.Helper()
	list, err := s.Usage(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]redis.Usage{}
	for _, u := range list {
		if _, twice := out[u.Kind]; twice || u.Bytes <= 0 {
			t.Errorf("%s is told as %+v", u.Kind, list)
		}
		out[u.Kind] = u
	}
	return out
}

func TestUsage(t *testing.T) {
	t.Parallel()
	s := connect(t, redis.Config{URL: redistest.Start(t).URL()})
	if got := usageOf(t, s, "nobody"); len(got) != 0 {
		t.Errorf("nobody takes %+v", got)
	}
	apply(t, s, "some", 1, 600)
	small := usageOf(t, s, "some")
	for _, kind := range []string{redis.UsageSession, redis.UsageJournal, "outbox", "ring", "schedule"} {
		if small[kind].Bytes == 0 || small[kind].Shared != (kind == "schedule") {
			t.Errorf("%s is told as %+v", kind, small[kind])
		}
	}
	if small["mailbox"].Bytes != 0 || small[redis.UsageSession].Bytes < 600 {
		t.Errorf("somebody with a session of 600 bytes and no mail takes %+v", small)
	}
	apply(t, s, "some", 2, 6000)
	if large := usageOf(t, s, "some"); large[redis.UsageSession].Bytes < 6000 || large["ring"].Bytes <= small["ring"].Bytes {
		t.Errorf("from %+v to %+v", small, large)
	}
	if err := s.Forget(t.Context(), "some"); err != nil {
		t.Fatal(err)
	}
	left := usageOf(t, s, "some")
	if _, rings := left["ring"]; rings || left[redis.UsageSession].Bytes < 6000 {
		t.Errorf("after forgetting: %+v", left)
	}
	if _, err := s.Usage(t.Context(), "a|b"); err == nil {
		t.Error("an impossible key is measured")
	}
}

// A person's part of a shared key is what the entries are, and no more for there being others.
func TestUsageOfShared(t *testing.T) {
	t.Parallel()
	s := connect(t, redis.Config{URL: redistest.Start(t).URL(), Partitions: 1})
	for i := range 300 {
		apply(t, s, store.Key(fmt.Sprintf("p%03d", i)), 1, 10)
	}
	if n := usageOf(t, s, "p007")["schedule"].Bytes; n < 30 || n > 400 {
		t.Errorf("one timer of 300 takes %d bytes of the schedule", n)
	}
}

// apply takes an event of a person and steps it, with an answer, a timer and an entry of the journal.
func apply(t *testing.T, s *redis.Store, key store.Key, n byte, size int) {
	t.Helper()
	id := store.ID8{n}
	if res, err := s.Accept(t.Context(), store.Accept{Key: key, ID: id}); err != nil || res.Status == store.Duplicate {
		t.Fatalf("%d, %v", res.Status, err)
	}
	res, err := s.Commit(t.Context(), store.Commit{
		Key: key, Rev: uint64(n - 1), Event: id, Session: make([]byte, size), Journal: []byte("entry"),
		Out:    []store.Item{{ID: id, Body: []byte("answer")}},
		Timers: []store.Timer{{Name: "a", Gen: 1, At: time.Now().Add(time.Hour), Body: []byte("timer")}},
	})
	if err != nil || res.Status != store.Committed {
		t.Fatalf("%d, %v", res.Status, err)
	}
}

func TestSpent(t *testing.T) {
	t.Parallel()
	s := connect(t, redis.Config{URL: redistest.Start(t, "--appendfsync", "always").URL()})
	before, err := s.Spent(t.Context())
	if err != nil || before.Keys != 1 || before.Version == "" || !before.AOF || before.Fsync != "always" || before.Memory <= 0 {
		t.Fatalf("%+v, %v", before, err)
	}
	apply(t, s, "some", 1, 1<<20)
	after, err := s.Spent(t.Context())
	if err != nil || after.CPU <= before.CPU || after.Memory < before.Memory+1<<20 || after.Keys < 4 {
		t.Errorf("from %+v to %+v, %v", before, after, err)
	}
}

// Connections come and go: what they take is not what is kept, and neither is what still waits for the append-only file.
func TestSpentWithoutConnections(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s := connect(t, redis.Config{URL: server.URL()})
	before, err := s.Spent(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	all := used(t, s)
	for range 60 {
		c := client.NewClient(&client.Options{Addr: server.Addr})
		t.Cleanup(func() { _ = c.Close() })
		if err := c.Ping(t.Context()).Err(); err != nil {
			t.Fatal(err)
		}
	}
	after, err := s.Spent(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	took := used(t, s) - all
	if kept := after.Memory - before.Memory; took < 60*1024 || kept > took/4 || kept < -took/4 {
		t.Errorf("sixty connections take %d bytes, of which %d count as kept", took, kept)
	}
}

// used is used_memory as the server tells it.
func used(t *testing.T, s *redis.Store) (n int64) {
	t.Helper()
	text, err := s.Client().Info(t.Context(), "memory").Result()
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(text, "used_memory:")
	if _, err := fmt.Sscan(rest, &n); err != nil {
		t.Fatal(err)
	}
	return n
}
