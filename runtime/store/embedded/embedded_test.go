package embedded_test

import (
	"path/filepath"
	"testing"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/embedded"
	"hoithoai/runtime/store/storetest"
)

func open(t testing.TB, cfg store.Config, clock *storetest.Clock) storetest.Engine {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "store.db"), cfg, clock)
}

func openAt(t testing.TB, path string, cfg store.Config, clock *storetest.Clock) *embedded.Store {
	t.Helper()
	s, err := embedded.Open(embedded.Config{Path: path, Store: cfg, Clock: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

func TestContract(t *testing.T) {
	t.Parallel()
	storetest.Run(t, open)
}

func TestModel(t *testing.T) {
	t.Parallel()
	storetest.Model(t, open)
}
