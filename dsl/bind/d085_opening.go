package bind

import (
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// checkOpening: the words that a flow is entered by can name an option, be a text or begin a story. They are no date, number or
// place, and they answer only what is asked: not what tasks or callers set. A sub-flow is entered by its caller.
func (b *binder) checkOpening(f *Flow, decl *tree.Slot, typ value.Type) {
	suits := typ.Kind == value.Choice || typ.Kind == value.Story || typ.Kind == value.Text
	if !decl.Opening || suits && !decl.Machine && f.File.Kind != tree.Sub {
		return
	}
	b.fail(codeOpening, decl.Span, say("Từ lời đầu chỉ dùng cho chọn, kể, chữ được hỏi trong luồng.", "Only a chọn, kể or chữ that a flow asks for can be taken từ lời đầu."),
		say("Bỏ chữ từ lời đầu.", "Remove từ lời đầu."))
}
