package bind

import (
	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
)

// unusedConditions: a condition of a flow is named somewhere in it.
func (b *binder) unusedConditions(f *tree.File, u usage) {
	if f.Kind == tree.Shared {
		return
	}
	for _, c := range f.Conditions {
		if !u.reads[c.Name.Text] {
			b.fail(codeUnusedCond, c.Name.Span, say("Điều kiện “%s” đã khai mà không dùng ở đâu.", "The condition “%s” is never used.", c.Name.Text), unusedFix())
		}
	}
}

// unusedShared is the same for a chung file, whose conditions may wait for a flow to come: a warning.
func (b *binder) unusedShared(f *tree.File, u usage) {
	for _, c := range f.Conditions {
		if !u.reads[c.Name.Text] {
			b.warn(codeUnusedCond, c.Name.Span, say("Điều kiện “%s” đã khai mà không luồng nào dùng.", "No flow uses the condition “%s”.", c.Name.Text), unusedFix())
		}
	}
}

func unusedFix() diag.Sentence {
	return say("Xóa dòng này, hoặc viết khi trước câu cần nó.", "Remove this line, or write khi before the sentence that needs it.")
}
