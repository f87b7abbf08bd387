package chaos

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"hoithoai/runtime/store/redistest"
)

// clustered is a Redis cluster of three masters with a replica each.
type clustered struct {
	nodes []*redistest.Server
}

func onCluster(t *testing.T) backend {
	c := redistest.StartReplicatedCluster(t, 3, "--min-replicas-to-write", "1")
	return &clustered{nodes: append(append([]*redistest.Server{}, c.Masters...), c.Replicas...)}
}

// url names every node: those that are masters at first may be dead when a replica starts.
func (c *clustered) url(int) string {
	addrs := make([]string, len(c.nodes))
	for i, n := range c.nodes {
		addrs[i] = n.Addr
	}
	return "redis+cluster://" + strings.Join(addrs, ",")
}

func (c *clustered) left(w *world) (out []string) {
	for _, n := range c.nodes {
		if role(n) == "master" {
			out = append(out, leftOn(w, n.Addr)...)
		}
	}
	return out
}

// role is "master" or "slave"; "" for a node that does not answer.
func role(n *redistest.Server) string {
	text := replication(n)
	_, rest, _ := strings.Cut(text, "role:")
	name, _, _ := strings.Cut(rest, "\r\n")
	return name
}

func replication(n *redistest.Server) string {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	c := redis.NewClient(&redis.Options{Addr: n.Addr, Protocol: 2, DisableIdentity: true, MaxRetries: -1})
	defer c.Close()
	text, err := c.Info(ctx, "replication").Result()
	if err != nil {
		return ""
	}
	return text
}

// whole reports whether three masters have a replica that keeps up: only then may one die.
func (c *clustered) whole() bool {
	masters := 0
	for _, n := range c.nodes {
		text := replication(n)
		if strings.Contains(text, "role:master") {
			if !strings.Contains(text, "state=online") {
				return false
			}
			masters++
		} else if !strings.Contains(text, "master_link_status:up") {
			return false
		}
	}
	return masters == 3
}

// failingOver kills one master after the other and lets it come back as a replica when its own has taken over.
func failingOver(every time.Duration) fault {
	return func(ctx context.Context, w *world) {
		c, rng := w.store.(*clustered), w.ownRand(14)
		for sleep(ctx, every) {
			if !until(ctx, c.whole) {
				return
			}
			n := c.master(rng)
			over := w.line.add(outage, -1, ": a master was killed")
			n.Kill()
			until(w.t.Context(), func() bool { return c.masters() == 3 })
			n.Restart()
			until(w.t.Context(), c.whole)
			over()
		}
	}
}

func (c *clustered) master(rng *rand.Rand) *redistest.Server {
	for {
		if n := c.nodes[rng.IntN(len(c.nodes))]; role(n) == "master" {
			return n
		}
	}
}

func (c *clustered) masters() (n int) {
	for _, node := range c.nodes {
		if role(node) == "master" {
			n++
		}
	}
	return n
}

// until waits for a condition, at most for a minute; false when it did not come.
func until(ctx context.Context, ok func() bool) bool {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for !ok() {
		if !sleep(ctx, 20*time.Millisecond) {
			return false
		}
	}
	return true
}

// F4: a cluster whose masters die, and replicas of the program too.
func mastersKilled(size float64, level string) scenario {
	return scenario{
		name: "F4 masters killed, " + level, store: onCluster, store2: "level = \"" + level + "\"\npartitions = 64\n",
		people: int(1000 * size), lines: 24, duplicates: 0.1, latency: 300 * time.Millisecond, ahead: 3,
		faults: []fault{killing(500 * time.Millisecond), failingOver(3 * time.Second)}, forgetful: level == "D3",
	}
}

func TestMastersKilled(t *testing.T) {
	small(t)
	t.Parallel()
	run(t, mastersKilled(0.05, "D4")).mustHold(t)
}
