package bind

import (
	"slices"

	"hoithoai/dsl/standard"
	"hoithoai/dsl/tree"
)

// checkTestFlow: `thử x` is a transcript of a flow of the bundle or of a standard flow.
func (t *testBinder) checkTestFlow(name tree.Name) {
	if _, _, ok := standard.Flow(name.Text); ok || t.bundle.ByName[name.Text] != nil || t.bundle.headless || t.bundle.misnamed(name.Text) {
		return
	}
	known := slices.Concat(t.bundle.names(tree.Flow), t.bundle.names(tree.Sub))
	t.found = append(t.found, unknown(codeTestFlow, name, say("Không có luồng nào tên “%s” để thử.", "There is no flow named “%s” to test.", name.Text), known))
}
