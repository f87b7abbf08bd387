package bind

import "hoithoai/dsl/tree"

// role says what an expression is for.
type role uint8

const (
	roleTest   role = iota // nếu, phải, điều kiện: yes or no
	roleAssign             // tính TÊN = BT
	roleAnswer             // [X] = BT: a value of the asked slot
	roleArg                // an argument of gọi or làm
)

// site is where something stands in a step.
type site struct {
	step *tree.Step   // nil in mọi bước and điều kiện
	end  *tree.Ending // set inside an ending
	role role
	slot tree.Name // roleAssign
	arg  int       // roleArg
}

// walker is told of everything a file holds, in the order of the file; a nil function is skipped.
type walker struct {
	target func(t *tree.Target, at site)
	prose  func(p *tree.Prose)
	when   func(n *tree.Name)
	expr   func(e *tree.Expr, at site)
	button func(b *tree.Button, at site)
}

func (w *walker) onTarget(t *tree.Target, at site) {
	if t != nil && w.target != nil {
		w.target(t, at)
	}
}

func (w *walker) onProse(p *tree.Prose) {
	if w.prose != nil {
		w.prose(p)
	}
}

func (w *walker) onProses(lines []tree.Prose) {
	for i := range lines {
		w.onProse(&lines[i])
	}
}

func (w *walker) onWhen(n *tree.Name) {
	if n != nil && w.when != nil {
		w.when(n)
	}
}

func (w *walker) onExpr(e *tree.Expr, at site) {
	if w.expr != nil {
		w.expr(e, at)
	}
}

// file walks a whole file; conditions are left to whoever orders them.
func (w *walker) file(f *tree.File) {
	for _, s := range f.Slots {
		for _, o := range s.Options {
			w.onWhen(o.When)
		}
	}
	if f.Always != nil {
		w.always(f.Always)
	}
	for _, s := range f.Steps {
		w.step(s)
	}
}

func (w *walker) always(a *tree.Always) {
	for _, l := range a.Listens {
		w.onTarget(&l.Target, site{})
	}
	if a.Help != nil {
		w.onProses(a.Help.Lines)
	}
	w.silences(a.Silences, site{})
}

func (w *walker) silences(silences []*tree.Silence, at site) {
	for _, s := range silences {
		w.onTarget(s.Target, at)
		w.onProses(s.Lines)
		w.buttons(s.Buttons, at)
	}
}

func (w *walker) buttons(buttons []*tree.Button, at site) {
	for _, b := range buttons {
		w.onButton(b, at)
	}
}

func (w *walker) onButton(b *tree.Button, at site) {
	w.onWhen(b.When)
	w.onProse(&b.Label)
	switch b.Kind {
	case tree.GoTo:
		w.onTarget(&b.Target, at)
	case tree.Set:
		at.role = roleAnswer
		w.onExpr(&b.Value, at)
	case tree.Open, tree.Phone:
		w.onProse(&b.Address)
	}
	if w.button != nil {
		w.button(b, at)
	}
}

func (w *walker) step(s *tree.Step) {
	at := site{step: s}
	for _, a := range s.Actions {
		if !a.Clear {
			w.onExpr(&a.Expr, site{step: s, role: roleAssign, slot: a.Slot})
		}
	}
	for _, l := range s.Body {
		w.line(l, at)
	}
	if s.End != nil {
		w.ending(s.End, site{step: s, end: s.End})
	}
	if s.Help != nil {
		w.onProses(s.Help.Lines)
	}
	w.silences(s.Silences, at)
}

func (w *walker) line(l *tree.Line, at site) {
	if l.Kind == tree.Link && l.Button != nil {
		w.onButton(l.Button, at) // whose khi is that of the line
		return
	}
	w.onWhen(l.When)
	if l.Kind == tree.Say {
		w.onProse(&l.Text)
	}
	for _, item := range l.Items {
		w.onWhen(item.When)
		if item.Label != nil {
			w.onProse(item.Label)
		}
		w.onProse(&item.Text)
	}
}

func (w *walker) ending(e *tree.Ending, at site) {
	w.buttons(e.Buttons, at)
	for _, m := range e.Musts {
		w.onExpr(&m.Expr, at)
		w.onProses(m.Lines)
	}
	w.onProses(e.Wrong)
	for _, arm := range e.Arms {
		w.onExpr(&arm.Expr, at)
		w.onTarget(&arm.Target, at)
	}
	for i := range e.Args {
		w.onExpr(&e.Args[i], site{step: at.step, end: e, role: roleArg, arg: i})
	}
	w.endTargets(e, at)
}

func (w *walker) endTargets(e *tree.Ending, at site) {
	if e.Limit != nil {
		w.onTarget(&e.Limit.Target, at)
	}
	for _, t := range []*tree.Target{e.Next, e.Else, e.Done, e.Abandon} {
		w.onTarget(t, at)
	}
	for _, f := range e.Errors {
		w.onTarget(&f.Target, at)
	}
}
