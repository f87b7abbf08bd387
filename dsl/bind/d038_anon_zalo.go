package bind

import (
	"slices"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/expression"
	"hoithoai/dsl/template"
	"hoithoai/dsl/tree"
)

// checkAnonProse: a flow with ẩn danh never says who the person is, so its sentences do not read zalo.*.
func (b *binder) checkAnonProse(s *scopes, t template.Template, text *tree.Prose) {
	for _, p := range t.Parts {
		if p.IsRef && p.Ref.Kind == expression.RefZalo || p.Expr != nil && readsZalo(p.Expr) {
			b.anonZalo(s, text.Columns.Part(text.Span, p.Offset, p.Length))
		}
	}
}

// checkAnonExpr: nor do its expressions, so that nothing in it depends on who the person is.
func (b *binder) checkAnonExpr(s *scopes, x *expression.Expr, at diag.Span) {
	if readsZalo(x) {
		b.anonZalo(s, at)
	}
}

func readsZalo(x *expression.Expr) bool {
	return slices.ContainsFunc(x.Reads, func(r expression.Ref) bool { return r.Kind == expression.RefZalo })
}

func (b *binder) anonZalo(s *scopes, at diag.Span) {
	if s.flow == nil || s.file.Anonymous == nil {
		return
	}
	b.fail(codeAnonZalo, at, say("Luồng ẩn danh không được dùng tên người dân.", "A flow with ẩn danh must not use the person's name."),
		say("Bỏ zalo.… ở đây.", "Remove zalo.… here."), before(s.file.Anonymous.Span))
}
