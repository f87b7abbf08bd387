package gate_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hoithoai/runtime/gate"
	"hoithoai/runtime/store/redis"
	"hoithoai/runtime/store/redistest"
	"hoithoai/runtime/testbed"
)

// process is a gate as a serving process has it: over a real Redis, by the clock of the machine.
func process(t testing.TB, url, name string, perMinute int) *bed {
	t.Helper()
	s, err := redis.Open(t.Context(), redis.Config{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	b := &bed{counters: testbed.NewCounters()}
	b.Gate = gate.New(gate.Config{PerMinute: perMinute, Now: time.Now, Metrics: b.counters.Set, Shared: s, Process: name})
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() {
		b.Run(ctx, func(d time.Duration) (<-chan time.Time, func()) {
			tick := time.NewTicker(d)
			return tick.C, tick.Stop
		})
	})
	t.Cleanup(func() {
		cancel()
		wg.Wait()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

// TestTwoProcessesOnRedis: two processes that call as fast as they can make together no more calls than one may.
func TestTwoProcessesOnRedis(t *testing.T) {
	t.Parallel()
	url := redistest.Start(t).URL()
	const perMinute, callers, each = 1200, 4, 150
	start := time.Now()
	var left atomic.Int64
	var wg sync.WaitGroup
	for i := range 2 {
		p := process(t, url, fmt.Sprint("p", i), perMinute)
		for j := range callers {
			wg.Go(func() {
				for range each {
					if p.call(fmt.Sprint(j), gate.Notice, nil) == nil {
						left.Add(1)
					}
				}
			})
		}
	}
	wg.Wait()
	burst := perMinute / 10
	most := burst + int(time.Since(start).Seconds()*perMinute/60) + 1
	if n := int(left.Load()); n > most || n < burst/10 {
		t.Errorf("%d of %d calls left, at most %d may", n, 2*callers*each, most)
	}
}

// TestPauseReachesTheOtherProcess: a pause and its end are heard without anybody asking.
func TestPauseReachesTheOtherProcess(t *testing.T) {
	t.Parallel()
	url := redistest.Start(t).URL()
	a, b := process(t, url, "a", 0), process(t, url, "b", 0)
	long := *tooFast
	long.Wait = time.Minute
	_ = a.call("1", gate.Notice, &long)
	testbed.Until(t, "the pause", func() bool { return closed(b.call("1", gate.Notice, nil)) == "paused" })
	testbed.Until(t, "the single probe", func() bool { return closed(b.call("2", gate.Notice, nil)) == "" })
	testbed.Until(t, "the end for other offices", func() bool { return closed(a.call("3", gate.Notice, nil)) == "" })
	a.mustBe(t, "the office", a.call("1", gate.Notice, nil), "paused")
}

// TestRedisDies: calls go on at the pace of this process alone, and the metric says so.
func TestRedisDies(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	p := process(t, server.URL(), "p", 0)
	if err := p.call("1", gate.Interactive, nil); err != nil {
		t.Fatal(err)
	}
	server.Kill()
	testbed.Until(t, "a call of this process alone", func() bool {
		return p.call("1", gate.Interactive, nil) == nil && p.counters.Count(t, "gate_alone") > 0
	})
	server.Restart()
	before := p.counters.Count(t, "gate_untold")
	testbed.Until(t, "calls and news again", func() bool {
		n := p.counters.Count(t, "gate_untold")
		again := n == before && p.call("1", gate.Interactive, nil) == nil
		before = n
		return again
	})
}

// BenchmarkDoShared is what a call pays at a gate that shares its limits over Redis.
func BenchmarkDoShared(b *testing.B) {
	p := process(b, redistest.Start(b).URL(), "p", 1<<30)
	call := func() error { return nil }
	b.ReportAllocs()
	for b.Loop() {
		if err := p.Do(b.Context(), "1", gate.Interactive, call); err != nil {
			b.Fatal(err)
		}
	}
}
