package bind

import "hoithoai/dsl/tree"

// checkAsk: what is asked is a slot (D002) that a person may fill.
func (b *binder) checkAsk(f *Flow, end *tree.Ending) {
	slot := b.checkSlot(f, end.Slot)
	if slot == nil || !slot.Decl.Machine {
		return
	}
	b.fail(codeAskMachine, end.Slot.Span,
		say("“%s” là dữ liệu máy, chỉ tác vụ mới điền, không hỏi người dân được.", "“%s” is set by tasks only (máy); it cannot be asked.", end.Slot.Text),
		say("Bỏ chữ máy ở dòng khai, hoặc hỏi dữ liệu khác.", "Remove máy from its declaration, or ask another slot."), before(slot.Decl.Span))
}
