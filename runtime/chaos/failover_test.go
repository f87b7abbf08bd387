package chaos

import (
	"context"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"hoithoai/runtime/store/redistest"
)

// pair is a Redis with one replica behind an address that follows whichever is in charge. The replica is fed over a link that
// can fall silent without being closed: the server counts it as connected, and sees only by WAIT that it gets nothing.
type pair struct {
	single
	standby *redistest.Server
	link    *proxy
}

func onPair(replicas int) func(t *testing.T) backend {
	return func(t *testing.T) backend {
		p := &pair{}
		p.server = redistest.Start(t, "--min-replicas-to-write", "1")
		p.standby = redistest.Start(t, "--min-replicas-to-write", "1")
		p.feed(t)
		for range replicas {
			p.proxies = append(p.proxies, newProxy(t, p.server.Addr))
		}
		return p
	}
}

// feed makes standby the replica of server over a new link and returns when it has everything.
func (p *pair) feed(t *testing.T) {
	p.link = newProxy(t, p.server.Addr)
	host, port, err := net.SplitHostPort(p.link.addr())
	if err != nil {
		t.Error(err)
		return
	}
	c := redis.NewClient(&redis.Options{Addr: p.standby.Addr, Protocol: 2, DisableIdentity: true})
	defer c.Close()
	if err := c.Do(t.Context(), "REPLICAOF", host, port).Err(); err != nil {
		t.Error(err)
		return
	}
	if !until(t.Context(), func() bool {
		return strings.Contains(replication(p.server), "state=online") && strings.Contains(replication(p.standby), "master_link_status:up")
	}) {
		t.Error("the replica does not get what the server has")
	}
}

// failingOverCut lets the link to the replica fall silent, kills the server a little later, and puts the replica in charge: what
// was written in between is gone. The dead one comes back as a replica.
func failingOverCut(every, before time.Duration) fault {
	return func(ctx context.Context, w *world) {
		p := w.store.(*pair)
		for until(ctx, w.crowd.opened) && sleep(ctx, every) {
			over := w.line.add(outage, -1, ": its replica got nothing any more, then it was killed")
			p.link.setBack(time.Hour)
			sleep(w.t.Context(), before)
			p.server.Kill()
			p.link.close()
			p.standby.Promote()
			for _, x := range p.proxies {
				x.setTarget(p.standby.Addr)
				x.reset()
			}
			p.server.Restart()
			p.server, p.standby = p.standby, p.server
			p.feed(w.t)
			over()
		}
	}
}

// F5: the link to the replica falls silent before the crash. D4 answers 200 only for what the replica has; D3 loses what it had not.
// At D4 a step that is not waited for (wait_commit = false) may be done again, and its answer come twice.
func linkCut(size float64, config string) scenario {
	return scenario{
		name: "F5 link cut, " + strings.NewReplacer("level = ", "", "\"", "", "\n", " ").Replace(config), store: onPair(3), store2: config + "\n", people: int(400 * size), lines: 24,
		duplicates: 0.1, latency: 300 * time.Millisecond, ahead: 3, forgetful: config == d3, allowed: twiceAfter(config), patience: 20 * time.Second,
		faults: []fault{failingOverCut(time.Second, 300*time.Millisecond)},
	}
}

// The levels of F5.
const (
	d3     = `level = "D3"`
	d4     = `level = "D4"`
	d4Fast = d4 + "\nwait_commit = false"
)

// twiceAfter is the share of messages that may come twice: what was sent while the link was cut, where the step is not waited for.
func twiceAfter(config string) float64 {
	if config == d4 {
		return 0
	}
	return 0.5 // a crash every few seconds does many steps again
}

func TestLinkCut(t *testing.T) {
	small(t)
	t.Parallel()
	o := run(t, linkCut(0.15, d4))
	o.mustHold(t)
	if o.outages == 0 {
		t.Error("no link was cut")
	}
}
