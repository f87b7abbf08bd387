package bind

import "hoithoai/dsl/tree"

// checkReturn: `A rồi B` goes to an A that asks or calls, because only an answer or a finished sub-flow can lead on to B.
func (b *binder) checkReturn(f *Flow, t *tree.Target) {
	b.checkStep(f, *t.Return)
	step := f.Steps[t.Name.Text]
	if step == nil || step.End == nil || step.Broken {
		return
	}
	if step.End.Kind == tree.Ask || step.End.Kind == tree.Call {
		return
	}
	b.fail(codeReturn, t.Return.Span,
		say("Bước “%s” không hỏi và không gọi, nên không có lúc nào để rồi sang “%s”.", "Step “%s” neither asks nor calls, so nothing there leads on to “%s”.", t.Name.Text, t.Return.Text),
		say("Chỉ viết -> %s.", "Write only -> %s.", t.Name.Text), before(step.Name.Span))
}
