package bind

import "hoithoai/dsl/tree"

// factApart: the periods of a fact stand together, so that whoever changes it sees all of them.
func (b *binder) factApart(decl *tree.Fact, f *Fact) {
	b.fail(codeFactApart, decl.Name.Span,
		say("Dữ kiện “%s” đã khai trong tệp “%s”.", "The fact “%s” is declared already, in “%s”.", f.Name, f.File.Path),
		say("Gộp các dòng về một tệp, hoặc đổi tên.", "Bring its lines together in one file, or rename it."), before(f.Periods[0].Name.Span))
}
