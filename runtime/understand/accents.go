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
	m.words = make([]accents, 0, len(m.folded))
	for chunk := range strings.FieldsSeq(text) {
		m.words = chunkAccents(m.words, chunk)
	}
	if len(m.words) != len(m.folded) {
		m.words = nil // symbols that fold into words of their own: accents are not looked at
	}
	return m
}

// chunkAccents appends one entry for every word that chunk folds into.
func chunkAccents(out []accents, chunk string) []accents {
	if plain := strings.Trim(chunk, ",.?!:;\"'()-"); isWord(plain) {
		return append(out, accentsOf(plain))
	}
	return append(out, slowAccents(chunk)...)
}

// isWord reports whether s is letters and digits, which fold into one word.
func isWord(s string) bool {
	for _, r := range s {
		if r >= marksEnd || !unicode.IsLetter(r) && (r < '0' || r > '9') {
			return false
		}
	}
	return s != ""
}

func slowAccents(chunk string) []accents {
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

// accentsOf reads the accents of one word.
func accentsOf(word string) accents {
	var buf [32]byte
	a, q := accents{}, buf[:0]
	for _, r := range word {
		if r < marksEnd {
			q = append(q, above[r].quality...)
			a.tone = max(a.tone, above[r].tone)
			continue
		}
		q = append(q, '.')
	}
	a.quality = string(q)
	if strings.Trim(a.quality, ".") == "" && len(q) <= len(dots) {
		a.quality = dots[:len(q)]
	}
	return a
}

// dots are the quality of words without accents, so that they share one string.
const dots = "................................"

// marksEnd is behind the last letter that Vietnamese composes, ỹ.
const marksEnd = 0x1EFA

// mark is what one composed letter carries; a combining mark has no letter of its own.
type mark struct {
	quality string
	tone    rune
}

// above are the accents of every letter below marksEnd.
var above = func() (t [marksEnd]mark) {
	for r := range rune(marksEnd) {
		t[r] = decompose(r)
	}
	return t
}()

func decompose(r rune) (m mark) {
	for _, p := range norm.NFD.String(strings.ToLower(string(r))) {
		switch p {
		case grave, acute, dot:
			m.tone = p
		case hook, tilde:
			m.tone = hook
		case circumflex:
			m.quality += "^"
		case breve:
			m.quality += "("
		case horn:
			m.quality += "+"
		case 'đ':
			m.quality += ".-"
		default:
			m.quality += "."
		}
	}
	return m
}

// marked reports whether any accent was written.
func (a accents) marked() bool { return a.tone != 0 || strings.Trim(a.quality, ".") != "" }

// String is the accents in letters, for telling them apart.
func (a accents) String() string { return a.quality + string(a.tone) }

// fits reports whether a, as a person typed it, may be the word with accents of: accents may be left out, but those that are
// written must be its own. So "chay" may be "cháy", and "chạy" may not.
func (a accents) fits(of accents) bool {
	if a.tone != 0 && a.tone != of.tone {
		return false
	}
	return a.quality == of.quality || strings.Trim(a.quality, ".") == ""
}

// is reports whether a is written with the very accents of a word. Short forms need that: "dat" is no "dắt".
func (a accents) is(of accents) bool {
	return a.tone == of.tone && (a.quality == of.quality || !a.marked() && !of.marked())
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
