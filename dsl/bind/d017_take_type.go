package bind

import (
	"slices"

	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// checkTakeType: a result goes into a slot of its own type; the bounds of the slot are held when the result arrives. A
// telephone number may go into a text, and a chọn from a sub-flow needs the same options.
func (b *binder) checkTakeType(name tree.Name, slot *Slot, result typed) {
	if result.typ.Kind == value.Unset || fits(result.typ, slot.Type) {
		return
	}
	b.fail(codeTakeType, name.Span,
		say("“%s” trả về loại khác với loại của “%s”.", "“%s” is of another type than “%s”.", result.name, name.Text),
		say("Khai hai bên cùng loại.", "Declare both with one type."), before(result.at), before(slot.Decl.Span))
}

func fits(from, to value.Type) bool {
	switch {
	case from.Kind == value.Phone && to.Kind == value.Text:
		return true
	case from.Kind == to.Kind && (to.Kind == value.Choice || to.Kind == value.Choices):
		return slices.EqualFunc(from.Options, to.Options, func(x, y value.Option) bool { return x.Name == y.Name })
	}
	return from.Kind == to.Kind
}
