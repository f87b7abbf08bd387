package parse

import (
	"strings"

	"hoithoai/dsl/tree"
)

// factLine reads one period of a fact: "TÊN KIỂU (GIÁ-TRỊ | chưa rõ) [từ NGÀY] [đến NGÀY] căn cứ CHUỖI".
func (p *parser) factLine(c *cursor, v verb) {
	if v != noVerb {
		p.misplaced(c, v)
		return
	}
	f := &tree.Fact{Span: c.lineSpan()}
	c.table(FactTable)
	name, ok := p.declared(c, aFact)
	if !ok {
		return
	}
	f.Name = name
	c.column(1)
	if f.Type, ok = p.typeRef(c); !ok {
		return
	}
	if p.factValue(c, f) && p.factTail(c, f) {
		p.file.Facts = append(p.file.Facts, f)
	}
}

// factValue takes the value: a string, "chưa rõ", or the words up to the next keyword.
func (p *parser) factValue(c *cursor, f *tree.Fact) bool {
	if p.anyOf(c, "chưa rõ") != "" {
		return true
	}
	if isString(c) {
		s, ok := p.str(c, aFact)
		f.Value = &s
		return ok
	}
	c.skip()
	from := c.pos
	for !c.done() && !isFactTail(c.fork()) {
		c.chunk()
	}
	text := strings.TrimSpace(c.line.Text[from:c.pos])
	if text == "" {
		p.fail(codeNoValue, c.restSpan(), f.Name.Text,
			say("Viết giá trị, hoặc “chưa rõ” khi chưa có số chính thức.", "Write the value, or “chưa rõ” while there is no official figure."))
		return false
	}
	f.Value = &tree.Str{Text: text, Span: c.span(from, from+len(text))}
	return true
}

// factTail takes the dates and the legal basis, which no fact goes without.
func (p *parser) factTail(c *cursor, f *tree.Fact) bool {
	based := false
	for !c.done() {
		ok := true
		switch word := p.anyOf(c, "từ", "đến", "căn cứ"); word {
		case "từ":
			c.columnHere(2)
			f.From = p.optionalDate(c, word)
			ok = f.From != nil
		case "đến":
			c.columnHere(3)
			f.To = p.optionalDate(c, word)
			ok = f.To != nil
		case "căn cứ":
			c.columnHere(4)
			f.Basis, ok = p.str(c, aBasis)
			based = true
		default:
			p.end(c)
			return based
		}
		if !ok {
			return false
		}
	}
	if !based {
		p.fail(codeMissing, c.restSpan(), "căn cứ", withValue["căn cứ"])
	}
	return based
}

// isFactTail reports whether the value ends here: at a keyword, or at one that lost its accents and still has its date or text.
func isFactTail(c *cursor) bool {
	if c.anyKeyword("từ", "đến", "căn cứ") != "" {
		return true
	}
	switch first := c.next(); first.text {
	case "tu", "den":
		return isNumber(c)
	case "can":
		return c.next().text == "cu" && isString(c)
	}
	return false
}
