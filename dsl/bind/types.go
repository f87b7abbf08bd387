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
	if !ok || kind == value.Ward && len(b.opts.Wards) == 0 {
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
		b.wards.Prepare() // once: a catalogue is large
		t = b.wards
	}
	if !b.checkBounds(ref, t) {
		return value.Type{}, false
	}
	return t, true
}

// keep remembers a type for those who come after.
func (b *binder) keep(ref *tree.TypeRef, t value.Type) value.Type {
	t.Prepare()
	b.out.Types[ref] = t
	return t
}
