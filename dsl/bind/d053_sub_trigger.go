package bind

import (
	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
)

// checkSubTriggers: a luồng con is only called; no message and no event leads into it.
func (b *binder) checkSubTriggers(f *Flow) {
	if f.File.Kind != tree.Sub {
		return
	}
	report := func(at diag.Span) {
		b.fail(codeSubTrigger, at, say("Luồng con chỉ được gọi, không tự vào bằng tin nhắn được.", "A luồng con is only called; no message leads into it."),
			say("Bỏ dòng này, hoặc đổi thành luồng.", "Remove this line, or make the flow a luồng."))
	}
	for _, k := range f.File.Keywords {
		report(k.Span)
	}
	for _, e := range f.File.Examples {
		report(e.Span)
	}
	for _, flag := range []*tree.Flag{f.File.OnFollow, f.File.Fallback, f.File.Emergency, f.File.Unkept} {
		if flag != nil {
			report(flag.Span)
		}
	}
}
