package engine

import (
	"slices"

	"hoithoai/dsl/program"
)

// planConsents notes for every step which consents may have been given on the way to it in the same run, itself or in a
// sub-flow: what a run behind one of them holds was taken on the strength of it.
func (e *Engine) planConsents() {
	for i, f := range e.p.Flows {
		for _, st := range f.Steps {
			for _, name := range e.asks(st, map[int]bool{}) {
				e.spreadConsent(i, name, agreedTargets(st))
			}
		}
	}
}

// asks lists the consents that a step asks for, by itself or through the sub-flow that it calls; seen are the sub-flows that
// were looked at.
func (e *Engine) asks(st *program.Step, seen map[int]bool) []string {
	if c := st.End.Consent; c != nil {
		return []string{c.Name}
	}
	if st.End.Kind != program.Call || seen[st.End.Callee] {
		return nil
	}
	seen[st.End.Callee] = true
	var out []string
	for _, inner := range e.p.Flows[st.End.Callee].Steps {
		out = append(out, e.asks(inner, seen)...)
	}
	return out
}

// agreedTargets are where a step leads when the consent was given there.
func agreedTargets(st *program.Step) []*program.Target {
	if st.End.Consent != nil {
		return []*program.Target{&st.End.Buttons[agreeButton].Target}
	}
	return []*program.Target{&st.End.Done, &st.End.Quit}
}

// spreadConsent marks every step of a flow that can be reached from the targets.
func (e *Engine) spreadConsent(flow int, name string, from []*program.Target) {
	steps, open := e.flows[flow].steps, []int(nil)
	visit := func(t *program.Target) {
		if t.Kind != program.ToStep {
			return
		}
		for _, i := range [...]int{t.Index, t.Return} {
			if i != program.None && !slices.Contains(steps[i].behind, name) {
				steps[i].behind = append(steps[i].behind, name)
				open = append(open, i)
			}
		}
	}
	for _, t := range from {
		visit(t)
	}
	f := e.p.Flows[flow]
	for len(open) > 0 {
		st := f.Steps[open[len(open)-1]]
		open = open[:len(open)-1]
		endTargets(&st.End, visit)
		silenceTargets(st.Silences, visit)
		if waitsOrCalls(&st.End) {
			alwaysTargets(&f.Always, visit)
		}
	}
}

func waitsOrCalls(e *program.Ending) bool {
	switch e.Kind {
	case program.Ask, program.Menu, program.Call, program.Do:
		return true
	}
	return false
}

func alwaysTargets(a *program.Always, visit func(*program.Target)) {
	for i := range a.Listens {
		visit(&a.Listens[i].Target)
	}
	silenceTargets(a.Silences, visit)
}
