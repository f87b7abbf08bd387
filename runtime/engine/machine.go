package engine

import (
	"context"
	"errors"
	"fmt"

	"github.com/looplab/fsm"

	"hoithoai/dsl/program"
)

// errMachine means that a flow's machine and its steps disagree: the compiler made a program that is not complete.
var errMachine = errors.New("the machine has no such outcome")

// lease is a machine taken from its flow's pool for one step of the engine.
type lease struct {
	flow    int
	machine *fsm.FSM
}

// newMachine builds the static outcomes of a flow; it costs 10–36 µs, so machines are pooled and set to a state before use.
func newMachine(f *program.Flow) *fsm.FSM {
	events := make([]fsm.EventDesc, len(f.Machine.Transitions))
	for i, t := range f.Machine.Transitions {
		events[i] = fsm.EventDesc{Name: t.Event, Src: []string{f.Machine.States[t.From]}, Dst: f.Machine.States[t.To]}
	}
	return fsm.NewFSM(f.Machine.States[f.Start], events, nil)
}

// fire takes the top run's outcome event through the machine of its flow and checks that it leads to step to.
func (x *stepper) fire(event string, to int) error {
	f, from := x.flow(), x.run().Step
	m := x.machine(f.Index)
	m.SetState(f.Machine.States[from])
	err := m.Event(context.Background(), event)
	if _, same := err.(fsm.NoTransitionError); err != nil && !same {
		return fmt.Errorf("%s of %s/%s: %w", event, f.Name, f.Steps[from].Name, errMachine)
	}
	if m.Current() != f.Machine.States[to] {
		return fmt.Errorf("%s of %s/%s leads to %s: %w", event, f.Name, f.Steps[from].Name, m.Current(), errMachine)
	}
	x.res.Edges = append(x.res.Edges, Edge{Flow: f.Index, From: from, Event: event, To: to})
	return nil
}

// set moves the machine of the top run's flow to a step that only this session knows.
func (x *stepper) set(to int) {
	f := x.flow()
	x.machine(f.Index).SetState(f.Machine.States[to])
	x.res.Edges = append(x.res.Edges, Edge{Flow: f.Index, From: x.run().Step, To: to})
}

func (x *stepper) machine(flow int) *fsm.FSM {
	for i := range x.leased {
		if x.leased[i].flow == flow {
			return x.leased[i].machine
		}
	}
	m := x.e.flows[flow].machines.Get().(*fsm.FSM)
	x.leased = append(x.leased, lease{flow, m})
	return m
}

func (x *stepper) returnMachines() {
	for i, l := range x.leased {
		x.e.flows[l.flow].machines.Put(l.machine)
		x.leased[i] = lease{}
	}
	x.leased = x.leased[:0]
}
