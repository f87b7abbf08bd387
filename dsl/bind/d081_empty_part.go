package bind

import (
	"strings"

	"hoithoai/dsl/fold"
	"hoithoai/dsl/tree"
)

// checkParts: every part of a keyword has letters or digits. One without never stands in a message, and the alarm that waits
// for it would be silent.
func (b *binder) checkParts(f *Flow) {
	for _, word := range append(f.File.Keywords[:len(f.File.Keywords):len(f.File.Keywords)], f.File.Except...) {
		if !hasEmptyPart(f, word) {
			continue
		}
		b.fail(codeEmptyPart, word.Span,
			say("“%s” có phần không có chữ nào, nên không bao giờ khớp.", "“%s” has a part without a letter, so it never matches.", word.Text),
			say("Viết chữ vào từng phần, hoặc bỏ từ khóa này.", "Write words in every part, or remove this keyword."))
	}
}

func hasEmptyPart(f *Flow, word tree.Str) bool {
	if strings.TrimSpace(word.Text) == "" {
		return false // said by the parser
	}
	if !isAlarm(f) {
		return fold.Key(word.Text) == ""
	}
	for part := range strings.SplitSeq(word.Text, "+") {
		if fold.Key(part) == "" {
			return true
		}
	}
	return false
}
