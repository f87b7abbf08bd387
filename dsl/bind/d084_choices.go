package bind

import (
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// checkChoices: a chọn nhiều has no more options than one value holds, no bound above their number, and enough options without
// khi for its lower bound, so that nobody is asked for more than is on the screen.
func (b *binder) checkChoices(decl *tree.Slot, typ value.Type) bool {
	always := 0
	for _, o := range decl.Options {
		if o.When == nil {
			always++
		}
	}
	n := len(decl.Options)
	switch lo, _ := typ.Counts(); {
	case n > value.MaxChoices:
		b.fail(codeChoices, decl.Type.Span, say("Chọn nhiều có nhiều nhất %d lựa chọn, ở đây có %d.", "A chọn nhiều has at most %d options, here are %d.", value.MaxChoices, n),
			say("Gộp bớt lựa chọn.", "Put options together."))
	case typ.HasMax && typ.Max > int64(n):
		b.fail(codeChoices, decl.Type.Span, say("Cỡ cho chọn tới %d mục mà chỉ có %d lựa chọn.", "The bounds allow %d options and there are %d.", typ.Max, n),
			say("Sửa cỡ, hoặc thêm lựa chọn.", "Correct the bounds, or add options."))
	case lo > 1 && lo > always:
		b.fail(codeChoices, decl.Type.Span, say("Cỡ đòi ít nhất %d mục mà chỉ %d lựa chọn luôn hiện ra.", "The bounds ask for %d options and only %d are always shown.", lo, always),
			say("Giảm cỡ, hoặc bỏ khi ở một số lựa chọn.", "Lower the bound, or show more options without khi."))
	default:
		return true
	}
	return false
}
