package understand

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"hoithoai/dsl/fold"
)

// token is one word of a message: folded, with the accents that were written, and how it sounds. A word that was taken out has
// the id 0.
type token struct {
	word    string
	id      uint64 // hash of word
	sound   uint64 // hash of how it sounds
	accents accents
}

func tokenOf(word string, a accents) token {
	var buf [soundLen]byte
	return token{word, hashOf(word), hashOf(appendSound(buf[:0], word)), a}
}

// tokens reads text as it stands.
func tokens(text string) []token { return appendTokens(nil, text) }

// appendTokens appends the words of text. Where symbols fold into words of their own, accents are not looked at.
func appendTokens(out []token, text string) []token {
	from := len(out)
	for rest := fold.Key(text); rest != ""; {
		var word string
		word, rest, _ = strings.Cut(rest, " ")
		out = append(out, tokenOf(word, 0))
	}
	if !mark(out[from:], text) {
		for i := from; i < len(out); i++ {
			out[i].accents = 0
		}
	}
	return out
}

// mark gives the words their accents as text has them, and reports whether the words of text are these.
func mark(words []token, text string) bool {
	at := 0
	for chunk := range strings.FieldsSeq(text) {
		if plain := strings.Trim(chunk, ",.?!:;\"'()-"); isWord(plain) {
			if at == len(words) {
				return false
			}
			words[at].accents = accentsOf(plain)
			at++
			continue
		}
		n, ok := markSlowly(words[at:], chunk)
		if !ok {
			return false
		}
		at += n
	}
	return at == len(words)
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

func markSlowly(words []token, chunk string) (n int, ok bool) {
	n = len(fold.Words(fold.Key(chunk)))
	if n > len(words) {
		return n, false
	}
	parts := strings.FieldsFunc(chunk, func(r rune) bool { return fold.Key(string(r)) == "" && !unicode.IsMark(r) })
	if len(parts) != n {
		return n, true
	}
	for i, p := range parts {
		words[i].accents = accentsOf(p)
	}
	return n, true
}

// accents is what a word carries above its folded letters: three bits for the one tone, wherever it was put ("hòa", "hoà"), then
// three for every letter's quality: circumflex, breve, horn or stroke. The zero value is a word typed without accents.
type accents uint64

// Tones, in the order in which the greater wins where somebody wrote two; hỏi and ngã are one, as many write them.
const (
	toneGrave accents = 1 + iota
	toneAcute
	toneHook
	toneDot
	toneMask accents = 7
)

// Qualities of a letter.
const (
	withCircumflex accents = 1 + iota
	withBreve
	withHorn
	withStroke
)

// markedLetters is how many letters of a word have room for a quality.
const markedLetters = 20

// at is the quality at the n-th letter.
func (a accents) at(n int) accents {
	if n < 0 || n >= markedLetters {
		return 0
	}
	return a << (3 + 3*n)
}

// accentsOf reads the accents of one word.
func accentsOf(word string) accents {
	var quality, tone accents
	letters := 0
	for _, r := range word {
		if r < 0x80 || r >= marksEnd {
			letters++
			continue
		}
		m := above[r]
		letters += int(m.letter)
		quality |= m.quality.at(letters - 1)
		tone = max(tone, m.tone)
	}
	return quality | tone
}

// marksEnd is behind the last letter that Vietnamese composes, ỹ.
const marksEnd = 0x1EFA

// markup is what one composed letter carries; a combining mark has no letter of its own.
type markup struct {
	quality, tone accents
	letter        byte
}

// above are the accents of every letter below marksEnd.
var above = func() (t [marksEnd]markup) {
	for r := range rune(marksEnd) {
		t[r] = decompose(r)
	}
	return t
}()

func decompose(r rune) (m markup) {
	for _, p := range norm.NFD.String(strings.ToLower(string(r))) {
		if tone, ok := toneOf[p]; ok {
			m.tone = tone
			continue
		}
		switch p {
		case circumflex:
			m.quality = withCircumflex
		case breve:
			m.quality = withBreve
		case horn:
			m.quality = withHorn
		case 'đ':
			m.quality, m.letter = withStroke, m.letter+1
		default:
			m.letter++
		}
	}
	return m
}

var toneOf = map[rune]accents{grave: toneGrave, acute: toneAcute, hook: toneHook, tilde: toneHook, dot: toneDot}

// fits reports whether a, as a person typed it, may be the word with accents of: accents may be left out, but those that are
// written must be its own. So "chay" may be "cháy", and "chạy" may not.
func (a accents) fits(of accents) bool {
	if a&toneMask != 0 && a&toneMask != of&toneMask {
		return false
	}
	quality := a &^ toneMask
	return quality == 0 || quality == of&^toneMask
}

// is reports whether a is written with the very accents of a word. Short forms need that: "dat" is no "dắt".
func (a accents) is(of accents) bool { return a == of }

// holds reports whether the words of part stand in the message one after the other, with no accent that contradicts them.
func holds(text, part []token) bool { return find(text, part, 0) >= 0 }

// find returns where part stands next in the message, from the word at from on, or -1.
func find(text, part []token, from int) int {
	for i := from; len(part) > 0 && i+len(part) <= len(text); i++ {
		if stands(text, i, part, accents.fits) {
			return i
		}
	}
	return -1
}

// stands reports whether the words of part stand in text from i on, with accents that fit.
func stands(text []token, i int, part []token, fits func(typed, of accents) bool) bool {
	if i+len(part) > len(text) {
		return false
	}
	for j := range part {
		if t := &text[i+j]; t.id != part[j].id || !fits(t.accents, part[j].accents) {
			return false
		}
	}
	return true
}

// without takes every place of part out of the message; its neighbours do not move together.
func without(text, part []token) {
	for i := find(text, part, 0); i >= 0; i = find(text, part, i+1) {
		clear(text[i : i+len(part)])
	}
}

// spell is the folded words of a text in one string.
func spell(text []token) string {
	words := make([]string, len(text))
	for i, t := range text {
		words[i] = t.word
	}
	return strings.Join(words, " ")
}

// spelled is the hash of the folded words of a text, in order.
func spelled(text []token) uint64 {
	h := uint64(len(text))
	for i := range text {
		h = joined(1, h, text[i].id)
	}
	return h
}

// isOneOf reports whether a word is one of a few.
func (t *token) isOneOf(words []uint64) bool { return slices.Contains(words, t.id) }

// ids are the hashes of words.
func ids(words string) []uint64 {
	var out []uint64
	for w := range strings.FieldsSeq(words) {
		out = append(out, hashOf(w))
	}
	return out
}
