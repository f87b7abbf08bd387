package redis_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	client "github.com/redis/go-redis/v9"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/redis"
	"hoithoai/runtime/store/redistest"
	"hoithoai/runtime/store/storetest"
)

// brief waits for one replica, and gives up soon.
func brief(url string) redis.Config {
	return redis.Config{URL: url, Patience: 50 * time.Millisecond, Wait: redis.Wait{Replicas: 1, For: 20 * time.Millisecond}}
}

// pairOf starts a server with a replica.
func pairOf(t testing.TB) (server, replica *redistest.Server) {
	t.Helper()
	server = redistest.Start(t)
	return server, redistest.StartReplica(t, server)
}

func event(key store.Key, name string) store.Accept {
	return store.Accept{Key: key, ID: id(name), Body: []byte(name)}
}

// TestContractWhileWaiting: waiting changes nothing of the contract, on one server and on a cluster.
func TestContractWhileWaiting(t *testing.T) {
	t.Parallel()
	server, _ := pairOf(t)
	cl := redistest.StartReplicatedCluster(t, 2)
	for name, url := range map[string]string{"single": server.URL(), "cluster": cl.URL()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var n atomic.Int64
			storetest.Run(t, func(t testing.TB, cfg store.Config, clock *storetest.Clock) storetest.Engine {
				t.Helper()
				prefix := fmt.Sprintf("wait%d", n.Add(1))
				s := connect(t, redis.Config{
					URL: url, Store: cfg, Clock: clock.Now, Prefix: prefix, Patience: 30 * time.Second,
					Wait: redis.Wait{Replicas: 1, For: 20 * time.Second, Commit: true},
				})
				clock.ExpireBy(func(d time.Duration) { age(t, s, prefix, d) })
				return s
			})
		})
	}
}

// TestNothingIsAcknowledgedThatNoReplicaHas cuts the link, and mends it: what was refused meanwhile is known at its repetition,
// which covers it, and is there after the server died and the replica took its place.
func TestNothingIsAcknowledgedThatNoReplicaHas(t *testing.T) {
	t.Parallel()
	server, replica := pairOf(t)
	s := connect(t, brief(server.URL()))
	patient := connect(t, redis.Config{URL: server.URL(), Patience: 30 * time.Second, Wait: redis.Wait{Replicas: 1}})
	replica.Cut()
	for range 2 { // also the repetition
		if res, err := s.Accept(t.Context(), event("a", "e1")); !errors.Is(err, store.ErrUnavailable) {
			t.Fatalf("accept without a replica: %+v, %v", res, err)
		}
		if _, _, err := s.Append(t.Context(), "tips", id("t1"), []byte("tip")); !errors.Is(err, store.ErrUnavailable) {
			t.Fatalf("append without a replica: %v", err)
		}
	}
	replica.Follow(server)
	if res, err := patient.Accept(t.Context(), event("a", "e1")); err != nil || res.Status != store.Duplicate {
		t.Fatalf("the repetition with a replica: %+v, %v", res, err)
	}
	if _, again, err := patient.Append(t.Context(), "tips", id("t1"), []byte("tip")); err != nil || again {
		t.Fatalf("the repeated append: %v, %v", again, err)
	}
	server.Kill()
	replica.Promote()
	after := connect(t, redis.Config{URL: replica.URL()})
	if w, err := after.Load(t.Context(), "a"); err != nil || w.Head == nil || w.Head.ID != id("e1") {
		t.Errorf("after the failover there is %+v, %v", w, err)
	}
	if tips, err := after.List(t.Context(), "tips", "", 10); err != nil || len(tips) != 1 {
		t.Errorf("after the failover there are %d tips, %v", len(tips), err)
	}
}

// TestAShortBreakCostsNoOwner: when only the first WAIT was too short, the caller gets the person it took at the first attempt.
func TestAShortBreakCostsNoOwner(t *testing.T) {
	t.Parallel()
	server, replica := pairOf(t)
	s := connect(t, redis.Config{URL: server.URL(), Patience: 30 * time.Second, Wait: redis.Wait{Replicas: 1, For: 10 * time.Millisecond, Commit: true}})
	replica.Freeze()
	defer replica.Thaw()
	answers := make(chan error, 1)
	go func() {
		res, err := s.Accept(context.WithoutCancel(t.Context()), event("a", "e1"))
		if err == nil && (res.Status != store.Accepted || res.Work.Head == nil || res.Work.Lease.IsZero()) {
			err = fmt.Errorf("it answers %+v", res)
		}
		answers <- err
	}()
	ttl := func() string { return s.Client().Info(t.Context(), "commandstats").Val() }
	until(t, func() bool { return calls(ttl(), "pexpire") >= 2 }) // the repetition was there too
	replica.Thaw()
	if err := <-answers; err != nil {
		t.Fatal(err)
	}
	res, err := s.Commit(t.Context(), store.Commit{Key: "a", Event: id("e1"), Session: []byte("s"), Out: []store.Item{{ID: id("o1")}}})
	if err != nil || res.Status != store.Committed || res.Out == nil {
		t.Errorf("commit: %+v, %v", res, err)
	}
}

// calls reads how often a command ran from INFO commandstats.
func calls(stats, command string) (n int) {
	for i := 0; i+len(command) < len(stats); i++ {
		if stats[i:i+len(command)] == command {
			_, _ = fmt.Sscanf(stats[i+len(command):], ":calls=%d", &n)
			return n
		}
	}
	return 0
}

// TestCommitsWaitWhereTheyShould: a step is told to nobody yet, so it waits only where that is wanted.
func TestCommitsWaitWhereTheyShould(t *testing.T) {
	t.Parallel()
	server, replica := pairOf(t)
	fast, sure := brief(server.URL()), brief(server.URL())
	sure.Wait.Commit = true
	loose, strict := connect(t, fast), connect(t, sure)
	plain := connect(t, redis.Config{URL: server.URL()})
	for _, key := range []store.Key{"a", "b"} {
		if _, err := plain.Accept(t.Context(), event(key, "e1")); err != nil {
			t.Fatal(err)
		}
	}
	replica.Cut()
	step := store.Commit{Key: "a", Event: id("e1"), Session: []byte("s")}
	if res, err := loose.Commit(t.Context(), step); err != nil || res.Status != store.Released {
		t.Errorf("a commit that does not wait: %+v, %v", res, err)
	}
	step.Key = "b"
	if _, err := strict.Commit(t.Context(), step); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("a commit that waits: %v", err)
	}
	if res, err := plain.Commit(t.Context(), step); err != nil || res.Status != store.Already {
		t.Errorf("its repetition: %+v, %v", res, err)
	}
}

// TestFailoverLosesNothingThatWasAcknowledged: writers take events while the link breaks, the server dies and the replica
// becomes the server. With WAIT everything acknowledged is there; without, what came after the break is not, which shows that
// the test would see a loss.
func TestFailoverLosesNothingThatWasAcknowledged(t *testing.T) {
	t.Parallel()
	for name, replicas := range map[string]int{"with WAIT": 1, "without": 0} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server, replica := pairOf(t)
			cfg := brief(server.URL())
			cfg.Wait.Replicas, cfg.Store.MaxMail = replicas, 1<<20
			s := connect(t, cfg)
			acked := flood(t, s, func(taken *atomic.Int64) {
				until(t, func() bool { return taken.Load() > 200 })
				replica.Cut()
				before := taken.Load()
				if replicas == 0 {
					until(t, func() bool { return taken.Load() > before+50 })
				}
				server.Kill()
			})
			replica.Promote()
			lost := missing(t, connect(t, redis.Config{URL: replica.URL()}), acked)
			t.Logf("%s: %d of %d acknowledged events are lost", name, lost, total(acked))
			if (lost > 0) != (replicas == 0) {
				t.Errorf("%d events are lost", lost)
			}
		})
	}
}

const floodWriters = 4

// flood takes events as fast as it can while break goes on, until the server is gone, and returns how many of each person's
// were acknowledged.
func flood(t *testing.T, s *redis.Store, disturb func(taken *atomic.Int64)) []int {
	t.Helper()
	var wg sync.WaitGroup
	var taken atomic.Int64
	var stop atomic.Bool
	acked := make([]int, floodWriters)
	for w := range floodWriters {
		wg.Go(func() {
			for n := 0; !stop.Load(); {
				_, err := s.Accept(t.Context(), event(store.Key(fmt.Sprintf("p%d", w)), fmt.Sprintf("e%d", n)))
				if err != nil {
					continue // Zalo would come again
				}
				n++
				acked[w] = n
				taken.Add(1)
			}
		})
	}
	disturb(&taken)
	stop.Store(true)
	wg.Wait()
	return acked
}

func total(acked []int) (n int) {
	for _, a := range acked {
		n += a
	}
	return n
}

// missing counts acknowledged events that are not in the mailboxes.
func missing(t *testing.T, s *redis.Store, acked []int) (lost int) {
	t.Helper()
	for w, n := range acked {
		has, err := s.Client().LLen(t.Context(), s.PersonKeys(fmt.Sprintf("p%d", w))[1]).Result()
		if err != nil {
			t.Fatal(err)
		}
		lost += max(0, n-int(has))
	}
	return lost
}

// TestWaitFollowsASlot moves a slot from one master to another: a call whose keys have all moved is asked for at the new one, one
// that needs keys of both waits until the slot has moved, and then finds it, though the scripts are forgotten.
func TestWaitFollowsASlot(t *testing.T) {
	t.Parallel()
	cl := redistest.StartReplicatedCluster(t, 2)
	s := connect(t, redis.Config{URL: cl.URL(), Patience: 30 * time.Second, Wait: redis.Wait{Replicas: 1}})
	impatient := connect(t, redis.Config{URL: cl.URL(), Patience: time.Millisecond, Wait: redis.Wait{Replicas: 1}})
	if _, _, err := s.Append(t.Context(), "a", id("r1"), []byte("one")); err != nil {
		t.Fatal(err)
	}
	m := move(t, cl, s.PersonKeys("a")[0])
	m.set("IMPORTING", m.to, m.from)
	m.set("MIGRATING", m.from, m.to)
	m.keys()
	if name, fresh, err := s.Append(t.Context(), "a", id("r2"), []byte("two")); err != nil || !fresh || name == "" {
		t.Fatalf("append while the slot moves: %q, %v, %v", name, fresh, err)
	}
	if res, err := impatient.Accept(t.Context(), event("a", "e1")); !errors.Is(err, store.ErrUnavailable) {
		t.Fatalf("accept while the slot moves: %+v, %v", res, err)
	}
	for _, c := range []*client.Client{m.to, m.from} {
		m.set("NODE", c, m.to)
		if err := c.ScriptFlush(t.Context()).Err(); err != nil {
			t.Fatal(err)
		}
	}
	if res, err := s.Accept(t.Context(), event("a", "e1")); err != nil || res.Status != store.Accepted {
		t.Fatalf("accept when it has moved: %+v, %v", res, err)
	}
	if n, err := m.to.LLen(t.Context(), s.PersonKeys("a")[1]).Result(); err != nil || n != 1 {
		t.Fatalf("the new master has %d events, %v", n, err)
	}
}

// moved is a slot that changes its master.
type moved struct {
	t        *testing.T
	slot     int64
	from, to *client.Client
}

func move(t *testing.T, cl *redistest.Cluster, key string) *moved {
	t.Helper()
	m := &moved{t: t}
	for _, node := range cl.Masters {
		c := client.NewClient(&client.Options{Addr: node.Addr, Protocol: 2})
		t.Cleanup(func() { _ = c.Close() })
		err := c.Exists(t.Context(), key).Err()
		if m.from == nil && err == nil {
			m.from = c
		} else {
			m.to = c
		}
	}
	slot, err := m.to.ClusterKeySlot(t.Context(), key).Result()
	if err != nil || m.from == nil {
		t.Fatalf("nobody serves the slot: %v", err)
	}
	m.slot = slot
	return m
}

// keys moves all keys of the slot.
func (m *moved) keys() {
	m.t.Helper()
	names, err := m.from.Do(m.t.Context(), "CLUSTER", "GETKEYSINSLOT", m.slot, 100).StringSlice()
	if err != nil || len(names) == 0 {
		m.t.Fatalf("keys of the slot: %v, %v", names, err)
	}
	host, port, _ := strings.Cut(m.to.Options().Addr, ":")
	for _, name := range names {
		if err := m.from.Migrate(m.t.Context(), host, port, name, 0, 5*time.Second).Err(); err != nil {
			m.t.Fatal(err)
		}
	}
}

// set tells node what happens to the slot, and who has to do with it.
func (m *moved) set(what string, node, other *client.Client) {
	m.t.Helper()
	name, err := other.Do(m.t.Context(), "CLUSTER", "MYID").Text()
	if err == nil {
		err = node.Do(m.t.Context(), "CLUSTER", "SETSLOT", m.slot, what, name).Err()
	}
	if err != nil {
		m.t.Fatalf("%s: %v", what, err)
	}
}

// TestWaitFollowsAFailover kills a master of a cluster: its replica takes over, and has what was acknowledged. Nobody copies the
// new master, so that it takes nothing more: the level is kept rather than the service.
func TestWaitFollowsAFailover(t *testing.T) {
	t.Parallel()
	cl := redistest.StartReplicatedCluster(t, 3)
	s := connect(t, redis.Config{URL: cl.URL(), Patience: 60 * time.Second, Wait: redis.Wait{Replicas: 1}})
	if res, err := s.Accept(t.Context(), event("a", "e1")); err != nil || res.Status != store.Accepted {
		t.Fatalf("accept: %+v, %v", res, err)
	}
	for i, m := range cl.Masters {
		c := client.NewClient(&client.Options{Addr: m.Addr, Protocol: 2})
		err := c.Exists(t.Context(), s.PersonKeys("a")[1]).Err()
		_ = c.Close()
		if err == nil {
			m.Kill()
			until(t, func() bool { return role(t, cl.Replicas[i]) == "master" })
		}
	}
	loose := connect(t, redis.Config{URL: cl.URL(), Patience: 60 * time.Second})
	if w, err := loose.Load(t.Context(), "a"); err != nil || w.Head == nil {
		t.Fatalf("after the failover there is %+v, %v", w, err)
	}
	impatient := connect(t, redis.Config{URL: cl.URL(), Patience: 2 * time.Second, Wait: redis.Wait{Replicas: 1}})
	if _, err := impatient.Accept(t.Context(), event("a", "e2")); !errors.Is(err, store.ErrUnavailable) {
		t.Fatalf("a master without a replica: %v", err)
	}
}

func role(t *testing.T, s *redistest.Server) string {
	t.Helper()
	c := client.NewClient(&client.Options{Addr: s.Addr, Protocol: 2})
	defer c.Close()
	words, err := c.Do(t.Context(), "ROLE").Slice()
	if err != nil || len(words) == 0 {
		return ""
	}
	return fmt.Sprint(words[0])
}

// BenchmarkWait compares, in one run on one pair of servers, what is asked of a replica.
func BenchmarkWait(b *testing.B) {
	server, _ := pairOf(b)
	for i, c := range []struct {
		name string
		wait redis.Wait
	}{{"none", redis.Wait{}}, {"accept", redis.Wait{Replicas: 1}}, {"accept and commit", redis.Wait{Replicas: 1, Commit: true}}} {
		for _, writers := range []int{1, 50} {
			b.Run(fmt.Sprintf("%s/%d", c.name, writers), func(b *testing.B) {
				s := connect(b, redis.Config{
					URL: server.URL(), PoolSize: 60, Patience: 30 * time.Second, Wait: c.wait, Prefix: fmt.Sprintf("bench%d-%d-%d", i, writers, b.N),
				})
				storetest.Bench(b, s, writers)
			})
		}
	}
}
