package chaos

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// outcome is what came of a run.
type outcome struct {
	scenario   scenario
	findings   []finding
	duplicates []duplicate
	accepted   int
	answers    int // different answers that arrived
	timers     int
	reminders  int
	people     []*person
	lost       int // accepted and never applied
	again      int // webhooks delivered again
	refusals   int // webhooks not answered 200
	requests   int // sends, refused ones too
	lookups    int
	faults     map[string]int
	kills      int
	freezes    int
	outages    int
	took       time.Duration
	p50, p99   time.Duration
	logs       []string             // of the replicas
	strangers  map[string][]arrival // what reached people who are none of the crowd
	cuts       []cut
	pauses     int
	letters    string // what hoithoai deadletters lists, where processes end by themselves
}

// judge checks everything that arrived, and what is left.
func (w *world) judge() *outcome {
	w.t.Helper()
	o := &outcome{scenario: w.scenario, people: w.crowd.people, took: time.Since(w.began)}
	w.count(o)
	if w.scenario.fatal != "" {
		o.letters = w.deadLetters()
	}
	book := w.zalo.book()
	r := rules{gather: w.scenario.gather, silence: w.scenario.silence, lease: w.scenario.lease, forgetful: w.scenario.forgetful}
	for _, p := range w.crowd.people {
		c := check(r, &w.line, p.name, p.accepted, book[p.name])
		o.findings = append(o.findings, c.findings...)
		o.duplicates = append(o.duplicates, c.duplicates...)
		o.accepted, o.answers, o.timers = o.accepted+len(p.accepted), o.answers+c.answers, o.timers+c.timers
		o.reminders += len(c.remind)
		o.lost += len(p.accepted) - len(c.applied)
		delete(book, p.name)
	}
	o.strangers = book
	for _, key := range w.store.left(w) {
		o.findings = append(o.findings, finding{leftBehind, "", key})
	}
	for _, r := range w.zalo.inner.Refusals() {
		o.findings = append(o.findings, finding{refused, "", fmt.Sprint(r)})
	}
	for _, r := range w.replicas {
		if log, err := os.ReadFile(r.log()); err == nil {
			o.logs = append(o.logs, string(log))
		}
		if text := r.panics(); text != "" {
			o.findings = append(o.findings, finding{crash, "", text})
		}
		if n := r.gaveUp(); n > 0 && w.scenario.fatal == "" {
			o.findings = append(o.findings, finding{givenUp, "", fmt.Sprintf("replica %d gave %d pieces of work up", r.n, n)})
		}
	}
	if rate := float64(len(o.duplicates)) / float64(max(o.answers, 1)); rate > w.scenario.allowed && len(o.duplicates) > 1 {
		o.findings = append(o.findings, finding{tooMany, "", fmt.Sprintf("%d of %d messages", len(o.duplicates), o.answers)})
	}
	o.log(w.t)
	return o
}

// count takes over what the world counted.
func (w *world) count(o *outcome) {
	w.mu.Lock()
	defer w.mu.Unlock()
	o.findings = slices.Clone(w.findings)
	o.again, o.refusals, o.cuts, o.pauses = w.again, w.refusals, w.cuts, w.pauses
	slices.Sort(w.latencies)
	if n := len(w.latencies); n > 0 {
		o.p50, o.p99 = w.latencies[n/2], w.latencies[n*99/100]
	}
	w.zalo.mu.Lock()
	defer w.zalo.mu.Unlock()
	o.requests, o.lookups, o.faults = w.zalo.requests, w.zalo.lookups, w.zalo.faults
	o.kills, o.freezes, o.outages = w.line.count(killed), w.line.count(frozen), w.line.count(outage)
}

// row is the outcome in one line of the final table; header names its columns.
const header = "| run | events | again | answers | timers | kills | freezes | outages | faults | lost | broken | sent twice | sends/msg | lookups | 200: p50 | p99 | s | events/s |\n|---|" + "---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|"

func (o *outcome) row() string {
	faults := 0
	for _, n := range o.faults {
		faults += n
	}
	return fmt.Sprintf("| %s | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d | %.3f | %d | %v | %v | %.0f | %.0f |",
		o.scenario.name, o.accepted, o.again, o.answers, o.timers, o.kills, o.freezes, o.outages, faults, o.lost, len(o.findings), len(o.duplicates),
		float64(o.requests)/float64(max(o.answers+o.reminders, 1)), o.lookups, o.p50.Round(100*time.Microsecond), o.p99.Round(time.Millisecond),
		o.took.Seconds(), float64(o.accepted)/o.took.Seconds())
}

func (o *outcome) log(t *testing.T) {
	t.Helper()
	t.Logf("\n%s\n%s", header, o.row())
	if len(o.duplicates) > 0 {
		t.Logf("came twice:\n%s", listed(o.duplicates))
	}
}

// listed names every duplicate with its cause; of those without one, which are findings, only the first.
func listed(duplicates []duplicate) string {
	var b strings.Builder
	without := 0
	for _, d := range duplicates {
		if d.cause == "" {
			if without++; without > shown {
				continue
			}
		}
		fmt.Fprintf(&b, "%v\n", d)
	}
	return b.String()
}

// shown is how many findings are printed.
const shown = 12

// mustHold fails the test for every promise that was broken; .ci/test knows it by the word BROKEN and does not look again.
func (o *outcome) mustHold(t *testing.T) {
	t.Helper()
	for i, f := range o.findings {
		if i == shown {
			t.Errorf("… and %d more: %v", len(o.findings)-shown, o.kinds())
			return
		}
		t.Errorf("BROKEN %v", f)
	}
}

// kinds counts what was found by the invariant that is broken.
func (o *outcome) kinds() map[string]int {
	out := map[string]int{}
	for _, f := range o.findings {
		out[f.invariant]++
	}
	return out
}

// progress draws a bar on stderr in the long runs; the returned function ends it.
func (w *world) progress() (stop func()) {
	if !*longFlag {
		return func() {}
	}
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-done:
				fmt.Fprintln(os.Stderr)
				return
			case <-time.After(time.Second):
				fmt.Fprint(os.Stderr, w.bar())
			}
		}
	}()
	return func() { close(done); <-ended }
}

func (w *world) bar() string {
	spoken, seen, total, _ := w.crowd.progress()
	const width = 30
	full := width * seen / max(total, 1)
	return fmt.Sprintf("\r%-28s [%s%s] %3d %%  said %d, answered %d of %d, kills %d, freezes %d, outages %d, %.0f s ",
		w.scenario.name, strings.Repeat("#", full), strings.Repeat(".", width-full), 100*seen/max(total, 1), spoken, seen, total,
		w.line.count(killed), w.line.count(frozen), w.line.count(outage), time.Since(w.began).Seconds())
}
