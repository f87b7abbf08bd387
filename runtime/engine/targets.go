package engine

import "hoithoai/dsl/program"

// eachTarget calls visit for every target written in the flow.
func eachTarget(f *program.Flow, visit func(*program.Target)) {
	for _, st := range f.Steps {
		endTargets(&st.End, visit)
		silenceTargets(st.Silences, visit)
	}
	for i := range f.Always.Listens {
		visit(&f.Always.Listens[i].Target)
	}
	silenceTargets(f.Always.Silences, visit)
}

func endTargets(e *program.Ending, visit func(*program.Target)) {
	switch e.Kind {
	case program.Go, program.Ask:
		visit(&e.Next)
	case program.Call:
		visit(&e.Done)
		visit(&e.Quit)
	case program.Do:
		visit(&e.Done)
	}
	if e.Limit > 0 {
		visit(&e.OnLimit)
	}
	buttonTargets(e.Buttons, visit)
	for i := range e.Arms {
		visit(&e.Arms[i].Target)
	}
	for i := range e.Fails {
		visit(&e.Fails[i].Target)
	}
}

func silenceTargets(lines []program.Silence, visit func(*program.Target)) {
	for i := range lines {
		if lines[i].Target != nil {
			visit(lines[i].Target)
		}
		buttonTargets(lines[i].Buttons, visit)
	}
}

func buttonTargets(buttons []program.Button, visit func(*program.Target)) {
	for i := range buttons {
		if buttons[i].Kind == program.GoTo {
			visit(&buttons[i].Target)
		}
	}
}
