package bench

import (
	"math"
	"slices"
	"time"
)

// Report is what was measured.
type Report struct {
	Machine     Machine `json:"machine"`
	Command     string  `json:"command"`
	People      int     `json:"people"`
	Connections int     `json:"connections"`
	FullJournal bool    `json:"full_journal"`
	Bare        Rate    `json:"bare"`  // the middle round of each
	Whole       Rate    `json:"whole"` //
	Door        Rate    `json:"door"`  //
	Ratio       float64 `json:"ratio"` // whole events by the bare protocol, the middle of the rounds
	CPU         []Cost  `json:"cost"`
	Memory      *Memory `json:"memory,omitempty"` // nil without a server
	Sizes       []Size  `json:"sizes,omitempty"`
	Rounds      []Round `json:"rounds"`
}

// Round is every figure once, one soon after the other.
type Round struct {
	Bare  Rate `json:"bare"`
	Whole Rate `json:"whole"`
	Door  Rate `json:"door"`
}

// Rate is how many events went through and how long each took.
type Rate struct {
	Events    int     `json:"events"`
	PerSecond float64 `json:"per_second"`
	P50       float64 `json:"p50_ms"`
	P99       float64 `json:"p99_ms"`
	Max       float64 `json:"max_ms"`
}

func rateOf(took []time.Duration, elapsed time.Duration) Rate {
	slices.Sort(took)
	return Rate{
		Events: len(took), PerSecond: float64(len(took)) / elapsed.Seconds(),
		P50: percentile(took, 50), P99: percentile(took, 99), Max: percentile(took, 100),
	}
}

// percentile of sorted durations, in milliseconds: the smallest that so many of a hundred do not exceed.
func percentile(sorted []time.Duration, p float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	i := int(math.Ceil(p/100*float64(len(sorted)))) - 1
	return float64(sorted[max(i, 0)]) / float64(time.Millisecond)
}

// conclude takes the middle of the rounds.
func (r *Report) conclude() {
	r.Bare = middle(r.Rounds, func(r Round) Rate { return r.Bare })
	r.Whole = middle(r.Rounds, func(r Round) Rate { return r.Whole })
	r.Door = middle(r.Rounds, func(r Round) Rate { return r.Door })
	r.Ratio = medianOf(r.Rounds, func(r Round) float64 { return r.Whole.PerSecond / r.Bare.PerSecond })
}

// middle is each figure's median over the rounds.
func middle(rounds []Round, of func(Round) Rate) Rate {
	each := func(f func(Rate) float64) float64 {
		return medianOf(rounds, func(r Round) float64 { return f(of(r)) })
	}
	return Rate{
		Events:    int(each(func(r Rate) float64 { return float64(r.Events) })),
		PerSecond: each(func(r Rate) float64 { return r.PerSecond }),
		P50:       each(func(r Rate) float64 { return r.P50 }),
		P99:       each(func(r Rate) float64 { return r.P99 }),
		Max:       each(func(r Rate) float64 { return r.Max }),
	}
}

// medianOf is the middle value; of an even number of rounds the lower one of the two.
func medianOf(rounds []Round, of func(Round) float64) float64 {
	var all []float64
	for _, r := range rounds {
		all = append(all, of(r))
	}
	slices.Sort(all)
	return all[(len(all)-1)/2]
}
