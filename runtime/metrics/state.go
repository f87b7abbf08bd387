package metrics

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// state is what is so at this moment; what happened is counted. What nobody has looked at is not shown.
type state struct {
	held   *prometheus.GaugeVec
	people *prometheus.GaugeVec
	depth  *prometheus.GaugeVec
	oldest *prometheus.GaugeVec
}

func newState() state {
	gauge := func(name, help string) prometheus.GaugeOpts {
		return prometheus.GaugeOpts{Namespace: "hoithoai", Name: name, Help: help}
	}
	return state{
		held:   prometheus.NewGaugeVec(gauge("level_held", "1 while the store keeps what is configured (store.level), 0 while it keeps less."), nil),
		people: prometheus.NewGaugeVec(gauge("people_with_work", "How many people have an event or a message that waits in the store."), nil),
		depth: prometheus.NewGaugeVec(gauge("depth",
			"How many entries wait in the mailboxes and outboxes of all people; reckoned from a sample where there are many."), []string{"queue"}),
		oldest: prometheus.NewGaugeVec(gauge("oldest_seconds",
			"How long the oldest entry of the sample has waited so far, 0 when none waits."), []string{"queue"}),
	}
}

func (s state) all() []prometheus.Collector {
	return []prometheus.Collector{s.held, s.people, s.depth, s.oldest}
}

// Held says whether the store keeps the level that is configured.
func (s *Set) Held(yes bool) {
	switch {
	case s == nil:
	case yes:
		s.state.held.WithLabelValues().Set(1)
	default:
		s.state.held.WithLabelValues().Set(0)
	}
}

// People says how many people have work.
func (s *Set) People(n int) {
	if s != nil {
		s.state.people.WithLabelValues().Set(float64(n))
	}
}

// Depth says how many entries wait in a queue ("mailbox", "outbox"), and how long the oldest has waited.
func (s *Set) Depth(queue string, n float64, oldest time.Duration) {
	if s != nil {
		s.state.depth.WithLabelValues(queue).Set(n)
		s.state.oldest.WithLabelValues(queue).Set(max(oldest, 0).Seconds())
	}
}
