package bind

import (
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// factValue reads the value of a period by the fact's type; unset for chưa rõ and for what cannot be read.
func (b *binder) factValue(decl *tree.Fact, typ value.Type) value.Value {
	if decl.Value == nil {
		return value.Value{}
	}
	v, err := typ.Parse(decl.Value.Text)
	if err == nil {
		return v
	}
	b.fail(codeFactValue, decl.Value.Span,
		say("“%s” không phải một giá trị loại %s.", "“%s” is no value of type %s.", decl.Value.Text, decl.Type.Keyword),
		say("Viết như 15.000 (tiền), 3 (số), 01/07/2026 (ngày), có hoặc không; chữ thì đặt trong ngoặc kép.",
			"Write it like 15.000 (tiền), 3 (số), 01/07/2026 (ngày), có or không; text stands in quotes."))
	return value.Value{}
}
