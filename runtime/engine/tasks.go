package engine

import (
	"errors"
	"strconv"

	"hoithoai/dsl/expression"
	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
	"hoithoai/runtime/event"
	"hoithoai/runtime/session"
)

// call returns the id of the task the top run waits for: depth, visit and turn, which no other task of this person ever had.
func (x *stepper) call() string {
	var b [40]byte
	id := strconv.AppendInt(b[:0], int64(len(x.s.Runs)), 10)
	id = strconv.AppendUint(append(id, '.'), uint64(x.run().Visit), 10)
	id = strconv.AppendUint(append(id, '.'), uint64(x.s.Turn), 10)
	return string(id)
}

// callTask asks for the task of the step just entered.
func (x *stepper) callTask(e *program.Ending) error {
	task := x.p.Tasks[e.Callee]
	args := make([]value.Value, len(e.Args))
	secret := false
	for i, a := range e.Args {
		v, err := a.Eval(x)
		optional := i < len(task.Params) && task.Params[i].Optional
		if err != nil && !(optional && errors.Is(err, expression.ErrUnset)) {
			return err
		}
		args[i] = v
		secret = secret || i < len(task.Params) && task.Params[i].Secret
	}
	if task.Irreversible {
		x.fix()
	}
	x.run().Visit++
	x.run().Entered = x.ev.At
	x.s.NextTurn(session.Question)
	x.s.Offer = session.Offer{}
	x.res.Tasks = append(x.res.Tasks, Task{
		Call: x.call(), Name: task.Name, Index: e.Callee, Args: args, Program: x.p.Hash, Secret: secret || anySecret(task.Results),
		Deadline: x.ev.At + task.Timeout.Milliseconds(),
	})
	return nil
}

func anySecret(params []program.Param) bool {
	for i := range params {
		if params[i].Secret {
			return true
		}
	}
	return false
}

// onTask takes a task's result to the step that waits for it; any other is dropped.
func (x *stepper) onTask(r *event.Result) error {
	if r == nil {
		return nil
	}
	if x.task == "" || r.Call != x.task {
		x.res.Kind = Orphaned
		if !r.Failed && x.irreversible(r.Task) {
			x.res.LateSuccess = r.Task
		}
		return nil
	}
	e := &x.step().End
	if r.Failed {
		return x.taskFailed(e, r.Code)
	}
	vals, ok := x.results(x.p.Tasks[e.Callee], r.Values)
	if !ok || len(vals) < len(e.Take) {
		return x.taskFailed(e, "")
	}
	x.res.Kind = TaskDone
	for i, slot := range e.Take {
		x.run().Slots[slot] = vals[i]
	}
	return x.sprint(x.onward(e.DoneEv, &e.Done))
}

// results reads what a task returned by the declared types: a host that breaks its promise is a failed task.
func (x *stepper) results(task *program.Task, texts []string) ([]value.Value, bool) {
	out := make([]value.Value, len(task.Results))
	if len(texts) < len(out) {
		return nil, false
	}
	for i := range out {
		p := &task.Results[i]
		if texts[i] == "" && p.Optional {
			continue
		}
		v, problem := p.Type.ReadText(texts[i], value.Context{Today: x.day})
		if problem != nil {
			return nil, false
		}
		out[i] = v
	}
	return out, true
}

func (x *stepper) irreversible(name string) bool {
	for _, t := range x.p.Tasks {
		if t.Name == name {
			return t.Irreversible
		}
	}
	return false
}

// taskFailed goes where the step sends this error: its own line, else the general one.
func (x *stepper) taskFailed(e *program.Ending, code string) error {
	x.res.Kind = TaskFailed
	general := program.None
	for i := range e.Fails {
		switch e.Fails[i].Code {
		case code:
			return x.sprint(x.follow(e.Fails[i].Event, &e.Fails[i].Target))
		case "":
			general = i
		}
	}
	if general == program.None {
		return errNoFail
	}
	return x.sprint(x.follow(e.Fails[general].Event, &e.Fails[general].Target))
}
