package check

import (
	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
)

// needed is what every waiting step must offer, whatever the flow.
type needed struct{ help, cancel, person bool }

func (n needed) or(o needed) needed {
	return needed{n.help || o.help, n.cancel || o.cancel, n.person || o.person}
}

func (n needed) and(o needed) needed {
	return needed{n.help && o.help, n.cancel && o.cancel, n.person && o.person}
}

// checkWayOut demands that help, a way to cancel and a person can be reached from every waiting step. A bundle in which no
// chung file holds a mọi bước is told so once.
func checkWayOut(p *pass) {
	if len(p.bundle.Flows) == 0 {
		return
	}
	if len(sharedAlways(p.bundle)) == 0 {
		p.warn(p.bundle.Flows[0].File.Span,
			say("Không tệp chung nào có `mọi bước`, nên chưa chắc bước nào cũng có trợ giúp, lối hủy và đường gặp người.",
				"No chung file has `mọi bước`, so help, a way to cancel and a person may be missing anywhere."),
			say("Thêm một tệp `chung` có `mọi bước` với `nghe`, `trợ giúp`.", "Add a `chung` file whose `mọi bước` has `nghe` and `trợ giúp`."))
		return
	}
	w := newWayOut(p)
	for _, g := range p.graphs {
		w.report(g)
	}
}

// wayOut knows what the bundle offers.
type wayOut struct {
	pass   *pass
	shared needed   // by chung files
	scope  []needed // by flow: its own mọi bước and those of all its callers
	person [][]bool // by flow and node: a person can be reached
}

func newWayOut(p *pass) *wayOut {
	w := &wayOut{pass: p}
	w.person = w.solvePerson()
	for _, always := range sharedAlways(p.bundle) {
		w.shared = w.shared.or(w.always(always, nil))
	}
	w.scope = w.solveScope()
	return w
}

// always is what one mọi bước offers; g is its flow, nil for a chung file.
func (w *wayOut) always(always *tree.Always, g *graph) needed {
	out := needed{help: always.Help != nil}
	for _, listen := range always.Listens {
		out.cancel = out.cancel || w.cancels(&listen.Target, g)
		out.person = out.person || w.leadsToPerson(&listen.Target, g)
	}
	return out
}

// cancels reports whether a target gives up what is under way: beginning again, another flow, or a step that ends with bỏ.
func (w *wayOut) cancels(t *tree.Target, g *graph) bool {
	switch t.Kind {
	case tree.ToRestart:
		return true
	case tree.ToStep:
		step := w.stepOf(t, g)
		return step != nil && step.End != nil && step.End.Kind == tree.Finish && !step.End.Success
	}
	return false
}

func (w *wayOut) stepOf(t *tree.Target, g *graph) *tree.Step {
	if g == nil {
		return nil
	}
	return g.flow.Steps[t.Name.Text]
}

func (w *wayOut) leadsToPerson(t *tree.Target, g *graph) bool {
	switch t.Kind {
	case tree.ToFlow:
		return w.flowHasPerson(t.Name.Text)
	case tree.ToStep:
		if g != nil {
			at, ok := g.flow.StepIndex[t.Name.Text]
			return ok && w.person[g.flow.Index][at]
		}
	}
	return false
}

// flowHasPerson reports whether a person can be reached in a flow; one that is not known is taken to have one.
func (w *wayOut) flowHasPerson(name string) bool {
	f := w.pass.bundle.ByName[name]
	if f == nil {
		return true
	}
	g := w.pass.graphs[f.Index]
	return len(g.entries) > 0 && w.person[f.Index][g.entries[0]]
}

// solvePerson grows the set of nodes from which a person can be reached until nothing changes.
func (w *wayOut) solvePerson() [][]bool {
	w.person = make([][]bool, len(w.pass.graphs))
	for i, g := range w.pass.graphs {
		w.person[i] = make([]bool, len(g.nodes))
	}
	for changed := true; changed; {
		changed = false
		for i, g := range w.pass.graphs {
			changed = w.growPerson(g, w.person[i]) || changed
		}
	}
	return w.person
}

// growPerson adds the nodes of one flow from which a person is reached through nodes that are known already.
func (w *wayOut) growPerson(g *graph, known []bool) (changed bool) {
	for n := len(g.nodes) - 1; n >= 0; n-- { // most edges lead forward
		if !known[n] && w.nodeHasPerson(g, n) {
			known[n], changed = true, true
		}
	}
	return changed
}

func (w *wayOut) nodeHasPerson(g *graph, n int) bool {
	end := g.nodes[n].step.End
	if end == nil || end.Kind == tree.Human {
		return true
	}
	if end.Kind == tree.Finish {
		return w.afterFinish(g, end)
	}
	for at := range g.nodes[n].out {
		e := &g.nodes[n].out[at]
		if e.to >= 0 && w.person[g.flow.Index][e.to] || e.to == leadsUnknown || e.to == leavesFlow && w.flowHasPerson(e.target.Name.Text) {
			return true
		}
	}
	return false
}

// afterFinish reports whether every caller of a sub-flow offers a person once it has ended.
func (w *wayOut) afterFinish(g *graph, end *tree.Ending) bool {
	callers := w.pass.callers[g.flow.Index]
	for _, c := range callers {
		if !w.afterCall(c, end.Success) {
			return false
		}
	}
	return len(callers) > 0
}

func (w *wayOut) afterCall(c call, success bool) bool {
	for at := range c.g.nodes[c.node].out {
		e := &c.g.nodes[c.node].out[at]
		taken := e.kind == edgeDone && success || e.kind == edgeAbandon && !success
		if taken && e.to >= 0 && w.person[c.g.flow.Index][e.to] {
			return true
		}
	}
	return false
}

// solveScope computes what the mọi bước of a flow and of its callers offer. It begins with everything and takes away, since
// a sub-flow has only what every caller has.
func (w *wayOut) solveScope() []needed {
	out := make([]needed, len(w.pass.graphs))
	for i := range out {
		out[i] = needed{true, true, true}
	}
	for changed := true; changed; {
		changed = false
		for i, g := range w.pass.graphs {
			if next := w.scopeOf(g, out); next != out[i] {
				out[i], changed = next, true
			}
		}
	}
	return out
}

func (w *wayOut) scopeOf(g *graph, known []needed) needed {
	var out needed
	if always := g.flow.File.Always; always != nil {
		out = w.always(always, g)
	}
	callers := w.pass.callers[g.flow.Index]
	if len(callers) == 0 {
		return out
	}
	all := needed{true, true, true}
	for _, c := range callers {
		all = all.and(known[c.g.flow.Index])
	}
	return out.or(all)
}

// report tells per flow and kind, at the first step that lacks it.
func (w *wayOut) report(g *graph) {
	seen := g.reachable()
	scope := w.shared.or(w.scope[g.flow.Index])
	kinds := []struct {
		has  func(n int) bool
		what diag.Sentence
		fix  diag.Sentence
	}{
		{func(n int) bool { return scope.help || g.nodes[n].step.Help != nil },
			say("không có trợ giúp", "there is no help"),
			say("Thêm `trợ giúp` vào `mọi bước`.", "Add `trợ giúp` to `mọi bước`.")},
		{func(n int) bool { return scope.cancel || w.stepCancels(g, n) },
			say("không hủy được", "there is no way to cancel"),
			say("Thêm `nghe \"hủy\" -> bắt đầu lại` vào `mọi bước`.", "Add `nghe \"hủy\" -> bắt đầu lại` to `mọi bước`.")},
		{func(n int) bool { return scope.person || w.person[g.flow.Index][n] },
			say("không tới được người thật", "no person can be reached"),
			say("Thêm vào `mọi bước` một câu `nghe` dẫn tới luồng có `chuyển người`.",
				"Add to `mọi bước` a `nghe` that leads to a flow with `chuyển người`.")},
	}
	for _, kind := range kinds {
		w.reportLack(g, seen, kind.has, kind.what, kind.fix)
	}
}

// stepCancels reports whether a waiting step itself offers to give up.
func (w *wayOut) stepCancels(g *graph, n int) bool {
	for at := range g.nodes[n].out {
		if t := g.nodes[n].out[at].target; t != nil && w.cancels(t, g) {
			return true
		}
	}
	return false
}

func (w *wayOut) reportLack(g *graph, seen []bool, has func(int) bool, what, fix diag.Sentence) {
	var lacking []int
	steps := map[int]bool{}
	for n := range g.nodes {
		if seen[n] && g.nodes[n].waits() && !has(n) && !steps[g.nodes[n].at] {
			steps[g.nodes[n].at] = true
			lacking = append(lacking, n)
		}
	}
	if len(lacking) == 0 {
		return
	}
	message := say("Chờ ở bước `%s` thì %s.", "While the step `%s` waits, %s.", g.name(lacking[0]), what)
	if more := len(lacking) - 1; more > 0 {
		message = say("Chờ ở bước `%s` và %d bước khác của luồng thì %s.", "While the step `%s` and %d others of the flow wait, %s.",
			g.name(lacking[0]), more, what)
	}
	w.pass.fail(g.span(lacking[0]), message, fix)
}
