package bind

import "hoithoai/dsl/tree"

// resolveFile compiles every expression and sentence of a file and checks every name in it.
func (b *binder) resolveFile(s *scopes) {
	w := walker{
		expr:   func(e *tree.Expr, at site) { b.bindExpr(s, e, at) },
		prose:  func(p *tree.Prose) { b.bindProse(s, p) },
		when:   func(n *tree.Name) { b.checkWhen(s, n) },
		target: func(t *tree.Target, at site) { b.checkTarget(s, t, at) },
		button: func(button *tree.Button, at site) { b.checkSetButton(button, at); b.checkOpens(button) },
	}
	w.file(s.file)
	if s.flow == nil {
		return
	}
	for _, step := range s.file.Steps {
		b.resolveStep(s.flow, step)
	}
}

func (b *binder) resolveStep(f *Flow, step *tree.Step) {
	for _, a := range step.Actions {
		if !a.Clear {
			b.checkSlot(f, a.Slot)
		}
	}
	b.checkLinks(step)
	if step.End == nil {
		return
	}
	switch step.End.Kind {
	case tree.Ask:
		b.checkAsk(f, step.End)
	case tree.Call:
		b.resolveCall(f, step.End)
	case tree.Do:
		b.resolveTask(f, step.End)
	}
}

func (b *binder) resolveCall(f *Flow, end *tree.Ending) {
	callee := b.checkCallee(end.Callee)
	if callee == nil {
		return
	}
	b.checkArgs(end, len(callee.Inputs()), callee.File)
	var results []typed
	for _, out := range callee.Outputs() {
		results = append(results, typed{name: out.Decl.Name.Text, typ: out.Type, at: out.Decl.Span})
	}
	b.checkTake(f, end, results, callee.File.Broken)
}

func (b *binder) resolveTask(f *Flow, end *tree.Ending) {
	task := b.checkTask(end.Callee)
	if task == nil {
		return
	}
	b.checkArgs(end, len(task.Params), nil)
	var results []typed
	for i := range task.Results {
		r := &task.Results[i]
		results = append(results, typed{name: r.Name.Text, typ: b.out.Types[&r.Type], at: r.Name.Span})
	}
	b.checkTake(f, end, results, false)
	b.checkFails(end, task)
}

// checkTarget resolves where a target leads.
func (b *binder) checkTarget(s *scopes, t *tree.Target, at site) {
	switch t.Kind {
	case tree.ToFlow:
		b.checkFlow(t.Name)
		b.checkSubLeaves(s, t)
	case tree.ToStep:
		if s.flow == nil {
			b.sharedStep(t)
			return
		}
		b.checkStep(s.flow, t.Name)
		if t.Return != nil {
			b.checkReturn(s.flow, t)
		}
	}
}
