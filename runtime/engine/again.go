package engine

import (
	"slices"

	"hoithoai/dsl/expression"
	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
	"hoithoai/runtime/session"
)

// While an earlier answer is corrected, Run.Again keeps the answers given since, by slot. As the dialog goes forward again,
// each of them answers its question without being shown, as long as it still holds. Whatever else is reached waits as always:
// a question without a kept answer, buttons, and what would send something off.

// skipped is what is kept of a tùy question that was skipped; no answer looks like it.
var skipped = value.Value{Kind: value.YesNo, N: -1}

func isSkipped(v value.Value) bool { return v.Kind == value.YesNo && v.N < 0 }

// unfinishedMark stands in S of a collection that was kept before it was finished; S of a collection means nothing else.
const unfinishedMark = "…"

func isUnfinished(v value.Value) bool { return v.S == unfinishedMark && value.Count(v) > 0 }

// unfinished returns what the run has collected at the step where it waits for more, unset where it collects nothing.
func (x *stepper) unfinished(run int) value.Value {
	slot := x.asked()
	if run != x.top() || slot == nil || !collects(slot) || x.pieces() == 0 {
		return value.Value{}
	}
	v := x.run().Slots[x.step().End.Slot]
	v.S = unfinishedMark
	return v
}

// keep returns the answers of the top run given at the mark of a or later, with those already kept and a collection that is
// not finished; nil where there are none. What flows compute and tasks fill is left out: it is made anew.
func (x *stepper) keep(a answered, part value.Value) []value.Value {
	r, f := x.run(), x.flow()
	kept := make([]value.Value, len(r.Slots))
	copy(kept, r.Again)
	for i := a.mark; i < len(r.Back); i++ {
		e := &f.Steps[r.Back[i].Step].End
		if e.Kind == program.Ask && !x.derived(e.Slot) {
			kept[e.Slot] = keptOf(f, r, e.Slot)
		}
	}
	for i := a.mark + 1; i < len(r.Back); i++ {
		x.keepCall(kept, a, &r.Back[i])
	}
	if part.IsSet() {
		kept[x.step().End.Slot] = part
	}
	return noneAsNil(x.withoutEdited(kept, a))
}

func keptOf(f *program.Flow, r *session.Run, slot int) value.Value {
	v := r.Slots[slot]
	if !v.IsSet() && f.Slots[slot].Optional {
		return skipped
	}
	return v
}

// keepCall keeps the results of a finished sub-flow, where they are its own and what it was called with will be the same.
func (x *stepper) keepCall(kept []value.Value, a answered, at *session.Mark) {
	r, e := x.run(), &x.flow().Steps[at.Step].End
	if e.Kind != program.Call || !x.lasting(e, kept, &r.Back[a.mark]) {
		return
	}
	for _, slot := range e.Take {
		if !r.Slots[slot].IsSet() || at.Has(slot) || x.derived(slot) {
			return
		}
	}
	for _, slot := range e.Take {
		kept[slot] = r.Slots[slot]
	}
}

// lasting reports whether every slot that the arguments of a call read is kept, or was set before the mark.
func (x *stepper) lasting(e *program.Ending, kept []value.Value, m *session.Mark) bool {
	for _, arg := range e.Args {
		for _, ref := range arg.Reads {
			lasts := ref.Kind != expression.RefCondition
			if ref.Kind == expression.RefSlot {
				lasts = !x.derived(ref.Index) && (m.Has(ref.Index) || kept[ref.Index].IsSet())
			}
			if !lasts {
				return false
			}
		}
	}
	return true
}

// derived reports whether the slot of the top run's flow is computed or filled by a task somewhere.
func (x *stepper) derived(slot int) bool { return x.e.flows[x.run().Flow].derived>>slot&1 == 1 }

// withoutEdited drops what is to be given anew, unless it may have to be compared: a sub-flow's results, a collection.
func (x *stepper) withoutEdited(kept []value.Value, a answered) []value.Value {
	f := x.flow()
	for _, slot := range answeredSlots(f, a.step) {
		if f.Steps[a.step].End.Kind == program.Call || collects(&f.Slots[slot]) {
			kept[slot] = value.Value{}
		}
	}
	return kept
}

func noneAsNil(kept []value.Value) []value.Value {
	if slices.ContainsFunc(kept, value.Value.IsSet) {
		return kept
	}
	return nil
}

// againAsk answers the question just entered with the answer kept for it, if that still holds.
func (x *stepper) againAsk(e *program.Ending) (h hop, done bool, err error) {
	r := x.run()
	if r.Again == nil || x.fresh() || x.stepPlan().confirm {
		return halt, false, nil
	}
	v := r.Again[e.Slot]
	if !v.IsSet() || isUnfinished(v) || !x.stillHolds(e, v) {
		return halt, false, nil
	}
	x.consume(e.Slot)
	if isSkipped(v) {
		v = value.Value{}
	}
	if collects(&x.flow().Slots[e.Slot]) { // as where it was collected: the mark is made when the pieces are there
		r.Slots[e.Slot] = v
	}
	x.remember()
	r.Slots[e.Slot] = v
	h, err = x.onward(e.NextEvent, &e.Next)
	return h, true, err
}

// fresh reports, once, whether the step just entered is the one whose answer is corrected.
func (x *stepper) fresh() bool {
	afresh := x.afresh
	x.afresh = false
	return afresh
}

// stillHolds reports whether v would be taken if it were given now.
func (x *stepper) stillHolds(e *program.Ending, v value.Value) bool {
	slot := &x.flow().Slots[e.Slot]
	if isSkipped(v) {
		return slot.Optional
	}
	if v.Kind != slot.Type.Kind || x.look() != nil {
		return false
	}
	for i := range slot.Type.Options {
		chosen := v.Kind == value.Choice && v.N == int64(i) || v.Kind == value.Choices && v.N>>i&1 == 1
		if chosen && !x.offered(i) {
			return false
		}
	}
	failed, err := x.failedMust(e, v)
	return failed == nil && err == nil
}

// againCall takes the results kept of a sub-flow instead of calling it again.
func (x *stepper) againCall(e *program.Ending) (h hop, done bool, err error) {
	r := x.run()
	if r.Again == nil || x.fresh() || len(e.Take) == 0 {
		return halt, false, nil
	}
	for _, slot := range e.Take {
		if !r.Again[slot].IsSet() {
			return halt, false, nil
		}
	}
	x.remember()
	for _, slot := range e.Take {
		r.Slots[slot] = r.Again[slot]
	}
	x.consume(e.Take...)
	h, err = x.onward(e.DoneEv, &e.Done)
	return h, true, err
}

// consume drops what is kept for the slots.
func (x *stepper) consume(slots ...int) {
	r := x.run()
	if r.Again == nil {
		return
	}
	for _, slot := range slots {
		r.Again[slot] = value.Value{}
	}
	r.Again = noneAsNil(r.Again)
}

// reanswer drops what is kept for the slot that is being answered with v, and what depends on it where v is another answer.
func (x *stepper) reanswer(slot int, v value.Value) {
	r := x.run()
	if r.Again == nil {
		return
	}
	old := r.Again[slot]
	if !old.IsSet() {
		old = r.Slots[slot]
	}
	if isSkipped(old) {
		old = value.Value{}
	}
	x.consume(slot)
	if !value.Equal(old, v) {
		x.dropDependent(slot)
	}
}

// forsake drops what is kept for the question that is left without an answer.
func (x *stepper) forsake() {
	if x.run().Again == nil || x.asked() == nil {
		return
	}
	slot := x.step().End.Slot
	x.consume(slot)
	x.dropDependent(slot)
}

// dropDependent drops the kept results of sub-flows that are called with the slot.
func (x *stepper) dropDependent(slot int) {
	for _, st := range x.flow().Steps {
		e := &st.End
		if e.Kind != program.Call {
			continue
		}
		for _, arg := range e.Args {
			if slices.ContainsFunc(arg.Reads, func(r expression.Ref) bool { return r.Kind == expression.RefSlot && r.Index == slot }) {
				x.consume(e.Take...)
			}
		}
	}
}

// takeUnfinished returns what was collected at the step before an earlier answer was corrected.
func (x *stepper) takeUnfinished(slot int) value.Value {
	r := x.run()
	if r.Again == nil || !isUnfinished(r.Again[slot]) {
		return value.Value{}
	}
	v := r.Again[slot]
	v.S = ""
	x.consume(slot)
	return v
}
