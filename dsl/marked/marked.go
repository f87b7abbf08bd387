// Package marked reads texts in which places are marked: «…» where a finding is expected and ‹…› where it points as well. Tests of
// rules are written in it, so that a place is seen where it is and not counted. It is not responsible for comparing findings.
package marked

import (
	"hoithoai/dsl/diag"
)

// Text is a text without its marks.
type Text struct {
	// Source is what was written, without the marks.
	Source string
	// Found are the places between « and », Also those between ‹ and ›, each in order of their ends. Marks may lie in each other.
	Found, Also []diag.Span
}

// Read takes the marks out of text, which stands in the file path. A mark that is never closed marks nothing, and one that is closed
// without having been opened is dropped.
func Read(path, text string) Text {
	r := reader{at: diag.Span{File: path, Line: 1, Column: 1}}
	for _, c := range text {
		r.take(c)
	}
	return Text{Source: string(r.source), Found: r.found.closed, Also: r.also.closed}
}

// reader is one text being read.
type reader struct {
	source      []rune
	at          diag.Span // where the next character stands
	found, also pair
}

func (r *reader) take(c rune) {
	switch c {
	case '«':
		r.found.begin(r.at)
	case '‹':
		r.also.begin(r.at)
	case '»':
		r.found.end(r.at)
	case '›':
		r.also.end(r.at)
	default:
		r.source = append(r.source, c)
		r.at.Column++
		if c == '\n' {
			r.at.Line, r.at.Column = r.at.Line+1, 1
		}
	}
}

// pair are the places between one kind of mark.
type pair struct{ open, closed []diag.Span }

func (p *pair) begin(at diag.Span) { p.open = append(p.open, at) }

func (p *pair) end(at diag.Span) {
	if len(p.open) == 0 {
		return
	}
	last := len(p.open) - 1
	s := p.open[last]
	s.EndLine, s.EndColumn = at.Line, at.Column
	p.open, p.closed = p.open[:last], append(p.closed, s)
}
