package check

import (
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// checkChoices counts what a question offers, options and standard buttons included, as if every condition held.
func checkChoices(p *pass) {
	limit := p.opts.Limits.Choices
	for _, g := range p.graphs {
		g.steps(func(step *tree.Step) {
			n := g.shownAtOnce(step)
			if n <= limit {
				return
			}
			p.fail(step.Span,
				say("Bước `%s` có thể hiện %d nút và lựa chọn; nhiều nhất là %d.",
					"The step `%s` may show %d buttons and options; at most %d are possible.", step.Name.Text, n, limit),
				say("Chia thành hai câu hỏi, câu đầu hỏi nhóm.", "Make two questions of it, the first about groups."))
		})
	}
}

// shownAtOnce counts the choices of a step. [Bỏ qua] shows only until enough pieces are there, [Xong] only then; beside a
// chọn nhiều both show.
func (g *graph) shownAtOnce(step *tree.Step) int {
	n := len(g.choices(step))
	if slot := g.slot(step.End); slot != nil && slot.Type.Kind != value.Choices && len(wayOutChoices(slot.Decl)) > 1 {
		n--
	}
	return n
}
