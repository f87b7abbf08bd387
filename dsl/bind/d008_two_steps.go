package bind

import "hoithoai/dsl/tree"

// twoSteps: a step's name is its address in the flow.
func (b *binder) twoSteps(s, first *tree.Step) {
	b.fail(codeTwoSteps, s.Name.Span, say("Đã có bước %s trong luồng này.", "This flow has a step %s already.", s.Name.Text),
		say("Đổi tên một trong hai bước.", "Rename one of the two steps."), before(first.Name.Span))
}
