package redis_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/redis"
	"hoithoai/runtime/store/redistest"
	"hoithoai/runtime/store/storetest"
)

// opener opens engines that share a server but no key: each has a prefix of its own, made from name.
func opener(url, name string, partitions int) storetest.Open {
	var n atomic.Int64
	return func(t testing.TB, cfg store.Config, clock *storetest.Clock) storetest.Engine {
		t.Helper()
		prefix := fmt.Sprintf("%s%d", name, n.Add(1))
		s := connect(t, redis.Config{URL: url, Store: cfg, Clock: clock.Now, Partitions: partitions, Prefix: prefix})
		clock.ExpireBy(func(d time.Duration) { age(t, s, prefix, d) })
		return s
	}
}

// connect opens a store that waits as long as a busy machine takes, unless the test says otherwise: a call that is repeated because
// its answer is late gets another one, as "duplicate".
func connect(t testing.TB, cfg redis.Config) *redis.Store {
	t.Helper()
	if cfg.Patience == 0 {
		cfg.Patience = time.Minute
	}
	if cfg.Timeout == 0 {
		cfg.Timeout = time.Minute
	}
	s, err := redis.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

func TestContract(t *testing.T) {
	t.Parallel()
	storetest.Run(t, opener(redistest.Start(t).URL(), "test", 0))
}

func TestModel(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t, "--appendfsync", "always", "--auto-aof-rewrite-min-size", "1mb")
	l := &lineage{url: server.URL(), partitions: 1, kill: server.Restart}
	storetest.Model(t, storetest.Subject{Open: l.open, Die: l.die, Lives: 20})
}

// lineage is what one process after the other finds on a server.
type lineage struct {
	url        string
	partitions int
	kill       func() // the server, which comes back; nil: only the process dies
	cfg        redis.Config
	clock      *storetest.Clock
}

func (l *lineage) open(t testing.TB, cfg store.Config, clock *storetest.Clock) storetest.Engine {
	t.Helper()
	l.cfg = redis.Config{URL: l.url, Store: cfg, Clock: clock.Now, Partitions: l.partitions, Prefix: "line", Patience: time.Minute}
	l.clock = clock
	s := l.begin(t)
	forget(t, s, "line")
	closeStore(t, s)
	return l.begin(t)
}

func (l *lineage) begin(t testing.TB) *redis.Store {
	t.Helper()
	s := connect(t, l.cfg)
	l.clock.ExpireBy(func(d time.Duration) { age(t, s, "line", d) })
	return s
}

func (l *lineage) die(t testing.TB, e storetest.Engine) storetest.Engine {
	t.Helper()
	closeStore(t, e.(*redis.Store))
	if l.kill != nil {
		l.kill()
	}
	return l.begin(t)
}

func closeStore(t testing.TB, s *redis.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
}

func TestCluster(t *testing.T) {
	t.Parallel()
	cl := redistest.StartCluster(t, 3)
	for name, run := range map[string]func(*testing.T){
		"contract": func(t *testing.T) { storetest.Run(t, opener(cl.URL(), "contract", 0)) },
		"model":    func(t *testing.T) { modelOfCluster(t, cl) },
		"keys":     func(t *testing.T) { keysOnCluster(t, cl) },
		"health":   func(t *testing.T) { healthOfCluster(t, cl) },
		"limits":   func(t *testing.T) { limitsOn(t, cl.URL()) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run(t)
		})
	}
}

func modelOfCluster(t *testing.T, cl *redistest.Cluster) {
	l := &lineage{url: cl.URL(), partitions: 4}
	storetest.Model(t, storetest.Subject{Open: l.open, Die: l.die})
}

// TestTheServersClockCounts uses no clock of ours: leases and timers go by Redis TIME.
func TestTheServersClockCounts(t *testing.T) {
	t.Parallel()
	s := connect(t, redis.Config{URL: redistest.Start(t).URL(), Partitions: 1, Store: store.Config{Lease: 200 * time.Millisecond}})
	before := time.Now().Add(-time.Second)
	res, err := s.Accept(t.Context(), store.Accept{Key: "a", ID: id("e1"), Body: []byte("x")})
	if err != nil || res.Status != store.Accepted || res.Work.Lease.Before(before) || res.Work.Lease.After(time.Now().Add(time.Minute)) {
		t.Fatalf("accept: %+v, %v", res, err)
	}
	keys, _, next, err := s.Claim(t.Context(), 0, 10)
	if err != nil || len(keys) == 0 && !next.Equal(res.Work.Lease) {
		t.Fatalf("claim within the lease: %v, next %v, %v", keys, next, err)
	}
	until(t, func() bool { // until the server's clock has passed the lease
		if len(keys) > 0 { // a busy machine came that late the first time
			return true
		}
		if keys, _, _, err = s.Claim(t.Context(), 0, 10); err != nil {
			t.Fatal(err)
		}
		return len(keys) > 0
	})
	if now, err := s.Client().Time(t.Context()).Result(); err != nil || now.Before(res.Work.Lease) {
		t.Fatalf("claimed at %v, before the lease ended at %v, %v", now, res.Work.Lease, err)
	}
}

func BenchmarkEvent(b *testing.B) {
	url := redistest.Start(b).URL()
	for name, writers := range map[string]int{"1 writer": 1, "50 writers": 50} {
		b.Run(name, func(b *testing.B) {
			s := connect(b, redis.Config{URL: url, PoolSize: 60, Prefix: fmt.Sprintf("bench%d-%d", writers, b.N)})
			storetest.Bench(b, s, writers)
		})
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	limitsOn(t, redistest.Start(t).URL())
}

func limitsOn(t *testing.T, url string) {
	t.Helper()
	open := opener(url, "limits", 0)
	storetest.Limits(t, func(t testing.TB, clock *storetest.Clock) store.Limits {
		return open(t, store.Config{}, clock).(store.Limits)
	})
}
