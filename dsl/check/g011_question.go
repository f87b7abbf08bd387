package check

import "hoithoai/dsl/tree"

// checkQuestion demands of every waiting step a line that is always said: buttons belong to a text, and a person must know
// what is asked (design/language.md, Meaning 1).
func checkQuestion(p *pass) {
	for _, g := range p.graphs {
		g.steps(func(step *tree.Step) {
			if !step.End.Waits() || alwaysSays(step) {
				return
			}
			p.fail(step.Span,
				say("Bước `%s` chờ người dân mà không có câu `|` nào luôn hiện.", "The step `%s` waits for a person without a `|` line that always shows.", step.Name.Text),
				say("Thêm một dòng `| …` không có `khi`.", "Add a line `| …` without `khi`."))
		})
	}
}

func alwaysSays(step *tree.Step) bool {
	for _, line := range step.Body {
		if line.Kind == tree.Say && line.When == nil {
			return true
		}
	}
	return false
}
