//go:build unix

package bench

import (
	"math"
	"testing"
)

func TestOwnCPU(t *testing.T) {
	t.Parallel()
	first := ownCPU()
	x := 1.0
	for ownCPU() == first { // ends: the loop itself uses CPU
		for range 1000 {
			x = math.Sqrt(x + 1)
		}
	}
	if x < 1 {
		t.Error(x)
	}
}
