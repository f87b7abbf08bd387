package compile

import "hoithoai/dsl/program"

// machine draws the static part of a flow as states and transitions, in the order of the steps.
func machine(f *program.Flow, tasks []*program.Task) program.Machine {
	m := &drawing{flow: f}
	for _, s := range f.Steps {
		m.out.States = append(m.out.States, s.Name)
	}
	for _, s := range f.Steps {
		m.from = s.Index
		m.ending(&s.End)
		if hears(&s.End, tasks) {
			m.listens(f.Always.Listens)
		}
		if waits(&s.End) {
			m.silences(s)
		}
	}
	return m.out
}

// drawing adds the transitions of one step after another.
type drawing struct {
	flow *program.Flow
	from int
	out  program.Machine
}

// add draws an outcome; one without a name has no destination inside the flow.
func (d *drawing) add(event string, t program.Target) {
	if event != "" {
		d.out.Transitions = append(d.out.Transitions, program.Transition{Event: event, From: d.from, To: t.Index})
	}
}

func (d *drawing) ending(e *program.Ending) {
	d.add(e.NextEvent, e.Next)
	d.buttons(e.Buttons)
	d.add(e.LimitEv, e.OnLimit)
	for _, a := range e.Arms {
		d.add(a.Event, a.Target)
	}
	d.add(e.DoneEv, e.Done)
	d.add(e.QuitEv, e.Quit)
	for _, f := range e.Fails {
		d.add(f.Event, f.Target)
	}
}

func (d *drawing) buttons(buttons []program.Button) {
	for _, b := range buttons {
		d.add(b.Event, b.Target)
	}
}

func (d *drawing) listens(listens []program.Listen) {
	for _, l := range listens {
		d.add(l.Event, l.Target)
	}
}

// silences draws the step's own im lặng, or those of the flow where it has none.
func (d *drawing) silences(s *program.Step) {
	silences := s.Silences
	if len(silences) == 0 {
		silences = d.flow.Always.Silences
	}
	for i := range silences {
		if t := silences[i].Target; t != nil {
			d.add(silences[i].Event, *t)
		}
		d.buttons(silences[i].Buttons)
	}
}

// waits reports whether a person is waited for at the step or in a sub-flow that it called.
func waits(e *program.Ending) bool {
	return e.Kind == program.Ask || e.Kind == program.Menu || e.Kind == program.Call
}

// hears reports whether the flow's nghe can be taken from the step: where a person is waited for, and while a task runs that
// may be left.
func hears(e *program.Ending, tasks []*program.Task) bool {
	if e.Kind == program.Do && e.Callee != program.None {
		return !tasks[e.Callee].Irreversible
	}
	return waits(e)
}
