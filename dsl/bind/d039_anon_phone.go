package bind

import (
	"strings"

	"hoithoai/dsl/fold"
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// checkAnonPhone: a flow with ẩn danh asks for a telephone number only where it can be skipped (tùy). A slot is one by its type,
// or by what it is called: a chữ "Số điện thoại" tells as much.
func (b *binder) checkAnonPhone(f *Flow) {
	if f.File.Anonymous == nil {
		return
	}
	for _, s := range f.File.Steps {
		if s.End == nil || s.End.Kind != tree.Ask {
			continue
		}
		slot := f.Slots[s.End.Slot.Text]
		if slot == nil || slot.Decl.Optional || !isPhone(slot) {
			continue
		}
		b.fail(codeAnonPhone, s.End.Slot.Span,
			say("Luồng ẩn danh không được bắt buộc để lại số điện thoại.", "A flow with ẩn danh must not insist on a telephone number."),
			say("Thêm chữ tùy ở dòng khai “%s”.", "Add tùy to the declaration of “%s”.", s.End.Slot.Text), before(slot.Decl.Span))
	}
}

func isPhone(s *Slot) bool {
	called := fold.Key(s.Decl.Label.Text + " " + strings.ReplaceAll(s.Decl.Name.Text, "_", " "))
	return s.Type.Kind == value.Phone || strings.Contains(called, fold.Key("điện thoại"))
}
