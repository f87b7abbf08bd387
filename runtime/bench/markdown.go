package bench

import (
	"fmt"
	"strings"
)

// Markdown is the report as it stands in runtime/README.md.
func (r Report) Markdown() string {
	var b strings.Builder
	m := r.Machine
	fmt.Fprintf(&b, "Measured %s with `%s` on %s, %d cores, %s, kernel %s, %s; %s; load when it began: %s.\n", m.Date, r.Command, m.CPU, m.Cores, m.System, m.Kernel, m.Go, m.Store, m.Load)
	fmt.Fprintf(&b, "%d people, %d at once, bench20 with the real engine; client, program and store share the cores. Each figure is the median of %d rounds taken in turns.\n\n", r.People, r.Connections, len(r.Rounds))
	r.rates(&b)
	r.costs(&b)
	r.memory(&b)
	r.sizes(&b)
	return b.String()
}

func (r Report) rates(b *strings.Builder) {
	b.WriteString("| | events/s | p50 ms | p99 ms |\n|---|---|---|---|\n")
	row := func(name string, f Rate) {
		fmt.Fprintf(b, "| %s | %.0f | %.2f | %.2f |\n", name, f.PerSecond, f.P50, f.P99)
	}
	row("the store's bare protocol: accept, commit, done", r.Bare)
	row("whole events: accepted, stepped, committed, sent into a sink, done", r.Whole)
	row("webhook until its 200 over HTTP, at half of that rate, whole events behind it", r.Door)
	fmt.Fprintf(b, "\nWhole events by the bare protocol: %.0f %%.\n", 100*r.Ratio)
}

// partNames says what the parts are.
var partNames = map[string]string{
	PartServer: "Redis", PartClient: "client of the store", PartDoor: "HTTP and door", PartStep: "step", PartActor: "sealing, envelopes, journal, metrics",
	PartGenerator: "generator", PartRuntime: "Go runtime (collection, scheduling)",
}

func (r Report) costs(b *strings.Builder) {
	b.WriteString("\n| CPU of one webhook with all that follows | µs |\n|---|---|\n")
	sum := 0.0
	for _, c := range r.CPU {
		fmt.Fprintf(b, "| %s | %.0f |\n", partNames[c.Part], c.Micros)
		sum += c.Micros
	}
	fmt.Fprintf(b, "| together | %.0f |\n", sum)
	b.WriteString("\nProcesses by getrusage and INFO cpu; the parts of our own by the functions on the stacks of a CPU profile of that round.\n")
}

func (r Report) memory(b *strings.Builder) {
	if r.Memory == nil {
		return
	}
	b.WriteString("\n| MEMORY USAGE of a person who waits at bench20's last question | bytes |\n|---|---|\n")
	for _, p := range r.Memory.Parts {
		name := p.Kind
		if p.Shared {
			name += " (the person's part of the partition's)"
		}
		fmt.Fprintf(b, "| %s | %.0f |\n", name, p.Bytes)
	}
	if !r.FullJournal {
		b.WriteString("| journal (short: the conversation has nothing to prove or mend) | 0 |\n")
	}
	fmt.Fprintf(b, "| all, while past events are remembered | %.0f |\n| all, after that | %.0f |\n", r.Memory.Window, r.Memory.After)
}

func (r Report) sizes(b *strings.Builder) {
	if len(r.Sizes) == 0 {
		return
	}
	b.WriteString("\n| people in the store | whole events/s | p99 ms | webhooks/s | p50 ms | p99 ms | memory per person |\n|---|---|---|---|---|---|---|\n")
	for _, s := range r.Sizes {
		fmt.Fprintf(b, "| %d | %.0f | %.2f | %.0f | %.2f | %.2f | %.0f |\n", s.People, s.Whole.PerSecond, s.Whole.P99, s.Door.PerSecond, s.Door.P50, s.Door.P99, s.Memory)
	}
}
