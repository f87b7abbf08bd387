package bind

import "hoithoai/dsl/tree"

// twoFallback: one flow answers what nobody understands.
func (b *binder) twoFallback(second, first *tree.Flag) {
	b.fail(codeTwoFallback, second.Span, say("Đã có luồng khác nhận khi không hiểu.", "Another flow has khi không hiểu already."),
		say("Giữ khi không hiểu ở một luồng.", "Keep khi không hiểu in one flow."), before(first.Span))
}
