package chaos

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"
)

// killing ends one replica after the other as kill -9 does, one every so often, and starts it again.
func killing(every time.Duration) fault {
	return func(ctx context.Context, w *world) {
		rng := w.ownRand(11)
		for sleep(ctx, every) {
			r := w.replicas[rng.IntN(len(w.replicas))]
			r.kill()
			w.line.add(killed, r.n, "")()
			r.start(w.t.Context())
		}
	}
}

// ownRand is a source of chance of one fault.
func (w *world) ownRand(n uint64) *rand.Rand { return rand.New(rand.NewPCG(*seedFlag, n)) }

// sleep waits for about d and reports whether ctx still stands.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// F1: replicas are killed, a tenth of the lines comes again (old ones too), and some people have a line that is delivered an
// hour late behind fifty newer ones.
func replicasKilled(size float64, every time.Duration) scenario {
	return scenario{
		name: "F1 replicas killed", store: everysec(), people: int(500 * size), lines: 20, late: max(1, int(20*size)), duplicates: 0.1, echo: true,
		faults: []fault{killing(every)},
	}
}

func TestReplicasKilled(t *testing.T) {
	t.Parallel()
	run(t, replicasKilled(0.15, 200*time.Millisecond)).mustHold(t)
}
