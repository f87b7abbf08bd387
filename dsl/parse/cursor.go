package parse

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/scan"
	"hoithoai/dsl/tree"
)

// cursor walks one line, or a part of one; offsets are bytes of line.Text.
type cursor struct {
	line *scan.Line
	pos  int
	end  int
	row  *Row // where the pieces of the line are noted; nil: nowhere, also while looking ahead
}

// word is a piece of a line without spaces or punctuation.
type word struct {
	text     string
	from, to int
}

func newCursor(line *scan.Line) *cursor {
	c := &cursor{line: line, end: len(strings.TrimRightFunc(line.Text, unicode.IsSpace))}
	c.skip()
	return c
}

// rest is what is left of the line, as it stands.
func (c *cursor) rest() string { return c.line.Text[c.pos:c.end] }

// skip goes over white space.
func (c *cursor) skip() {
	c.pos = c.end - len(strings.TrimLeftFunc(c.rest(), unicode.IsSpace))
}

// done reports whether nothing but white space is left.
func (c *cursor) done() bool {
	c.skip()
	return c.pos >= c.end
}

func (c *cursor) span(from, to int) diag.Span { return c.line.Span(from, to) }

// columns are those of a text that other passes look into.
func (c *cursor) columns(from, to int) tree.Columns { return c.line.Columns(from, to) }

func (c *cursor) wordSpan(w word) diag.Span { return c.span(w.from, w.to) }

// restSpan is the place of all that is left, or the place after the end where nothing is left.
func (c *cursor) restSpan() diag.Span {
	c.skip()
	return c.span(c.pos, c.end)
}

// lineSpan is the place of the whole line without its indentation.
func (c *cursor) lineSpan() diag.Span {
	text := c.line.Text
	from := len(text) - len(strings.TrimLeftFunc(text, unicode.IsSpace))
	return c.span(from, max(from, len(strings.TrimRightFunc(text, unicode.IsSpace))))
}

// part is a cursor over from..to of the same line.
func (c *cursor) part(from, to int) *cursor {
	return &cursor{line: c.line, pos: from, end: to, row: c.row}
}

// fork is a second cursor at the same place, to look ahead with.
func (c *cursor) fork() *cursor {
	f := *c
	f.row = nil
	return &f
}

// peek is the next word; empty at punctuation and at the end.
func (c *cursor) peek() word {
	c.skip()
	rest := c.rest()
	n := wordLen(rest)
	return word{rest[:n], c.pos, c.pos + n}
}

// next takes the next word.
func (c *cursor) next() word {
	w := c.peek()
	c.pos = w.to
	return w
}

// wordLen is the length of the word that s starts with.
func wordLen(s string) int {
	for i, r := range s {
		if unicode.IsSpace(r) || isDelimiter(r) || r == '-' && isArrow(s[i:]) {
			return i
		}
	}
	return len(s)
}

func isDelimiter(r rune) bool {
	switch r {
	case '\'', '‘', '’', '«', '»', '‹', '›', '„', '`', '´', '"', '“', '”', '|', '(', ')', '[', ']', '{', '}', ',', ':', '=', '*', '→':
		return true
	}
	return false
}

// chunk takes everything up to the next white space, punctuation included: dates, times, bounds.
func (c *cursor) chunk() word {
	c.skip()
	rest := c.rest()
	n := strings.IndexFunc(rest, unicode.IsSpace)
	if n < 0 {
		n = len(rest)
	}
	w := word{rest[:n], c.pos, c.pos + n}
	c.pos = w.to
	return w
}

// has reports whether sign stands here.
func (c *cursor) has(sign string) bool {
	c.skip()
	return strings.HasPrefix(c.rest(), sign)
}

// take goes over sign if it stands here.
func (c *cursor) take(sign string) bool {
	if !c.has(sign) {
		return false
	}
	c.mark(Sign, c.pos, c.pos+len(sign), sign)
	c.pos += len(sign)
	return true
}

// keyword goes over the words of a keyword (canonical spelling) if they stand here.
func (c *cursor) keyword(text string) bool {
	f := c.fork()
	f.skip()
	from := f.pos
	for want := range strings.SplitSeq(text, " ") {
		if canonical(f.next().text) != want {
			return false
		}
	}
	c.mark(Word, from, f.pos, text)
	c.pos = f.pos
	return true
}

// anyKeyword goes over the first of texts that stands here and returns it, or "".
func (c *cursor) anyKeyword(texts ...string) string {
	for _, text := range texts {
		if c.keyword(text) {
			return text
		}
	}
	return ""
}

// prose takes the rest as a sentence.
func (c *cursor) prose() tree.Prose {
	c.skip()
	p := tree.Prose{Text: c.rest(), Span: c.span(c.pos, c.end), Columns: c.columns(c.pos, c.end)}
	c.mark(Content, c.pos, c.end, p.Text)
	c.pos = c.end
	return p
}

// rune is the character at the cursor, 0 at the end.
func (c *cursor) rune() rune {
	if c.done() {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(c.rest())
	return r
}
