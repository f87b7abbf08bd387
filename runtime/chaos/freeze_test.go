package chaos

import (
	"context"
	"testing"
	"time"
)

// freezing stops one replica after the other for longer than its lease and lets it go on: it wakes up in the belief that the
// people it worked on are its own.
func freezing(every time.Duration) fault {
	return func(ctx context.Context, w *world) {
		rng := w.ownRand(12)
		for sleep(ctx, every) {
			thaw := w.replicas[rng.IntN(len(w.replicas))].freeze()
			sleep(ctx, w.scenario.lease*3/2)
			thaw()
		}
	}
}

// F12: replicas are frozen beyond their lease. A message that was on its way may come twice.
func replicasFrozen(size float64) scenario {
	return scenario{
		name: "F12 replicas frozen", store: everysec(), people: int(500 * size), lines: 20, duplicates: 0.1, latency: 60 * time.Millisecond,
		allowed: 0.05, // a freeze may double what was on its way, at most what the 64 hands of a process held; the rest of a run is small
		faults:  []fault{freezing(300 * time.Millisecond)},
	}
}

func TestReplicasFrozen(t *testing.T) {
	t.Parallel()
	run(t, replicasFrozen(0.12)).mustHold(t)
}
