package compile

import (
	"hoithoai/dsl/program"
	"hoithoai/dsl/tree"
)

func (l *lowering) step(index int, s *tree.Step) *program.Step {
	out := &program.Step{Index: index, Name: s.Name.Text, Span: s.Span, Bubbles: l.bubbles(s.Body), Silences: l.silences(s.Silences)}
	for _, a := range s.Actions {
		out.Actions = append(out.Actions, l.action(a))
	}
	if s.Help != nil {
		out.Help = l.lines(s.Help.Lines)
	}
	if s.End != nil {
		out.End = l.ending(s.End)
	}
	return out
}

func (l *lowering) action(a *tree.Action) program.Action {
	if a.Clear {
		return program.Action{Clear: true, Slot: program.None}
	}
	return program.Action{Slot: l.slotIndex(a.Slot.Text), Expr: l.exprs[&a.Expr]}
}

// ending lowers a step's ending; indexes and targets that its kind does not use are None.
func (l *lowering) ending(e *tree.Ending) program.Ending {
	out := program.Ending{
		Kind: endingKinds[e.Kind], Slot: program.None, Callee: program.None, Desk: e.Desk.Text, Success: e.Success,
		Next: l.target(e.Next), OnLimit: l.target(nil), Done: l.target(e.Done), Quit: l.target(e.Abandon),
		Wrong: l.lines(e.Wrong),
	}
	out.Buttons = l.buttons(e.Buttons, func(n int) string { return numbered(stemButton, n) })
	if e.Limit != nil {
		out.Limit, out.OnLimit = e.Limit.Times, l.target(&e.Limit.Target)
		out.LimitEv = static(out.OnLimit, eventLimit)
	}
	l.endingByKind(e, &out)
	return out
}

func (l *lowering) endingByKind(e *tree.Ending, out *program.Ending) {
	switch e.Kind {
	case tree.Go:
		out.NextEvent = static(out.Next, eventGo)
	case tree.Ask:
		l.ask(e, out)
	case tree.Branch:
		l.branch(e, out)
	case tree.Agree:
		out.Consent = &program.Consent{Name: e.Consent.Text, Version: e.Version}
	case tree.Call:
		l.call(e, out)
		out.Callee = l.flowIndex(e.Callee.Text)
		out.DoneEv, out.QuitEv = static(out.Done, eventDone), static(out.Quit, eventAbandon)
	case tree.Do:
		l.call(e, out)
		out.Callee = l.taskIndex(e.Callee.Text)
		out.DoneEv = static(out.Done, eventOK)
		l.fails(e, out)
	}
}

func (l *lowering) ask(e *tree.Ending, out *program.Ending) {
	out.Slot, out.NextEvent = l.slotIndex(e.Slot.Text), static(out.Next, eventAnswer)
	for _, m := range e.Musts {
		out.Musts = append(out.Musts, program.Must{Expr: l.exprs[&m.Expr], Lines: l.lines(m.Lines)})
	}
}

func (l *lowering) branch(e *tree.Ending, out *program.Ending) {
	for i, a := range e.Arms {
		t := l.target(&a.Target)
		out.Arms = append(out.Arms, program.Arm{Expr: l.exprs[&a.Expr], Target: t, Event: static(t, numbered(stemArm, i))})
	}
	if e.Else != nil {
		t := l.target(e.Else)
		out.Arms = append(out.Arms, program.Arm{Target: t, Event: static(t, eventElse)})
	}
}

func (l *lowering) call(e *tree.Ending, out *program.Ending) {
	for i := range e.Args {
		out.Args = append(out.Args, l.exprs[&e.Args[i]])
	}
	for _, n := range e.Take {
		out.Take = append(out.Take, l.slotIndex(n.Text))
	}
}

func (l *lowering) fails(e *tree.Ending, out *program.Ending) {
	for _, f := range e.Errors {
		t, fail := l.target(&f.Target), program.Fail{}
		event := eventFail
		if f.Code != nil {
			fail.Code = f.Code.Text
			event += ":" + fail.Code
		}
		fail.Target, fail.Event = t, static(t, event)
		out.Fails = append(out.Fails, fail)
	}
}

var endingKinds = map[tree.EndingKind]program.EndingKind{
	tree.Go: program.Go, tree.Ask: program.Ask, tree.Menu: program.Menu, tree.Branch: program.Branch,
	tree.Call: program.Call, tree.Do: program.Do, tree.Human: program.Human, tree.Finish: program.Finish,
	tree.Agree: program.Menu,
}
