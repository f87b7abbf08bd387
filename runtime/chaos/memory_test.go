package chaos

import (
	"context"
	"testing"
	"time"
)

// longMemory lets one person write more than the store remembers of anybody (a ring of 64, 1,024 that fell out of it), the
// first lines three hours ago, and then delivers those again.
func longMemory() scenario {
	return scenario{
		name: "F1 long memory", store: everysec(), people: 1, lines: 1150, ancient: 40, ahead: 40, latency: time.Millisecond, senders: 2,
		replicas: 2, faults: []fault{repeatAncient},
	}
}

// repeatAncient delivers what was written hours ago again when everything else has been said.
func repeatAncient(ctx context.Context, w *world) {
	<-ctx.Done()
	for _, p := range w.crowd.people {
		for _, s := range p.accepted[1 : 1+w.scenario.ancient] {
			w.deliver(s.hook)
			w.again++
		}
	}
}

func TestOldLinesComeAgain(t *testing.T) {
	t.Parallel()
	run(t, longMemory()).mustHold(t)
}
