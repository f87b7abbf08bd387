package embedded_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/embedded"
	"hoithoai/runtime/store/storetest"
)

func open(t testing.TB, cfg store.Config, clock *storetest.Clock) storetest.Engine {
	t.Helper()
	return openAt(t, tempPath(t), cfg, clock)
}

func tempPath(t testing.TB) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "store.db")
}

func openAt(t testing.TB, path string, cfg store.Config, clock *storetest.Clock) *embedded.Store {
	t.Helper()
	s, err := embedded.Open(embedded.Config{Path: path, Store: cfg, Clock: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeStore(t, s) })
	return s
}

func closeStore(t testing.TB, s *embedded.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
}

func TestContract(t *testing.T) {
	t.Parallel()
	storetest.Run(t, open)
}

func TestModel(t *testing.T) {
	t.Parallel()
	l := &lineage{}
	storetest.Model(t, storetest.Subject{Open: l.open, Die: l.die})
}

// lineage is a file that goes from process to process, each of which is killed.
type lineage struct {
	cfg   store.Config
	clock *storetest.Clock
	path  string
}

func (l *lineage) open(t testing.TB, cfg store.Config, clock *storetest.Clock) storetest.Engine {
	t.Helper()
	l.cfg, l.clock, l.path = cfg, clock, tempPath(t)
	return l.begin(t)
}

func (l *lineage) begin(t testing.TB) *embedded.Store {
	t.Helper()
	s := openAt(t, l.path, l.cfg, l.clock)
	s.Unsynced()
	return s
}

// die opens a copy of the file as it lies there, which is all that a killed process leaves.
func (l *lineage) die(t testing.TB, e storetest.Engine) storetest.Engine {
	t.Helper()
	left, err := os.ReadFile(l.path)
	if err != nil {
		t.Fatal(err)
	}
	closeStore(t, e.(*embedded.Store))
	if err := os.Remove(l.path); err != nil {
		t.Fatal(err)
	}
	l.path = tempPath(t)
	if err := os.WriteFile(l.path, left, 0o600); err != nil {
		t.Fatal(err)
	}
	return l.begin(t)
}

func BenchmarkEvent(b *testing.B) {
	for name, writers := range map[string]int{"1 writer": 1, "50 writers": 50} {
		b.Run(name, func(b *testing.B) {
			s, err := embedded.Open(embedded.Config{Path: tempPath(b), Clock: time.Now})
			if err != nil {
				b.Fatal(err)
			}
			defer closeStore(b, s)
			storetest.Bench(b, s, writers)
		})
	}
}
