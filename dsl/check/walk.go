package check

import (
	"strings"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/expression"
	"hoithoai/dsl/tree"
)

// walker runs through one node in the order in which the engine does, and keeps what is set. A read counts as an
// assignment for what follows: what is missing there is missing here already, and is reported once.
type walker struct {
	a      *assign
	state  bitset
	report func(badRead) // nil while solving
}

// leave returns what is set along every edge of a node, given what is set when it is entered.
func (a *assign) leave(i int, in bitset, report func(badRead)) []bitset {
	w := &walker{a: a, state: in.clone(), report: report}
	step := a.g.nodes[i].step
	for _, action := range step.Actions {
		w.action(action)
	}
	for _, line := range step.Body {
		w.line(line)
	}
	out := make([]bitset, len(a.g.nodes[i].out))
	if step.End == nil {
		return out
	}
	w.aside(func() { w.whileWaiting(step) })
	w.ending(a.g.nodes[i].out, out, step.End)
	return out
}

// need reads what is tracked among refs.
func (w *walker) need(refs []expression.Ref, at diag.Span) {
	for _, bit := range w.a.bitsOf(refs) {
		if !w.state.has(bit) {
			w.missing(badRead{bit: bit, at: at})
		}
		w.state.add(bit)
	}
}

func (w *walker) missing(bad badRead) {
	if w.report != nil {
		w.report(bad)
	}
}

// know notes what has turned out to be set.
func (w *walker) know(refs []expression.Ref) {
	for _, bit := range w.a.bitsOf(refs) {
		w.state.add(bit)
	}
}

// aside runs what may happen or not: what is learned there does not last.
func (w *walker) aside(run func()) {
	saved := w.state
	w.state = saved.clone()
	run()
	w.state = saved
}

func (w *walker) eval(e *tree.Expr) {
	if x := w.a.expr(e); x != nil {
		w.need(x.Needs(), e.Span)
	}
}

// prose reads the values of a sentence. Facts and zalo.* render as something even when they are unset; slots do not.
func (w *walker) prose(p *tree.Prose) {
	t := w.a.template(p)
	for i := range t.Parts {
		part := &t.Parts[i]
		at := p.Columns.Part(p.Span, part.Offset, part.Length)
		switch {
		case part.Expr != nil:
			w.need(part.Expr.Needs(), at)
		case part.IsRef && part.Ref.Kind == expression.RefSlot:
			w.need([]expression.Ref{part.Ref}, at)
		case part.IsRef && part.Ref.Kind == expression.RefCondition:
			if c := w.a.g.flow.Conditions[part.Ref.Index]; c.Expr != nil {
				w.need(c.Expr.Needs(), at)
			}
		}
	}
}

// when reads the name behind `khi` and runs what it guards, knowing that it holds. Without a name it just runs it.
func (w *walker) when(name *tree.Name, run func()) {
	if name == nil {
		run()
		return
	}
	x := w.a.g.flow.Whens[name.Text]
	if x == nil {
		w.aside(run)
		return
	}
	w.need(x.Needs(), name.Span)
	w.aside(func() {
		w.know(x.Implies())
		run()
	})
}

func (w *walker) action(action *tree.Action) {
	if action.Clear {
		for bit := range w.a.slots {
			w.state.remove(bit)
		}
		return
	}
	w.eval(&action.Expr)
	w.set(action.Slot)
}

func (w *walker) set(name tree.Name) {
	if slot := w.a.g.flow.Slots[name.Text]; slot != nil {
		w.state.add(slot.Index)
	}
}

func (w *walker) line(line *tree.Line) {
	w.when(line.When, func() {
		switch line.Kind {
		case tree.Say:
			w.prose(&line.Text)
		case tree.Table, tree.List:
			w.items(line.Items)
		case tree.Link:
			w.button(line.Button)
		}
	})
}

func (w *walker) items(items []*tree.Item) {
	for _, item := range items {
		w.when(item.When, func() {
			if item.Label != nil {
				w.prose(item.Label)
			}
			w.prose(&item.Text)
		})
	}
}

// button reads what a button shows; what it computes is read only when it is pressed.
func (w *walker) button(b *tree.Button) {
	if b == nil {
		return
	}
	w.when(b.When, func() {
		w.prose(&b.Label)
		switch b.Kind {
		case tree.Open, tree.Phone:
			w.prose(&b.Address)
		case tree.Set:
			w.aside(func() { w.eval(&b.Value) })
		}
	})
}

// lines reads sentences that are shown only at need.
func (w *walker) lines(lines []tree.Prose) {
	w.aside(func() {
		for i := range lines {
			w.prose(&lines[i])
		}
	})
}

// whileWaiting reads what a waiting step may say besides its question: help and reminders. A call waits in the sub-flow,
// under the caller's mọi bước.
func (w *walker) whileWaiting(step *tree.Step) {
	if !step.End.Waits() && step.End.Kind != tree.Call {
		return
	}
	w.calm()
	if step.Help != nil {
		w.lines(step.Help.Lines)
	} else if always := w.a.g.flow.File.Always; always != nil && always.Help != nil {
		w.lines(always.Help.Lines)
	}
	reminders, _ := w.a.g.silencesOf(step)
	for _, s := range reminders {
		w.lines(s.Lines)
		for _, b := range s.Buttons {
			w.aside(func() { w.button(b) })
		}
	}
}

// calm forgets what holds only within one event.
func (w *walker) calm() {
	for bit := w.a.slots; bit < len(w.a.refs); bit++ {
		w.state.remove(bit)
	}
}

// isSlot reports whether an expression is nothing but the name of a slot.
func (w *walker) isSlot(e *tree.Expr) bool { return w.a.g.flow.Slots[strings.TrimSpace(e.Text)] != nil }
