package bind

import "hoithoai/dsl/tree"

// factTypes: all periods of a fact have one type.
func (b *binder) factTypes(decl *tree.Fact, f *Fact) {
	b.fail(codeFactType, decl.Type.Span,
		say("Dữ kiện “%s” đã khai là %s, ở đây lại là %s.", "The fact “%[1]s” was declared as %[2]s and is %[3]s here.", f.Name, f.Periods[0].Type.Keyword, decl.Type.Keyword),
		say("Các dòng cùng tên phải cùng loại.", "Lines of one name have one type."), before(f.Periods[0].Span))
}
