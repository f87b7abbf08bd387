package bind

// unusedFacts: a fact that nothing reads is a duty nobody needs (a warning).
func (b *binder) unusedFacts(u usage) {
	for _, f := range b.out.Facts {
		if u.reads[f.Name] {
			continue
		}
		b.warn(codeUnusedFact, f.Periods[0].Name.Span, say("Dữ kiện “%s” đã khai mà không câu nào dùng.", "Nothing reads the fact “%s”.", f.Name),
			say("Xóa dòng này, hoặc dùng {%s} trong câu.", "Remove this line, or use {%s} in a sentence.", f.Name))
	}
}
