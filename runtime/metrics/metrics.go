// Package metrics counts and times what the runtime does, on a Prometheus registry that is passed in. Kinds and parts are
// plain words of a small fixed set ("webhook_duplicate"): never anything a resident could choose. Raising an alarm is not its
// work (package alarm), nor serving what was counted.
package metrics

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Set is the metrics of one process. It is safe for concurrent use; a nil Set counts nothing.
type Set struct {
	counts *prometheus.CounterVec
	times  *prometheus.HistogramVec
}

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
	}
	reg.MustRegister(s.counts, s.times)
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
