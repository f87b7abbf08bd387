package bind

import "hoithoai/dsl/tree"

// checkModifiers: vào and ra are the parameters of a luồng con (D047); máy excludes tùy and vào (D048).
func (b *binder) checkModifiers(f *Flow, decl *tree.Slot) {
	if (decl.In || decl.Out) && f.File.Kind != tree.Sub {
		b.fail(codeInOut, decl.Span, say("Chỉ luồng con mới có dữ liệu vào, ra.", "Only a luồng con has slots that go in or out."),
			say("Bỏ chữ vào, ra, hoặc đổi thành luồng con.", "Remove vào and ra, or make the flow a luồng con."))
	}
	if decl.Machine && (decl.Optional || decl.In) {
		b.contradiction(decl)
	}
}
