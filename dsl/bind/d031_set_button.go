package bind

import "hoithoai/dsl/tree"

// checkSetButton: `[X] = BT` answers the question of its step, so it needs a hỏi.
func (b *binder) checkSetButton(button *tree.Button, at site) {
	if button.Kind != tree.Set || at.end != nil && at.end.Kind == tree.Ask {
		return
	}
	b.fail(codeSetButton, button.Span, say("Nút [%s] = … chỉ đứng dưới hỏi.", "A button [%s] = … stands only under hỏi.", button.Label.Text),
		say("Thêm hỏi, hoặc dùng -> để đi tới một bước.", "Add hỏi, or use -> to go to a step."))
}
