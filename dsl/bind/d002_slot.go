package bind

import "hoithoai/dsl/tree"

// checkSlot: a slot that is asked or set must be declared under dữ liệu. It returns nil where it is not.
func (b *binder) checkSlot(f *Flow, name tree.Name) *Slot {
	if s := f.Slots[name.Text]; s != nil {
		return s
	}
	if f.File.Broken || b.isLost(f.File, name.Text) {
		return nil
	}
	b.unknown(codeSlot, name, say("Luồng này không khai dữ liệu “%s”.", "This flow declares no slot “%s”.", name.Text), keys(f.Slots))
	return nil
}
