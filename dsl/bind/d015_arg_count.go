package bind

import "hoithoai/dsl/tree"

// checkArgs: a call gives exactly one argument for every parameter. callee is the sub-flow's file, nil for a task.
func (b *binder) checkArgs(end *tree.Ending, want int, callee *tree.File) {
	if len(end.Args) == want || callee != nil && callee.Broken {
		return
	}
	at := end.Callee.Span
	if len(end.Args) > want {
		at = end.Args[want].Span
	}
	b.fail(codeArgCount, at,
		say("“%s” cần %d giá trị trong ngoặc, ở đây có %d.", "Arguments of “%s”: %d are needed, %d are given.", end.Callee.Text, want, len(end.Args)),
		say("Viết đủ giá trị, theo thứ tự đã khai.", "Give one for each parameter, in their order."))
}
