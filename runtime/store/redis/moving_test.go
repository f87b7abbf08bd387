package redis_test

import (
	"context"
	"fmt"
	"net"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/redis"
	"hoithoai/runtime/store/redistest"
)

// crew is people whose events go through the store one after the other, while something is done to the server.
type crew struct {
	t       *testing.T
	s       *redis.Store
	acked   atomic.Int64
	stop    atomic.Bool
	wg      sync.WaitGroup
	reached []uint64
}

// person names one of a crew.
func personOf(w int) store.Key { return store.Key(fmt.Sprintf("person-%d", w)) }

// work starts a crew. Every call is repeated by the store itself for as long as the test may take: an error is a failure.
func work(t *testing.T, url string, people int, change func(*redis.Config)) *crew {
	t.Helper()
	cfg := redis.Config{URL: url, Patience: time.Minute, PoolSize: 2 * people, Store: store.Config{Journal: 1 << 20}}
	if change != nil {
		change(&cfg)
	}
	c := &crew{t: t, s: connect(t, cfg), reached: make([]uint64, people)}
	for w := range people {
		c.wg.Go(func() {
			for !c.stop.Load() {
				rev, err := applyNext(context.Background(), c.s, personOf(w), c.reached[w]+1)
				if err != nil {
					t.Errorf("apply: %v", err)
					return
				}
				c.reached[w] = rev
				c.acked.Add(1)
			}
		})
	}
	return c
}

// goOn waits until n more events were acknowledged.
func (c *crew) goOn(n int64) {
	c.t.Helper()
	target := c.acked.Load() + n
	until(c.t, func() bool { return c.acked.Load() >= target || c.t.Failed() })
}

// end stops the crew and looks whether everything that was acknowledged is there, once and in order.
func (c *crew) end() {
	c.t.Helper()
	c.stop.Store(true)
	c.wg.Wait()
	for w, rev := range c.reached {
		checkHistory(c.t, c.s, personOf(w), rev)
	}
}

// answered is how often servers answered with an error of a kind since they were started.
func answered(t *testing.T, kind string, servers ...*redistest.Server) (n int) {
	t.Helper()
	for _, s := range servers {
		n += answeredBy(t, kind, plain(t, s))
	}
	return n
}

// answeredBy is how often one server answered so.
func answeredBy(t *testing.T, kind string, c *goredis.Client) int {
	t.Helper()
	info, err := c.Info(t.Context(), "errorstats").Result()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(info) {
		rest, ok := strings.CutPrefix(strings.TrimSpace(line), "errorstat_"+kind+":count=")
		if !ok {
			continue
		}
		n, err := strconv.Atoi(rest)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	return 0
}

func plain(t *testing.T, s *redistest.Server) *goredis.Client {
	t.Helper()
	c := goredis.NewClient(&goredis.Options{Addr: s.Addr, Protocol: 2, DisableIdentity: true})
	t.Cleanup(func() { c.Close() })
	return c
}

func do(t *testing.T, c *goredis.Client, words ...any) {
	t.Helper()
	if err := c.Do(t.Context(), words...).Err(); err != nil {
		t.Fatalf("%v: %v", words, err)
	}
}

// TestScriptsAreForgottenUnderLoad takes the scripts away from the server again and again.
func TestScriptsAreForgottenUnderLoad(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	c := work(t, server.URL(), 4, nil)
	admin := plain(t, server)
	for range 30 {
		c.goOn(3)
		do(t, admin, "SCRIPT", "FLUSH", "SYNC")
	}
	c.end()
	if n := answered(t, "NOSCRIPT", server); n < 30 {
		t.Errorf("the server missed a script %d times only: nothing was tried", n)
	}
}

// TestSlotsMoveUnderLoad moves everybody's slots from node to node and back while they are written to, with scripts taken away
// at times: in between, a node answers ASK, MOVED, or TRYAGAIN for keys of which it has half.
func TestSlotsMoveUnderLoad(t *testing.T) {
	t.Parallel()
	for name, wait := range map[string]redis.Wait{"alone": {}, "with WAIT": {Replicas: 1, For: 500 * time.Millisecond, Commit: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			slotsMove(t, wait)
		})
	}
}

func slotsMove(t *testing.T, wait redis.Wait) {
	var cl *redistest.Cluster
	if wait.Replicas > 0 {
		cl = redistest.StartReplicatedCluster(t, 2)
	} else {
		cl = redistest.StartCluster(t, 2)
	}
	const people = 6
	c := work(t, cl.URL(), people, func(cfg *redis.Config) { cfg.Wait, cfg.Partitions = wait, 8 })
	nodes := []*goredis.Client{plain(t, cl.Masters[0]), plain(t, cl.Masters[1])}
	c.goOn(people)
	for round := range 4 {
		for _, slot := range slotsOf(t, c.s, nodes[0], people) {
			c.goOn(1)
			moveSlot(t, nodes, slot)
		}
		c.goOn(5)
		do(t, nodes[round%2], "SCRIPT", "FLUSH", "SYNC")
	}
	c.goOn(people)
	c.end()
	for _, kind := range []string{"MOVED", "ASK"} {
		if answered(t, kind, cl.Masters...) == 0 {
			t.Errorf("no node ever answered %s: nothing was tried", kind)
		}
	}
}

// slotsOf are the slots in which people lie.
func slotsOf(t *testing.T, s *redis.Store, c *goredis.Client, people int) []int {
	t.Helper()
	seen := map[int]bool{}
	var slots []int
	for w := range people {
		slot, err := c.ClusterKeySlot(t.Context(), s.PersonKeys(string(personOf(w)))[0]).Result()
		if err != nil {
			t.Fatal(err)
		}
		if !seen[int(slot)] {
			seen[int(slot)] = true
			slots = append(slots, int(slot))
		}
	}
	return slots
}

// moveSlot moves a slot to the node that has it not, key by key, as redis-cli does. Before the move is closed it waits until
// somebody was sent from the one node to the other: whoever lies in the slot finds nothing on the old one.
func moveSlot(t *testing.T, nodes []*goredis.Client, slot int) {
	t.Helper()
	from, to := nodes[0], nodes[1]
	if !owns(t, from, slot) {
		from, to = to, from
	}
	ids := map[*goredis.Client]string{}
	for _, n := range nodes {
		id, err := n.Do(t.Context(), "CLUSTER", "MYID").Text()
		if err != nil {
			t.Fatal(err)
		}
		ids[n] = id
	}
	do(t, to, "CLUSTER", "SETSLOT", slot, "IMPORTING", ids[from])
	do(t, from, "CLUSTER", "SETSLOT", slot, "MIGRATING", ids[to])
	host, port, err := net.SplitHostPort(to.Options().Addr)
	if err != nil {
		t.Fatal(err)
	}
	for keys := keysIn(t, from, slot); len(keys) > 0; keys = keysIn(t, from, slot) {
		for _, key := range keys { // one at a time: a script may find half of what it needs
			do(t, from, "MIGRATE", host, port, key, 0, 10000)
		}
	}
	seen := answeredBy(t, "ASK", from)
	until(t, func() bool { return answeredBy(t, "ASK", from) > seen || t.Failed() })
	do(t, to, "CLUSTER", "SETSLOT", slot, "NODE", ids[to])
	do(t, from, "CLUSTER", "SETSLOT", slot, "NODE", ids[to])
}

func keysIn(t *testing.T, c *goredis.Client, slot int) []string {
	t.Helper()
	keys, err := c.ClusterGetKeysInSlot(t.Context(), slot, 100).Result()
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func owns(t *testing.T, c *goredis.Client, slot int) bool {
	t.Helper()
	err := c.Do(t.Context(), "EXISTS", "{"+tagFor(t, c, slot)+"}").Err()
	if err != nil && !strings.HasPrefix(err.Error(), "MOVED ") {
		t.Fatal(err)
	}
	return err == nil
}

// tagFor is a hash tag of a slot: one of the store's own.
func tagFor(t *testing.T, c *goredis.Client, slot int) string {
	t.Helper()
	for _, tag := range redis.Tags() {
		got, err := c.ClusterKeySlot(t.Context(), "{"+tag+"}").Result()
		if err != nil {
			t.Fatal(err)
		}
		if int(got) == slot {
			return tag
		}
	}
	t.Fatalf("no tag lies in slot %d", slot)
	return ""
}

// TestMastersAndReplicasChangePlaces lets a replica take over, coordinated so that no write gets lost by it, and back again: the
// server everybody speaks to is read-only meanwhile.
func TestMastersAndReplicasChangePlaces(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	replica := redistest.StartReplica(t, server)
	c := work(t, server.URL(), 4, nil)
	one, two := plain(t, server), plain(t, replica)
	for range 4 {
		c.goOn(10)
		handOver(t, one, replica)
		seen := answered(t, "READONLY", server)
		until(t, func() bool { return answered(t, "READONLY", server) > seen || t.Failed() })
		handOver(t, two, server)
	}
	c.goOn(10)
	c.end()
}

// handOver makes a replica the master in place of the one that is asked.
func handOver(t *testing.T, master *goredis.Client, to *redistest.Server) {
	t.Helper()
	host, port, err := net.SplitHostPort(to.Addr)
	if err != nil {
		t.Fatal(err)
	}
	until(t, func() bool { // the replica may still be linking
		return master.Do(t.Context(), "FAILOVER", "TO", host, port).Err() == nil
	})
	until(t, func() bool {
		info, err := master.Info(t.Context(), "replication").Result()
		return err == nil && strings.Contains(info, "role:slave")
	})
}

// TestReplicasOfAClusterTakeOver lets the replica of every master take over, coordinated, and the old master after it again.
func TestReplicasOfAClusterTakeOver(t *testing.T) {
	t.Parallel()
	cl := redistest.StartReplicatedCluster(t, 2)
	c := work(t, cl.URL(), 4, nil)
	for _, side := range [][]*redistest.Server{cl.Replicas, cl.Masters} {
		for _, s := range side {
			c.goOn(5)
			takeOver(t, plain(t, s))
		}
		voted := time.Now()
		until(t, func() bool { return time.Since(voted) > voteGap })
	}
	c.goOn(10)
	c.end()
	if answered(t, "MOVED", append(cl.Masters, cl.Replicas...)...) == 0 {
		t.Error("no node ever answered MOVED: nothing was tried")
	}
}

// voteGap is how long nobody votes again about the same slots: twice the timeout of a node, of half a second here.
const voteGap = 1100 * time.Millisecond

func takeOver(t *testing.T, replica *goredis.Client) {
	t.Helper()
	asked := time.Time{}
	until(t, func() bool {
		info, err := replica.Info(t.Context(), "replication").Result()
		if err == nil && strings.Contains(info, "role:master") {
			return true
		}
		if time.Since(asked) > 2*voteGap { // nobody voted, since somebody else was voted for a moment ago
			asked = time.Now()
			_ = replica.Do(t.Context(), "CLUSTER", "FAILOVER").Err() // refused while it is not linked: asked again
		}
		return false
	})
}

// TestAClusterThatIsDownComesBack takes a slot away from a node, which then refuses everything, and gives it back.
func TestAClusterThatIsDownComesBack(t *testing.T) {
	t.Parallel()
	cl := redistest.StartCluster(t, 2)
	const people = 6
	c := work(t, cl.URL(), people, nil)
	for i := range 4 {
		node := cl.Masters[i%2]
		admin := plain(t, node)
		slot := i % 2 * 8192 // nobody lies there, or if somebody does, it comes back
		c.goOn(people)
		seen := answered(t, "CLUSTERDOWN", node)
		do(t, admin, "CLUSTER", "DELSLOTS", slot)
		until(t, func() bool { return answered(t, "CLUSTERDOWN", node) > seen || t.Failed() })
		do(t, admin, "CLUSTER", "ADDSLOTS", slot)
	}
	c.goOn(people)
	c.end()
}

// TestAServerThatIsLoadingIsWaitedFor kills a server that needs long to read its files, and asks it all the while.
func TestAServerThatIsLoadingIsWaitedFor(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t, "--appendfsync", "always", "--key-load-delay", "300", "--loading-process-events-interval-bytes", "1024")
	admin := plain(t, server)
	pipe := admin.Pipeline()
	for i := range 2000 {
		pipe.Set(t.Context(), fmt.Sprintf("ballast-%d", i), strings.Repeat("x", 100), 0)
	}
	if _, err := pipe.Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	do(t, admin, "BGREWRITEAOF")
	until(t, func() bool {
		info, err := admin.Info(t.Context(), "persistence").Result()
		return err == nil && strings.Contains(info, "aof_rewrite_in_progress:0") && strings.Contains(info, "aof_rewrite_scheduled:0")
	})
	c := work(t, server.URL(), 4, nil)
	c.goOn(20)
	server.Restart()
	c.goOn(20)
	c.end()
	if answered(t, "LOADING", server) == 0 {
		t.Error("the server never answered LOADING: nothing was tried")
	}
}
