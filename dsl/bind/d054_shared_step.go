package bind

import "hoithoai/dsl/tree"

// sharedStep: the mọi bước of a chung file holds in every flow, so it cannot lead to a step.
func (b *binder) sharedStep(t *tree.Target) {
	b.fail(codeSharedStep, t.Span, say("Tệp chung không có bước “%s”.", "A chung file has no step “%s”.", t.Name.Text),
		say("Dùng -> luồng …, quay lại, nhắc lại hoặc bắt đầu lại.", "Use -> luồng …, quay lại, nhắc lại or bắt đầu lại."))
}
