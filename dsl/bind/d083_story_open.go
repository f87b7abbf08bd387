package bind

import "hoithoai/dsl/tree"

// openStory: what people tell in their own words and pictures may name anybody, so it is never kept in the open.
func (b *binder) openStory(decl *tree.Slot) {
	b.fail(codeStoryOpen, decl.Type.Span, say("Lời kể “%s” phải là bảo mật.", "The kể “%s” must be bảo mật.", decl.Name.Text),
		say("Thêm bảo mật sau cỡ, và để \"…\" ở cuối dòng.", "Add bảo mật behind the bounds, and để \"…\" at the end of the line."))
}
