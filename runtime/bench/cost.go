package bench

import (
	"bytes"
	"context"
	"fmt"
	"runtime/pprof"
	"slices"
	"strings"
	"time"
)

// The parts of the way that CPU is counted to. Every part but the first is of our own process.
const (
	PartServer    = "redis"     // the process of the server
	PartClient    = "client"    // calls of the store, down to the socket
	PartDoor      = "http"      // net/http, decoding, signature
	PartStep      = "step"      // the engine, and the session's codec
	PartActor     = "actor"     // sealing, envelopes, journal, metrics
	PartGenerator = "generator" // what plays Zalo
	PartRuntime   = "runtime"   // garbage collection and scheduling that belong to no call
)

// Cost is what a part takes of an event.
type Cost struct {
	Part   string  `json:"part"`
	Micros float64 `json:"cpu_us"` // of CPU per event
}

// rules say by a function on the stack which part a moment of CPU belongs to; the first that fits anywhere on the stack counts.
var rules = []struct{ part, prefix string }{
	{PartClient, "hoithoai/runtime/store/redis."}, {PartClient, "hoithoai/runtime/store/embedded."},
	{PartStep, "hoithoai/runtime/engine."}, {PartStep, "hoithoai/runtime/session."}, {PartStep, "hoithoai/runtime/understand."},
	{PartActor, "hoithoai/runtime/actor."},
	{PartGenerator, "hoithoai/runtime/bench.(*world)."}, {PartGenerator, "hoithoai/runtime/bench.(*wire)."},
	{PartDoor, "net/http."}, {PartDoor, "hoithoai/runtime/server."},
	{PartActor, "hoithoai/runtime/"},
}

// split takes one more round of webhooks under a profiler, and divides what it cost: the processes by what the system counts
// for each (getrusage, INFO cpu), our own process by the share of each part in its profile.
func (w *world) split(ctx context.Context, c *crowd, rounds []Round) ([]Cost, error) {
	w.cfg.Progress("cost of a webhook")
	server, err := w.spent(ctx)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := pprof.StartCPUProfile(&out); err != nil {
		return nil, fmt.Errorf("start a CPU profile: %w", err)
	}
	own := ownCPU()
	rate, err := w.doorRound(ctx, c, medianOf(rounds, func(r Round) float64 { return r.Whole.PerSecond })/2)
	own = ownCPU() - own
	pprof.StopCPUProfile()
	if err != nil {
		return nil, err
	}
	after, err := w.spent(ctx)
	if err != nil {
		return nil, err
	}
	p, err := readProfile(out.Bytes())
	if err != nil {
		return nil, err
	}
	return costs(p, own, after.CPU-server.CPU, rate.Events), nil
}

// costs divides the CPU of our process among its parts.
func costs(p *profile, own, server time.Duration, events int) []Cost {
	seen, all := map[string]float64{}, 0.0
	for _, s := range p.samples {
		seen[partOf(p.stack(s))] += float64(s.nanos)
		all += float64(s.nanos)
	}
	per := func(d float64) float64 { return d / float64(time.Microsecond) / float64(max(events, 1)) }
	out := []Cost{{PartServer, per(float64(server))}}
	for _, part := range []string{PartClient, PartDoor, PartStep, PartActor, PartGenerator, PartRuntime} {
		out = append(out, Cost{part, per(float64(own) * seen[part] / max(all, 1))})
	}
	return out
}

// partOf is the part a stack belongs to.
func partOf(stack []string) string {
	for _, rule := range rules {
		if slices.ContainsFunc(stack, func(f string) bool { return strings.HasPrefix(f, rule.prefix) }) {
			return rule.part
		}
	}
	return PartRuntime
}
