package bind

import "hoithoai/dsl/tree"

// checkStep: a step that is named must exist in its flow.
func (b *binder) checkStep(f *Flow, name tree.Name) {
	if f.Steps[name.Text] != nil || f.File.Broken {
		return
	}
	b.unknown(codeStep, name, say("Luồng này không có bước “%s”.", "This flow has no step “%s”.", name.Text), keys(f.Steps))
	b.orElse(say("Viết thêm “bước %s”, hoặc đổi sang tên một bước đã có.", "Add “bước %s”, or write the name of a step that exists.", name.Text))
}
