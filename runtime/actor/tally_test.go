package actor_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"

	"hoithoai/runtime/metrics"
)

// TestTally counts steps and ends of an open flow, and leaves a confidential one out by every name.
func TestTally(t *testing.T) {
	t.Parallel()
	sc, reg := newScene(t), prometheus.NewRegistry()
	sc.cfg.Metrics = metrics.New(reg)
	sc.say("hỏi thăm", "1", "Lan", "chuyện kín", "điều kín", "1")
	families, err := reg.Gather()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{}
	ages := map[string]uint64{}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			var labels []string
			for _, l := range m.GetLabel() {
				labels = append(labels, l.GetValue())
				if l.GetValue() == "kin" {
					t.Errorf("%s tells of a confidential flow", f.GetName())
				}
			}
			switch f.GetName() {
			case "hoithoai_step_entered_total", "hoithoai_flow_ended_total":
				got[strings.Join(labels, "/")] = m.GetCounter().GetValue()
			case "hoithoai_age_seconds":
				ages[labels[0]] = m.GetHistogram().GetSampleCount()
			}
		}
	}
	if got["done/hoi"] != 1 || got["hoi/ten"] != 1 {
		t.Errorf("counted %v", got)
	}
	if diff := cmp.Diff(uint64(6), ages["mailbox"]); diff != "" || ages["outbox"] == 0 {
		t.Errorf("ages %v (-want +got):\n%s", ages, diff)
	}
}
