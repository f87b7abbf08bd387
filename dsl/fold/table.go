package fold

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// What a table entry says when it is not the folded character itself. None of the three is one, nor the entry of itself.
const (
	slow  byte = 0    // not answered here
	drop  byte = 0x80 // leaves no trace: diacritics, invisible characters
	space byte = ' '  // separates words
)

// tableEnd is past Latin Extended Additional, where the Vietnamese letters end.
const tableEnd = 0x1F00

// folds answers every rune of the Latin blocks, so that Vietnamese text folds by one look-up a letter. It is never written to
// after it was made.
var folds = makeTable()

func makeTable() *[tableEnd]byte {
	var t [tableEnd]byte
	for r := range rune(tableEnd) {
		t[r] = tableEntry(r)
	}
	return &t
}

// tableEntry is the entry of r: its class, or the one ASCII character that is left of it without its diacritics.
func tableEntry(r rune) byte {
	if c := classify(r); c != slow {
		return c
	}
	left := slow
	for _, p := range norm.NFKD.String(string(r)) {
		switch c := classify(p); {
		case c == drop:
		case c == slow || left != slow:
			return slow
		default:
			left = c
		}
	}
	return left
}

// classify folds a single rune that has no decomposition; slow when it is a letter or number of another script.
func classify(r rune) byte {
	switch {
	case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
		return byte(r)
	case 'A' <= r && r <= 'Z':
		return byte(r) + 'a' - 'A'
	case r < utf8.RuneSelf && isNumberSign(byte(r)):
		return byte(r)
	case r < utf8.RuneSelf:
		return control(r)
	}
	return classifyWide(r)
}

// control tells ASCII white space and punctuation, which separate, from the other control characters, which vanish.
func control(r rune) byte {
	if unicode.IsControl(r) && !unicode.IsSpace(r) {
		return drop
	}
	return space
}

func classifyWide(r rune) byte {
	switch r {
	case 'đ', 'Đ', 'ð', 'Ð', '₫':
		return 'd'
	case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212':
		return '-'
	case '\u2044', '\u2215':
		return '/'
	}
	switch {
	case unicode.IsMark(r), Invisible(r), r == unicode.ReplacementChar:
		return drop
	case unicode.IsControl(r) && !unicode.IsSpace(r):
		return drop
	case unicode.IsLetter(r), unicode.IsNumber(r):
		return slow
	}
	return space
}
