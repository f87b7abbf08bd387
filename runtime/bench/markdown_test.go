package bench_test

import (
	"strings"
	"testing"

	"hoithoai/dsl/golden"
	"hoithoai/runtime/bench"
)

// told is a report with a different number everywhere.
func told() bench.Report {
	rate := func(n float64) bench.Rate {
		return bench.Rate{Events: int(n), PerSecond: n + 0.4, P50: n / 100, P99: n / 10, Max: n}
	}
	return bench.Report{
		Machine: bench.Machine{
			Date: "2026-11-25", CPU: "AMD EPYC", Cores: 2, System: "linux/amd64", Kernel: "6.18", Go: "go1.26.8",
			Store: "Redis 7.0.15, appendfsync everysec", Load: "0.10 0.20 0.30",
		},
		Command: "hoithoai bench --sizes 1000", People: 10_000, Connections: 50,
		Bare: rate(3000), Whole: rate(2000), Door: rate(1000), Ratio: 0.666,
		CPU: []bench.Cost{
			{Part: bench.PartServer, Micros: 100.4}, {Part: bench.PartClient, Micros: 50.6}, {Part: bench.PartDoor, Micros: 40},
			{Part: bench.PartStep, Micros: 30}, {Part: bench.PartActor, Micros: 20}, {Part: bench.PartGenerator, Micros: 10},
			{Part: bench.PartRuntime, Micros: 5},
		},
		Memory: &bench.Memory{
			Parts:   []bench.Weight{{Kind: "session", Bytes: 312}, {Kind: "ring", Bytes: 344}, {Kind: "schedule", Bytes: 119.4, Shared: true}},
			Session: 312, Window: 775.4, After: 431.4,
		},
		Sizes:  []bench.Size{{People: 1000, Whole: rate(1900), Door: rate(950), Memory: 630.4}},
		Rounds: make([]bench.Round, 3),
	}
}

// The tables of the README, from figures that are known.
func TestMarkdown(t *testing.T) {
	t.Parallel()
	golden.Assert(t, "testdata/redis.md", []byte(told().Markdown()))
}

func TestMarkdownOfAFile(t *testing.T) {
	t.Parallel()
	rep := told()
	rep.Machine.Store, rep.Memory, rep.Sizes = "bbolt", nil, nil
	golden.Assert(t, "testdata/embedded.md", []byte(rep.Markdown()))
}

func TestMarkdownOfAFullJournal(t *testing.T) {
	t.Parallel()
	rep := told()
	rep.FullJournal = true
	rep.Memory.Parts = append(rep.Memory.Parts, bench.Weight{Kind: "journal", Bytes: 2216})
	text := rep.Markdown()
	if strings.Contains(text, "journal (short") || !strings.Contains(text, "| journal | 2216 |") {
		t.Errorf("a full journal is told as\n%s", text)
	}
}
