package bind

import "hoithoai/dsl/tree"

// checkDates: a period does not end before it begins.
func (b *binder) checkDates(decl *tree.Fact) {
	if from, to := Validity(decl); from <= to {
		return
	}
	b.fail(codeFactDates, decl.To.Span, say("Ngày đến trước ngày từ.", "The period ends before it begins."),
		say("Đổi chỗ hai ngày, hoặc sửa ngày sai.", "Swap the two days, or correct the wrong one."))
}
