package zalo

import (
	"strings"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// Split cuts text into pieces that Zalo takes: at most TextPieces runes and TextUTF16 UTF-16 units each. It cuts after a
// paragraph, else a line, else a sentence, else a word, else between two characters as people see them (never inside a grapheme,
// unless one alone is longer than a piece). White space at a cut is dropped, bytes that are no UTF-8 become U+FFFD, nothing else
// changes, and no piece is empty.
func Split(text string) []string { return split(text, TextPieces, TextUTF16) }

func split(text string, runes, units int) []string {
	var pieces []string
	text = strings.ToValidUTF8(text, "\uFFFD") // JSON carries nothing else
	for text = strings.TrimSpace(text); text != ""; {
		end := fit(text, runes, units)
		if end < len(text) {
			end = cut(text, end)
		}
		if piece := strings.TrimSpace(text[:end]); piece != "" {
			pieces = append(pieces, piece)
		}
		text = strings.TrimSpace(text[end:])
	}
	return pieces
}

// fit returns how many bytes of text fit, ending between two graphemes; at least one rune, so that a split always ends.
func fit(text string, runes, units int) int {
	if len(text) <= min(runes, units) {
		return len(text)
	}
	end, runesLeft, unitsLeft := 0, runes, units
	for g := graphemes.FromString(text); g.Next(); {
		r, u := measure(g.Value())
		if runesLeft, unitsLeft = runesLeft-r, unitsLeft-u; runesLeft < 0 || unitsLeft < 0 {
			break
		}
		end += len(g.Value())
	}
	if end == 0 {
		return fitRunes(text, runes, units)
	}
	return end
}

// fitRunes is for a first grapheme longer than a whole piece (a letter under thousands of accents): then runes are cut, since
// the limit is Zalo's and the accents are nobody's.
func fitRunes(text string, runes, units int) int {
	for i, r := range text {
		runes, units = runes-1, units-unitsOf(r)
		if i > 0 && (runes < 0 || units < 0) {
			return i
		}
	}
	return len(text)
}

// measure returns the runes and UTF-16 units of s.
func measure(s string) (runes, units int) {
	for _, r := range s {
		runes++
		units += unitsOf(r)
	}
	return runes, units
}

func unitsOf(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

// cut returns where to cut text[:end]: after the last of the best marks in its second half, else after the last word, else end.
func cut(text string, end int) int {
	for _, mark := range [...]string{"\n\n", "\n", ". ", "! ", "? ", "… ", "; ", ", "} {
		if at := after(text, text[:end], mark); at > end/2 {
			return at
		}
	}
	if text[end] == ' ' || text[end] == '\n' {
		return end
	}
	if at := after(text, text[:end], " "); at > 0 {
		return at
	}
	return end
}

// after returns the place after the last mark in head, a part of text, or 0 if there is none or an accent sits on its last byte.
func after(text, head, mark string) int {
	i := strings.LastIndex(head, mark)
	if i < 0 {
		return 0
	}
	last := i + len(mark) - 1
	g := graphemes.FromString(text[last:])
	if !g.Next() || len(g.Value()) != 1 {
		return 0
	}
	return last + 1
}

// shorten cuts a label to n characters as Zalo may count them (runes, and UTF-16 units at most the same), between graphemes,
// with an ellipsis for what is missing.
func shorten(label string, n int) string {
	if fit(label, n, n) == len(label) {
		return label
	}
	return strings.TrimRight(label[:fit(label, n-1, n-1)], " ") + "…"
}
