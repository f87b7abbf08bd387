package bind

import "hoithoai/dsl/tree"

// noSuchType: the type is none of this release, or it is phường and the office gave no catalogue of wards.
func (b *binder) noSuchType(ref *tree.TypeRef, known bool) {
	fix := say("Dùng một trong: chữ, số, tiền, ngày, điện thoại, phường, chọn, chọn nhiều, có/không, ảnh, tệp, vị trí, kể.",
		"Use one of: chữ, số, tiền, ngày, điện thoại, phường, chọn, chọn nhiều, có/không, ảnh, tệp, vị trí, kể.")
	if known {
		b.fail(codeType, ref.Span, say("Loại %s cần danh mục phường, xã, mà bộ luồng này chưa kèm.", "The type %s needs a catalogue of wards, which this bundle does not carry.", ref.Keyword),
			say("Kèm danh mục, hoặc hỏi bằng chữ hay chọn.", "Add the catalogue, or ask by chữ or chọn."))
		return
	}
	b.fail(codeType, ref.Span, say("Bản này không có loại %s.", "This release has no type %s.", ref.Keyword), fix)
}
