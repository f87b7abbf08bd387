package bind

// checkHasSteps: a flow has at least one step.
func (b *binder) checkHasSteps(f *Flow) {
	if len(f.File.Steps) > 0 || f.File.Broken {
		return
	}
	b.fail(codeNoSteps, f.File.Name.Span, say("Luồng “%s” chưa có bước nào.", "The flow “%s” has no step.", f.File.Name.Text),
		say("Thêm một bước, ví dụ: bước chao.", "Add a step, for example: bước chao."))
}
