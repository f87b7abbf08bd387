package bind

import "hoithoai/dsl/tree"

// checkOnlySays: a khẩn cấp flow answers over anything, and a không giữ flow before anything is stored; both may only say,
// link, hand over and end (design/language.md, Meaning 11), so they wait for nobody, decide nothing and keep nothing.
func (b *binder) checkOnlySays(f *Flow) {
	word := "khẩn cấp"
	switch {
	case f.File.Emergency != nil:
	case f.File.Unkept != nil:
		word = "không giữ"
	default:
		return
	}
	for _, s := range f.File.Steps {
		if s.End != nil && !onlySays(s) {
			b.fail(codeOnlySays, s.End.Span,
				say("Luồng %s chỉ được nói, mở liên kết, chuyển người hoặc kết thúc.", "A flow with %s may only say, link, hand over or end.", word),
				say("Chuyển phần hỏi, chọn, gọi, làm sang luồng khác.", "Move questions, choices, calls and tasks to another flow."))
		}
	}
}

func onlySays(s *tree.Step) bool {
	if len(s.Actions) > 0 {
		return false
	}
	switch s.End.Kind {
	case tree.Human, tree.Finish:
		return true
	case tree.Go:
		return s.End.Next == nil || s.End.Next.Kind == tree.ToStep && s.End.Next.Return == nil
	}
	return false
}
