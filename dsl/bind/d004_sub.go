package bind

import "hoithoai/dsl/tree"

// checkCallee: `gọi x` must name a sub-flow of the bundle (D004); a luồng is not called but gone to (D018).
func (b *binder) checkCallee(name tree.Name) *Flow {
	f := b.out.ByName[name.Text]
	if f == nil {
		if !b.headless && !b.out.misnamed(name.Text) {
			b.unknown(codeSub, name, say("Không có luồng con nào tên “%s”.", "There is no sub-flow named “%s”.", name.Text), b.out.names(tree.Sub))
		}
		return nil
	}
	if f.File.Kind != tree.Sub {
		b.callFlow(name, f)
		return nil
	}
	return f
}
