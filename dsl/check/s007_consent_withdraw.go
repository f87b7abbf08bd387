package check

import (
	"strings"

	"hoithoai/dsl/fold"
	"hoithoai/dsl/standard"
	"hoithoai/dsl/tree"
)

// checkConsentWithdraw demands that a consent step says how to take it back: the right to withdraw must be known before one
// agrees (Luật 91/2025/QH15, Điều 4 and 9), and the words for it are the same everywhere.
func checkConsentWithdraw(p *pass) {
	p.consents(func(_ *graph, step *tree.Step) {
		if strings.Contains(fold.Key(wordsOf(step)), fold.Key(standard.WithdrawWords)) {
			return
		}
		p.fail(step.End.Span,
			say("Bước `%s` xin đồng ý mà chưa nói cách rút lại.", "The step `%s` asks for consent and does not say how to take it back.", step.Name.Text),
			say("Thêm câu: Anh/chị đổi ý lúc nào cũng được, nhắn: rút lại đồng ý.",
				"Add the sentence: Anh/chị đổi ý lúc nào cũng được, nhắn: rút lại đồng ý."))
	})
}
