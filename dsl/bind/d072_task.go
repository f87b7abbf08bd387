package bind

import "hoithoai/dsl/tree"

// checkTestTask: `giả làm x` and `Máy: x` answer for a declared task. It returns nil where there is none.
func (t *testBinder) checkTestTask(name tree.Name) *tree.Task {
	if task := t.bundle.Task[name.Text]; task != nil {
		return task
	}
	if !t.bundle.gaps {
		t.found = append(t.found,
			unknown(codeTestTask, name, say("Không có tác vụ nào tên “%s” để giả.", "There is no task named “%s” to answer for.", name.Text), keys(t.bundle.Task)))
	}
	return nil
}
