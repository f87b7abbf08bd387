package embedded_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/embedded"
	"hoithoai/runtime/store/storetest"
)

const person store.Key = "AAAAAAAAAAAAAAAAAAAAAA"

func id(name string) (id store.ID8) {
	copy(id[:], name)
	return id
}

func accept(t testing.TB, s *embedded.Store, key store.Key, name string, want store.AcceptStatus) store.Work {
	t.Helper()
	res, err := s.Accept(t.Context(), store.Accept{Key: key, ID: id(name), Body: []byte(name)})
	if err != nil || res.Status != want {
		t.Fatalf("accept %s: status %d, %v, want %d", name, res.Status, err, want)
	}
	return res.Work
}

func commit(t testing.TB, s *embedded.Store, c store.Commit, want store.CommitStatus) {
	t.Helper()
	if res, err := s.Commit(t.Context(), c); err != nil || res.Status != want {
		t.Fatalf("commit: status %d, %v, want %d", res.Status, err, want)
	}
}

func claim(t testing.TB, s *embedded.Store) ([]store.Key, []store.Due) {
	t.Helper()
	keys, due, _, err := s.Claim(t.Context(), 0, 1000)
	if err != nil {
		t.Fatalf("claim: %v", err)
	}
	return keys, due
}

func TestReopenKeepsEverything(t *testing.T) {
	t.Parallel()
	path, clock := tempPath(t), storetest.NewClock()
	s := openAt(t, path, store.Config{}, clock)
	accept(t, s, person, "e1", store.Accepted)
	accept(t, s, person, "e2", store.Queued)
	commit(t, s, store.Commit{
		Key: person, Event: id("e1"), Session: []byte("session"), TTL: time.Hour, Journal: []byte("entry"),
		Out:    []store.Item{{ID: id("o1"), Body: []byte("out")}},
		Timers: []store.Timer{{Name: "a", Gen: 3, At: clock.Now().Add(time.Minute), Body: []byte("timer")}},
	}, store.Committed)
	record, _, err := s.Append(t.Context(), "list", id("by"), []byte("record"))
	if err != nil {
		t.Fatal(err)
	}
	closeStore(t, s)

	s = openAt(t, path, store.Config{}, clock)
	accept(t, s, person, "e1", store.Duplicate)
	got, err := s.Load(t.Context(), person)
	want := store.Work{
		Key: person, Session: &store.Snapshot{Rev: 1, Last: id("e1"), Body: []byte("session")},
		Head: &store.Item{ID: id("e2"), Body: []byte("e2")}, Out: &store.Item{ID: id("o1"), Body: []byte("out")},
		Lease: got.Lease, Silent: true,
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("work (-want +got):\n%s%v", diff, err)
	}
	if entries, err := s.Journal(t.Context(), person); err != nil || len(entries) != 1 || string(entries[0]) != "entry" {
		t.Errorf("journal: %q, %v", entries, err)
	}
	if again, appended, err := s.Append(t.Context(), "list", id("by"), nil); err != nil || appended || again != record {
		t.Errorf("append again: %s, %v, %v", again, appended, err)
	}
	clock.Advance(time.Minute)
	if _, due := claim(t, s); len(due) != 1 || due[0] != (store.Due{Key: person, Name: "a", Gen: 3}) {
		t.Errorf("due timers: %v", due)
	}
}

func TestReopenMakesTheOwnedClaimableAndKeepsThePutOff(t *testing.T) {
	t.Parallel()
	path, clock := tempPath(t), storetest.NewClock()
	s := openAt(t, path, store.Config{}, clock)
	for _, key := range []store.Key{"owned", "later", "free"} {
		accept(t, s, key, "e1", store.Accepted)
	}
	if err := s.Defer(t.Context(), "later", clock.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	commit(t, s, store.Commit{Key: "free", Event: id("e1"), Session: []byte("s")}, store.Released)
	if keys, _ := claim(t, s); len(keys) != 0 {
		t.Fatalf("claimed %v before the lease ended", keys)
	}
	closeStore(t, s)

	s = openAt(t, path, store.Config{}, clock)
	if keys, _ := claim(t, s); len(keys) != 1 || keys[0] != "owned" {
		t.Errorf("claimed %v at boot, want owned", keys)
	}
	clock.Advance(14 * time.Second)
	if keys, _ := claim(t, s); len(keys) != 0 {
		t.Errorf("claimed %v within the new lease", keys)
	}
	clock.Advance(46 * time.Second)
	if keys, _ := claim(t, s); len(keys) != 2 {
		t.Errorf("claimed %v when both are due", keys)
	}
}

func TestSecondOpenIsToldWhoHasTheFile(t *testing.T) {
	t.Parallel()
	path := tempPath(t)
	openAt(t, path, store.Config{}, storetest.NewClock())
	_, err := embedded.Open(embedded.Config{Path: path, Clock: time.Now})
	if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "hoithoai khác") {
		t.Fatalf("second open gave %v", err)
	}
}

func TestClosedStoreRefuses(t *testing.T) {
	t.Parallel()
	s := openAt(t, tempPath(t), store.Config{}, storetest.NewClock())
	closeStore(t, s)
	closeStore(t, s)
	if _, err := s.Accept(t.Context(), store.Accept{Key: person, ID: id("e1")}); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("accept gave %v", err)
	}
	if _, err := s.Bundle(t.Context(), "hash"); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("bundle gave %v", err)
	}
}

func TestCloseUnderLoadLosesNothingAcknowledged(t *testing.T) {
	t.Parallel()
	path, clock := tempPath(t), storetest.NewClock()
	s := openAt(t, path, store.Config{}, clock)
	acked := make(chan store.Key, 1000)
	finished := make(chan struct{})
	for w := range 8 {
		go func() {
			defer func() { finished <- struct{}{} }()
			for i := range 50 {
				key := store.Key(fmt.Sprintf("p%d-%d", w, i))
				_, err := s.Accept(context.Background(), store.Accept{Key: key, ID: id("e1"), Body: []byte("x")})
				if err != nil {
					if !errors.Is(err, store.ErrUnavailable) {
						t.Errorf("accept gave %v", err)
					}
					return
				}
				acked <- key
			}
		}()
	}
	<-acked
	closeStore(t, s)
	for range 8 {
		<-finished
	}
	close(acked)
	s = openAt(t, path, store.Config{}, clock)
	for key := range acked {
		accept(t, s, key, "e1", store.Duplicate)
	}
}

func TestOpenNeedsAClockAndAFolder(t *testing.T) {
	t.Parallel()
	if _, err := embedded.Open(embedded.Config{Path: tempPath(t)}); err == nil {
		t.Error("open without a clock gave no error")
	}
	path := tempPath(t) + "/none/store.db"
	if _, err := embedded.Open(embedded.Config{Path: path, Clock: time.Now}); err == nil || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("open in a folder that is not there gave %v", err)
	}
}

func TestFileIsTheOwnersAlone(t *testing.T) {
	t.Parallel()
	path := tempPath(t)
	openAt(t, path, store.Config{}, storetest.NewClock())
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v, %v", info.Mode(), err)
	}
}

func TestOpenRefusesDamageAndOtherFormats(t *testing.T) {
	t.Parallel()
	for name, content := range map[string][]byte{
		"text": []byte("not a store"), "noise": bytes.Repeat([]byte("damage"), 20_000), "zeros": make([]byte, 1<<16),
	} {
		path := tempPath(t)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := embedded.Open(embedded.Config{Path: path, Clock: time.Now}); err == nil {
			t.Errorf("%s was opened", name)
		} else if after, _ := os.ReadFile(path); !bytes.Equal(after, content) {
			t.Errorf("%s was changed", name)
		}
	}
}

func TestOpenShrinksAFileThatIsMostlyFree(t *testing.T) {
	t.Parallel()
	path, clock := tempPath(t), storetest.NewClock()
	s := openAt(t, path, store.Config{}, clock)
	for i := range 8 {
		key := store.Key(fmt.Sprintf("p%d", i))
		_, err := s.Accept(t.Context(), store.Accept{Key: key, ID: id("e1"), Body: make([]byte, 1<<20)})
		if err != nil {
			t.Fatal(err)
		}
		commit(t, s, store.Commit{Key: key, Event: id("e1"), Session: []byte("small")}, store.Released)
	}
	before := size(t, path)
	closeStore(t, s)
	s = openAt(t, path, store.Config{}, clock)
	if after := size(t, path); after > before/4 {
		t.Errorf("file of %d bytes has %d after opening", before, after)
	}
	if _, err := os.Stat(path + ".compact"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the copy was left behind: %v", err)
	}
	for i := range 8 {
		accept(t, s, store.Key(fmt.Sprintf("p%d", i)), "e1", store.Duplicate)
	}
	if errs := s.Check(); errs != nil {
		t.Errorf("shrunk file is damaged: %v", errs)
	}
	if _, err := embedded.Open(embedded.Config{Path: path, Clock: time.Now}); err == nil {
		t.Error("the shrunk file is not locked")
	}
}

func size(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

func TestExpiredDataLeavesTheFile(t *testing.T) {
	t.Parallel()
	clock := storetest.NewClock()
	s := openAt(t, tempPath(t), store.Config{Ring: 1}, clock)
	empty := s.Keys()
	for i, name := range []string{"e1", "e2"} {
		accept(t, s, person, name, store.Accepted)
		commit(t, s, store.Commit{
			Key: person, Rev: uint64(i), Event: id(name), Session: []byte("s"), TTL: 24 * time.Hour, Journal: []byte("j"),
		}, store.Released)
	}
	full := s.Keys()
	clock.Advance(26 * time.Hour) // the session is over
	claim(t, s)
	if n := s.Keys(); n != full-1 {
		t.Errorf("%d entries after the session's end, want one less than %d", n, full)
	}
	clock.Advance(31 * 24 * time.Hour) // everything is
	claim(t, s)
	if n := s.Keys(); n != empty {
		t.Errorf("%d entries after everything expired, want %d as at first", n, empty)
	}
}

// Echoes leave the file within the hour after their end, also those of people of whom nothing else is kept.
func TestEchoesLeaveTheFile(t *testing.T) {
	t.Parallel()
	clock := storetest.NewClock()
	s := openAt(t, tempPath(t), store.Config{EchoTTL: 90 * time.Minute}, clock)
	empty := s.Keys()
	note := func(name string) {
		if err := s.NoteEcho(t.Context(), person, store.Echo{ID: id(name), Look: id("look"), Sent: 1}); err != nil {
			t.Fatal(err)
		}
	}
	note("m1")
	clock.Advance(80 * time.Minute)
	note("m2")
	clock.Advance(80 * time.Minute) // the look that m1 asked for comes too early
	claim(t, s)
	if got, err := s.Echoes(t.Context(), person); err != nil || len(got) != 2 {
		t.Fatalf("echoes %v, %v", got, err)
	}
	clock.Advance(2 * time.Hour)
	claim(t, s)
	if n := s.Keys(); n != empty {
		t.Errorf("%d entries when the echoes are over, want %d as at first", n, empty)
	}
}
