package understand_test

import (
	"flag"
	"fmt"
	"hash/fnv"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"hoithoai/dsl"
	"hoithoai/dsl/program"
	"hoithoai/flows"
	"hoithoai/runtime/understand"
)

// mistakes prints every sentence of the tuning part that went wrong; those held out are never printed.
var mistakes = flag.Bool("mistakes", false, "print what went wrong in the tuning part")

// asked is one sentence of testdata/*.tsv.
type asked struct {
	set   string // the file
	flows []string
	style string
	text  string
}

// heldOut keeps a third of the sentences out of tuning, whichever they are.
func (a asked) heldOut() bool {
	h := fnv.New32a()
	h.Write([]byte(a.text))
	return h.Sum32()%3 == 0
}

func sentences(t testing.TB) []asked {
	t.Helper()
	var out []asked
	for _, set := range []string{"sentences", "unseen", "examination", "last_examination", "alarms"} {
		out = append(out, sentencesOf(t, set)...)
	}
	return out
}

// sentencesOf reads one set.
func sentencesOf(t testing.TB, set string) []asked {
	t.Helper()
	text, err := os.ReadFile("testdata/" + set + ".tsv")
	if err != nil {
		t.Fatal(err)
	}
	var out []asked
	for line := range strings.SplitSeq(strings.TrimSpace(string(text)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			t.Fatalf("%s: %q has no three fields", set, line)
		}
		out = append(out, asked{set, strings.Split(strings.ReplaceAll(f[0], understand.OutOfScope, "none"), "|"), f[1], f[2]})
	}
	return out
}

// real is the program of this repository.
func real(t testing.TB) *program.Program {
	t.Helper()
	loaded, err := dsl.Load(flows.FS, dsl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return loaded.Program
}

// learned is the program of this repository and what was learned of it, once for all tests that only ask.
func learned(t testing.TB) (*program.Program, *understand.Understander) {
	t.Helper()
	l, err := once()
	if err != nil {
		t.Fatal(err)
	}
	return l.program, l.understander
}

type lesson struct {
	program      *program.Program
	understander *understand.Understander
}

var once = sync.OnceValues(func() (lesson, error) {
	loaded, err := dsl.Load(flows.FS, dsl.Options{})
	if err != nil {
		return lesson{}, err
	}
	return lesson{loaded.Program, understand.New(loaded.Program)}, nil
})

// tally counts the outcomes of a group of sentences.
type tally struct{ all, best, three, wrongSure, unsure int }

func (a tally) String() string {
	return fmt.Sprintf("%4d  best %5.1f %%  three %5.1f %%  unsure %4d  surely wrong %3d", a.all, part(a.best, a.all), part(a.three, a.all), a.unsure, a.wrongSure)
}

func part(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }

// report is what the sentences of one part came to.
type report struct {
	total            tally
	style, flow      map[string]*tally
	confused         map[string]int
	outside, taken   int // out of scope, and of these taken for a request with outcome sure
	alarms, missed   int
	quiet, falsified int // no emergencies, and of these taken for one
}

func newReport() *report {
	return &report{style: map[string]*tally{}, flow: map[string]*tally{}, confused: map[string]int{}}
}

// add judges one sentence and reports whether its best flow is right.
func (r *report) add(u *understand.Understander, p *program.Program, a asked) (string, bool) {
	v := u.Judge(a.text)
	got := verdictName(p, v)
	three := []string{got}
	for _, c := range v.Candidates {
		three = append(three, name(p, c.Flow))
	}
	right := slices.Contains(a.flows, got)
	some := slices.ContainsFunc(a.flows, func(f string) bool { return slices.Contains(three, f) })
	for _, t := range []*tally{&r.total, entry(r.style, a.style), entry(r.flow, a.flows[0])} {
		t.count(v, right, some)
	}
	if !right {
		r.confused[a.flows[0]+" → "+got]++
	}
	r.special(a, got, v)
	return fmt.Sprintf("%s %.2f", got, v.Score), right
}

func (t *tally) count(v understand.Verdict, right, some bool) {
	t.all++
	t.best += one(right)
	t.three += one(some)
	t.unsure += one(v.Outcome == understand.IsUnsure)
	t.wrongSure += one(v.Outcome == understand.IsSure && !right)
}

func (r *report) special(a asked, got string, v understand.Verdict) {
	if a.flows[0] == "none" {
		r.outside++
		r.taken += one(v.Outcome == understand.IsSure)
	}
	if a.flows[0] == "khan_cap" {
		r.alarms++
		r.missed += one(got != "khan_cap")
	} else {
		r.quiet++
		r.falsified += one(got == "khan_cap")
	}
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

func entry(m map[string]*tally, key string) *tally {
	if m[key] == nil {
		m[key] = &tally{}
	}
	return m[key]
}

func name(p *program.Program, flow int) string {
	if flow == program.None || p.Flows[flow].Name == understand.OutOfScope {
		return "none"
	}
	return p.Flows[flow].Name
}

func verdictName(p *program.Program, v understand.Verdict) string {
	if v.Outcome == understand.IsNone {
		return "none"
	}
	return name(p, v.Flow)
}

func (r *report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-18s %s\n", "all", r.total)
	fmt.Fprintf(&b, "out of scope taken as sure %d of %d; emergencies missed %d of %d; false alarms %d of %d\n",
		r.taken, r.outside, r.missed, r.alarms, r.falsified, r.quiet)
	for _, group := range []map[string]*tally{r.style, r.flow} {
		for _, k := range slices.Sorted(maps.Keys(group)) {
			fmt.Fprintf(&b, "%-18s %s\n", k, group[k])
		}
	}
	for _, k := range slices.Sorted(maps.Keys(r.confused)) {
		fmt.Fprintf(&b, "%3d  %s\n", r.confused[k], k)
	}
	return b.String()
}

// TestTable prints the accuracy by style and by flow and the confused pairs: go test ./runtime/understand -run Table -v
func TestTable(t *testing.T) {
	t.Parallel()
	p, u := learned(t)
	tuned, held := map[string]*report{}, map[string]*report{}
	for _, a := range sentences(t) {
		if a.heldOut() {
			reportOf(held, a.set).add(u, p, a)
			continue
		}
		if v := u.Judge(a.text); *mistakes && (len(v.Then) > 0) != (a.style == "hai") {
			t.Logf("requests of %v: %v %d: %s", a.flows, name(p, v.Flow), v.Then, a.text)
		}
		if got, right := reportOf(tuned, a.set).add(u, p, a); !right && *mistakes {
			t.Logf("%v not %s: %s", a.flows, got, a.text)
			e := u.Explain(a.text)
			t.Logf("    %s %v %v %.5v", e.Read, e.Phrase, e.Denied, e.Reasons[:min(10, len(e.Reasons))])
		}
	}
	for _, set := range slices.Sorted(maps.Keys(tuned)) {
		t.Logf("%s, tuning part\n%s", set, tuned[set])
		t.Logf("%s, held-out part\n%s", set, held[set])
	}
}

func reportOf(m map[string]*report, set string) *report {
	if m[set] == nil {
		m[set] = newReport()
	}
	return m[set]
}
