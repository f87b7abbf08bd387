package bind

import "hoithoai/dsl/tree"

// callFlow: only a luồng con comes back to who called it.
func (b *binder) callFlow(name tree.Name, f *Flow) {
	b.fail(codeCallFlow, name.Span,
		say("“%s” là luồng, không gọi được như luồng con.", "“%s” is a luồng and cannot be called like a luồng con.", name.Text),
		say("Viết -> luồng %s để sang hẳn luồng ấy.", "Write -> luồng %s to go there for good.", name.Text), declaredAt(f))
}
