package check

import "hoithoai/dsl/tree"

// checkConsentOpen demands that a consent step says the same to everybody: what was agreed to is kept as one text with its
// version, and a line that some people never saw cannot be part of it.
func checkConsentOpen(p *pass) {
	p.consents(func(_ *graph, step *tree.Step) {
		for _, line := range step.Body {
			p.openLine(line.When, step)
			for _, item := range line.Items {
				p.openLine(item.When, step)
			}
		}
	})
}

func (p *pass) openLine(when *tree.Name, step *tree.Step) {
	if when == nil {
		return
	}
	p.fail(when.Span,
		say("Bước `%s` xin đồng ý nên ai cũng phải đọc cùng một lời, không có `khi`.",
			"The step `%s` asks for consent, so everybody reads the same words, without `khi`.", step.Name.Text),
		say("Bỏ `khi`, hoặc tách thành hai bước đồng ý mang hai tên.", "Remove `khi`, or make two consent steps of two names."))
}

// consents calls f for every step that asks to agree.
func (p *pass) consents(f func(*graph, *tree.Step)) {
	for _, g := range p.graphs {
		g.steps(func(step *tree.Step) {
			if step.End != nil && step.End.Kind == tree.Agree {
				f(g, step)
			}
		})
	}
}
