package bind

import "hoithoai/dsl/tree"

// twoOptions: an option's name is its value.
func (b *binder) twoOptions(o, first *tree.Option) {
	b.fail(codeTwoOptions, o.Name.Span, say("Đã có lựa chọn “%s”.", "There is an option “%s” already.", o.Name.Text),
		say("Đổi tên một trong hai lựa chọn.", "Rename one of the two options."), before(first.Name.Span))
}
