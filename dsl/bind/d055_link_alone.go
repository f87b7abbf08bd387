package bind

import (
	"slices"

	"hoithoai/dsl/tree"
)

// checkLinks: mở and gọi số belong to a text bubble, and their address stands in its text.
func (b *binder) checkLinks(step *tree.Step) {
	link := slices.IndexFunc(step.Body, func(l *tree.Line) bool { return l.Kind == tree.Link })
	if link < 0 || step.Broken || slices.ContainsFunc(step.Body, speaks) {
		return
	}
	b.fail(codeLinkAlone, step.Body[link].Span, say("Nút mở, gọi số cần một câu | trong cùng bước.", "A link needs a sentence (|) in its step."),
		say("Thêm một câu | ở trên nút.", "Add a sentence | above the button."))
}

// speaks reports whether a line goes into a text bubble.
func speaks(l *tree.Line) bool {
	return l.Kind == tree.Say || l.Kind == tree.Table || l.Kind == tree.List
}
