package bind

import (
	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
)

// checkSlot: a slot that is asked or set must be declared under dữ liệu. It returns nil where it is not.
func (b *binder) checkSlot(f *Flow, name tree.Name) *Slot {
	if s := f.Slots[name.Text]; s != nil {
		return s
	}
	if name.Text == "" || f.File.Broken || b.isLost(f.File, name.Text) {
		return nil
	}
	b.unknown(codeSlot, name, say("Luồng này không khai dữ liệu “%s”.", "This flow declares no slot “%s”.", name.Text), keys(f.Slots))
	b.orElse(b.missingSlot(name.Text))
	return nil
}

// missingSlot is the fix for a slot whose name is like no other.
func (b *binder) missingSlot(name string) diag.Sentence {
	if b.factNamed(name) != nil {
		return say("“%s” là dữ kiện, không hỏi hay điền được; khai một dữ liệu có tên khác.", "“%s” is a fact and cannot be asked or set; declare a slot of another name.", name)
	}
	return say("Khai dưới “dữ liệu”, ví dụ: %s   chữ 1..50   \"…\".", "Declare it under “dữ liệu”, for example: %s   chữ 1..50   \"…\".", name)
}
