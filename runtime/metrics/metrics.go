// Package metrics counts and times what the runtime does, on a Prometheus registry that is passed in. Kinds and parts are
// plain words of a small fixed set ("webhook_duplicate"), flows and steps are names of the program: never anything a resident
// could choose, and never more series than MaxSeries. Raising an alarm is not its work (package alarm), nor serving what was
// counted, nor knowing which flows must not be counted because they are confidential (package actor).
package metrics

import (
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Set is the metrics of one process. It is safe for concurrent use; a nil Set counts nothing.
type Set struct {
	counts *prometheus.CounterVec
	times  *prometheus.HistogramVec
	ages   *prometheus.HistogramVec
	steps  *prometheus.CounterVec
	ends   *prometheus.CounterVec
	state  state
	mu     sync.Mutex
	named  map[[2]string]bool // series of steps and ends
}

// MaxSeries is how many pairs of flow and step, or flow and end, one process counts apart; the rest is counted as Others.
const MaxSeries = 4096

// Others is the name under which everything beyond MaxSeries is counted.
const Others = "-"

// New registers the metrics. A registry that has them already is a fault of the program and panics.
func New(reg prometheus.Registerer) *Set {
	s := &Set{
		counts: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: "hoithoai", Name: "events_total", Help: "What happened, by kind.",
		}, []string{"kind"}),
		times: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: "hoithoai", Name: "seconds", Help: "How long a part of the path took.",
			Buckets: prometheus.ExponentialBuckets(0.0002, 2.5, 12),
		}, []string{"part"}),
		ages: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: "hoithoai", Name: "age_seconds", Help: "How long an entry waited until its turn came, by where it waited.",
			Buckets: prometheus.ExponentialBuckets(0.01, 4, 12),
		}, []string{"queue"}),
		steps: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: "hoithoai", Name: "step_entered_total", Help: "How often a step was entered; confidential flows are not counted.",
		}, []string{"flow", "step"}),
		ends: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: "hoithoai", Name: "flow_ended_total", Help: "How often a flow ended, done or dropped; confidential flows are not counted.",
		}, []string{"flow", "end"}),
		named: map[[2]string]bool{},
		state: newState(),
	}
	reg.MustRegister(s.counts, s.times, s.ages, s.steps, s.ends)
	reg.MustRegister(s.state.all()...)
	return s
}

// Inc counts one occurrence of kind.
func (s *Set) Inc(kind string) {
	if s != nil {
		s.counts.WithLabelValues(kind).Inc()
	}
}

// Observe records how long part took.
func (s *Set) Observe(part string, took time.Duration) {
	if s != nil {
		s.times.WithLabelValues(part).Observe(took.Seconds())
	}
}

// Age records how long an entry of a queue ("mailbox", "outbox") waited. The clocks of two machines may differ: less than
// nothing counts as nothing.
func (s *Set) Age(queue string, waited time.Duration) {
	if s != nil {
		s.ages.WithLabelValues(queue).Observe(max(waited, 0).Seconds())
	}
}

// Entered counts that a step was entered.
func (s *Set) Entered(flow, step string) {
	if s != nil {
		flow, step = s.bounded(flow, step)
		s.steps.WithLabelValues(flow, step).Inc()
	}
}

// Ended counts that a flow ended: "done" (đạt) or "dropped" (bỏ).
func (s *Set) Ended(flow, end string) {
	if s != nil {
		flow, end = s.bounded(flow, end)
		s.ends.WithLabelValues(flow, end).Inc()
	}
}

// bounded returns a pair as it is counted.
func (s *Set) bounded(flow, what string) (string, string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	pair := [2]string{flow, what}
	if !s.named[pair] {
		if len(s.named) >= MaxSeries {
			return Others, Others
		}
		s.named[pair] = true
	}
	return flow, what
}
