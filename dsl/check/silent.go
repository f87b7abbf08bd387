package check

import (
	"hoithoai/dsl/bind"
	"hoithoai/dsl/tree"
)

// silence is what a sub-flow can do without ever waiting for a person or a timer.
type silence struct{ done, abandon, restart bool }

// silentGraph is the whole bundle as one graph of the outcomes that happen at once: a step that goes on, branches, or
// awaits only a machine. Calls are followed into the sub-flow, and past it where the sub-flow can finish without waiting.
type silentGraph struct {
	pass  *pass
	base  []int // by flow: number of its first node
	owner []int // by number: its flow
	edges digraph
}

func newSilentGraph(p *pass) *silentGraph {
	s := &silentGraph{pass: p}
	for i, g := range p.graphs {
		s.base = append(s.base, len(s.owner))
		for range g.nodes {
			s.owner = append(s.owner, i)
		}
	}
	silences := p.silences()
	s.edges = make(digraph, len(s.owner))
	for i, g := range p.graphs {
		for n := range g.nodes {
			s.edges[s.base[i]+n] = s.successors(g, n, silences)
		}
	}
	return s
}

// node gives back the graph and the node behind a number.
func (s *silentGraph) node(number int) (g *graph, n int) {
	owner := s.owner[number]
	return s.pass.graphs[owner], number - s.base[owner]
}

func (s *silentGraph) successors(g *graph, n int, silences []silence) []int {
	var out []int
	for at := range g.nodes[n].out {
		e := &g.nodes[n].out[at]
		if s.pass.atOnce(g, n, e, silences) {
			out = s.arrive(out, g, e)
		}
	}
	if callee := s.pass.callee(g.nodes[n].step.End); callee != nil {
		out = s.enter(out, callee)
		if silences[callee.Index].restart && g.flow.File.Kind == tree.Flow { // a sub-flow passes it on to its caller
			out = s.enter(out, g.flow)
		}
	}
	return out
}

// arrive adds where an edge leads, across flows.
func (s *silentGraph) arrive(out []int, g *graph, e *edge) []int {
	switch {
	case e.to >= 0:
		return append(out, s.base[g.flow.Index]+e.to)
	case e.to == restarts && g.flow.File.Kind == tree.Flow:
		return s.enter(out, g.flow)
	case e.to == leavesFlow:
		if f := s.pass.bundle.ByName[e.target.Name.Text]; f != nil {
			return s.enter(out, f)
		}
	}
	return out
}

// enter adds the start of a flow.
func (s *silentGraph) enter(out []int, f *bind.Flow) []int {
	if g := s.pass.graphs[f.Index]; f.Start != nil && len(g.entries) > 0 {
		return append(out, s.base[f.Index]+g.entries[0])
	}
	return out
}

// atOnce reports whether an edge is taken without waiting for a person or a timer. A task is neither.
func (p *pass) atOnce(g *graph, n int, e *edge, silences []silence) bool {
	switch e.kind {
	case edgeGo, edgeArm, edgeElse, edgeOK, edgeFail:
		return true
	case edgeDone, edgeAbandon:
		callee := p.callee(g.nodes[n].step.End)
		if callee == nil {
			return false
		}
		s := silences[callee.Index]
		return e.kind == edgeDone && s.done || e.kind == edgeAbandon && s.abandon
	}
	return false
}

// silences computes for every flow what it can do without waiting, growing until nothing changes.
func (p *pass) silences() []silence {
	out := make([]silence, len(p.graphs))
	for changed := true; changed; {
		changed = false
		for i, g := range p.graphs {
			if next := p.silenceOf(g, out); next != out[i] {
				out[i], changed = next, true
			}
		}
	}
	return out
}

func (p *pass) silenceOf(g *graph, known []silence) silence {
	if g.flow.File.Kind != tree.Sub || len(g.entries) == 0 {
		return silence{}
	}
	d := make(digraph, len(g.nodes))
	for n := range g.nodes {
		for at := range g.nodes[n].out {
			if e := &g.nodes[n].out[at]; e.to >= 0 && p.atOnce(g, n, e, known) {
				d[n] = append(d[n], e.to)
			}
		}
	}
	var out silence
	for n, seen := range d.reach(g.entries[0]) {
		if seen {
			out = out.or(p.silentEnd(g, n, known))
		}
	}
	return out
}

func (s silence) or(o silence) silence {
	return silence{s.done || o.done, s.abandon || o.abandon, s.restart || o.restart}
}

// silentEnd is what a node reached without waiting does to the caller.
func (p *pass) silentEnd(g *graph, n int, known []silence) silence {
	end := g.nodes[n].step.End
	if end == nil {
		return silence{}
	}
	if end.Kind == tree.Finish {
		return silence{done: end.Success, abandon: !end.Success}
	}
	var out silence
	if callee := p.callee(end); callee != nil {
		out.restart = known[callee.Index].restart
	}
	for at := range g.nodes[n].out {
		e := &g.nodes[n].out[at]
		out.restart = out.restart || e.to == restarts && p.atOnce(g, n, e, known)
	}
	return out
}
