package bind

import "hoithoai/dsl/tree"

// goSub: a luồng con cannot be gone to, because it has nobody to come back to.
func (b *binder) goSub(name tree.Name, f *Flow) {
	b.fail(codeGoSub, name.Span,
		say("“%s” là luồng con, không sang hẳn được.", "“%s” is a luồng con; it cannot be gone to.", name.Text),
		say("Dùng gọi %[1]s(…) để chạy rồi quay về.", "Use gọi %[1]s(…), which comes back.", name.Text), declaredAt(f))
}
