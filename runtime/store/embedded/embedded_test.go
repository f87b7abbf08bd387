package embedded_test

import (
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
	storetest.Model(t, func(t testing.TB, cfg store.Config, clock *storetest.Clock) storetest.Engine {
		s := openAt(t, tempPath(t), cfg, clock)
		s.Unsynced()
		return s
	})
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
