package bind

import (
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// paramType: a task knows no options, so a choice goes to it as the name of its option, several joined by ",".
func (b *binder) paramType(ref *tree.TypeRef) (value.Type, bool) {
	typ, ok := b.typeOf(ref)
	if !ok || typ.Kind != value.Choice && typ.Kind != value.Choices {
		return typ, ok
	}
	b.fail(codeTaskType, ref.Span, say("Tác vụ không nhận loại %s.", "A task takes no %s.", ref.Keyword),
		say("Ghi chữ: tác vụ nhận tên của lựa chọn.", "Write chữ: the task receives the option's name."))
	return value.Type{}, false
}
