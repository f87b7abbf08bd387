package bind

import (
	"hoithoai/dsl/tree"
)

// checkHeard: a flow with khẩn cấp or không giữ watches every message for its keywords and example sentences; without any it
// would look like an alarm and never sound.
func (b *binder) checkHeard(f *Flow) {
	if f.File.Broken || f.File.Kind == tree.Sub || len(f.File.Keywords)+len(f.File.Examples) > 0 {
		return
	}
	flag, word := f.File.Emergency, "khẩn cấp"
	if flag == nil {
		flag, word = f.File.Unkept, "không giữ"
	}
	if flag == nil {
		return
	}
	b.fail(codeUnheard, flag.Span,
		say("Luồng %s chưa có từ khóa hay câu mẫu nào, nên không bao giờ chạy.", "This flow with %s has no keyword and no example, so it never runs.", word),
		say("Thêm dòng: từ khóa \"…\".", "Add a line: từ khóa \"…\"."))
}
