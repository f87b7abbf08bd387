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
		x.noteSuccess(r)
		return nil
	}
	e := &x.step().End
	if r.Failed {
		return x.taskFailed(e, r.Code)
	}
	if !x.takeResults(e, r.Values) {
		x.noteSuccess(r)
		return x.taskFailed(e, "")
	}
	x.res.Kind = TaskDone
	return x.sprint(x.onward(e.DoneEv, &e.Done))
}

// takeResults reads what a task returned by the types of the slots that take it: a host that breaks its promise has failed.
func (x *stepper) takeResults(e *program.Ending, texts []string) bool {
	if len(texts) < len(e.Take) {
		return false
	}
	slots := x.flow().Slots
	for i, slot := range e.Take {
		if texts[i] == "" && slots[slot].Optional {
			continue
		}
		v, problem := slots[slot].Type.ReadText(texts[i], value.Context{Today: x.day})
		if problem != nil {
			return false
		}
		x.run().Slots[slot] = v
	}
	return true
}

// noteSuccess tells the office of a task that cannot be undone and succeeded although the person is told otherwise.
func (x *stepper) noteSuccess(r *event.Result) {
	for _, t := range x.p.Tasks {
		if t.Name == r.Task && t.Irreversible && !r.Failed {
			x.res.LateSuccess = r.Task
		}
	}
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
