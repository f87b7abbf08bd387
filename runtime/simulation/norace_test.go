//go:build !race

package simulation_test

// How many seeds the usual run has.
const (
	inCI     = 100
	inReplay = 6
	raced    = false
)
