package bench

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func durations(t *rapid.T) []time.Duration {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) time.Duration {
		return time.Duration(rapid.Int64Range(0, 1e12).Draw(t, "ns"))
	}), 1, 300).Draw(t, "took")
}

// A percentile is one of the durations; so many of a hundred do not exceed it, and fewer do not exceed any smaller one.
func TestPercentileIsTheSmallest(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		took := durations(t)
		slices.Sort(took)
		p := rapid.Float64Range(1, 100).Draw(t, "p")
		got, within, below := percentile(took, p), 0, 0
		for _, d := range took {
			ms := float64(d) / float64(time.Millisecond)
			if ms <= got {
				within++
			}
			if ms < got {
				below++
			}
		}
		want := p / 100 * float64(len(took))
		if float64(within) < want-1e-9 || float64(below) >= want || within == below {
			t.Fatalf("percentile %v of %d is %v: %d are within, %d below", p, len(took), got, within, below)
		}
	})
}

// A rate does not depend on the order in which the hands came back.
func TestRateOfAnyOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		took := durations(t)
		elapsed := time.Duration(rapid.Int64Range(1, 1e12).Draw(t, "elapsed"))
		got := rateOf(slices.Clone(rapid.Permutation(took).Draw(t, "order")), elapsed)
		if d := cmp.Diff(rateOf(took, elapsed), got); d != "" {
			t.Fatalf("-one order +another:\n%s", d)
		}
		if got.Events != len(took) || got.P50 > got.P99 || got.P99 > got.Max {
			t.Fatalf("%d events are told as %+v", len(took), got)
		}
	})
}

// The median is the value of a round; as many rounds lie above as below it, or one more.
func TestMedianOf(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rounds := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Round {
			return Round{Whole: Rate{PerSecond: float64(rapid.IntRange(0, 50).Draw(t, "rate"))}}
		}), 1, 21).Draw(t, "rounds")
		got := medianOf(rounds, func(r Round) float64 { return r.Whole.PerSecond })
		below, above, same := 0, 0, 0
		for _, r := range rounds {
			switch {
			case r.Whole.PerSecond < got:
				below++
			case r.Whole.PerSecond > got:
				above++
			default:
				same++
			}
		}
		if half := len(rounds) / 2; same == 0 || below > (len(rounds)-1)/2 || above > half {
			t.Fatalf("the median of %d rounds is %v: %d below, %d above, %d the same", len(rounds), got, below, above, same)
		}
	})
}

// Each figure of the middle is the median of that figure: one bad round spoils none of them.
func TestMiddle(t *testing.T) {
	t.Parallel()
	rounds := []Round{
		{Door: Rate{Events: 10, PerSecond: 100, P50: 1, P99: 900, Max: 901}},
		{Door: Rate{Events: 20, PerSecond: 50, P50: 3, P99: 8, Max: 9}},
		{Door: Rate{Events: 30, PerSecond: 70, P50: 2, P99: 7, Max: 950}},
	}
	want := Rate{Events: 20, PerSecond: 70, P50: 2, P99: 8, Max: 901}
	if d := cmp.Diff(want, middle(rounds, func(r Round) Rate { return r.Door })); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

// The ratio is the middle of the rounds' own ratios, and not that of two rounds which the machine gave different minutes.
func TestRatioIsOfOneRound(t *testing.T) {
	t.Parallel()
	rep := Report{Rounds: []Round{
		{Bare: Rate{PerSecond: 1000}, Whole: Rate{PerSecond: 600}},
		{Bare: Rate{PerSecond: 200}, Whole: Rate{PerSecond: 130}},
		{Bare: Rate{PerSecond: 900}, Whole: Rate{PerSecond: 450}},
	}}
	rep.conclude()
	if math.Abs(rep.Ratio-0.6) > 1e-9 || rep.Bare.PerSecond != 900 || rep.Whole.PerSecond != 450 {
		t.Errorf("ratio %v of %v and %v", rep.Ratio, rep.Whole.PerSecond, rep.Bare.PerSecond)
	}
}
