package bind

import "hoithoai/dsl/tree"

// checkSubLeaves: a luồng con goes back to who called it; where else it could lead is the caller's business.
func (b *binder) checkSubLeaves(s *scopes, t *tree.Target) {
	if s.flow == nil || s.file.Kind != tree.Sub {
		return
	}
	b.fail(codeSubLeaves, t.Span, say("Luồng con không sang luồng khác được.", "A luồng con cannot go to another flow."),
		say("Viết kết thúc bỏ, rồi luồng gọi nó đi tiếp ở dòng bỏ dở.", "Write kết thúc bỏ, and let the caller go on from bỏ dở."))
}
