package bind

import "hoithoai/dsl/tree"

// checkTestError: `lỗi x` is an error that the task declares; without a code it is the general one.
func (t *testBinder) checkTestError(code *tree.Name, task *tree.Task) {
	if code == nil {
		return
	}
	declared := make([]string, 0, len(task.Errors))
	for _, e := range task.Errors {
		if e.Text == code.Text {
			return
		}
		declared = append(declared, e.Text)
	}
	t.found = append(t.found, unknown(codeTestError, *code, say("Tác vụ “%s” không có lỗi “%s”.", "The task “%s” has no error “%s”.", task.Name.Text, code.Text), declared))
}
