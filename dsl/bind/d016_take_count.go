package bind

import (
	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// typed is one result of what is called.
type typed struct {
	name string
	typ  value.Type
	at   diag.Span
}

// checkTake: nhận names one slot for every result, in their order, or is left out altogether; each slot exists (D002) and has
// the result's type (D017). An incomplete callee says nothing of its results.
func (b *binder) checkTake(f *Flow, end *tree.Ending, results []typed, incomplete bool) {
	if len(end.Take) == 0 || incomplete {
		return
	}
	if len(end.Take) != len(results) {
		b.fail(codeTakeCount, end.Take[len(end.Take)-1].Span,
			say("“%s” trả %d giá trị, nhận lại có %d tên.", "Results of “%s”: %d are returned, nhận names %d.", end.Callee.Text, len(results), len(end.Take)),
			say("Nhận đủ, theo thứ tự đã khai, hoặc bỏ hẳn nhận.", "Take all, in their order, or leave nhận out."))
	}
	for i, name := range end.Take {
		slot := b.checkSlot(f, name)
		if slot != nil && i < len(results) {
			b.checkTakeType(name, slot, results[i])
		}
	}
}
