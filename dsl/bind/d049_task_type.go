package bind

import (
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// paramType: a task knows no options, so a choice goes to it as the text of its value.
func (b *binder) paramType(ref *tree.TypeRef) (value.Type, bool) {
	typ, ok := b.typeOf(ref)
	if !ok || typ.Kind != value.Choice {
		return typ, ok
	}
	b.fail(codeTaskType, ref.Span, say("Tác vụ không nhận loại chọn.", "A task takes no chọn."),
		say("Ghi chữ: tác vụ nhận tên của lựa chọn.", "Write chữ: the task receives the option's name."))
	return value.Type{}, false
}
