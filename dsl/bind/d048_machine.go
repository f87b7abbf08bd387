package bind

import "hoithoai/dsl/tree"

// contradiction: a slot that only tasks set is never asked, so it cannot be skipped, and no caller fills it.
func (b *binder) contradiction(decl *tree.Slot) {
	b.fail(codeMachineTuy, decl.Span,
		say("Dữ liệu máy chỉ do tác vụ điền, nên không đi cùng tùy hoặc vào.", "A slot that tasks set (máy) cannot be tùy or vào."),
		say("Bỏ bớt một chữ.", "Remove one of the words."))
}
