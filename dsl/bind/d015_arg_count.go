package bind

import "hoithoai/dsl/tree"

// checkArgs: a call gives exactly one argument for every parameter. callee is the sub-flow's file, nil for a task.
func (b *binder) checkArgs(end *tree.Ending, want int, callee *tree.File) {
	if len(end.Args) == want || callee != nil && callee.Broken {
		return
	}
	at, fix := end.Callee.Span, say("Viết đủ giá trị, theo thứ tự đã khai.", "Give one for each parameter, in their order.")
	if len(end.Args) > want {
		at = end.Args[want].Span
		fix = say("Bỏ giá trị thừa, hoặc khai thêm ở nơi khai “%s”.", "Leave out what is too much, or declare it where “%s” is declared.", end.Callee.Text)
	}
	b.fail(codeArgCount, at,
		say("“%s” cần %d giá trị trong ngoặc, ở đây có %d.", "Arguments of “%s”: %d are needed, %d are given.", end.Callee.Text, want, len(end.Args)),
		fix)
}
