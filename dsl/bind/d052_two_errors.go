package bind

import "hoithoai/dsl/tree"

// twoErrors: one error leads to one place.
func (b *binder) twoErrors(f, first *tree.Fail) {
	b.fail(codeTwoErrors, f.Span, say("Lỗi này đã có dòng ở trên.", "This error has a line above already."),
		say("Bỏ một trong hai dòng.", "Remove one of the two lines."), before(first.Span))
}
