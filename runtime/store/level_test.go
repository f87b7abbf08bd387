package store_test

import (
	"strings"
	"testing"

	"hoithoai/runtime/store"
)

func TestLevelsAreReadAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	for l := store.D1; l <= store.D4; l++ {
		if got, err := store.ParseLevel(l.String()); err != nil || got != l {
			t.Errorf("%s is read as %v, %v", l, got, err)
		}
	}
	for _, text := range []string{"", "D0", "D5", "d1", "D", "2", " D2"} {
		if got, err := store.ParseLevel(text); err == nil || got != store.D0 || !strings.Contains(err.Error(), "D4") {
			t.Errorf("%q is read as %v, %v", text, got, err)
		}
	}
	if store.Level(-1).String() != "D0" || store.Level(99).String() != "D4" {
		t.Error("a level out of range has no name of its own")
	}
}
