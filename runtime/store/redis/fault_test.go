package redis_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/redis"
	"hoithoai/runtime/store/redistest"
	"hoithoai/runtime/store/storetest"
)

// until waits for something that another goroutine or the server does.
func until(t *testing.T, done func() bool) {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for !done() {
		select {
		case <-tick.C:
		case <-t.Context().Done():
			t.Fatal("test ended before its time")
		}
	}
}

func id(name string) (id store.ID8) {
	copy(id[:], name)
	return id
}

func TestCallsWaitForAServerThatComesBack(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t, "--appendfsync", "always")
	s := connect(t, redis.Config{URL: server.URL(), Patience: 20 * time.Second})
	in := store.Accept{Key: "a", ID: id("e1"), Body: []byte("x")}
	if _, err := s.Accept(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	server.Kill()
	answer := make(chan error)
	go func() {
		in := in
		in.ID = id("e2")
		res, err := s.Accept(t.Context(), in)
		if err == nil && res.Status != store.Queued {
			err = fmt.Errorf("status %d", res.Status)
		}
		answer <- err
	}()
	server.Restart()
	if err := <-answer; err != nil {
		t.Fatalf("accept over a restart: %v", err)
	}
	if res, err := s.Accept(t.Context(), in); err != nil || res.Status != store.Duplicate {
		t.Fatalf("accept again: %+v, %v", res, err) // scripts were lost with the restart and are loaded again
	}
}

func TestACallGivesUpAfterItsPatience(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s := connect(t, redis.Config{URL: server.URL(), Patience: 100 * time.Millisecond})
	server.Kill()
	if _, err := s.Release(t.Context(), "a"); !errors.Is(err, store.ErrUnavailable) {
		t.Fatalf("release gave %v", err)
	}
}

func TestAFrozenServerIsUnavailable(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s := connect(t, redis.Config{URL: server.URL(), Patience: time.Hour, Timeout: time.Hour})
	server.Freeze()
	defer server.Thaw()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := s.Accept(ctx, store.Accept{Key: "a", ID: id("e1")})
	if !errors.Is(err, store.ErrUnavailable) || !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("accept gave %v", err)
	}
	server.Thaw()
	res, err := s.Accept(t.Context(), store.Accept{Key: "a", ID: id("e1")})
	if err != nil || res.Status != store.Accepted && res.Status != store.Duplicate {
		t.Fatalf("accept after the thaw: %+v, %v", res, err)
	}
}

// TestFullMemoryRefusesAndKeepsWhatItHas lets the server have less memory than it uses: what would need more is refused and
// leaves nothing, what was taken stays, and what frees memory still works.
func TestFullMemoryRefusesAndKeepsWhatItHas(t *testing.T) {
	t.Parallel()
	s := connect(t, redis.Config{URL: redistest.Start(t).URL(), Partitions: 1})
	ctx := t.Context()
	step := store.Commit{
		Key: "sending", Event: id("e1"), Session: []byte("s"), Out: []store.Item{{ID: id("o1"), Body: []byte("x")}},
		Timers: []store.Timer{{Name: "a", Gen: 1, At: time.Unix(1, 0), Body: []byte("t")}},
	}
	for _, key := range []store.Key{"sending", "waiting"} {
		if _, err := s.Accept(ctx, store.Accept{Key: key, ID: id("e1"), Body: []byte("x")}); err != nil {
			t.Fatal(err)
		}
	}
	if res, err := s.Commit(ctx, step); err != nil || res.Status != store.Committed {
		t.Fatalf("commit: %+v, %v", res, err)
	}
	if err := s.Client().ConfigSet(ctx, "maxmemory", "100kb").Err(); err != nil {
		t.Fatal(err)
	}
	_, accept := s.Accept(ctx, store.Accept{Key: "new", ID: id("e1"), Body: []byte("x")})
	step.Key = "waiting"
	_, commit := s.Commit(ctx, step)
	_, _, fire := s.Fire(ctx, store.Due{Key: "sending", Name: "a", Gen: 1}, id("t1"))
	_, _, record := s.Append(ctx, "list", id("by"), []byte("x"))
	_, take := s.Take(ctx, "place", id("by"), 1)
	for i, err := range []error{accept, commit, fire, record, take, s.SaveBundle(ctx, "hash", []byte("x"))} {
		if !errors.Is(err, store.ErrFull) {
			t.Errorf("call %d gave %v, want full", i, err)
		}
	}
	if w, err := s.Load(ctx, "new"); err != nil || w.Head != nil || !w.Lease.IsZero() {
		t.Errorf("refused person has %+v, %v", w, err)
	}
	if w, err := s.Load(ctx, "waiting"); err != nil || w.Head == nil || w.Session != nil || w.Out != nil {
		t.Errorf("after a refused commit: %+v, %v", w, err)
	}
	if d, err := s.Done(ctx, "sending", id("o1")); err != nil || !d.Free {
		t.Errorf("done on a full server: %+v, %v", d, err)
	}
	if err := s.Client().ConfigSet(ctx, "maxmemory", "0").Err(); err != nil {
		t.Fatal(err)
	}
	if fired, w, err := s.Fire(ctx, store.Due{Key: "sending", Name: "a", Gen: 1}, id("t1")); err != nil || !fired || w == nil {
		t.Errorf("fire with room again: %v, %v, %v", fired, w, err)
	}
}

// TestTheServerSeesOnlyWhatItWasGiven looks at all that Redis wrote: keys and values as they came in, nothing made of them.
func TestTheServerSeesOnlyWhatItWasGiven(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t, "--appendfsync", "always")
	s := connect(t, redis.Config{URL: server.URL()})
	in := store.Accept{Key: "hashed-name", ID: id("e1"), Body: []byte("sealed-words")}
	if _, err := s.Accept(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	aof := server.AppendOnly()
	for _, want := range []string{"hashed-name", "sealed-words"} {
		if !bytes.Contains(aof, []byte(want)) {
			t.Errorf("append-only file has no %s", want)
		}
	}
	if bytes.Contains(aof, []byte("EVAL")) {
		t.Error("append-only file has scripts instead of their effects")
	}
}

// TestKill kills the server again and again under writers that repeat what got no answer. Nothing that was acknowledged is
// lost (a killed process loses nothing it has written, and the file is flushed before every answer), nothing is applied
// twice, and the order holds.
func TestKill(t *testing.T) {
	t.Parallel()
	const writers, kills = 4, 10
	server := redistest.Start(t, "--appendfsync", "always")
	s := connect(t, redis.Config{
		URL: server.URL(), Patience: 30 * time.Second, Store: store.Config{Journal: 1 << 20},
	})
	var acked atomic.Int64
	var stop atomic.Bool
	var wg sync.WaitGroup
	reached := make([]uint64, writers)
	for w := range writers {
		wg.Go(func() {
			for !stop.Load() {
				rev, err := applyNext(t.Context(), s, store.Key(fmt.Sprintf("person-%d", w)), reached[w]+1)
				if err != nil {
					t.Errorf("apply: %v", err)
					return
				}
				reached[w] = rev
				acked.Add(1)
			}
		})
	}
	rnd := rand.New(rand.NewPCG(storetest.Seed(t), 2))
	for range kills {
		target := acked.Load() + 1 + rnd.Int64N(30)
		until(t, func() bool { return acked.Load() >= target || t.Failed() })
		server.Restart()
	}
	stop.Store(true)
	wg.Wait()
	for w, rev := range reached {
		checkHistory(t, s, store.Key(fmt.Sprintf("person-%d", w)), rev)
	}
}

// applyNext takes a person's event number n through accept, commit and done, whatever became of earlier attempts.
func applyNext(ctx context.Context, s *redis.Store, key store.Key, n uint64) (uint64, error) {
	var number store.ID8
	binary.BigEndian.PutUint64(number[:], n)
	if _, err := s.Accept(ctx, store.Accept{Key: key, ID: number, Body: number[:]}); err != nil {
		return 0, err
	}
	res, err := s.Commit(ctx, store.Commit{
		Key: key, Rev: n - 1, Event: number, Session: number[:], Journal: number[:], Out: []store.Item{{ID: number, Body: number[:]}},
	})
	if err != nil || res.Status != store.Committed && res.Status != store.Already {
		return 0, fmt.Errorf("commit of %d: status %d, %w", n, res.Status, err)
	}
	_, err = s.Done(ctx, key, number)
	return res.Rev, err
}

func checkHistory(t *testing.T, s *redis.Store, key store.Key, rev uint64) {
	t.Helper()
	w, err := s.Load(t.Context(), key)
	if err != nil || w.Session == nil || w.Session.Rev != rev || w.Head != nil || w.Out != nil {
		t.Fatalf("%s at revision %d has %+v, %v", key, rev, w, err)
	}
	entries, err := s.Journal(t.Context(), key)
	if err != nil || uint64(len(entries)) != rev || rev == 0 {
		t.Fatalf("%s has %d journal entries at revision %d, %v", key, len(entries), rev, err)
	}
	for i, e := range entries {
		if got := binary.BigEndian.Uint64(e); got != uint64(i+1) {
			t.Fatalf("%s applied event %d as number %d", key, got, i+1)
		}
	}
}
