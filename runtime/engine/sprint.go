package engine

import (
	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
	"hoithoai/runtime/message"
	"hoithoai/runtime/session"
)

// sprint enters one step after the other until a wait, a task, a person or the end.
func (x *stepper) sprint(h hop, err error) error {
	for err == nil && h.step != program.None {
		if x.steps++; x.steps > x.e.cfg.Steps {
			return errEndless
		}
		h, err = x.enter(h)
	}
	return err
}

// enter runs one step: its actions, its bubbles, its ending.
func (x *stepper) enter(h hop) (hop, error) {
	r, f := x.run(), x.flow()
	r.Step, r.Wrong, r.Return = h.step, 0, h.back
	x.at = x.top()
	st := f.Steps[h.step]
	x.res.Entered = append(x.res.Entered, StepRef{f.Name, st.Name})
	if err := x.act(st.Actions); err != nil {
		return halt, err
	}
	if x.passes(&st.End) {
		agree := &st.End.Buttons[agreeButton]
		return x.follow(agree.Event, &agree.Target)
	}
	first := len(x.res.Messages)
	x.beginCollection(&st.End, first)
	if err := x.sayStep(true); err != nil {
		return halt, err
	}
	return x.end(st, first)
}

func (x *stepper) act(actions []program.Action) error {
	r := x.run()
	for i := range actions {
		a := &actions[i]
		if a.Clear {
			clear(r.Slots)
			r.Again = nil
			continue
		}
		v, err := a.Expr.Eval(x)
		if err != nil {
			return err
		}
		r.Slots[a.Slot] = v
	}
	return nil
}

func (x *stepper) end(st *program.Step, first int) (hop, error) {
	switch e := &st.End; e.Kind {
	case program.Go:
		return x.follow(e.NextEvent, &e.Next)
	case program.Ask, program.Menu:
		return x.askOrWait(e, first)
	case program.Branch:
		return x.branch(e)
	case program.Call:
		return x.callFlow(e)
	case program.Do:
		return halt, x.callTask(e)
	case program.Human:
		x.handOver(e.Desk)
		return halt, nil
	default:
		return x.finish(e.Success)
	}
}

// askOrWait waits for the person, unless the answer was kept while an earlier one was corrected: then the question is not shown.
func (x *stepper) askOrWait(e *program.Ending, first int) (hop, error) {
	if x.run().Again != nil && e.Kind == program.Ask {
		if h, done, err := x.againAsk(e); done {
			x.res.Messages = x.res.Messages[:first]
			return h, err
		}
	}
	if h, done, err := x.openingAsk(e, first); done {
		x.res.Messages = x.res.Messages[:first]
		return h, err
	}
	return halt, x.wait(first)
}

func (x *stepper) branch(e *program.Ending) (hop, error) {
	for i := range e.Arms {
		yes, err := x.holds(e.Arms[i].Expr)
		if err != nil {
			return halt, err
		}
		if yes {
			return x.follow(e.Arms[i].Event, &e.Arms[i].Target)
		}
	}
	return halt, errNoArm
}

// follow takes an outcome of the top run's step to its target. Event is its name in the machine, "" where the target is not
// a step of the flow.
func (x *stepper) follow(event string, t *program.Target) (hop, error) {
	switch t.Kind {
	case program.ToStep:
		if event == "" {
			x.set(t.Index)
			return hop{t.Index, t.Return}, nil
		}
		return hop{t.Index, t.Return}, x.fire(event, t.Index)
	case program.ToFlow:
		return x.jump(event, t.Index)
	case program.ToBack:
		return x.goBack()
	case program.ToRestart:
		return x.restart()
	default:
		if !x.waiting() {
			return x.goBack()
		}
		return halt, x.repeat(true)
	}
}

// onward takes the outcome by which a step of hỏi or gọi goes on: to the step of `rồi` where this visit has one.
func (x *stepper) onward(event string, t *program.Target) (hop, error) {
	if back := x.run().Return; back != program.None {
		x.set(back)
		return toStep(back), nil
	}
	return x.follow(event, t)
}

// callFlow starts a sub-flow with its vào slots filled by position.
func (x *stepper) callFlow(e *program.Ending) (hop, error) {
	if h, done, err := x.againCall(e); done {
		return h, err
	}
	if x.e.cfg.Calls != nil {
		if out, known := x.e.cfg.Calls(x.p.Flows[e.Callee].Name); known {
			return x.fixedCall(e, out)
		}
	}
	in := x.p.Flows[e.Callee].In
	var args [8]value.Value
	vals := args[:0]
	for _, a := range e.Args {
		v, err := a.Eval(x)
		if err != nil {
			return halt, err
		}
		vals = append(vals, v)
	}
	h, err := x.push(e.Callee, program.None, session.Called)
	if err != nil {
		return halt, err
	}
	for i, v := range vals[:min(len(vals), len(in))] {
		x.run().Slots[in[i]] = v
	}
	return h, nil
}

// push lays a run of flow on the stack; at is its first step, program.None for the flow's own start.
func (x *stepper) push(flow, at int, link session.Link) (hop, error) {
	if len(x.s.Runs) >= maxDepth {
		return halt, errDeep
	}
	f := x.p.Flows[flow]
	if at == program.None {
		at = f.Start
	}
	x.s.Runs = append(x.s.Runs, session.Run{
		Flow: flow, Step: at, Link: link, Return: program.None, Entered: x.ev.At, Slots: make([]value.Value, len(f.Slots)),
	})
	x.at = x.top()
	if link != session.Called {
		x.began = true
	}
	return toStep(at), nil
}

// enterFlow starts a flow and sprints into it, if the office offers it.
func (x *stepper) enterFlow(flow, at int, link session.Link, kind Kind) error {
	if x.e.off[flow] {
		return x.notOffered(flow)
	}
	x.res.Kind = kind
	return x.sprint(x.push(flow, at, link))
}

// finish ends the top run and returns into what lies below it.
func (x *stepper) finish(success bool) (hop, error) {
	r := *x.run()
	depth := x.top()
	x.pop(success)
	switch {
	case depth == x.aside || len(x.s.Runs) == 0:
		return halt, nil
	case r.Link == session.Called:
		return x.returnTo(&r, success)
	default:
		return halt, x.comeBackTo()
	}
}

// comeBackTo asks the question below a digression again, and says that this is what happens.
func (x *stepper) comeBackTo() error {
	first := len(x.res.Messages)
	if err := x.repeat(true); err != nil {
		return err
	}
	for i := first; i < len(x.res.Messages); i++ {
		if m := &x.res.Messages[i]; m.Kind == message.Words {
			m.Text = sayBackTo(x.flowAt(x.chain()).Title) + "\n" + m.Text
			return nil
		}
	}
	return nil
}

// pop takes the top run off the stack; its slots go with it.
func (x *stepper) pop(success bool) {
	x.res.Ended = append(x.res.Ended, Outcome{x.flow().Name, success})
	x.s.Runs[x.top()] = session.Run{}
	x.s.Runs = x.s.Runs[:x.top()]
	x.at = x.top()
}

// returnTo goes on in the caller of a sub-flow that ended.
func (x *stepper) returnTo(callee *session.Run, success bool) (hop, error) {
	r, e := x.run(), &x.step().End
	if callee.Visit > 0 && !callee.Fixed {
		x.remember()
	}
	if !success {
		return x.follow(e.QuitEv, &e.Quit)
	}
	out := x.p.Flows[callee.Flow].Out
	for i, slot := range e.Take {
		if i < len(out) {
			r.Slots[slot] = callee.Slots[out[i]]
		}
	}
	return x.onward(e.DoneEv, &e.Done)
}

// dropRuns ends every run as given up.
func (x *stepper) dropRuns() { x.dropTo(0) }

// dropTo ends the runs from the top down to n as given up.
func (x *stepper) dropTo(n int) {
	for len(x.s.Runs) > n {
		x.pop(false)
	}
}

// chain returns the lowest run that the top one was called from, itself where nobody called it.
func (x *stepper) chain() int {
	i := x.top()
	for i > 0 && x.s.Runs[i].Link == session.Called {
		i--
	}
	return i
}

// jump ends the run, with the callers it was called from, as đạt and starts flow in its place without data.
func (x *stepper) jump(event string, flow int) (hop, error) {
	if x.e.off[flow] && x.open(flow) == program.None {
		return x.departOff(event, flow)
	}
	link := x.depart(event)
	if i := x.open(flow); i != program.None {
		link = x.s.Runs[i].Link
		x.dropTo(i)
	}
	return x.push(flow, program.None, link)
}

// depart ends the run and its callers as đạt, by an outcome that leads out of the flow, and returns why they lay there.
func (x *stepper) depart(event string) session.Link {
	x.res.Edges = append(x.res.Edges, Edge{Flow: x.run().Flow, From: x.run().Step, Event: event, To: program.None})
	base := x.chain()
	link := x.s.Runs[base].Link
	for len(x.s.Runs) > base {
		x.pop(true)
	}
	return link
}

// open returns the run of flow on the stack, or program.None.
func (x *stepper) open(flow int) int {
	for i := range x.s.Runs {
		if x.s.Runs[i].Flow == flow {
			return i
		}
	}
	return program.None
}

// restart clears everything and starts the root flow anew.
func (x *stepper) restart() (hop, error) {
	flow := x.s.Runs[0].Flow
	x.dropRuns()
	return x.push(flow, program.None, session.Root)
}
