package embedded_test

import (
	"bufio"
	"context"
	"encoding/binary"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/embedded"
	"hoithoai/runtime/store/storetest"
)

// The environment of a child: what it is to do, and with which file.
const (
	roleEnv = "HOITHOAI_TEST_ROLE"
	pathEnv = "HOITHOAI_TEST_PATH"
)

// child is this test binary, run again in a role.
func child(t *testing.T, role, path string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), roleEnv+"="+role, pathEnv+"="+path)
	cmd.Stderr = os.Stderr
	return cmd
}

// runChild runs a test in a process of its own.
func runChild(t *testing.T, role string, args ...string) {
	t.Helper()
	cmd := child(t, role, "", args...)
	cmd.Stderr = nil
	if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "PASS") {
		t.Fatalf("child: %v\n%s", err, out)
	}
}

const (
	kills   = 12
	workers = 6
)

// events is how many must be acknowledged before the killing ends. A long run, with a kill every 100 ms, is:
// go test ./runtime/store/embedded -run 'TestKill$' -events 10000 -timeout 1h.
var events = flag.Int("events", 0, "how many events TestKill goes on for")

// TestKill kills a writing process at random moments and looks at the file it leaves: every acknowledged operation is
// there, and no event was applied twice.
func TestKill(t *testing.T) {
	if os.Getenv(roleEnv) == "writer" {
		writer(t, os.Getenv(pathEnv))
		return
	}
	if os.Getenv(roleEnv) != "" {
		return
	}
	t.Parallel()
	path := tempPath(t)
	acked := map[store.Key]uint64{} // the highest revision a person was promised
	rnd := rand.New(rand.NewPCG(storetest.Seed(t), 1))
	total, killed := 0, 0
	for ; killed < kills || total < *events; killed++ {
		after := time.Duration(rnd.IntN(60)+5) * time.Millisecond
		if *events > 0 {
			after = 100 * time.Millisecond
		}
		total += killOnce(t, path, after, acked)
		inspect(t, path, acked)
	}
	t.Logf("%d events acknowledged, %d kills", total, killed)
	if total < kills {
		t.Fatalf("only %d operations were acknowledged in all: the test proves nothing", total)
	}
}

// killOnce lets a writer run until it has acknowledged something and then for a while more, and kills it.
func killOnce(t *testing.T, path string, after time.Duration, acked map[store.Key]uint64) (n int) {
	t.Helper()
	cmd := child(t, "writer", path, "-test.run=^TestKill$")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var timer *time.Timer
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		var key store.Key
		var rev uint64
		if _, err := fmt.Sscanf(lines.Text(), "ack %s %d", &key, &rev); err != nil {
			t.Fatalf("writer said %q", lines.Text())
		}
		acked[key] = max(acked[key], rev)
		n++
		if timer == nil {
			timer = time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		}
	}
	if err := cmd.Wait(); err == nil {
		t.Fatal("the writer ended by itself")
	}
	return n
}

// inspect opens the file a killed writer left. Each event's id is the revision it leads to, and the journal has one entry
// for each, so a lost or doubled event shows as a gap or a repeat.
func inspect(t *testing.T, path string, acked map[store.Key]uint64) {
	t.Helper()
	s, err := embedded.Open(embedded.Config{Path: path, Store: killConfig(), Clock: storetest.NewClock().Now})
	if err != nil {
		t.Fatalf("open after kill: %v", err)
	}
	defer closeStore(t, s)
	if errs := s.Check(); errs != nil {
		t.Fatalf("file is damaged: %v", errs)
	}
	for key, rev := range acked {
		w, err := s.Load(t.Context(), key)
		if err != nil || w.Session == nil || w.Session.Rev < rev {
			t.Fatalf("%s was promised revision %d, has %+v, %v", key, rev, w.Session, err)
		}
		entries, err := s.Journal(t.Context(), key)
		if err != nil || uint64(len(entries)) != w.Session.Rev {
			t.Fatalf("%s has %d journal entries at revision %d, %v", key, len(entries), w.Session.Rev, err)
		}
		for i, e := range entries {
			if got := binary.BigEndian.Uint64(e); got != uint64(i+1) {
				t.Fatalf("%s applied event %d as number %d", key, got, i+1)
			}
		}
	}
}

func killConfig() store.Config {
	return store.Config{Journal: 1 << 20, JournalTTL: 24 * 365 * time.Hour}
}

// writer applies numbered events of several people at once, and says each revision as soon as it is promised, until killed.
func writer(t *testing.T, path string) {
	clock := storetest.NewClock()
	s, err := embedded.Open(embedded.Config{Path: path, Store: killConfig(), Clock: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	for {
		keys, _, _, err := s.Claim(t.Context(), 0, 1000) // of the killed one before
		if err != nil {
			t.Fatal(err)
		}
		if len(keys) == 0 {
			break
		}
	}
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			key := store.Key(fmt.Sprintf("person-%d", w))
			for {
				rev, err := applyNext(t.Context(), s, key)
				if err != nil {
					t.Errorf("apply: %v", err)
					return
				}
				fmt.Printf("ack %s %d\n", key, rev)
			}
		})
	}
	wg.Wait()
}

// applyNext takes the person's next numbered event through the store, wherever the last process stopped.
func applyNext(ctx context.Context, s *embedded.Store, key store.Key) (uint64, error) {
	w, err := s.Load(ctx, key)
	if err != nil {
		return 0, err
	}
	if w.Out != nil {
		if _, err := s.Done(ctx, key, w.Out.ID); err != nil {
			return 0, err
		}
	}
	rev := uint64(0)
	if w.Session != nil {
		rev = w.Session.Rev
	}
	var number store.ID8
	binary.BigEndian.PutUint64(number[:], rev+1)
	for range 2 { // the channel repeats itself
		if _, err := s.Accept(ctx, store.Accept{Key: key, ID: number, Body: number[:]}); err != nil {
			return 0, err
		}
	}
	res, err := s.Commit(ctx, store.Commit{
		Key: key, Rev: rev, Event: number, Session: number[:], Journal: number[:], Out: []store.Item{{ID: number, Body: number[:]}},
	})
	if err != nil || res.Status != store.Committed {
		return 0, fmt.Errorf("commit of %d: status %d, %w", rev+1, res.Status, err)
	}
	return res.Rev, nil
}
