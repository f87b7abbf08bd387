//go:build !unix

package bench

import "time"

// ownCPU is not told on this system: what our own parts cost is then left at nothing.
func ownCPU() time.Duration { return 0 }
