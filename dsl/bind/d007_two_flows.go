package bind

import "hoithoai/dsl/tree"

// twoFlows: a flow's name is its address in the whole bundle.
func (b *binder) twoFlows(file *tree.File, first *Flow) {
	b.fail(codeTwoFlows, file.Name.Span,
		say("Đã có luồng “%s” trong tệp “%s”.", "There is a flow “%s” already, in “%s”.", file.Name.Text, first.File.Path),
		say("Đổi tên một trong hai luồng.", "Rename one of the two flows."), declaredAt(first))
}
