package check

import (
	"strings"
	"unicode"

	"hoithoai/dsl/tree"
)

// maxWords is how many words (syllables, as Vietnamese is written) a sentence may have before nobody follows it.
const maxWords = 60

// checkSentences reminds of sentences too long to read.
func checkSentences(p *pass) {
	p.sentences(func(s *tree.Prose) {
		from, to, words := longestSentence(s.Text)
		if words <= maxWords {
			return
		}
		p.warn(within(s, from, to),
			say("Câu dài %d chữ, khó đọc trên điện thoại.", "The sentence has %d words and is hard to read on a telephone.", words),
			say("Tách thành các câu không quá %d chữ.", "Split it into sentences of at most %d words.", maxWords))
	})
}

// longestSentence finds the sentence with the most words and where it stands, in bytes.
func longestSentence(text string) (from, to, words int) {
	for start := 0; start < len(text); {
		end := sentenceEnd(text, start)
		if n := len(strings.Fields(text[start:end])); n > words {
			from, to, words = start, end, n
		}
		start = end
	}
	return from, to, words
}

// sentenceEnd is where the sentence that begins at start ends: after a mark that white space or the end follows. "15.000"
// and "TT 75." inside a word end nothing.
func sentenceEnd(text string, start int) int {
	mark := false
	for i, r := range text[start:] {
		if mark && unicode.IsSpace(r) {
			return start + i
		}
		mark = strings.ContainsRune(".!?…;:", r)
	}
	return len(text)
}
