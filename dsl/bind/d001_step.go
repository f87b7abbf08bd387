package bind

import (
	"hoithoai/dsl/diag"
	"hoithoai/dsl/standard"
	"hoithoai/dsl/tree"
)

// checkStep: a step that is named must exist in its flow.
func (b *binder) checkStep(f *Flow, name tree.Name) {
	if f.Steps[name.Text] != nil || f.File.Broken {
		return
	}
	b.unknown(codeStep, name, say("Luồng này không có bước “%s”.", "This flow has no step “%s”.", name.Text), keys(f.Steps))
	if b.isFlow(name.Text) {
		last := &b.found[len(b.found)-1]
		last.Fix = say("Đó là tên một luồng; viết: -> luồng %s", "That is the name of a flow; write: -> luồng %s", name.Text)
		last.Edit = &diag.Edit{Span: name.Span, Text: "luồng " + name.Text}
		return
	}
	b.orElse(say("Viết thêm “bước %s”, hoặc đổi sang tên một bước đã có.", "Add “bước %s”, or write the name of a step that exists.", name.Text))
}

// isFlow reports whether a flow that one may go to has this name, in the bundle or among the standard ones.
func (b *binder) isFlow(name string) bool {
	if f := b.out.ByName[name]; f != nil {
		return f.File.Kind == tree.Flow
	}
	_, _, ok := standard.Flow(name)
	return ok
}
