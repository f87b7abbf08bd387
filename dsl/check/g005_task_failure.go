package check

import "hoithoai/dsl/tree"

// checkTaskFailure demands a general `lỗi` of every task: a machine can always fail in a way nobody listed.
func checkTaskFailure(p *pass) {
	for _, g := range p.graphs {
		for _, step := range g.flow.File.Steps {
			if step.End == nil || step.Broken || step.End.Kind != tree.Do || hasGeneral(step.End) {
				continue
			}
			p.fail(step.End.Span,
				say("Tác vụ `%s` ở bước `%s` chưa nói đi đâu khi hỏng vì lý do khác hoặc quá giờ.",
					"The task `%s` in the step `%s` does not say where to go when it fails for another reason or times out.",
					step.End.Callee.Text, step.Name.Text),
				say("Thêm dòng `lỗi -> BƯỚC` vào cuối bước.", "Add a line `lỗi -> STEP` at the end of the step."))
		}
	}
}

func hasGeneral(end *tree.Ending) bool {
	for _, f := range end.Errors {
		if f.Code == nil {
			return true
		}
	}
	return false
}
