package metrics_test

import (
	"maps"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"

	"hoithoai/runtime/metrics"
)

// gauges reads all gauges by name and label.
func gauges(t *testing.T, reg *prometheus.Registry) map[string]float64 {
	t.Helper()
	families, err := reg.Gather()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			name := f.GetName()
			for _, l := range m.GetLabel() {
				name += "/" + l.GetValue()
			}
			got[name] = m.GetGauge().GetValue()
		}
	}
	return got
}

// TestStateIsWhatWasSeenLast, and nothing while nobody looked: a nought would say that all is calm.
func TestStateIsWhatWasSeenLast(t *testing.T) {
	t.Parallel()
	reg := prometheus.NewRegistry()
	s := metrics.New(reg)
	if got := gauges(t, reg); len(got) != 0 {
		t.Errorf("before anybody looked: %v", got)
	}
	s.Held(true)
	s.People(5)
	s.Depth("mailbox", 7, time.Minute)
	s.Depth("outbox", 2.5, -time.Hour)
	want := map[string]float64{
		"hoithoai_level_held": 1, "hoithoai_people_with_work": 5, "hoithoai_depth/mailbox": 7, "hoithoai_depth/outbox": 2.5,
		"hoithoai_oldest_seconds/mailbox": 60, "hoithoai_oldest_seconds/outbox": 0,
	}
	if diff := cmp.Diff(want, gauges(t, reg)); diff != "" {
		t.Error(diff)
	}
	s.Held(false)
	s.People(0)
	maps.Copy(want, map[string]float64{"hoithoai_level_held": 0, "hoithoai_people_with_work": 0})
	if diff := cmp.Diff(want, gauges(t, reg)); diff != "" {
		t.Error(diff)
	}
	var none *metrics.Set
	none.Held(true)
	none.People(1)
	none.Depth("mailbox", 1, time.Second) // none may panic
}
