package bind

import "hoithoai/dsl/tree"

// checkFails: `lỗi x` is an error that the task declares, and each has one line (D052).
func (b *binder) checkFails(end *tree.Ending, task *tree.Task) {
	var declared []string
	for _, e := range task.Errors {
		declared = append(declared, e.Text)
	}
	seen := map[string]*tree.Fail{}
	for _, f := range end.Errors {
		code := ""
		if f.Code != nil {
			code = f.Code.Text
			b.checkTaskError(*f.Code, task, declared)
		}
		if first := seen[code]; first != nil {
			b.twoErrors(f, first)
		}
		seen[code] = f
	}
}

func (b *binder) checkTaskError(code tree.Name, task *tree.Task, declared []string) {
	for _, name := range declared {
		if name == code.Text {
			return
		}
	}
	b.unknown(codeTaskError, code, say("Tác vụ “%s” không khai lỗi “%s”.", "The task “%s” declares no error “%s”.", task.Name.Text, code.Text), declared)
}
