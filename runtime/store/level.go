package store

import "fmt"

// Level is how much of what was acknowledged survives a fault (design of durability). Each promises what stands beside it; D3
// is not D2 and more: it trades the last second at a crash of the host for going on at all when a machine is gone for good.
type Level int

// The levels.
const (
	D0 Level = iota // nothing: it is not written to disk, or may be evicted
	D1              // the process may be killed; a crash of its host loses up to two seconds
	D2              // a crash of the host loses nothing if the disk keeps its word
	D3              // the host may be lost: gone is what its replica had not received
	D4              // the same, and what was acknowledged is with a replica before we acknowledge it
)

// String names a level as operators write it.
func (l Level) String() string { return fmt.Sprintf("D%d", int(min(max(l, D0), D4))) }

// ParseLevel reads what operators write: D1 to D4.
func ParseLevel(text string) (Level, error) {
	for l := D1; l <= D4; l++ {
		if text == l.String() {
			return l, nil
		}
	}
	return D0, fmt.Errorf("%q is not a level; write \"D1\", \"D2\", \"D3\" or \"D4\"", text)
}
