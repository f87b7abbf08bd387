package bench_test

import (
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/runtime/bench"
	"hoithoai/runtime/store/redistest"
)

// round is how long a round takes here.
const round = 30 * time.Millisecond

// small is a measurement that proves nothing about speed.
func small(t *testing.T) bench.Config {
	t.Helper()
	return bench.Config{
		Folder: t.TempDir(), People: 24, Connections: 3, Round: round, Rounds: 2, Now: time.Now,
		Command: "hoithoai bench", Machine: bench.Machine{Date: "2026-11-24"},
	}
}

// The measurements are not parallel: a process has one CPU profile.

// Every figure is there and fits the others; how large it is, is nobody's business here.
func TestRedis(t *testing.T) {
	cfg := small(t)
	cfg.Sizes = []int{10, 40}
	var heard []string
	cfg.Progress = func(what string) { heard = append(heard, what) }
	rep := run(t, cfg)
	checkRates(t, rep)
	checkCost(t, rep, true)
	checkMemory(t, rep)
	checkSizes(t, rep, cfg.Sizes, true)
	if !strings.HasPrefix(rep.Machine.Store, "Redis ") || !strings.HasSuffix(rep.Machine.Store, "appendfsync everysec") {
		t.Errorf("measured on %q", rep.Machine.Store)
	}
	if want := 3*cfg.Rounds + 2 + len(cfg.Sizes); len(heard) != want {
		t.Errorf("progress tells %d things, want %d: %q", len(heard), want, heard)
	}
	if left, _ := filepath.Glob(filepath.Join(cfg.Folder, "appendonlydir", "*")); len(left) == 0 {
		t.Error("the server wrote no append-only file where it was told to")
	}
	checkMarkdown(t, rep)
}

func TestEmbedded(t *testing.T) {
	cfg := small(t)
	cfg.Store, cfg.Sizes = bench.StoreEmbedded, []int{10}
	rep := run(t, cfg)
	checkRates(t, rep)
	checkCost(t, rep, false)
	checkSizes(t, rep, cfg.Sizes, false)
	if rep.Memory != nil || rep.Machine.Store != "bbolt" {
		t.Errorf("memory %+v of the store %q", rep.Memory, rep.Machine.Store)
	}
	if text := rep.Markdown(); strings.Contains(text, "MEMORY USAGE") {
		t.Errorf("a file is weighed:\n%s", text)
	}
}

func TestServerThatIsThere(t *testing.T) {
	cfg := small(t)
	cfg.URL, cfg.Rounds = redistest.Start(t, "--appendfsync", "always").URL(), 1
	cfg.FullJournal = true
	rep := run(t, cfg)
	checkRates(t, rep)
	if kept := rep.Memory.Kept; kept == 0 || rep.Memory.After < kept || !rep.FullJournal || strings.Contains(rep.Markdown(), "journal (short") {
		t.Errorf("a full journal takes %.0f bytes of %+v", kept, rep.Memory)
	}
	if !strings.HasSuffix(rep.Machine.Store, "appendfsync always") {
		t.Errorf("measured on %q", rep.Machine.Store)
	}
	if _, err := bench.Run(t.Context(), cfg); !errors.Is(err, bench.ErrNotEmpty) {
		t.Errorf("a second measurement of the same server: %v, want that it is not empty", err)
	}
}

// Not parallel: the command is looked for in the environment.
func TestNoServer(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := bench.Run(t.Context(), small(t)); !errors.Is(err, bench.ErrNoServer) {
		t.Errorf("without the command redis-server: %v", err)
	}
}

// Not parallel: the command is looked for in the environment.
func TestServerThatEnds(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "redis-server"), []byte("#!/bin/sh\nexit 1\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder)
	if _, err := bench.Run(t.Context(), small(t)); err == nil || !strings.Contains(err.Error(), "has ended") {
		t.Errorf("a server that ends at once: %v", err)
	}
}

func TestImpossible(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*bench.Config){
		"no clock":                func(c *bench.Config) { c.Now = nil },
		"no folder":               func(c *bench.Config) { c.Folder = "" },
		"another store":           func(c *bench.Config) { c.Store = "sqlite" },
		"a URL of a file":         func(c *bench.Config) { c.Store, c.URL = bench.StoreEmbedded, "redis://x" },
		"fewer people than hands": func(c *bench.Config) { c.People = 2 },
		"no hands":                func(c *bench.Config) { c.Connections = -1 },
		"no rounds":               func(c *bench.Config) { c.Rounds = -1 },
		"no time":                 func(c *bench.Config) { c.Round = -1 },
		"sizes that shrink":       func(c *bench.Config) { c.Sizes = []int{100, 90} },
		"sizes too near":          func(c *bench.Config) { c.Sizes = []int{100, 101} },
		"size of nobody":          func(c *bench.Config) { c.Sizes = []int{0} },
	} {
		cfg := small(t)
		change(&cfg)
		if _, err := bench.Run(t.Context(), cfg); !errors.Is(err, bench.ErrConfig) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The conversation in the binary is the one that everything else of bench20 is held to.
func TestSameConversation(t *testing.T) {
	t.Parallel()
	var files [2]string
	for i, path := range []string{"bundle/bench20.flow", "../../testdata/bench20/bench20.flow"} {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files[i] = string(b)
	}
	if d := cmp.Diff(files[1], files[0]); d != "" {
		t.Errorf("-testdata +bundle:\n%s", d)
	}
}

func run(t *testing.T, cfg bench.Config) bench.Report {
	t.Helper()
	rep, err := bench.Run(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if len(rep.Rounds) != cfg.Rounds || rep.People != cfg.People || rep.Connections != cfg.Connections {
		t.Errorf("%d rounds of %d people, %d at once", len(rep.Rounds), rep.People, rep.Connections)
	}
	m := rep.Machine
	if m.Date != "2026-11-24" || m.Cores < 1 || m.CPU == "" || m.Kernel == "" || m.Load == "" || !strings.HasPrefix(m.Go, "go") {
		t.Errorf("the machine is told as %+v", m)
	}
	return rep
}

func checkRates(t *testing.T, rep bench.Report) {
	t.Helper()
	for i, r := range append(rep.Rounds, bench.Round{Bare: rep.Bare, Whole: rep.Whole, Door: rep.Door}) {
		checkRate(t, r.Bare)
		checkRate(t, r.Whole)
		checkRate(t, r.Door)
		if i == len(rep.Rounds) {
			break
		}
		if want := max(1, int(r.Whole.PerSecond/2*round.Seconds())); r.Door.Events != want {
			t.Errorf("round %d: %d webhooks after %.0f whole events/s, want %d", i, r.Door.Events, r.Whole.PerSecond, want)
		}
	}
	if rep.Ratio <= 0 || math.IsInf(rep.Ratio, 0) || math.IsNaN(rep.Ratio) {
		t.Errorf("ratio %v", rep.Ratio)
	}
}

func checkRate(t *testing.T, r bench.Rate) {
	t.Helper()
	if r.Events < 1 || r.PerSecond <= 0 || r.P50 <= 0 || r.P99 < r.P50 || r.Max < r.P99 {
		t.Errorf("a rate is %+v", r)
	}
}

func checkCost(t *testing.T, rep bench.Report, server bool) {
	t.Helper()
	var parts []string
	for _, c := range rep.CPU {
		parts = append(parts, c.Part)
		if c.Micros < 0 || math.IsNaN(c.Micros) || server && c.Part == bench.PartServer && c.Micros == 0 || !server && c.Part == bench.PartServer && c.Micros != 0 {
			t.Errorf("%s takes %v µs", c.Part, c.Micros)
		}
	}
	want := []string{bench.PartServer, bench.PartClient, bench.PartDoor, bench.PartStep, bench.PartActor, bench.PartGenerator, bench.PartRuntime}
	if d := cmp.Diff(want, parts); d != "" {
		t.Errorf("parts -want +got:\n%s", d)
	}
}

func checkMemory(t *testing.T, rep bench.Report) {
	t.Helper()
	m := rep.Memory
	if m == nil {
		t.Fatal("nobody was weighed")
	}
	sum, kinds := 0.0, map[string]float64{}
	for _, p := range m.Parts {
		sum += p.Bytes
		kinds[p.Kind] = p.Bytes
		if p.Shared != (p.Kind == "schedule") {
			t.Errorf("%s is shared: %v", p.Kind, p.Shared)
		}
	}
	if math.Abs(sum-m.Window) > 1 || m.Session <= 0 || m.Session != kinds["session"] || m.Kept != kinds["journal"] {
		t.Errorf("the parts %+v do not make up %+v", m.Parts, m)
	}
	if math.Abs(m.Window-m.After-kinds["ring"]-kinds["old"]) > 1 || kinds["ring"] == 0 {
		t.Errorf("after the window %.0f bytes of %.0f are left; the ring takes %.0f", m.After, m.Window, kinds["ring"])
	}
	if kinds["mailbox"]+kinds["outbox"] != 0 {
		t.Errorf("somebody with work was weighed: %+v", m.Parts)
	}
}

func checkSizes(t *testing.T, rep bench.Report, sizes []int, server bool) {
	t.Helper()
	var got []int
	for _, s := range rep.Sizes {
		got = append(got, s.People)
		checkRate(t, s.Whole)
		checkRate(t, s.Door)
		if server != (s.Memory > 0) {
			t.Errorf("%d people take %.0f bytes each", s.People, s.Memory)
		}
	}
	if d := cmp.Diff(sizes, got); d != "" {
		t.Errorf("sizes -want +got:\n%s", d)
	}
}

// The table of the README holds every figure, and so does the JSON.
func checkMarkdown(t *testing.T, rep bench.Report) {
	t.Helper()
	text := rep.Markdown()
	for _, want := range []string{
		"`hoithoai bench`", rep.Machine.Store, "bare protocol", "whole events", "webhook until its 200", "| Redis |", "| step |",
		"| session |", "| ring |", "journal (short", "all, after that", "| 10 |", "| 40 |",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the table has no %q:\n%s", want, text)
		}
	}
	b, err := json.Marshal(rep)
	if err != nil {
		t.Fatal(err)
	}
	var back bench.Report
	if err := json.Unmarshal(b, &back); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(rep, back); d != "" {
		t.Errorf("read back from JSON -want +got:\n%s", d)
	}
}
