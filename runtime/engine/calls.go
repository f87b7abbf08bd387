package engine

import (
	"fmt"

	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
)

// Calls fixes how a sub-flow ends instead of running it: transcripts use it for `giả gọi`. known is false for a sub-flow that
// is to run as it is.
type Calls func(flow string) (out CallOutcome, known bool)

// CallOutcome is how a fixed sub-flow ends: đạt or bỏ, and the values of its ra slots by name, written as a person would.
type CallOutcome struct {
	Done   bool
	Values map[string]string
}

// fixedCall ends a gọi as Config.Calls says.
func (x *stepper) fixedCall(e *program.Ending, out CallOutcome) (hop, error) {
	if !out.Done {
		return x.follow(e.QuitEv, &e.Quit)
	}
	callee := x.p.Flows[e.Callee]
	for i, slot := range e.Take[:min(len(e.Take), len(callee.Out))] {
		from := &callee.Slots[callee.Out[i]]
		text, given := out.Values[from.Name]
		if !given {
			x.run().Slots[slot] = value.Value{}
			continue
		}
		v, problem := from.Type.ReadText(text, value.Context{Today: x.day})
		if problem != nil {
			return halt, fmt.Errorf("fixed outcome of %s: %s is not a value of its slot", callee.Name, from.Name)
		}
		x.run().Slots[slot] = v
	}
	return x.onward(e.DoneEv, &e.Done)
}
