package bind

import "hoithoai/dsl/tree"

// strayOptions: options under a slot of another type mean nothing.
func (b *binder) strayOptions(decl *tree.Slot) {
	b.fail(codeOptions, decl.Options[0].Span,
		say("“%s” không phải loại chọn nên không có lựa chọn.", "“%s” is no chọn and has no options.", decl.Name.Text),
		say("Đổi loại thành chọn, hoặc bỏ các dòng lựa chọn.", "Change its type to chọn, or remove the options."), before(decl.Type.Span))
}
