package metrics_test

import (
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"hoithoai/runtime/metrics"
	"hoithoai/runtime/testbed"
)

func TestCounts(t *testing.T) {
	t.Parallel()
	c := testbed.NewCounters()
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() { c.Inc("a") })
	}
	wg.Wait()
	c.Inc("b")
	if all := c.All(t); all["a"] != 100 || all["b"] != 1 || len(all) != 2 {
		t.Errorf("counted %v", all)
	}
}

func TestTimes(t *testing.T) {
	t.Parallel()
	reg := prometheus.NewRegistry()
	s := metrics.New(reg)
	for _, d := range []time.Duration{100 * time.Microsecond, time.Millisecond, 3 * time.Second, time.Hour} {
		s.Observe("send", d)
	}
	families, err := reg.Gather()
	if err != nil || len(families) != 1 {
		t.Fatal(families, err)
	}
	h := families[0].GetMetric()[0].GetHistogram()
	if families[0].GetName() != "hoithoai_seconds" || h.GetSampleCount() != 4 || h.GetSampleSum() < 3603 {
		t.Errorf("%s has %d samples, %v s", families[0].GetName(), h.GetSampleCount(), h.GetSampleSum())
	}
	if first, last := h.GetBucket()[0], h.GetBucket()[11]; first.GetCumulativeCount() != 1 || last.GetCumulativeCount() != 3 {
		t.Errorf("the buckets do not tell a fast send from a slow one: %v", h.GetBucket())
	}
}

func TestNilCountsNothing(t *testing.T) {
	t.Parallel()
	var s *metrics.Set
	s.Inc("a")
	s.Observe("b", time.Second) // neither may panic
}
