package check

import (
	"hoithoai/dsl/bind"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
)

// edgeKind says by which outcome a step is left.
type edgeKind uint8

const (
	edgeGo      edgeKind = iota // ->
	edgeAnswer                  // hỏi: a valid answer
	edgeSkip                    // hỏi of a tùy slot: [Bỏ qua]
	edgePick                    // hỏi: button n sets the slot
	edgePress                   // button n goes elsewhere
	edgeArm                     // nếu n
	edgeElse                    // còn lại
	edgeDone                    // gọi: xong
	edgeAbandon                 // gọi: bỏ dở
	edgeOK                      // làm: được
	edgeFail                    // làm: lỗi n
	edgeLimit                   // sai N lần
	edgeListen                  // nghe
	edgeSilence                 // im lặng -> đích
	edgeRemind                  // a button of a reminder
)

// Destinations that are no step of the graph.
const (
	leavesFlow   = -1 - iota // luồng x
	restarts                 // bắt đầu lại
	goesBack                 // quay lại
	repeats                  // nhắc lại
	leadsUnknown             // not resolved; reported already
)

// edge is one outcome of a node.
type edge struct {
	kind   edgeKind
	to     int // position in graph.nodes, or one of the destinations above
	n      int // which button, arm, error, phrase or silence; from 0
	target *tree.Target
	word   string // the label, the phrase or the error code, where there is one
	shared bool   // comes from the mọi bước of a chung file
}

// node is a step in one way of visiting it: plainly, or as an edit that returns to another step (`A rồi B`).
type node struct {
	step *tree.Step
	at   int // position in File.Steps
	back int // node to which the answer returns, or noReturn
	out  []edge
}

const noReturn = -1

// waits reports whether the step stops for a person.
func (n *node) waits() bool {
	return n.step.End.Waits()
}

// ends reports whether the run ends here or a person takes over.
func (n *node) ends() bool {
	return n.step.End != nil && (n.step.End.Kind == tree.Human || n.step.End.Kind == tree.Finish)
}

// visit names a node: a step and the step an edit returns to.
type visit struct{ at, back int }

// graph is every way through one flow. The first nodes are its steps in order of the file, visited plainly.
type graph struct {
	flow    *bind.Flow
	nodes   []node
	entries []int // where a run of the flow may begin
	whole   bool  // every line was read and every target resolved: what is missing is really missing
	byVisit map[visit]int
	shared  []*tree.Always // the mọi bước of the chung files
	tasks   map[string]*tree.Task
	facts   []*bind.Fact
}

func newGraph(b *bind.Bundle, f *bind.Flow, shared []*tree.Always) *graph {
	g := &graph{flow: f, whole: !f.File.Broken, byVisit: map[visit]int{}, shared: shared, tasks: b.Task, facts: b.Facts}
	for i := range f.File.Steps {
		g.node(visit{i, noReturn})
	}
	for i := 0; i < len(g.nodes); i++ { // edits add nodes while we go
		g.link(i)
	}
	g.entries = g.starts()
	return g
}

// node returns the position of the node of v, making it where it is new.
func (g *graph) node(v visit) int {
	if at, ok := g.byVisit[v]; ok {
		return at
	}
	step := g.flow.File.Steps[v.at]
	if step.Broken || step.End == nil {
		g.whole = false
	}
	g.nodes = append(g.nodes, node{step: step, at: v.at, back: v.back})
	g.byVisit[v] = len(g.nodes) - 1
	return len(g.nodes) - 1
}

func (g *graph) starts() []int {
	var out []int
	add := func(name string) {
		if i, ok := g.flow.StepIndex[name]; ok {
			out = append(out, i)
		}
	}
	if g.flow.Start != nil {
		add(g.flow.Start.Name.Text)
	} else {
		g.whole = false
	}
	for _, flag := range []*tree.Flag{g.flow.File.OnFollow, g.flow.File.Fallback} {
		if flag != nil && flag.Step != nil {
			add(flag.Step.Text)
		}
	}
	return out
}

// destination resolves a target to a node or to one of the special destinations.
func (g *graph) destination(t *tree.Target) int {
	if t == nil {
		g.whole = false
		return leadsUnknown
	}
	switch t.Kind {
	case tree.ToFlow:
		return leavesFlow
	case tree.ToBack:
		return goesBack
	case tree.ToRepeat:
		return repeats
	case tree.ToRestart:
		return restarts
	}
	return g.stepNode(t)
}

func (g *graph) stepNode(t *tree.Target) int {
	at, ok := g.flow.StepIndex[t.Name.Text]
	if !ok {
		g.whole = false
		return leadsUnknown
	}
	back := noReturn
	if t.Return != nil && canReturn(g.flow.File.Steps[at]) {
		if b, ok := g.flow.StepIndex[t.Return.Text]; ok {
			back = b
		}
	}
	return g.node(visit{at, back})
}

// canReturn reports whether `rồi` means something for the step: only an answer or a finished sub-flow returns.
func canReturn(s *tree.Step) bool {
	return s.End != nil && (s.End.Kind == tree.Ask || s.End.Kind == tree.Call)
}

// slot returns the slot a step asks, nil where there is none.
func (g *graph) slot(end *tree.Ending) *bind.Slot {
	if end == nil || end.Kind != tree.Ask {
		return nil
	}
	return g.flow.Slots[end.Slot.Text]
}

// span is where a node's step stands.
func (g *graph) span(i int) diag.Span { return g.nodes[i].step.Span }

// name is a node's step by name.
func (g *graph) name(i int) string { return g.nodes[i].step.Name.Text }

// inside is the graph of the ways that stay in the flow, without those that keep(edge) refuses. Beginning again leads to
// the start; `quay lại` and `nhắc lại` lead nowhere new.
func (g *graph) inside(keep func(*edge) bool) digraph {
	d := make(digraph, len(g.nodes))
	for i := range g.nodes {
		for at := range g.nodes[i].out {
			e := &g.nodes[i].out[at]
			if !keep(e) {
				continue
			}
			if e.to >= 0 {
				d[i] = append(d[i], e.to)
			} else if e.to == restarts && g.flow.File.Kind == tree.Flow && len(g.entries) > 0 {
				d[i] = append(d[i], g.entries[0])
			}
		}
	}
	return d
}

// every keeps all edges.
func every(*edge) bool { return true }

// own keeps what the author of the flow wrote: not what chung files add everywhere.
func own(e *edge) bool { return !e.shared }

// reachable marks the nodes a run can come to.
func (g *graph) reachable() []bool { return g.inside(every).reach(g.entries...) }
