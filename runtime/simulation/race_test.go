//go:build race

package simulation_test

// How many seeds the usual run has: few here, since one goroutine runs at a time and the race detector makes it ten times slower.
const (
	inCI     = 12
	inReplay = 2
	raced    = true
)
