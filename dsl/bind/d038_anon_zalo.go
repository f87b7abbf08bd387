package bind

import (
	"strings"

	"hoithoai/dsl/diag"
)

// checkAnonymous: a flow with ẩn danh never says who the person is, so it does not read zalo.* in its sentences.
func (b *binder) checkAnonymous(s *scopes, text string, at diag.Span) {
	if s.flow == nil || s.file.Anonymous == nil {
		return
	}
	brace := strings.Index(text, "{zalo.")
	if brace < 0 {
		return
	}
	at.Column += len([]rune(text[:brace]))
	at.EndLine, at.EndColumn = at.Line, at.Column+len("{zalo.")
	b.fail(codeAnonZalo, at, say("Luồng ẩn danh không được nhắc tới tên người dân.", "A flow with ẩn danh must not name the person."),
		say("Bỏ {zalo.…} khỏi câu.", "Remove {zalo.…} from the sentence."), before(s.file.Anonymous.Span))
}
