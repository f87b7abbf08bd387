package bind

import "hoithoai/dsl/tree"

// checkTask: `làm x` must name a declared task.
func (b *binder) checkTask(name tree.Name) *tree.Task {
	if t := b.out.Task[name.Text]; t != nil {
		return t
	}
	if !b.gaps {
		b.unknown(codeTask, name, say("Không có tác vụ nào tên “%s”.", "There is no task named “%s”.", name.Text), keys(b.out.Task))
	}
	return nil
}
