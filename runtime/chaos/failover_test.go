package chaos

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"hoithoai/runtime/store/redistest"
)

// pair is a Redis with one replica behind an address that follows whichever is in charge.
type pair struct {
	single
	mu      sync.Mutex
	standby *redistest.Server
}

func onPair(replicas int) func(t *testing.T) backend {
	return func(t *testing.T) backend {
		p := &pair{}
		p.server = redistest.Start(t, "--min-replicas-to-write", "1")
		p.standby = redistest.StartReplica(t, p.server, "--min-replicas-to-write", "1")
		for range replicas {
			p.proxies = append(p.proxies, newProxy(t, p.server.Addr))
		}
		return p
	}
}

// failingOverCut cuts the link to the replica, kills the server a little later, and puts the replica in charge: what was
// written in between is gone. The dead one comes back as a replica.
func failingOverCut(every, before time.Duration) fault {
	return func(ctx context.Context, w *world) {
		p := w.store.(*pair)
		for until(ctx, w.crowd.opened) && sleep(ctx, every) {
			over := w.line.add(outage, -1, ": cut off from its replica, then killed")
			p.standby.Cut()
			sleep(w.t.Context(), before)
			p.server.Kill()
			p.standby.Promote()
			for _, x := range p.proxies {
				x.setTarget(p.standby.Addr)
				x.reset()
			}
			p.server.Restart()
			p.server.Follow(p.standby)
			p.server, p.standby = p.standby, p.server
			over()
		}
	}
}

// F5: the link to the replica breaks before the crash. D4 answers 200 only for what the replica has; D3 loses what it had not.
// At D4 a step that is not waited for may be done again, and its answer come twice, unless config says wait_commit.
func linkCut(size float64, config string) scenario {
	return scenario{
		name: "F5 link cut, " + strings.NewReplacer("level = ", "", "\"", "", "\n", " ").Replace(config), store: onPair(3), store2: config + "\n", people: int(400 * size), lines: 24,
		duplicates: 0.1, latency: 300 * time.Millisecond, ahead: 3, forgetful: config == d3, allowed: twiceAfter(config), patience: 20 * time.Second,
		faults: []fault{failingOverCut(time.Second, 300*time.Millisecond)},
	}
}

// The levels of F5.
const (
	d3       = `level = "D3"`
	d4       = `level = "D4"`
	d4Commit = d4 + "\nwait_commit = true"
)

// twiceAfter is the share of messages that may come twice: what was sent while the link was cut, where the step is not waited for.
func twiceAfter(config string) float64 {
	if config == d4Commit {
		return 0
	}
	return 0.1
}

func TestLinkCut(t *testing.T) {
	small(t)
	t.Parallel()
	o := run(t, linkCut(0.15, d4Commit))
	o.mustHold(t)
	if o.outages == 0 {
		t.Error("no link was cut")
	}
}
