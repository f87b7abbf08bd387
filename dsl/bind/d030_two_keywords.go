package bind

import (
	"hoithoai/dsl/fold"
	"hoithoai/dsl/tree"
)

// checkKeywords: a whole message leads to one flow. Keywords are compared as messages are, without accents and case.
func (b *binder) checkKeywords() {
	type place struct {
		flow *Flow
		word tree.Str
	}
	seen := map[string]place{}
	for _, f := range b.out.Flows {
		for _, word := range f.File.Keywords {
			key := fold.Key(word.Text)
			if first, ok := seen[key]; ok {
				b.fail(codeTwoKeywords, word.Span,
					say("Từ khóa “%s” đã dẫn vào luồng “%s”.", "The keyword “%s” leads to the flow “%s” already.", word.Text, first.flow.File.Name.Text),
					say("Bỏ từ khóa ở một nơi.", "Remove the keyword in one place."), before(first.word.Span))
				continue
			}
			seen[key] = place{f, word}
		}
	}
}
