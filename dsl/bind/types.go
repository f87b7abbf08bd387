package bind

import (
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// kinds are the types of the language by their keyword.
var kinds = map[string]value.Kind{
	"chữ": value.Text, "số": value.Number, "tiền": value.Money, "ngày": value.Date, "điện thoại": value.Phone,
	"phường": value.Ward, "chọn": value.Choice, "có/không": value.YesNo, "ảnh": value.Images, "tệp": value.Files,
	"vị trí": value.Place, "chọn nhiều": value.Choices, "kể": value.Story,
}

// typeOf reads a type as written; false where it was refused and reported.
func (b *binder) typeOf(ref *tree.TypeRef) (value.Type, bool) {
	kind, ok := kinds[ref.Keyword]
	if !ok || kind == value.Ward && len(b.catalogue().Options) == 0 {
		b.noSuchType(ref, ok)
		return value.Type{}, false
	}
	t := value.Type{Kind: kind}
	if ref.Min != nil {
		t.Min, t.HasMin = *ref.Min, true
	}
	if ref.Max != nil {
		t.Max, t.HasMax = *ref.Max, true
	}
	if kind == value.Ward {
		t = b.catalogue()
	}
	if !b.checkBounds(ref, t) {
		return value.Type{}, false
	}
	return t, true
}

// catalogue is the type phường.
func (b *binder) catalogue() value.Type {
	if b.wards.Kind == value.Ward || b.opts.Wards == nil {
		return b.wards
	}
	b.wards = value.Type{Kind: value.Ward, Options: b.opts.Wards()}
	b.wards.Prepare()
	return b.wards
}

// keep remembers a type for those who come after.
func (b *binder) keep(ref *tree.TypeRef, t value.Type) value.Type {
	t.Prepare()
	b.out.Types[ref] = t
	return t
}
