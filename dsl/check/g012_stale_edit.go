package check

import (
	"hoithoai/dsl/diag"
	"hoithoai/dsl/expression"
	"hoithoai/dsl/tree"
)

// checkStaleEdit refuses `A rồi B` where A's slot decides a branch on a way from A to B (design/language.md, Meaning 5):
// after such an edit the answers in between belong to a branch nobody took. The way is that of the first visit, so it is
// followed from A as if it were not an edit.
func checkStaleEdit(p *pass) {
	for _, g := range p.graphs {
		known := map[int][]decision{}
		for _, edit := range g.edits() {
			p.reportStale(g, edit, known)
		}
	}
}

// edits lists every target with `rồi` once, in order of the nodes.
func (g *graph) edits() []*tree.Target {
	var out []*tree.Target
	seen := map[*tree.Target]bool{}
	for i := range g.nodes {
		for at := range g.nodes[i].out {
			t := g.nodes[i].out[at].target
			if t != nil && t.Return != nil && t.Kind == tree.ToStep && !seen[t] {
				seen[t] = true
				out = append(out, t)
			}
		}
	}
	return out
}

func (p *pass) reportStale(g *graph, t *tree.Target, known map[int][]decision) {
	from, okFrom := g.flow.StepIndex[t.Name.Text]
	to, okTo := g.flow.StepIndex[t.Return.Text]
	if !okFrom || !okTo {
		return
	}
	branches, ok := known[from]
	if !ok {
		branches = g.decidedBy(g.setBy(from))
		known[from] = branches
	}
	if len(branches) == 0 {
		return
	}
	between := g.between(from, to)
	for _, d := range branches {
		if !between[d.step] {
			continue
		}
		step := g.flow.File.Steps[d.step]
		p.report(diag.Diagnostic{
			Severity: diag.Error, Span: t.Span,
			Message: say("Sửa ở bước `%s` rồi về `%s` thì sót: `%s` quyết định nhánh ở bước `%s` nằm giữa.",
				"Editing in `%s` and returning to `%s` leaves stale answers: `%s` decides the branch in `%s` between them.",
				t.Name.Text, t.Return.Text, d.slot.Name.Text, step.Name.Text),
			Fix:     say("Viết `-> %s`, không có `rồi`.", "Write `-> %s`, without `rồi`.", t.Name.Text),
			Edit:    &diag.Edit{Span: t.Span, Text: t.Name.Text},
			Related: []diag.Related{{Span: step.End.Span, Message: say("Nhánh ở đây.", "The branch stands here.")}},
		})
		return
	}
}

// decision is a branch that a slot decides.
type decision struct {
	step int
	slot *tree.Slot
}

// decidedBy lists the branches that read one of the slots.
func (g *graph) decidedBy(set map[int]*tree.Slot) []decision {
	var out []decision
	for i, step := range g.flow.File.Steps {
		if step.End == nil || step.End.Kind != tree.Branch {
			continue
		}
		if slot := g.decides(step.End, set); slot != nil {
			out = append(out, decision{i, slot})
		}
	}
	return out
}

// setBy lists the slots that a visit of a step sets.
func (g *graph) setBy(at int) map[int]*tree.Slot {
	out := map[int]*tree.Slot{}
	end := g.nodes[at].step.End
	if slot := g.slot(end); slot != nil {
		out[slot.Index] = slot.Decl
	}
	if end != nil && end.Kind == tree.Call {
		for _, name := range end.Take {
			if slot := g.flow.Slots[name.Text]; slot != nil {
				out[slot.Index] = slot.Decl
			}
		}
	}
	return out
}

// between marks the steps on ways from one step to another that pass neither of them again.
func (g *graph) between(from, to int) []bool {
	d := make(digraph, len(g.nodes))
	for i, successors := range g.inside(forward) {
		for _, next := range successors {
			if i != to && next != from {
				d[i] = append(d[i], next)
			}
		}
	}
	ahead, back := d.reach(from), d.reversed().reach(to)
	out := make([]bool, len(g.flow.File.Steps))
	for i := range out {
		out[i] = ahead[i] && back[i] && i != from && i != to
	}
	return out
}

// forward keeps what leads on by the author's will, not by a phrase or by silence.
func forward(e *edge) bool {
	return e.kind != edgeListen && e.kind != edgeSilence && e.kind != edgeRemind
}

// decides is a slot among set that a branch reads; conditions are followed.
func (g *graph) decides(end *tree.Ending, set map[int]*tree.Slot) *tree.Slot {
	for _, arm := range end.Arms {
		if x := g.flow.Exprs[&arm.Expr]; x != nil {
			if slot := g.readsAny(x, set, map[int]bool{}); slot != nil {
				return slot
			}
		}
	}
	return nil
}

func (g *graph) readsAny(x *expression.Expr, set map[int]*tree.Slot, seen map[int]bool) *tree.Slot {
	for _, r := range append(x.Reads[:len(x.Reads):len(x.Reads)], x.Tests...) {
		switch r.Kind {
		case expression.RefSlot:
			if slot := set[r.Index]; slot != nil {
				return slot
			}
		case expression.RefCondition:
			if seen[r.Index] || r.Index >= len(g.flow.Conditions) || g.flow.Conditions[r.Index].Expr == nil {
				continue
			}
			seen[r.Index] = true
			if slot := g.readsAny(g.flow.Conditions[r.Index].Expr, set, seen); slot != nil {
				return slot
			}
		}
	}
	return nil
}
