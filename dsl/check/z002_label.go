package check

import (
	"unicode/utf8"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
)

// checkLabels measures every label that becomes a button: of buttons, options and reminders.
func checkLabels(p *pass) {
	for _, g := range p.graphs {
		for _, slot := range g.flow.SlotOrder {
			for _, o := range slot.Decl.Options {
				p.reportLabel(o.Label.Text, o.Label.Span)
			}
		}
		g.steps(func(step *tree.Step) {
			for _, c := range g.choices(step) {
				if c.button != nil {
					p.reportLabel(c.label, c.prose.Span)
				}
			}
			p.reminderLabels(step.Silences)
		})
		if g.flow.File.Always != nil {
			p.reminderLabels(g.flow.File.Always.Silences)
		}
	}
	for _, always := range sharedAlways(p.bundle) {
		p.reminderLabels(always.Silences)
	}
}

func (p *pass) reminderLabels(silences []*tree.Silence) {
	for _, s := range silences {
		for _, b := range s.Buttons {
			p.reportLabel(b.Label.Text, b.Label.Span)
		}
	}
}

func (p *pass) reportLabel(label string, at diag.Span) {
	n, limits := utf8.RuneCountInString(label), p.opts.Limits
	switch {
	case n > limits.Label:
		p.fail(at,
			say("Nhãn dài %d ký tự, nút chỉ nhận %d.", "The label is %d characters long, a button takes %d.", n, limits.Label),
			say("Rút gọn nhãn, phần giải thích để vào câu `|`.", "Shorten the label and explain in a `|` sentence."))
	case n > limits.LabelShown:
		p.warn(at,
			say("Nhãn dài %d ký tự, điện thoại nhỏ chỉ hiện khoảng %d.", "The label is %d characters long, a small telephone shows about %d.", n, limits.LabelShown),
			say("Rút gọn nhãn, phần giải thích để vào câu `|`.", "Shorten the label and explain in a `|` sentence."))
	}
}
