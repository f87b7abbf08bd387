package bind

import "hoithoai/dsl/tree"

// twoFollow: one flow greets whoever follows the office.
func (b *binder) twoFollow(second, first *tree.Flag) {
	b.fail(codeTwoFollow, second.Span, say("Đã có luồng khác nhận khi quan tâm.", "Another flow has khi quan tâm already."),
		say("Giữ khi quan tâm ở một luồng.", "Keep khi quan tâm in one flow."), before(first.Span))
}
