package check

import "hoithoai/dsl/tree"

// ending fills out with what is set along every edge.
func (w *walker) ending(edges []edge, out []bitset, end *tree.Ending) {
	switch end.Kind {
	case tree.Ask, tree.Menu, tree.Agree:
		w.offer(end)
	case tree.Call, tree.Do:
		w.args(end)
		w.calm()
	case tree.Branch:
		w.arms(edges, out, end)
		return
	case tree.Finish:
		w.results(end)
	}
	for k := range edges {
		out[k] = w.along(&edges[k], end)
	}
}

// along is what is set on one edge of anything but a branch.
func (w *walker) along(e *edge, end *tree.Ending) bitset {
	switch e.kind {
	case edgeAnswer, edgePick:
		if slot := w.a.g.slot(end); slot != nil {
			return w.state.with(slot.Index)
		}
	case edgeSkip:
		if slot := w.a.g.slot(end); slot != nil {
			return w.state.without(slot.Index)
		}
	case edgeDone, edgeOK:
		return w.state.with(w.taken(end)...)
	}
	return w.state
}

func (w *walker) taken(end *tree.Ending) []int {
	var out []int
	for _, name := range end.Take {
		if slot := w.a.g.flow.Slots[name.Text]; slot != nil {
			out = append(out, slot.Index)
		}
	}
	return out
}

// offer reads what a question shows and what may answer it.
func (w *walker) offer(end *tree.Ending) {
	slot := w.a.g.slot(end)
	if slot != nil {
		for _, option := range slot.Decl.Options {
			w.when(option.When, func() {})
		}
	}
	w.calm()
	for _, b := range end.Buttons {
		w.button(b)
	}
	w.aside(func() {
		w.lines(end.Wrong)
		for _, must := range end.Musts {
			w.lines(must.Lines)
		}
		if slot != nil {
			w.state.add(slot.Index)
		}
		for _, must := range end.Musts { // each is tried only when those before it held
			w.eval(&must.Expr)
		}
	})
}

// args reads the arguments of a call or a task. Where the other side can do without one, a bare slot may be unset.
func (w *walker) args(end *tree.Ending) {
	for i := range end.Args {
		if w.isSlot(&end.Args[i]) && w.a.pass.mayLack(end, i) {
			continue
		}
		w.eval(&end.Args[i])
	}
}

// mayLack reports whether the parameter i of a task or sub-flow is tùy.
func (p *pass) mayLack(end *tree.Ending, i int) bool {
	if end.Kind == tree.Do {
		task := p.bundle.Task[end.Callee.Text]
		return task != nil && i < len(task.Params) && task.Params[i].Optional
	}
	slot := p.inSlot(end, i)
	return slot != nil && slot.Optional
}

// inSlot is the slot of the called sub-flow that takes argument i; nil where none is known.
func (p *pass) inSlot(end *tree.Ending, i int) *tree.Slot {
	callee := p.callee(end)
	if callee == nil {
		return nil
	}
	for _, slot := range callee.SlotOrder {
		if !slot.Decl.In {
			continue
		}
		if i == 0 {
			return slot.Decl
		}
		i--
	}
	return nil
}

// arms goes through the branches in order: each is asked only when those before it did not hold.
func (w *walker) arms(edges []edge, out []bitset, end *tree.Ending) {
	for i, arm := range end.Arms {
		x := w.a.expr(&arm.Expr)
		w.eval(&arm.Expr)
		if x == nil {
			out[i] = w.state.clone()
			continue
		}
		w.aside(func() {
			w.know(x.Implies())
			out[i] = w.state
		})
		w.know(x.ImpliesNot())
	}
	for k := len(end.Arms); k < len(edges); k++ {
		out[k] = w.state
	}
}

// results demands that every ra slot is set where a sub-flow ends well.
func (w *walker) results(end *tree.Ending) {
	if !end.Success || w.a.g.flow.File.Kind != tree.Sub {
		return
	}
	for i, slot := range w.a.g.flow.SlotOrder {
		if slot.Decl.Out && !w.state.has(i) {
			w.missing(badRead{bit: i, at: end.Span, result: true})
		}
	}
}
