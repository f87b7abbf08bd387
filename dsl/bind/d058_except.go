package bind

// checkExcept: trừ takes phrases out of what an alarm listens for; an ordinary flow is recognised otherwise, and a trừ in it
// would do nothing.
func (b *binder) checkExcept(f *Flow) {
	if isAlarm(f) || len(f.File.Except) == 0 {
		return
	}
	b.fail(codeExcept, f.File.Except[0].Span,
		say("“trừ” chỉ có tác dụng trong luồng khẩn cấp hoặc không giữ.", "trừ works only in a flow with khẩn cấp or không giữ."),
		say("Bỏ dòng này.", "Remove this line."))
}

// isAlarm reports whether a flow is recognised by phrases inside a message, before anything else is tried.
func isAlarm(f *Flow) bool { return f.File.Emergency != nil || f.File.Unkept != nil }
