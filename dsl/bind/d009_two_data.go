package bind

import (
	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
)

// twoData: slots, facts and conditions share one namespace, because expressions read all three.
func (b *binder) twoData(name tree.Name, first diag.Span) {
	b.fail(codeTwoData, name.Span, say("Tên “%s” đã dùng cho một dữ liệu, dữ kiện hoặc điều kiện khác.", "The name “%s” is taken by another slot, fact or condition.", name.Text),
		say("Đổi tên một trong hai.", "Rename one of the two."), before(first))
}
