package scan

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/fold"
)

// Line is one line as the parser reads it: NFC, every tab a space, hidden characters left out.
type Line struct {
	Number int
	File   string
	Text   string

	columns []int // column in the original of each rune of Text and of its end; nil: the same as in Text
}

// Span is the stretch of the original that became Text[from:to]; both are byte offsets.
func (l *Line) Span(from, to int) diag.Span {
	return diag.Span{File: l.File, Line: l.Number, Column: l.column(from), EndLine: l.Number, EndColumn: l.column(to)}
}

func (l *Line) column(offset int) int {
	n := utf8.RuneCountInString(l.Text[:offset])
	if l.columns == nil {
		return n + 1
	}
	return l.columns[n]
}

// Columns are the columns in the original of the runes of Text[from:to] and of its end; nil where they follow one another.
func (l *Line) Columns(from, to int) []int {
	if l.columns == nil {
		return nil
	}
	first := utf8.RuneCountInString(l.Text[:from])
	out := l.columns[first : first+utf8.RuneCountInString(l.Text[from:to])+1]
	for i, column := range out {
		if column != out[0]+i {
			return slices.Clone(out)
		}
	}
	return nil
}

// isPlain reports whether a line is read as it stands.
func isPlain(s string, normal bool) bool {
	for _, r := range s {
		if r == '\t' || isHidden(r) {
			return false
		}
	}
	return normal || norm.NFC.IsNormalString(s)
}

// isHidden reports whether r is a character that an author cannot see and did not mean: it would hide inside a keyword or turn
// the direction of the text. The joiner and the tags of emoji are meant.
func isHidden(r rune) bool {
	switch {
	case r == '\t', r == '\u200D', 0xE0020 <= r && r <= 0xE007F:
		return false
	case r == '\u2028', r == '\u2029':
		return true
	}
	return unicode.IsControl(r) || fold.Invisible(r)
}

// mend drops the hidden characters of l, composes the rest and remembers where it stood.
func (s *Source) mend(l Line) Line {
	end := utf8.RuneCountInString(l.Text) + 1
	l = s.compose(s.reveal(l))
	l.columns = append(l.columns, end)
	return l
}

// reveal leaves out hidden characters and makes spaces of tabs. The columns it returns are those of the runes, without the end.
func (s *Source) reveal(l Line) Line {
	var text strings.Builder
	column := 0
	for _, r := range l.Text {
		column++
		switch {
		case isHidden(r):
			s.problem(l, Hidden, column, column+1)
			continue
		case r == '\t':
			r = ' '
		}
		text.WriteRune(r)
		l.columns = append(l.columns, column)
	}
	l.Text = text.String()
	return l
}

// compose brings l into NFC, piece by piece; a composed character has the column of the first that it was made of.
func (s *Source) compose(l Line) Line {
	if norm.NFC.IsNormalString(l.Text) {
		return l
	}
	var text strings.Builder
	var columns []int
	for rest, at := l.Text, l.columns; rest != ""; {
		n := segment(rest)
		piece := rest[:n]
		length := utf8.RuneCountInString(piece)
		composed := norm.NFC.String(piece)
		if composed != piece {
			s.problem(l, Decomposed, at[0], at[length-1]+1)
		}
		text.WriteString(composed)
		for i := range utf8.RuneCountInString(composed) {
			columns = append(columns, at[min(i, length-1)])
		}
		rest, at = rest[n:], at[length:]
	}
	l.Text, l.columns = text.String(), columns
	return l
}

// segment is the length of the first piece of s that composes by itself.
func segment(s string) int {
	if n := norm.NFC.NextBoundaryInString(s, true); n > 0 {
		return n
	}
	return len(s)
}

// problem remembers what is wrong with l; that a file is decomposed is said once.
func (s *Source) problem(l Line, kind ProblemKind, from, to int) {
	if kind == Decomposed && s.decomposed {
		return
	}
	s.decomposed = s.decomposed || kind == Decomposed
	s.Problems = append(s.Problems, Problem{kind, diag.Span{
		File: l.File, Line: l.Number, Column: from, EndLine: l.Number, EndColumn: to,
	}})
}
