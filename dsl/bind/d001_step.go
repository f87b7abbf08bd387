package bind

import "hoithoai/dsl/tree"

// checkStep: a step that is named must exist in its flow.
func (b *binder) checkStep(f *Flow, name tree.Name) {
	if f.Steps[name.Text] != nil || f.File.Broken {
		return
	}
	b.unknown(codeStep, name, say("Luồng này không có bước “%s”.", "This flow has no step “%s”.", name.Text), keys(f.Steps))
}
