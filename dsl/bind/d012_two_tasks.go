package bind

import "hoithoai/dsl/tree"

// twoTasks: a task's name is its address in the whole bundle.
func (b *binder) twoTasks(t, first *tree.Task) {
	b.fail(codeTwoTasks, t.Name.Span, say("Đã có tác vụ “%s”.", "There is a task “%s” already.", t.Name.Text),
		say("Khai một lần trong tệp chung là đủ.", "Declare it once, in a chung file."), before(first.Name.Span))
}
