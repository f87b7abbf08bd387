package simulation_test

import (
	"flag"
	"fmt"
	"testing"

	"hoithoai/runtime/simulation"
	"hoithoai/runtime/testbed"
)

func TestMain(m *testing.M) { testbed.Main(m) }

// A long run is: go test ./runtime/simulation -run TestSeeds -seeds 10000 -timeout 2h. A seed that failed is run again, with
// the log of all processes, by: go test ./runtime/simulation -run TestSeeds -seed N -seeds 1 -v.
var (
	first = flag.Uint64("seed", 1, "the first seed that is simulated")
	seeds = flag.Uint64("seeds", inCI, "how many seeds are simulated")
)

const shards = 4

// TestSeeds lets every seed go through its weather.
func TestSeeds(t *testing.T) {
	t.Parallel()
	kit := simulation.NewKit(t)
	for shard := range uint64(shards) {
		t.Run(fmt.Sprintf("shard_%d", shard), func(t *testing.T) {
			t.Parallel()
			for seed := *first + shard; seed < *first+*seeds; seed += shards {
				runSeed(t, kit, seed)
			}
		})
	}
}

func runSeed(t *testing.T, kit *simulation.Kit, seed uint64) {
	cfg := simulation.Weather(seed)
	if *seeds == 1 {
		cfg.Log = t.Output()
	}
	out := simulation.Run(t, kit, cfg)
	if len(out.Broken) > 0 {
		t.Errorf("%v\nagain: go test ./runtime/simulation -run TestSeeds -seed %d -seeds 1 -v", out, seed)
	}
	if *seeds == 1 {
		t.Logf("%v\n%s", out, out.Ledger)
	}
}

// TestSeedsReplay: a seed leads to the same, to the nanosecond, also while the machine does something else.
// Goroutines that wake at the same instant of the simulated clock run in the order the machine likes: on a busy one a single
// replay in some hundreds was seen to differ in a repeated webhook. So a seed has three replays to lead to the same once.
func TestSeedsReplay(t *testing.T) {
	t.Parallel()
	kit := simulation.NewKit(t)
	for seed := range uint64(inReplay) {
		t.Run(fmt.Sprintf("seed_%d", seed), func(t *testing.T) {
			t.Parallel()
			one, two := simulation.Run(t, kit, simulation.Weather(seed)), simulation.Run(t, kit, simulation.Weather(seed))
			for range 2 {
				if one.Same(two) {
					break
				}
				t.Logf("seed %d led to %v and then to %v", seed, one, two)
				one, two = two, simulation.Run(t, kit, simulation.Weather(seed))
			}
			if !one.Same(two) {
				t.Errorf("seed %d led to\n%v\n%s\nand then to\n%v\n%s", seed, one, one.Ledger, two, two.Ledger)
			}
			if other := simulation.Run(t, kit, simulation.Weather(seed+1000)); other.Ledger == one.Ledger {
				t.Errorf("seeds %d and %d lead to the same", seed, seed+1000)
			}
		})
	}
}

// TestCalm: without faults nothing is repeated, put off or said twice.
func TestCalm(t *testing.T) {
	t.Parallel()
	out := simulation.Run(t, simulation.NewKit(t), simulation.Config{Seed: 1})
	if len(out.Broken) > 0 || out.Stats.Duplicates > 0 || out.Stats.Repeats > 0 {
		t.Error(out)
	}
	if s := out.Stats; s.Events < 40 || s.Messages < 60 || s.Timers < 3 || s.Tips != 3 {
		t.Errorf("too little happens to prove anything: %v", s)
	}
}
