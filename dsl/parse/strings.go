package parse

import (
	"strings"
	"unicode/utf8"

	"hoithoai/dsl/tree"
)

func isQuote(r rune) bool { return r == '"' || r == '“' || r == '”' }

// closing finds where a string that was opened by open ends in s: the offset of the closing sign, -1 where there is none. A
// plain quote closes a plain one and a smart one a smart one; where the own sign is missing the other kind does.
func closing(s string, open rune) int {
	own, other := `"`, "”"
	if open != '"' {
		own, other = other, own
	}
	if i := strings.Index(s, own); i >= 0 {
		return i
	}
	return strings.Index(s, other)
}

// str takes a quoted string that is not empty; where there is none it says so.
func (p *parser) str(c *cursor, what thing) (tree.Str, bool) {
	s, ok := p.emptyStr(c, what)
	if ok && strings.TrimSpace(s.Text) == "" {
		p.fail(codeEmptyString, s.Span, what.sentence())
	}
	return s, ok
}

// emptyStr takes a quoted string, also an empty one.
func (p *parser) emptyStr(c *cursor, what thing) (tree.Str, bool) {
	open := c.rune()
	if !isQuote(open) {
		p.noString(c, what)
		return tree.Str{}, false
	}
	from := c.pos + utf8.RuneLen(open)
	n := closing(c.line.Text[from:c.end], open)
	if n < 0 {
		p.fail(codeQuote, c.restSpan())
		c.pos = c.end
		return tree.Str{}, false
	}
	s := tree.Str{Text: c.line.Text[from : from+n], Span: c.span(from, from+n)}
	_, size := utf8.DecodeRuneInString(c.line.Text[from+n:])
	c.pos = from + n + size
	return s, true
}

// noString says that a string belongs here; text that only lacks its quotes is named.
func (p *parser) noString(c *cursor, what thing) {
	text := strings.TrimRight(c.rest(), `"”`)
	if strings.TrimSpace(text) == "" || isArrow(text) {
		p.fail(codeNoString, c.restSpan(), what.sentence())
		return
	}
	p.fail(codeNoQuotes, c.restSpan(), text)
}

// strs takes one or more strings with commas between them.
func (p *parser) strs(c *cursor, what thing) ([]tree.Str, bool) {
	var out []tree.Str
	for {
		s, ok := p.str(c, what)
		if !ok {
			return out, false
		}
		out = append(out, s)
		if c.take(",") {
			continue
		}
		if isQuote(c.rune()) {
			p.fail(codeComma, c.restSpan())
			return out, false
		}
		return out, true
	}
}

// plainQuotes rewrites smart quotes that open and close strings of an expression; what stands inside is left alone.
func plainQuotes(s string) string {
	if !strings.ContainsAny(s, "“”") {
		return s
	}
	var b strings.Builder
	var q quoting
	for _, r := range s {
		before := q.open
		q.see(r)
		if before != q.open && isQuote(r) {
			r = '"'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// quoting follows the strings of an expression rune by rune. open is the sign that opened the string one is in, 0 outside.
type quoting struct {
	open    rune
	escaped bool
}

func (q *quoting) see(r rune) {
	switch {
	case q.escaped:
		q.escaped = false
	case q.open == 0:
		if isQuote(r) || r == '\'' || r == '`' {
			q.open = r
		}
	case r == '\\' && q.open != '`':
		q.escaped = true
	case q.closes(r):
		q.open = 0
	}
}

func (q *quoting) closes(r rune) bool {
	if q.open == '“' || q.open == '”' {
		return r == '”' || r == '"'
	}
	return r == q.open
}
