package bind

// unusedTasks: a task that no flow does is a warning, because chung files serve flows to come.
func (b *binder) unusedTasks(u usage) {
	for _, t := range b.out.Tasks {
		if u.tasks[t.Name.Text] {
			continue
		}
		b.warn(codeUnusedTask, t.Name.Span, say("Tác vụ “%s” đã khai mà không luồng nào làm.", "No flow does the task “%s”.", t.Name.Text),
			say("Xóa dòng này, hoặc dùng làm %s(…).", "Remove this line, or use làm %s(…).", t.Name.Text))
	}
}
