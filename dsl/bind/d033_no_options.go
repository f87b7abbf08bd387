package bind

import (
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// checkOptions: a chọn or chọn nhiều has options (D033), no other type has (D034).
func (b *binder) checkOptions(decl *tree.Slot, typ value.Type) bool {
	isChoice := typ.Kind == value.Choice || typ.Kind == value.Choices
	switch {
	case isChoice && len(decl.Options) == 0:
		b.fail(codeNoOptions, decl.Type.Span, say("Dữ liệu chọn “%s” chưa có lựa chọn nào.", "The chọn slot “%s” has no options.", decl.Name.Text),
			say("Viết mỗi lựa chọn một dòng ở dưới: tên, rồi \"Nhãn\".", "Write one option a line below: its name, then \"Label\"."))
		return false
	case !isChoice && len(decl.Options) > 0:
		b.strayOptions(decl)
	}
	return true
}
