package check

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hoithoai/dsl/diag"

	"pgregory.net/rapid"
)

// The model of a random flow: what the assignment and the cycle rule must see, without any of their machinery.

const modelSlots = 4 // x0 … x3; x3 is tùy

type modelRead struct {
	slot  int
	guard int // the slot a `khi` asks for, or -1
}

type modelStep struct {
	clear  bool
	set    int // tính x = 1, or -1
	reads  []modelRead
	kind   string // go, ask, menu, branch, end, call
	asked  int
	to     []int // go, ask: one; menu: per button; branch: then, else; call: xong, bỏ dở
	edit   []int // menu: step an edit returns to, or -1
	callee int
	good   bool // end: đạt
}

func drawStep(t *rapid.T, steps int, kinds []string, subs []int) modelStep {
	target := rapid.IntRange(0, steps-1)
	s := modelStep{set: -1, kind: rapid.SampledFrom(kinds).Draw(t, "kind")}
	s.clear = rapid.IntRange(0, 7).Draw(t, "clear") == 0
	if rapid.IntRange(0, 3).Draw(t, "sets") == 0 {
		s.set = rapid.IntRange(0, modelSlots-1).Draw(t, "set")
	}
	for range rapid.IntRange(0, 2).Draw(t, "reads") {
		s.reads = append(s.reads, modelRead{
			slot:  rapid.IntRange(0, modelSlots-1).Draw(t, "read"),
			guard: rapid.IntRange(-2, modelSlots-1).Draw(t, "guard"),
		})
	}
	s.asked = rapid.IntRange(0, modelSlots-1).Draw(t, "asked")
	switch s.kind {
	case "go", "ask":
		s.to = []int{target.Draw(t, "to")}
	case "branch":
		s.to = []int{target.Draw(t, "then"), target.Draw(t, "else")}
	case "call":
		s.to = []int{target.Draw(t, "done"), target.Draw(t, "abandon")}
		s.callee = rapid.SampledFrom(subs).Draw(t, "callee")
	case "menu":
		for range rapid.IntRange(1, 3).Draw(t, "buttons") {
			s.to = append(s.to, target.Draw(t, "to"))
			s.edit = append(s.edit, rapid.IntRange(-3, steps-1).Draw(t, "edit"))
		}
	case "end":
		s.good = rapid.Bool().Draw(t, "good")
	}
	return s
}

func drawSteps(t *rapid.T, kinds []string, subs []int) []modelStep {
	n := rapid.IntRange(1, 7).Draw(t, "steps")
	out := make([]modelStep, n)
	for i := range out {
		out[i] = drawStep(t, n, kinds, subs)
	}
	return out
}

// edits reports whether button k of a menu really edits: only a step that asks can return.
func edits(steps []modelStep, s modelStep, k int) bool {
	return s.edit[k] >= 0 && steps[s.to[k]].kind == "ask"
}

// source writes the model as a flow file.
func source(name string, sub bool, steps []modelStep) string {
	var b strings.Builder
	if sub {
		fmt.Fprintf(&b, "luồng con %s \"Luồng con\"\n", name)
	} else {
		fmt.Fprintf(&b, "luồng %s \"Luồng\"\n  căn cứ \"Luật\" hiệu lực 01/01/2026\n", name)
	}
	b.WriteString("  bắt đầu s0\n\ndữ liệu\n")
	for i := range modelSlots {
		optional := ""
		if i == modelSlots-1 {
			optional = " tùy"
		}
		fmt.Fprintf(&b, "  x%d số 0..9%s \"Số %d\"\n", i, optional, i)
	}
	b.WriteString("\nđiều kiện\n")
	for i := range modelSlots {
		fmt.Fprintf(&b, "  co_x%d co(x%d)\n", i, i)
	}
	for i, s := range steps {
		fmt.Fprintf(&b, "\nbước s%d\n", i)
		writeStep(&b, steps, s)
	}
	return b.String()
}

func writeStep(b *strings.Builder, steps []modelStep, s modelStep) {
	if s.clear {
		b.WriteString("  xóa hết\n")
	}
	if s.set >= 0 {
		fmt.Fprintf(b, "  tính x%d = 1\n", s.set)
	}
	b.WriteString("  | Chào.\n")
	for _, r := range s.reads {
		if r.guard >= 0 {
			fmt.Fprintf(b, "  khi co_x%d | Số {x%d}.\n", r.guard, r.slot)
		} else {
			fmt.Fprintf(b, "  | Số {x%d}.\n", r.slot)
		}
	}
	switch s.kind {
	case "go":
		fmt.Fprintf(b, "  -> s%d\n", s.to[0])
	case "ask":
		fmt.Fprintf(b, "  hỏi x%d\n  -> s%d\n", s.asked, s.to[0])
	case "branch":
		fmt.Fprintf(b, "  nếu co(x%d) -> s%d\n  còn lại -> s%d\n", s.asked, s.to[0], s.to[1])
	case "call":
		fmt.Fprintf(b, "  gọi con%d()\n  xong -> s%d\n  bỏ dở -> s%d\n", s.callee, s.to[0], s.to[1])
	case "end":
		fmt.Fprintf(b, "  kết thúc %s\n", map[bool]string{true: "đạt", false: "bỏ"}[s.good])
	case "menu":
		for k := range s.to {
			back := ""
			if edits(steps, s, k) {
				back = fmt.Sprintf(" rồi s%d", s.edit[k])
			}
			fmt.Fprintf(b, "  [Nút %c] -> s%d%s\n", 'A'+k, s.to[k], back)
		}
	}
}

// modelState is where a run of the model stands: step, the step an edit returns to (-1: none), and what is set.
type modelState struct {
	step, back int
	set        [modelSlots]bool
}

// badReads walks every state a run can be in and notes each read of something unset; what was missing counts as set from
// there on, as the rule reports a lack where it is first met.
func badReads(steps []modelStep) map[string]bool {
	bad := map[string]bool{}
	seen := map[modelState]bool{}
	var visit func(modelState)
	visit = func(st modelState) {
		if seen[st] {
			return
		}
		seen[st] = true
		for _, next := range advance(steps, st, bad) {
			visit(next)
		}
	}
	visit(modelState{back: -1})
	return bad
}

func advance(steps []modelStep, st modelState, bad map[string]bool) []modelState {
	s, set := steps[st.step], st.set
	if s.clear {
		set = [modelSlots]bool{}
	}
	if s.set >= 0 {
		set[s.set] = true
	}
	for _, r := range s.reads {
		if !set[r.slot] && r.guard != r.slot {
			bad[fmt.Sprintf("s%d x%d", st.step, r.slot)] = true
		}
		set[r.slot] = set[r.slot] || r.guard < 0
	}
	with := func(slot int, value bool) [modelSlots]bool {
		out := set
		out[slot] = value
		return out
	}
	next := func(to, back int, set [modelSlots]bool) modelState { return modelState{to, back, set} }
	switch s.kind {
	case "go":
		return []modelState{next(s.to[0], -1, set)}
	case "ask":
		to := s.to[0]
		if st.back >= 0 {
			to = st.back
		}
		out := []modelState{next(to, -1, with(s.asked, true))}
		if s.asked == modelSlots-1 {
			out = append(out, next(to, -1, with(s.asked, false)))
		}
		return out
	case "branch":
		return []modelState{next(s.to[0], -1, with(s.asked, true)), next(s.to[1], -1, set)}
	case "menu":
		var out []modelState
		for k := range s.to {
			back := -1
			if edits(steps, s, k) {
				back = s.edit[k]
			}
			out = append(out, next(s.to[k], back, set))
		}
		return out
	}
	return nil
}

func TestAssignmentAgreesWithEveryPath(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		steps := drawSteps(rt, []string{"go", "ask", "ask", "menu", "menu", "branch", "end"}, nil)
		text := source("thu", false, steps)
		b, _ := read(t, flow("thu", text))
		got := map[string]bool{}
		for _, d := range only(Check(b, Options{}), "G007") {
			var slot, step string
			if _, err := fmt.Sscanf(strings.ReplaceAll(d.Message.EN, "`", " "), " %s may not be set in the step %s", &slot, &step); err != nil {
				rt.Fatalf("cannot read %q: %v", d.Message.EN, err)
			}
			got[step+" "+slot] = true
		}
		want := badReads(steps)
		if w, g := keys(want), keys(got); !slices.Equal(w, g) {
			rt.Fatalf("unset reads\n want %v\n got  %v\n%s", w, g, text)
		}
	})
}

func keys(m map[string]bool) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// A way that a message tells must be one that can be walked: it begins at the start and every hop is an edge.
func TestToldWaysExist(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		steps := drawSteps(rt, []string{"go", "ask", "menu", "branch", "end"}, nil)
		b, _ := read(t, flow("thu", source("thu", false, steps)))
		p := newPass(b, Options{})
		g := p.graphs[0]
		a := p.assign(g)
		for _, bad := range a.bad {
			at, w := place{bad.node, true}, a.waysOf(bad.bit)
			for hops := 0; ; hops++ {
				by, ok := w.from[at]
				if !ok {
					break // the step itself unsets it
				}
				if by.edge < 0 {
					if !slices.Contains(g.entries, at.node) {
						rt.Fatalf("the way begins at %s", g.name(at.node))
					}
					break
				}
				if hops > 2*len(g.nodes) || g.nodes[by.before.node].out[by.edge].to != at.node {
					rt.Fatalf("the way to %s does not exist", g.name(bad.node))
				}
				at = by.before
			}
		}
	})
}

// modelBundle is a flow and sub-flows; a sub-flow calls only later ones, so that nothing recurs.
type modelBundle struct{ flows [][]modelStep }

func drawBundle(t *rapid.T) modelBundle {
	n := rapid.IntRange(1, 4).Draw(t, "flows")
	var m modelBundle
	for i := range n {
		kinds := []string{"go", "go", "branch", "ask", "end"}
		var subs []int
		for j := i + 1; j < n; j++ {
			subs = append(subs, j)
		}
		if len(subs) > 0 {
			kinds = append(kinds, "call", "call")
		}
		m.flows = append(m.flows, drawSteps(t, kinds, subs))
	}
	return m
}

// config is a stack of flow and step; a run of the model moves it without ever waiting.
type config []int

func (c config) key() string { return fmt.Sprint([]int(c)) }

// moves lists where the machine can be next at once.
func (m modelBundle) moves(c config) []config {
	flow, at := c[len(c)-2], c[len(c)-1]
	below := c[:len(c)-2]
	s := m.flows[flow][at]
	jump := func(steps ...int) config { return append(slices.Clone(below), steps...) }
	switch s.kind {
	case "go":
		return []config{jump(flow, s.to[0])}
	case "branch":
		return []config{jump(flow, s.to[0]), jump(flow, s.to[1])}
	case "call":
		return []config{jump(flow, at, s.callee, 0)}
	case "end":
		if len(below) == 0 {
			return nil
		}
		caller := m.flows[below[len(below)-2]][below[len(below)-1]]
		to := caller.to[1]
		if s.good {
			to = caller.to[0]
		}
		return []config{append(slices.Clone(below[:len(below)-1]), to)}
	}
	return nil
}

// restless reports whether from some step the machine can come back to where it was without waiting.
func (m modelBundle) restless() bool {
	const open, closed = 1, 2
	state := map[string]int{}
	var visit func(config) bool
	visit = func(c config) bool {
		state[c.key()] = open
		for _, next := range m.moves(c) {
			switch state[next.key()] {
			case open:
				return true
			case closed:
				continue
			}
			if visit(next) {
				return true
			}
		}
		state[c.key()] = closed
		return false
	}
	for flow := range m.flows {
		for at := range m.flows[flow] {
			if c := (config{flow, at}); state[c.key()] == 0 && visit(c) {
				return true
			}
		}
	}
	return false
}

func TestCyclesAgreeWithTheMachine(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		m := drawBundle(rt)
		sources := []string{source("thu", false, m.flows[0])}
		files := append(base(t), flow("thu", sources[0]))
		for i := 1; i < len(m.flows); i++ {
			text := source(fmt.Sprintf("con%d", i), true, m.flows[i])
			sources = append(sources, text)
			files = append(files, flow(fmt.Sprintf("con%d", i), text))
		}
		b, _ := read(t, files...)
		found := only(Check(b, Options{}), "G006")
		if got, want := len(found) > 0, m.restless(); got != want {
			rt.Fatalf("restless: want %v, found %s\n%s", want, written(found), strings.Join(sources, "\n----\n"))
		}
	})
}

// Whatever the flow, checking ends, says nothing twice, and orders what it says.
func TestFindingsAreOrderedAndUnique(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		m := drawBundle(rt)
		b, _ := read(t, flow("thu", source("thu", false, m.flows[0])))
		found := Check(b, Options{Day: today(t)})
		seen := map[string]bool{}
		for i, d := range found {
			key := fmt.Sprintf("%+v", d)
			if seen[key] {
				rt.Fatalf("said twice: %s", written(diag.List{d}))
			}
			seen[key] = true
			if i > 0 && found[i-1].Span.File == d.Span.File && found[i-1].Span.Line > d.Span.Line {
				rt.Fatalf("out of order: %s", written(found[i-1:i+1]))
			}
		}
	})
}
