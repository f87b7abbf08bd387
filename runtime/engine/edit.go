package engine

import (
	"slices"
	"unicode/utf8"

	"hoithoai/dsl/expression"
	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
	"hoithoai/runtime/session"
)

// answered is one earlier answer that can be corrected: the mark of its step in Run.Back, and the slot that names it. A
// finished sub-flow is one answer, named by its first result.
type answered struct {
	run  int
	mark int
	step int
	slot int
}

// maxEdits is how many answers `sửa` offers; with the choice that declines they are as many as one question may have.
const maxEdits = 9

// answers lists what can be corrected in run i, oldest first: of each step the newest visit. What lies before a task that
// cannot be undone has no mark any more. A choice that sends something off is no answer to correct: it is asked again anyway.
func (x *stepper) answers(i int) []answered {
	r, f := &x.s.Runs[i], x.flowAt(i)
	var out []answered
	for m := len(r.Back) - 1; m >= 0; m-- {
		mark := &r.Back[m]
		slot := answeredSlot(f, r, mark.Step)
		if slot == program.None || !restorable(r, mark) || x.e.flows[r.Flow].steps[mark.Step].confirm {
			continue
		}
		if !slices.ContainsFunc(out, func(a answered) bool { return a.step == mark.Step }) {
			out = append(out, answered{i, m, mark.Step, slot})
		}
	}
	slices.Reverse(out)
	return out
}

// answeredSlot returns the slot that an answer given at the step stands in, or program.None.
func answeredSlot(f *program.Flow, r *session.Run, step int) int {
	switch e := &f.Steps[step].End; {
	case e.Kind == program.Ask && (r.Slots[e.Slot].IsSet() || f.Slots[e.Slot].Optional):
		return e.Slot
	case e.Kind == program.Call && len(e.Take) > 0 && r.Slots[e.Take[0]].IsSet():
		return e.Take[0]
	}
	return program.None
}

// editable returns the answers of the innermost run of this call chain that has any.
func (x *stepper) editable() []answered {
	for i := x.top(); i >= x.chain(); i-- {
		if all := x.answers(i); len(all) > 0 {
			return all[max(0, len(all)-maxEdits):]
		}
	}
	return nil
}

// onEdit takes the wish to correct an earlier answer, where the words say so and are no answer themselves. A loose one names
// no answer of this run: then all are offered.
func (x *stepper) onEdit(loose bool) (done bool, err error) {
	if done, err := x.onEditTo(); done {
		return true, err
	}
	w, ok := editWish(x.key)
	if !ok || !x.mayWish(w) {
		return false, nil
	}
	found := x.namedAnswers(w)
	bare := w.bare && !(x.writesFreely() && len(w.names) > 0)
	if len(found) == 0 && !bare && !loose {
		return false, nil
	}
	if len(found) == 0 {
		found = x.editable()
	}
	return true, x.chooseEdit(found)
}

// onLooseEdit is onEdit for a message that means nothing else.
func (x *stepper) onLooseEdit() (done bool, err error) {
	if x.gentle {
		return false, nil
	}
	return x.onEdit(true)
}

// mayWish reports whether the message can be a wish at all here: it is no value of the asked slot, and nothing but the wish
// where any words are a value.
func (x *stepper) mayWish(w wish) bool {
	slot := x.asked()
	switch {
	case slot == nil:
		return true
	case x.writesFreely():
		return w.plain
	}
	_, p := slot.Type.ReadText(x.text0, x.context(slot))
	return p != nil
}

// writesFreely reports whether any words answer the question on screen.
func (x *stepper) writesFreely() bool {
	slot := x.asked()
	return slot != nil && takesAnyWords(slot.Type.Kind)
}

// takesAnyWords says whether whatever a person writes is a value.
func takesAnyWords(k value.Kind) bool { return k == value.Text || k == value.Place || k == value.Story }

// chooseEdit goes to the only answer meant, or asks which one.
func (x *stepper) chooseEdit(found []answered) error {
	switch {
	case len(found) == 1:
		return x.edit(found[0])
	case len(found) == 0 && x.crossed():
		return x.sayAgain(Repeated, sayEditSent)
	case len(found) == 0:
		return x.sayAgain(Repeated, sayNoEdit)
	}
	items := make([]int, len(found))
	for i, a := range found {
		items[i] = a.step
	}
	x.res.Kind = AskedBack
	x.offer(session.OfferEdit, items, sayWhichEdit, labelStay)
	return nil
}

// crossed reports whether something in this call chain was done that cannot be undone.
func (x *stepper) crossed() bool {
	return slices.ContainsFunc(x.s.Runs[x.chain():], func(r session.Run) bool { return r.Fixed })
}

// answeredAt returns the answer given at a step, among those that are offered.
func (x *stepper) answeredAt(step int) (answered, bool) {
	all := x.editable()
	i := slices.IndexFunc(all, func(a answered) bool { return a.step == step })
	if i < 0 {
		return answered{}, false
	}
	return all[i], true
}

// maxEditLabel is the longest label of an answer that is offered, in runes.
const maxEditLabel = 60

// editLabel names an answer by its slot and its value: "Ngày hẹn: 26/11/2026".
func (x *stepper) editLabel(step int) string {
	a, ok := x.answeredAt(step)
	if !ok {
		return ""
	}
	slot, v := &x.flowAt(a.run).Slots[a.slot], x.s.Runs[a.run].Slots[a.slot]
	shown := slot.Type.Show(v)
	switch {
	case !v.IsSet():
		shown = labelSkipped
	case slot.Secret:
		shown = expression.Mask(v)
	}
	return cutRunes(slot.Label+": "+shown, maxEditLabel)
}

// cutRunes cuts s to n runes, with an ellipsis for what is missing.
func cutRunes(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}

// takeEdit takes an answer that was offered.
func (x *stepper) takeEdit(step int) error {
	a, ok := x.answeredAt(step)
	if !ok {
		return x.stale()
	}
	return x.edit(a)
}

// edit goes back to the step of a as quay lại does, but keeps the answers that were given since.
func (x *stepper) edit(a answered) error {
	x.res.Kind = Edited
	part := x.unfinished(a.run)
	x.dropTo(a.run + 1)
	r := x.run()
	kept := x.keep(a, part)
	h := hop{a.step, x.returnOf(a)}
	m := r.Back[a.mark]
	r.Back = r.Back[:a.mark]
	unset(r, m)
	r.Again = kept
	x.afresh = true
	x.set(a.step)
	first := len(x.res.Messages)
	if err := x.sprint(h, nil); err != nil {
		return err
	}
	if (kept != nil || a.mark > 0) && first < len(x.res.Messages) {
		m := &x.res.Messages[first]
		m.Text = sayKeptAnswers + "\n" + m.Text
	}
	return nil
}

// returnOf finds the step of the `rồi` that led to the visit which is corrected. A mark does not hold it, but an edit comes
// from the step it returns to, and has led there again.
func (x *stepper) returnOf(a answered) int {
	r := x.run()
	next := r.Step
	if a.mark+1 < len(r.Back) {
		next = r.Back[a.mark+1].Step
	}
	returns := x.e.flows[r.Flow].steps[a.step].returns
	if a.mark == 0 || r.Back[a.mark-1].Step != next || !slices.Contains(returns, next) {
		return program.None
	}
	return next
}

// unset takes away the values of slots that were not set at the mark.
func unset(r *session.Run, m session.Mark) {
	for s := range r.Slots {
		if !m.Has(s) {
			r.Slots[s] = value.Value{}
		}
	}
}
