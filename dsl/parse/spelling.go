package parse

import (
	"strings"
	"unicode/utf8"

	"hoithoai/dsl/fold"
)

// toneVariants turns the newer placement of the tone mark at the end of a word into the older one, so that hủy and huỷ, khóa
// and khoá, xóa and xoá are one keyword. It is wrong for "quý", which is no keyword.
var toneVariants = map[string]string{
	"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
	"oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
	"uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}

// canonical is the spelling of one word of a keyword: lower case, older placement of tone marks. word is NFC.
func canonical(word string) string {
	word = strings.ToLower(word)
	_, size := utf8.DecodeLastRuneInString(word)
	if size < 2 || len(word) <= size {
		return word
	}
	cut := len(word) - size - 1
	if older, ok := toneVariants[word[cut:]]; ok {
		return word[:cut] + older
	}
	return word
}

// foldWord is the form in which words are compared when accents and case do not count.
func foldWord(s string) string { return fold.Key(s) }

// anyOf goes over the first of the keywords that stands here and returns it, or ""; one that only lost its accents is named
// and taken.
func (p *parser) anyOf(c *cursor, keywords ...string) string {
	if found := c.anyKeyword(keywords...); found != "" || isPunctuated(c) {
		return found
	}
	for _, k := range keywords {
		f, typed := c.fork(), ""
		for range strings.Count(k, " ") + 1 {
			typed = joinWord(typed, f.next().text)
		}
		if foldWord(typed) == foldWord(k) {
			c.skip()
			from := c.pos
			c.mark(Word, from, f.pos, k)
			c.pos = f.pos
			p.mend(codeUnknown, c.span(from, c.pos), k, c.line.Text[from:c.pos], k)
			return k
		}
	}
	return ""
}
