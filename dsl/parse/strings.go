package parse

import (
	"strings"
	"unicode/utf8"

	"hoithoai/dsl/tree"
)

func isQuote(r rune) bool { return r == '"' || r == '“' || r == '”' }

// foreign are the quotes of other languages and programs that people type for ", and what closes each. A text between them is
// taken, and reported.
var foreign = map[rune]string{'\'': `'’`, '‘': `’'`, '’': `’'`, '«': `»`, '‹': `›`, '„': `“”"`, '`': "`´'", '´': "´"}

// isForeign reports whether r opens a text as " does elsewhere.
func isForeign(r rune) bool { return foreign[r] != "" }

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
	if isForeign(open) {
		return p.foreignStr(c, open)
	}
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
	s := tree.Str{Text: c.line.Text[from : from+n], Span: c.span(from, from+n), Columns: c.columns(from, from+n)}
	_, size := utf8.DecodeRuneInString(c.line.Text[from+n:])
	c.pos = from + n + size
	c.markString(from-utf8.RuneLen(open), s.Text)
	return s, true
}

// markString notes a string that ends here; with a plain quote inside it keeps the quotes that it has.
func (c *cursor) markString(from int, text string) {
	if strings.Contains(text, `"`) {
		c.mark(Content, from, c.pos, c.line.Text[from:c.pos])
		return
	}
	c.mark(Content, from, c.pos, `"`+text+`"`)
}

// foreignStr takes a string in other quotes than those of the language and says how it is written.
func (p *parser) foreignStr(c *cursor, open rune) (tree.Str, bool) {
	start, from := c.pos, c.pos+utf8.RuneLen(open)
	n := strings.IndexAny(c.line.Text[from:c.end], foreign[open])
	if n < 0 {
		p.fail(codeQuote, c.restSpan())
		c.pos = c.end
		return tree.Str{}, false
	}
	s := tree.Str{Text: c.line.Text[from : from+n], Span: c.span(from, from+n), Columns: c.columns(from, from+n)}
	_, size := utf8.DecodeRuneInString(c.line.Text[from+n:])
	c.pos = from + n + size
	c.markString(start, s.Text)
	quoted := `"` + strings.Trim(s.Text, `"“”`) + `"`
	p.mend(codeNoQuotes, c.span(start, c.pos), quoted, quoted)
	return s, true
}

// noString says that a string belongs here; text that only lacks its quotes is named.
func (p *parser) noString(c *cursor, what thing) {
	text := unquoted(c)
	if text == "" {
		p.fail(codeNoString, c.restSpan(), what.sentence(), what.example())
		return
	}
	if strings.ContainsFunc(c.rest(), isQuote) && what == aLabel {
		p.stray(c, text)
		return
	}
	quoted := `"` + text + `"`
	if what == aKeyword || what == aPhrase {
		quoted = quoteEach(text)
	}
	p.failEdit(codeNoQuotes, c.span(c.pos, c.pos+len(text)), quoted, quoted)
}

// stray says that words stand before a label that has its quotes; with digits they were meant as bounds.
func (p *parser) stray(c *cursor, text string) {
	c.skip()
	code := codeTrailing
	if strings.ContainsAny(text, "0123456789") {
		code = codeBounds
	}
	p.fail(code, c.span(c.pos, c.pos+len(text)), text)
}

// unquoted is the text here that was meant as a string: up to the keyword or the sign that goes on.
func unquoted(c *cursor) string {
	f := c.fork()
	f.skip()
	from := f.pos
	for !f.done() && !isArrowHere(f) && f.fork().anyKeyword("hiệu lực", "rà soát", "để", "tên cũ") == "" {
		f.chunk()
	}
	text := c.line.Text[from:f.pos]
	if n := strings.IndexFunc(text, isQuote); n >= 0 {
		text = text[:n]
	}
	return strings.TrimSpace(text)
}

// quoteEach puts every part of a list into quotes of its own.
func quoteEach(text string) string {
	parts := strings.Split(text, ",")
	for i, part := range parts {
		parts[i] = `"` + strings.Trim(part, ` "“”`) + `"`
	}
	return strings.Join(parts, ", ")
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
		return out, p.listEnds(c)
	}
}

// listEnds sees to it that a list of strings is not cut short by a comma or a quote that is missing.
func (p *parser) listEnds(c *cursor) bool {
	switch {
	case isString(c):
		p.fail(codeComma, c.restSpan())
	case !isArrowHere(c) && strings.ContainsAny(c.rest(), `"“”`):
		p.fail(codeQuote, c.restSpan())
	default:
		return true
	}
	return false
}

// plainQuotes rewrites smart and foreign quotes that open and close strings of an expression; what stands inside is left alone.
func plainQuotes(s string) string {
	if !strings.ContainsAny(s, "“”‘’«»") {
		return s
	}
	var b strings.Builder
	var q quoting
	for _, r := range s {
		before := q.open
		q.see(r)
		if before != q.open && r != '\'' && r != '`' {
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
		if isQuote(r) || strings.ContainsRune("'`‘’«", r) {
			q.open = r
		}
	case r == '\\' && q.open != '`':
		q.escaped = true
	case q.closes(r):
		q.open = 0
	}
}

func (q *quoting) closes(r rune) bool {
	switch q.open {
	case '“', '”':
		return r == '”' || r == '"'
	case '‘', '’':
		return r == '’' || r == '\''
	case '«':
		return r == '»'
	}
	return r == q.open
}
