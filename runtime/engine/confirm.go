package engine

import "hoithoai/dsl/program"

// node is one step of one flow.
type node struct{ flow, step int }

// planConfirms finds the steps at which a person confirms: from which an answer or a button leads, directly or over steps that
// do not wait for anybody, to a task that cannot be undone; and those that ask for consent. There nothing near counts.
func (e *Engine) planConfirms() {
	sends := e.sending()
	for i, f := range e.p.Flows {
		for j, st := range f.Steps {
			pl := &e.flows[i].steps[j]
			pl.confirm = st.End.Consent != nil
			for _, to := range e.answered(i, st) {
				pl.confirm = pl.confirm || sends[to]
			}
		}
	}
}

// sending returns the steps that lead to a task that cannot be undone without waiting for the person on the way.
func (e *Engine) sending() map[node]bool {
	from, open := map[node][]node{}, []node(nil)
	sends := map[node]bool{}
	for i, f := range e.p.Flows {
		for j, st := range f.Steps {
			at := node{i, j}
			if st.End.Kind == program.Do && e.p.Tasks[st.End.Callee].Irreversible {
				sends[at] = true
				open = append(open, at)
			}
			for _, to := range e.passing(i, st) {
				from[to] = append(from[to], at)
			}
		}
	}
	for len(open) > 0 {
		at := open[len(open)-1]
		open = open[:len(open)-1]
		for _, before := range from[at] {
			if !sends[before] {
				sends[before] = true
				open = append(open, before)
			}
		}
	}
	return sends
}

// answered returns the steps that an answer or a button of a waiting step leads to.
func (e *Engine) answered(flow int, st *program.Step) []node {
	var out []node
	end := &st.End
	switch end.Kind {
	case program.Ask:
		out = e.follow(out, flow, &end.Next)
		for _, back := range e.flows[flow].steps[st.Index].returns {
			out = append(out, node{flow, back})
		}
	case program.Menu:
	default:
		return nil
	}
	for i := range end.Buttons {
		if end.Buttons[i].Kind == program.GoTo {
			out = e.follow(out, flow, &end.Buttons[i].Target)
		}
	}
	return out
}

// passing returns where a step that does not wait for the person can lead.
func (e *Engine) passing(flow int, st *program.Step) []node {
	var out []node
	end := &st.End
	switch end.Kind {
	case program.Go:
		out = e.follow(out, flow, &end.Next)
	case program.Branch:
		for i := range end.Arms {
			out = e.follow(out, flow, &end.Arms[i].Target)
		}
	case program.Do:
		out = e.follow(out, flow, &end.Done)
		for i := range end.Fails {
			out = e.follow(out, flow, &end.Fails[i].Target)
		}
	case program.Call:
		out = append(out, node{end.Callee, e.p.Flows[end.Callee].Start})
	case program.Finish:
		out = e.returning(out, flow, end.Success)
	}
	if end.Kind == program.Do || end.Kind == program.Call {
		for _, back := range e.flows[flow].steps[st.Index].returns {
			out = append(out, node{flow, back})
		}
	}
	return out
}

// returning appends where the callers of a sub-flow go on when it ends.
func (e *Engine) returning(out []node, flow int, success bool) []node {
	if !e.p.Flows[flow].Sub {
		return out
	}
	for i, f := range e.p.Flows {
		for _, st := range f.Steps {
			end := &st.End
			switch {
			case end.Kind != program.Call || end.Callee != flow:
			case success:
				out = e.resumed(e.follow(out, i, &end.Done), i, st.Index)
			default:
				out = e.follow(out, i, &end.Quit)
			}
		}
	}
	return out
}

// resumed appends the steps that a call may come back to.
func (e *Engine) resumed(out []node, flow, step int) []node {
	for _, back := range e.flows[flow].steps[step].returns {
		out = append(out, node{flow, back})
	}
	return out
}

func (e *Engine) follow(out []node, flow int, t *program.Target) []node {
	switch t.Kind {
	case program.ToStep:
		return append(out, node{flow, t.Index})
	case program.ToFlow:
		return append(out, node{t.Index, e.p.Flows[t.Index].Start})
	}
	return out
}
