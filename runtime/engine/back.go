package engine

import (
	"hoithoai/dsl/program"
	"hoithoai/runtime/session"
)

// maxHistory is how many waiting steps quay lại remembers.
const maxHistory = 16

// remember notes the top run's step, before it is left, for quay lại.
func (x *stepper) remember() {
	r := x.run()
	if len(r.Back) == maxHistory {
		copy(r.Back, r.Back[1:])
		r.Back = r.Back[:maxHistory-1]
	}
	r.Back = append(r.Back, r.MarkOf(r.Step))
}

// fix makes everything before now unreachable for quay lại: a task that cannot be undone is being called.
func (x *stepper) fix() {
	for i := x.chain(); i < len(x.s.Runs); i++ {
		x.s.Runs[i].Back, x.s.Runs[i].Fixed = nil, true
	}
}

// goBack goes to the previous waiting step, out of a sub-flow at its first wait. Where there is none, a waiting step says so
// and repeats itself; a step that only passes through ends the run.
func (x *stepper) goBack() (hop, error) {
	i := x.backFrom()
	if i == program.None {
		if !x.waiting() {
			return x.finish(false)
		}
		x.say(sayNoWayBack)
		return halt, x.repeat(true)
	}
	x.dropTo(i + 1)
	r := x.run()
	m := r.Back[len(r.Back)-1]
	r.Back, r.Again = r.Back[:len(r.Back)-1], nil
	unset(r, m)
	x.set(m.Step)
	return toStep(m.Step), nil
}

// backFrom returns the innermost run of this call chain that has a step to go back to.
func (x *stepper) backFrom() int {
	for i := x.top(); i >= 0; i-- {
		forget(&x.s.Runs[i])
		if len(x.s.Runs[i].Back) > 0 {
			return i
		}
		if x.s.Runs[i].Link != session.Called {
			break
		}
	}
	return program.None
}

// forget drops the newest marks that cannot be restored: a slot that was set then is not set any more (`xóa hết`, a `tùy`
// question that was skipped the second time), and its value is gone. The checks prove reads along the way forward only, so
// going back there could read what is unset.
func forget(r *session.Run) {
	for len(r.Back) > 0 && !restorable(r, &r.Back[len(r.Back)-1]) {
		r.Back = r.Back[:len(r.Back)-1]
	}
}

func restorable(r *session.Run, m *session.Mark) bool {
	for s := range r.Slots {
		if m.Has(s) && !r.Slots[s].IsSet() {
			return false
		}
	}
	return true
}
