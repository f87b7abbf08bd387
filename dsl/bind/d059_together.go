package bind

import (
	"strings"

	"hoithoai/dsl/fold"
)

// checkTogether: "a + b" is a keyword of two parts in an alarm only; elsewhere a message would have to say the sign.
func (b *binder) checkTogether(f *Flow) {
	if isAlarm(f) {
		return
	}
	for _, word := range f.File.Keywords {
		if left, right, ok := strings.Cut(word.Text, "+"); ok && fold.Key(left) != "" && fold.Key(right) != "" {
			b.fail(codeTogether, word.Span,
				say("Dấu + trong từ khóa chỉ có nghĩa ở luồng khẩn cấp hoặc không giữ.", "A + in a keyword has a meaning only in a flow with khẩn cấp or không giữ."),
				say("Viết cả cụm như người dân gõ, hoặc đưa câu mẫu vào “dân hỏi”.", "Write the words as residents type them, or put a sentence under “dân hỏi”."))
		}
	}
}
