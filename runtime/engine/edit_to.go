package engine

import (
	"strings"

	"hoithoai/dsl/expression"
	"hoithoai/dsl/fold"
	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
	"hoithoai/runtime/message"
)

// "Sửa ngày sinh thành 1/2/1990" names an answer and gives the new one. It goes the way of sửa, and the new answer is read, bounded
// and checked as any other: what is no value of the question is asked for.

// onEditTo takes a wish that brings the new answer with it.
func (x *stepper) onEditTo() (done bool, err error) {
	before, to := splitWish(x.text0)
	if to == "" {
		return false, nil
	}
	w, ok := editWish(fold.Key(before))
	if !ok || len(w.names) == 0 || !x.mayWish(w) {
		return false, nil
	}
	found := x.namedAnswers(w)
	if len(found) != 1 {
		return false, nil
	}
	said := len(x.res.Messages)
	if err := x.edit(found[0]); err != nil {
		return true, err
	}
	if x.top() != found[0].run || x.run().Step != found[0].step { // a sub-flow asks for it, piece by piece
		return true, nil
	}
	return true, x.answerEdit(to, said)
}

// answerEdit answers the question that is being corrected with text, if that is a value of it; its bubbles begin at message said.
func (x *stepper) answerEdit(text string, said int) error {
	slot := x.asked()
	if !x.waiting() || slot == nil || collects(slot) {
		return nil
	}
	x.hold(text)
	if err := x.look(); err != nil {
		return err
	}
	v, p := x.readAnswer(slot)
	if p != nil || !v.IsSet() {
		return nil
	}
	e := &x.step().End
	if failed, err := x.failedMust(e, v); failed != nil || err != nil {
		return x.refuseEdit(e, failed, said, err)
	}
	note := sayEdited(slot, v)
	x.res.Messages = x.res.Messages[:said]
	if err := x.answer(v); err != nil {
		return err
	}
	x.res.Kind = Edited
	x.openAt(said, note)
	return nil
}

// refuseEdit says why the new answer does not hold, and asks.
func (x *stepper) refuseEdit(e *program.Ending, failed *program.Must, said int, err error) error {
	if err != nil {
		return err
	}
	x.res.Messages = x.res.Messages[:said]
	return x.wrong(firstOf(failed.Lines, e.Wrong), sayMenuWrong)
}

// openAt puts a sentence above the first bubble with words at message from or after.
func (x *stepper) openAt(from int, sentence string) {
	for i := from; i < len(x.res.Messages); i++ {
		if m := &x.res.Messages[i]; m.Kind == message.Words {
			m.Text = sentence + "\n" + m.Text
			return
		}
	}
	x.say(sentence)
}

// sayEdited says what an answer is now; what is bảo mật is masked.
func sayEdited(slot *program.Slot, v value.Value) string {
	shown := slot.Type.Show(v)
	if slot.Secret {
		shown = expression.Mask(v)
	}
	return "Tôi đã sửa: " + slot.Label + ": " + cutRunes(shown, maxEditLabel) + "."
}

// splitWish cuts a message at the thành, or là, behind which the new answer stands; to is "" where there is none.
func splitWish(text string) (before, to string) {
	if !turns(text) {
		return text, ""
	}
	words := strings.Fields(text)
	for i := 2; i < len(words)-1; i++ {
		if isTurn(words[i]) {
			return strings.Join(words[:i], " "), strings.Join(cutAsking(words[i+1:]), " ")
		}
	}
	return text, ""
}

// turns reports whether a message may hold a new answer behind its wish: most do not, and cost nothing more.
func turns(text string) bool {
	for w := range strings.FieldsSeq(text) {
		if isTurn(w) {
			return true
		}
	}
	return false
}

// isTurn reports whether a word is thành, or là.
func isTurn(w string) bool {
	return strings.EqualFold(w, "là") || len(w) >= len("thanh") && strings.EqualFold(w[:2], "th") && fold.Key(w) == "thanh"
}

// cutAsking cuts the words of asking behind a new answer.
func cutAsking(words []string) []string {
	for n := len(words) - 1; n > 0 && wishAsks[fold.Key(words[n])]; n-- {
		words = words[:n]
	}
	if n := len(words) - 1; n > 1 && wishAsks[fold.Key(words[n-1])] {
		return cutAsking(words[:n])
	}
	return words
}

var wishAsks = wordSet("a nhe nha giup gium dum voi")
