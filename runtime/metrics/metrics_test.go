package metrics_test

import (
	"strconv"
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
	s.Observe("b", time.Second)
	s.Age("mailbox", time.Second)
	s.Entered("f", "s")
	s.Ended("f", "done") // none may panic
}

// family sums up what a family counted, and returns how many series it has.
func family(t *testing.T, reg *prometheus.Registry, name string) (series int, sum float64) {
	t.Helper()
	all, err := reg.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		if f.GetName() != name {
			continue
		}
		for _, m := range f.GetMetric() {
			series++
			sum += m.GetCounter().GetValue() + float64(m.GetHistogram().GetSampleCount())
		}
	}
	return series, sum
}

// TestSeriesAreBounded: many programs, published one after the other, do not fill the memory of who scrapes.
func TestSeriesAreBounded(t *testing.T) {
	t.Parallel()
	reg := prometheus.NewRegistry()
	s := metrics.New(reg)
	var wg sync.WaitGroup
	for worker := range 4 {
		wg.Go(func() {
			for i := range metrics.MaxSeries {
				s.Entered("f"+strconv.Itoa(worker), "s"+strconv.Itoa(i))
			}
		})
	}
	wg.Wait()
	s.Ended("f", "done")
	if series, sum := family(t, reg, "hoithoai_step_entered_total"); series != metrics.MaxSeries+1 || sum != 4*metrics.MaxSeries {
		t.Errorf("%d series counted %v", series, sum)
	}
	if series, sum := family(t, reg, "hoithoai_flow_ended_total"); series != 1 || sum != 1 {
		t.Errorf("ends: %d series counted %v", series, sum)
	}
}

func TestAges(t *testing.T) {
	t.Parallel()
	reg := prometheus.NewRegistry()
	s := metrics.New(reg)
	s.Age("mailbox", time.Minute)
	s.Age("mailbox", -time.Hour)
	s.Age("outbox", time.Hour)
	if series, sum := family(t, reg, "hoithoai_age_seconds"); series != 2 || sum != 3 {
		t.Errorf("%d series counted %v", series, sum)
	}
}
