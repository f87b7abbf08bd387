package check

import (
	"hoithoai/dsl/bind"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
)

// checkSpread follows bảo mật values into what is not declared so: a parameter of a task, a slot of a sub-flow, another slot
// of the flow. From there they would be shown, logged and kept in the open.
func checkSpread(p *pass) {
	for _, g := range p.graphs {
		g.steps(func(step *tree.Step) {
			for _, action := range step.Actions {
				p.spreadTo(g, &action.Expr, g.flow.Slots[action.Slot.Text])
			}
			if step.End != nil {
				p.spreadAtEnd(g, step.End)
			}
		})
	}
}

// spreadTo reports an expression made of bảo mật values whose result goes to an open slot.
func (p *pass) spreadTo(g *graph, e *tree.Expr, slot *bind.Slot) {
	x := g.flow.Exprs[e]
	if x == nil || slot == nil || slot.Decl.Secret || !x.Masked() {
		return
	}
	p.fail(e.Span,
		say("Dữ liệu bảo mật được chép sang `%s`, mà `%s` không khai bảo mật.", "Data that is bảo mật is copied to `%s`, and `%s` is not declared so.", slot.Decl.Name.Text, slot.Decl.Name.Text),
		openFix(slot.Decl.Name.Text), openHere(slot.Decl.Span, slot.Decl.Name.Text))
}

func openFix(name string) diag.Sentence {
	return say("Khai `%s` là bảo mật, hoặc chép phần không bảo mật.", "Declare `%s` as bảo mật, or copy what is not.", name)
}

func openHere(at diag.Span, name string) diag.Related {
	return diag.Related{Span: at, Message: say("`%s` khai ở đây.", "`%s` is declared here.", name)}
}

func (p *pass) spreadAtEnd(g *graph, end *tree.Ending) {
	for _, b := range end.Buttons {
		if b.Kind == tree.Set {
			p.spreadTo(g, &b.Value, g.slot(end))
		}
	}
	switch end.Kind {
	case tree.Do:
		if task := p.bundle.Task[end.Callee.Text]; task != nil {
			p.spreadToTask(g, end, task)
		}
	case tree.Call:
		if callee := p.callee(end); callee != nil {
			p.spreadToSub(g, end, callee)
		}
	}
}

func (p *pass) spreadToTask(g *graph, end *tree.Ending, task *tree.Task) {
	for i := range end.Args {
		if i < len(task.Params) && !task.Params[i].Secret {
			p.spreadArg(g, &end.Args[i], task.Params[i].Name)
		}
	}
	for i, name := range end.Take {
		if i < len(task.Results) && task.Results[i].Secret {
			p.spreadResult(g, name, task.Results[i].Name)
		}
	}
}

func (p *pass) spreadToSub(g *graph, end *tree.Ending, callee *bind.Flow) {
	for i := range end.Args {
		if slot := p.inSlot(end, i); slot != nil && !slot.Secret {
			p.spreadArg(g, &end.Args[i], slot.Name)
		}
	}
	taken := 0
	for _, slot := range callee.SlotOrder {
		if !slot.Decl.Out {
			continue
		}
		if taken < len(end.Take) && slot.Decl.Secret {
			p.spreadResult(g, end.Take[taken], slot.Decl.Name)
		}
		taken++
	}
}

func (p *pass) spreadArg(g *graph, arg *tree.Expr, param tree.Name) {
	x := g.flow.Exprs[arg]
	if x == nil || !x.Masked() {
		return
	}
	p.fail(arg.Span,
		say("Dữ liệu bảo mật được đưa vào `%s`, mà `%s` không khai bảo mật.", "Data that is bảo mật is given to `%s`, and `%s` is not declared so.", param.Text, param.Text),
		openFix(param.Text), openHere(param.Span, param.Text))
}

// spreadResult reports a bảo mật result that is taken into an open slot.
func (p *pass) spreadResult(g *graph, name, result tree.Name) {
	slot := g.flow.Slots[name.Text]
	if slot == nil || slot.Decl.Secret {
		return
	}
	p.fail(name.Span,
		say("`%s` là bảo mật mà được nhận vào `%s` không khai bảo mật.", "`%s` is bảo mật and is taken into `%s`, which is not declared so.", result.Text, name.Text),
		openFix(name.Text), openHere(result.Span, result.Text))
}
