package check

import (
	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
)

// checkDeadEnd reports the steps from which the conversation goes on for ever: no end, no person, no other flow. What chung
// files hear everywhere does not count: a resident must not have to guess a word to get out.
func checkDeadEnd(p *pass) {
	for _, g := range p.graphs {
		p.reportDeadEnds(g)
	}
}

func (p *pass) reportDeadEnds(g *graph) {
	d := g.inside(own)
	out := d.reversed().reach(g.exits()...)
	seen := g.reachable()
	reported := map[int]bool{}
	for _, component := range d.components() {
		first := component[0]
		at := g.nodes[first].at
		if !seen[first] || out[first] || !d.closed(component) || reported[at] {
			continue
		}
		reported[at] = true
		p.fail(g.span(first), g.deadEnd(component),
			say("Cho một đường tới bước có `kết thúc` hoặc `chuyển người`, hoặc tới `luồng` khác.",
				"Give it a way to a step with `kết thúc` or `chuyển người`, or to another `luồng`."))
	}
}

// exits lists the nodes at which a run ends or leaves the flow; what was not understood counts as a way out.
func (g *graph) exits() []int {
	var out []int
	for i := range g.nodes {
		if g.nodes[i].step.Broken || g.nodes[i].step.End == nil || g.nodes[i].ends() || g.leaves(i) {
			out = append(out, i)
		}
	}
	return out
}

func (g *graph) leaves(i int) bool {
	for at := range g.nodes[i].out {
		e := &g.nodes[i].out[at]
		sub := g.flow.File.Kind == tree.Sub && e.to == restarts
		if own(e) && (e.to == leavesFlow || e.to == leadsUnknown || sub) {
			return true
		}
	}
	return false
}

// closed reports whether every edge of a component stays in it: the trap itself, not a way into it.
func (d digraph) closed(component []int) bool {
	member := make(map[int]bool, len(component))
	for _, i := range component {
		member[i] = true
	}
	for _, i := range component {
		for _, next := range d[i] {
			if !member[next] {
				return false
			}
		}
	}
	return true
}

func (g *graph) deadEnd(component []int) diag.Sentence {
	name := g.name(component[0])
	if len(component) == 1 {
		return say("Bước `%s` là ngõ cụt: không có đường nào tới chỗ kết thúc, gặp người hay luồng khác.",
			"The step `%s` is a dead end: no way leads to an end, a person or another flow.", name)
	}
	return say("Từ bước `%s` cuộc hội thoại quay vòng mãi trong %d bước: không có đường nào tới chỗ kết thúc, gặp người hay luồng khác.",
		"From the step `%s` the conversation goes round %d steps for ever: no way leads to an end, a person or another flow.",
		name, len(component))
}
