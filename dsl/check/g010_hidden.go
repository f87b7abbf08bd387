package check

import (
	"hoithoai/dsl/expression"
	"hoithoai/dsl/tree"
)

// checkHidden refuses a step of buttons on which all may be hidden at once (design/language.md, Meaning 15). Links answer
// nothing and do not count.
func checkHidden(p *pass) {
	for _, g := range p.graphs {
		g.steps(func(step *tree.Step) {
			if conditions, all := g.hidden(step); all && !expression.Covers(conditions).Covered {
				p.fail(step.End.Span,
					say("Ở bước `%s` có lúc mọi nút đều ẩn, người dân không đi tiếp được.", "In the step `%s` all buttons may be hidden, and nobody gets on.", step.Name.Text),
					say("Để một nút không có `khi`, hoặc cho các điều kiện bao hết mọi trường hợp.", "Leave one button without `khi`, or let the conditions cover every case."))
			}
		})
	}
}

// hidden lists the conditions of everything that answers a step; all is false where something shows whatever the case, or
// where nothing needs to be pressed.
func (g *graph) hidden(step *tree.Step) (conditions []*expression.Expr, all bool) {
	if step.End == nil {
		return nil, false
	}
	slot := g.slot(step.End)
	if step.End.Kind != tree.Menu && (slot == nil || len(slot.Decl.Options) == 0) {
		return nil, false
	}
	for _, c := range g.choices(step) {
		if c.button != nil && (c.button.Kind == tree.Open || c.button.Kind == tree.Phone) {
			continue
		}
		if c.when == nil || g.flow.Whens[c.when.Text] == nil {
			return nil, false
		}
		conditions = append(conditions, g.flow.Whens[c.when.Text])
	}
	return conditions, len(conditions) > 0
}
