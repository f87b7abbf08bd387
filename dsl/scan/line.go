package scan

import (
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

// mend composes l, drops its hidden characters and remembers where the rest stood.
func (s *Source) mend(l Line) Line {
	m := mender{source: s, line: l}
	for rest := l.Text; rest != ""; {
		n := segment(rest)
		m.take(rest[:n])
		rest = rest[n:]
	}
	m.columns = append(m.columns, m.column+1)
	return Line{Number: l.Number, File: l.File, Text: m.text.String(), columns: m.columns}
}

// segment is the length of the first piece of s that composes by itself.
func segment(s string) int {
	if n := norm.NFC.NextBoundaryInString(s, true); n > 0 {
		return n
	}
	return len(s)
}

type mender struct {
	source  *Source
	line    Line
	text    strings.Builder
	columns []int
	column  int // runes of the original taken so far
}

// take appends one piece that composes by itself.
func (m *mender) take(piece string) {
	composed, first, length := norm.NFC.String(piece), m.column+1, utf8.RuneCountInString(piece)
	if composed != piece {
		m.problem(Decomposed, first, length)
	}
	for i, r := range []rune(composed) {
		at := first + min(i, length-1)
		switch {
		case isHidden(r):
			m.problem(Hidden, at, 1)
			continue
		case r == '\t':
			r = ' '
		}
		m.text.WriteRune(r)
		m.columns = append(m.columns, at)
	}
	m.column += length
}

func (m *mender) problem(kind ProblemKind, column, length int) {
	if kind == Decomposed && m.source.decomposed {
		return
	}
	m.source.decomposed = m.source.decomposed || kind == Decomposed
	m.source.Problems = append(m.source.Problems, Problem{kind, diag.Span{
		File: m.line.File, Line: m.line.Number, Column: column, EndLine: m.line.Number, EndColumn: column + length,
	}})
}
