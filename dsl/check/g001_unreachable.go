package check

import "slices"

// checkUnreachable reports every step no run can come to. Steps that only an unreachable step leads to are its consequence.
func checkUnreachable(p *pass) {
	for _, g := range p.graphs {
		if g.whole {
			p.reportUnreachable(g)
		}
	}
}

func (p *pass) reportUnreachable(g *graph) {
	seen, steps := g.reachableSteps(), len(g.flow.File.Steps)
	ways := g.stepGraph()
	lead := ways.into(seen)
	explained := make([]bool, steps)
	report := func(at int) {
		for i, below := range ways.reach(at) {
			explained[i] = explained[i] || below
		}
		name := g.flow.File.Steps[at].Name.Text
		p.fail(g.flow.File.Steps[at].Span,
			say("Không có đường nào dẫn tới bước `%s`.", "No way leads to the step `%s`.", name),
			say("Thêm `-> %s` ở một bước khác, hoặc xóa bước này.", "Add `-> %s` to another step, or delete this one.", name))
	}
	for at := range steps {
		if !seen[at] && !lead[at] {
			report(at)
		}
	}
	for at := range steps { // what is left leads in circles
		if !seen[at] && !explained[at] {
			report(at)
		}
	}
}

// reachableSteps marks, by position in the file, the steps that some visit reaches.
func (g *graph) reachableSteps() []bool {
	out := make([]bool, len(g.flow.File.Steps))
	for i, ok := range g.reachable() {
		if ok {
			out[g.nodes[i].at] = true
		}
	}
	return out
}

// stepGraph is the flow by steps, whatever the visit.
func (g *graph) stepGraph() digraph {
	d := make(digraph, len(g.flow.File.Steps))
	for i, successors := range g.inside(every) {
		for _, next := range successors {
			d[g.nodes[i].at] = append(d[g.nodes[i].at], g.nodes[next].at)
		}
	}
	for i := range d {
		slices.Sort(d[i])
		d[i] = slices.Compact(d[i])
	}
	return d
}

// into marks the nodes to which another node outside seen leads.
func (d digraph) into(seen []bool) []bool {
	out := make([]bool, len(d))
	for i, successors := range d {
		for _, next := range successors {
			if !seen[i] && next != i {
				out[next] = true
			}
		}
	}
	return out
}
