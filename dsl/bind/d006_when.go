package bind

import (
	"hoithoai/dsl/expression"
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// checkWhen: `khi x` names a condition or a yes/no slot, so that no expression ever precedes prose.
func (b *binder) checkWhen(s *scopes, name *tree.Name) {
	sym, ok := s.scope.Symbols[name.Text]
	switch {
	case ok && sym.Type.Kind == value.YesNo && sym.Ref.Kind != expression.RefFact:
		s.whens[name.Text], _ = b.cache.CompileAs(name.Text, s.scope, value.Type{Kind: value.YesNo})
	case ok:
		b.fail(codeWhen, name.Span,
			say("Sau khi phải là một điều kiện hoặc dữ liệu có/không, “%s” thì không phải.", "After khi stands a condition or a yes/no slot, which “%s” is not.", name.Text),
			say("Đặt tên cho biểu thức ở phần điều kiện rồi dùng tên ấy.", "Name the expression under điều kiện and use that name."))
	case !b.gaps && !b.isLost(s.file, name.Text):
		b.unknown(codeWhen, *name, say("Không có điều kiện hay dữ liệu có/không nào tên “%s”.", "There is no condition or yes/no slot named “%s”.", name.Text), whenNames(s.scope))
	}
}

// whenNames lists what may follow khi.
func whenNames(scope *expression.Scope) []string {
	var out []string
	for name, sym := range scope.Symbols {
		if sym.Type.Kind == value.YesNo && sym.Ref.Kind != expression.RefFact {
			out = append(out, name)
		}
	}
	return out
}
