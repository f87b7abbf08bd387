package storetest

import (
	"os"
	"strconv"
	"testing"
)

// Seed is what a test that leaves something to chance begins from, and it is logged: the same in every run, so that a run says
// something about the change and not about the day, unless SEED in the environment says another.
func Seed(t testing.TB) uint64 {
	t.Helper()
	seed := uint64(20261124)
	if text := os.Getenv("SEED"); text != "" {
		n, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			t.Fatalf("SEED: %v", err)
		}
		seed = n
	}
	t.Logf("SEED=%d", seed)
	return seed
}
