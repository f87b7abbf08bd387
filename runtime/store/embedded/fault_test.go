//go:build unix

package embedded_test

import (
	"errors"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"testing"
	"time"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/embedded"
	"hoithoai/runtime/store/storetest"
)

// fill accepts large events of new people until the store refuses, and returns who was taken and the refusal.
func fill(t *testing.T, s *embedded.Store, body int) (taken []store.Key, refusal error) {
	t.Helper()
	for i := range 1000 {
		key := store.Key(fmt.Sprintf("p%d", i))
		_, err := s.Accept(t.Context(), store.Accept{Key: key, ID: id("e1"), Body: make([]byte, body)})
		if err != nil {
			return taken, err
		}
		taken = append(taken, key)
	}
	t.Fatal("the store never got full")
	return nil, nil
}

// whole checks that what was taken is there, and that the refused person was left untouched.
func whole(t *testing.T, s *embedded.Store, taken []store.Key) {
	t.Helper()
	if errs := s.Check(); errs != nil {
		t.Errorf("file is damaged: %v", errs)
	}
	for _, key := range taken {
		accept(t, s, key, "e1", store.Duplicate)
	}
	refused := store.Key(fmt.Sprintf("p%d", len(taken)))
	if w, err := s.Load(t.Context(), refused); err != nil || w.Head != nil || !w.Lease.IsZero() {
		t.Errorf("refused person has %+v, %v", w, err)
	}
}

func TestFullStoreRefusesAndKeepsWhatItHas(t *testing.T) {
	t.Parallel()
	path, clock := tempPath(t), storetest.NewClock()
	s, err := embedded.Open(embedded.Config{Path: path, Clock: clock.Now, MaxSize: 4 << 20})
	if err != nil {
		t.Fatal(err)
	}
	taken, refusal := fill(t, s, 100_000)
	if !errors.Is(refusal, store.ErrFull) || len(taken) == 0 {
		t.Fatalf("after %d people: %v", len(taken), refusal)
	}
	whole(t, s, taken)
	closeStore(t, s)
	whole(t, openAt(t, path, store.Config{}, clock), taken)
}

// TestFullDisk runs in a process of its own, whose files the system does not let grow beyond a limit.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	if os.Getenv(roleEnv) == "" {
		runChild(t, "full", "-test.run=^TestFullDisk$")
		return
	}
	signal.Ignore(syscall.SIGXFSZ)
	path := tempPath(t)
	s, err := embedded.Open(embedded.Config{Path: path, Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	var free syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &free); err != nil {
		t.Fatal(err)
	}
	limitFiles(t, syscall.Rlimit{Cur: 3 << 20, Max: free.Max})
	taken, refusal := fill(t, s, 100_000)
	if !errors.Is(refusal, store.ErrFull) || len(taken) == 0 {
		t.Fatalf("after %d people: %v", len(taken), refusal)
	}
	limitFiles(t, free) // somebody made room
	whole(t, s, taken)
	closeStore(t, s)
}

func limitFiles(t *testing.T, limit syscall.Rlimit) {
	t.Helper()
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
}

func TestFileThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	path, clock := tempPath(t), storetest.NewClock()
	s := openAt(t, path, store.Config{}, clock)
	accept(t, s, person, "e1", store.Accepted)
	commit(t, s, store.Commit{Key: person, Event: id("e1"), Session: []byte("s")}, store.Released)
	closeStore(t, s)

	readOnly := func(path string, flag int, mode os.FileMode) (*os.File, error) {
		return os.OpenFile(path, flag&^os.O_RDWR|os.O_RDONLY, mode)
	}
	s, err := embedded.OpenWith(embedded.Config{Path: path, Clock: clock.Now}, readOnly)
	if err != nil {
		if !errors.Is(err, store.ErrUnavailable) {
			t.Fatalf("open gave %v", err)
		}
	} else {
		t.Cleanup(func() { closeStore(t, s) })
		_, err = s.Accept(t.Context(), store.Accept{Key: person, ID: id("e2")})
		if !errors.Is(err, store.ErrUnavailable) {
			t.Fatalf("accept gave %v", err)
		}
		closeStore(t, s)
	}
	s = openAt(t, path, store.Config{}, clock)
	accept(t, s, person, "e1", store.Duplicate)
	if w := accept(t, s, person, "e2", store.Accepted); w.Session == nil || w.Session.Rev != 1 {
		t.Errorf("work after the fault: %+v", w)
	}
}

// TestDamageOfOneHurtsNobodyElse lets operations on a damaged person share flushes with others: only theirs fail.
func TestDamageOfOneHurtsNobodyElse(t *testing.T) {
	t.Parallel()
	s := openAt(t, tempPath(t), store.Config{}, storetest.NewClock())
	if err := s.Damage("damaged"); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for i := range 40 {
		wg.Go(func() {
			key := store.Key(fmt.Sprintf("p%d", i))
			if res, err := s.Accept(t.Context(), store.Accept{Key: key, ID: id("e1")}); err != nil || res.Status != store.Accepted {
				t.Errorf("accept of %s: %+v, %v", key, res, err)
			}
		})
		wg.Go(func() {
			if _, err := s.Release(t.Context(), "damaged"); !errors.Is(err, store.ErrUnavailable) {
				t.Errorf("release of the damaged person gave %v", err)
			}
		})
	}
	wg.Wait()
	for i := range 40 {
		accept(t, s, store.Key(fmt.Sprintf("p%d", i)), "e1", store.Duplicate)
	}
}

func TestErrorsOfTheSystemAreNamed(t *testing.T) {
	t.Parallel()
	for cause, want := range map[error]error{
		syscall.ENOSPC: store.ErrFull, syscall.EDQUOT: store.ErrFull, syscall.EFBIG: store.ErrFull,
		syscall.EROFS: store.ErrUnavailable, syscall.EIO: store.ErrUnavailable, os.ErrClosed: store.ErrUnavailable,
	} {
		err := embedded.MapError(&os.PathError{Op: "write", Path: "x", Err: cause})
		if !errors.Is(err, want) || !errors.Is(err, cause) {
			t.Errorf("%v became %v, want %v", cause, err, want)
		}
	}
}

func FuzzDecodeState(f *testing.F) {
	f.Add(make([]byte, 70))
	f.Add([]byte("short"))
	f.Fuzz(func(t *testing.T, b []byte) {
		again, err := embedded.DecodeState(b)
		if err != nil {
			return
		}
		twice, err := embedded.DecodeState(again)
		if err != nil || string(twice) != string(again) {
			t.Fatalf("state changed: %x, %x, %v", again, twice, err)
		}
	})
}
