package bind

import (
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// factType: a fact is a text, a number, an amount, a date, a telephone number or yes/no; nobody sends it.
func (b *binder) factType(decl *tree.Fact) (value.Type, bool) {
	typ, ok := b.typeOf(&decl.Type)
	if !ok {
		return typ, false
	}
	switch typ.Kind {
	case value.Text, value.Number, value.Money, value.Date, value.Phone, value.YesNo:
		return typ, true
	}
	b.fail(codeFactKind, decl.Type.Span, say("Dữ kiện không thể là %s.", "A fact cannot be %s.", decl.Type.Keyword),
		say("Dùng chữ, số, tiền, ngày, điện thoại hoặc có/không.", "Use chữ, số, tiền, ngày, điện thoại or có/không."))
	return value.Type{}, false
}
