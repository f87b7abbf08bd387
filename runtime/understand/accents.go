package understand

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"hoithoai/dsl/fold"
)

// message is a text with its folded form and, word by word, the accents the person really wrote.
type message struct {
	folded []string // a word that was taken out is ""
	words  []accents
}

// accents is what a word carries above its folded letters: a quality per letter and one tone, wherever it was put ("hòa",
// "hoà"). The zero value is a word typed without accents.
type accents struct {
	quality string // "^" after â ê ô, "(" after ă, "+" after ơ ư, "-" after đ; "." for every letter before
	tone    rune   // 0 for none; hỏi and ngã are one, as many write them
}

func read(text string) message {
	m := message{folded: fold.Words(fold.Key(text))}
	for chunk := range strings.FieldsSeq(text) {
		m.words = append(m.words, chunkAccents(chunk)...)
	}
	if len(m.words) != len(m.folded) {
		m.words = nil // symbols that fold into words of their own: accents are not looked at
	}
	return m
}

// chunkAccents returns one entry for every word that chunk folds into.
func chunkAccents(chunk string) []accents {
	words := fold.Words(fold.Key(chunk))
	parts := strings.FieldsFunc(chunk, func(r rune) bool { return fold.Key(string(r)) == "" && !unicode.IsMark(r) })
	out := make([]accents, len(words))
	if len(parts) != len(words) {
		return out
	}
	for i, p := range parts {
		out[i] = accentsOf(p)
	}
	return out
}

func accentsOf(word string) accents {
	var a accents
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(word)) {
		switch r {
		case '\u0300', '\u0301', '\u0323':
			a.tone = r
		case '\u0309', '\u0303':
			a.tone = '\u0309'
		case '\u0302':
			b.WriteByte('^')
		case '\u0306':
			b.WriteByte('(')
		case '\u031B':
			b.WriteByte('+')
		case 'đ':
			b.WriteString(".-")
		default:
			b.WriteByte('.')
		}
	}
	a.quality = b.String()
	return a
}

// fits reports whether a, as a person typed it, may be the word with accents of: accents may be left out, but those that are
// written must be its own. So "chay" may be "cháy", and "chạy" may not.
func (a accents) fits(of accents) bool {
	if a.tone != 0 && a.tone != of.tone {
		return false
	}
	return a.quality == of.quality || strings.Trim(a.quality, ".") == ""
}

// holds reports whether the words of part stand in the message one after the other, with no accent that contradicts them.
func (m message) holds(part message) bool { return m.find(part, 0) >= 0 }

// find returns where part stands next in the message, from the word at from on, or -1.
func (m message) find(part message, from int) int {
	n := len(part.folded)
	for i := from; n > 0 && i+n <= len(m.folded); i++ {
		if m.same(part, i) {
			return i
		}
	}
	return -1
}

func (m message) same(part message, at int) bool {
	for j, w := range part.folded {
		if m.folded[at+j] != w {
			return false
		}
		if m.words != nil && part.words != nil && !m.words[at+j].fits(part.words[j]) {
			return false
		}
	}
	return true
}

// without returns the message with every place of part taken out; its neighbours do not move together.
func (m message) without(part message) message {
	m.folded = slices.Clone(m.folded)
	for i := m.find(part, 0); i >= 0; i = m.find(part, i+1) {
		clear(m.folded[i : i+len(part.folded)])
	}
	return m
}
