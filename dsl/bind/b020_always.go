package bind

import (
	"hoithoai/dsl/expression"
	"hoithoai/dsl/tree"
)

// checkAlways: a condition that can only come out one way decides nothing.
func (b *binder) checkAlways(e *tree.Expr, x *expression.Expr) {
	if isName(e.Text) {
		return // a condition by its name: said where it is declared
	}
	always, truth := x.Always()
	if !always {
		return
	}
	message := say("Điều này lúc nào cũng sai.", "This is always false.")
	if truth {
		message = say("Điều này lúc nào cũng đúng.", "This is always true.")
	}
	b.fail(codeAlways, e.Span, message, say("Xem lại giá trị được so, hoặc bỏ hẳn điều kiện.", "Look again at what is compared, or remove the condition."))
}
