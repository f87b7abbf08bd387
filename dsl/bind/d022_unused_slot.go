package bind

import "hoithoai/dsl/tree"

// unusedSlots: what is declared is asked, set or read somewhere.
func (b *binder) unusedSlots(f *tree.File, u usage) {
	for _, s := range f.Slots {
		if u.reads[s.Name.Text] || u.sets[s.Name.Text] {
			continue
		}
		b.fail(codeUnusedSlot, s.Name.Span,
			say("Dữ liệu “%s” đã khai mà không hỏi, không điền, không dùng ở đâu.", "The slot “%s” is never asked, set or read.", s.Name.Text),
			say("Xóa dòng này, hoặc sửa tên ở nơi lẽ ra dùng nó.", "Remove this line, or correct the name where it should be used."))
	}
}
