package parse

import (
	"strings"

	"hoithoai/dsl/tree"
)

// expr takes an expression to the end of the cursor.
func (p *parser) expr(c *cursor, after string) (tree.Expr, bool) {
	c.skip()
	text := strings.TrimSpace(c.rest())
	if text == "" {
		p.fail(codeNoExpr, c.restSpan(), after)
		return tree.Expr{}, false
	}
	e := tree.Expr{Text: plainQuotes(text), Span: c.span(c.pos, c.pos+len(text)), Columns: c.columns(c.pos, c.pos+len(text))}
	c.markExpr(text, e.Text)
	c.pos = c.end
	if at := openQuote(text); at >= 0 {
		from := c.end - len(text) + at
		p.fail(codeQuote, c.span(from, c.end))
		return e, false
	}
	return e, true
}

// markExpr notes the expression that stands here, with plain quotes where those say the same.
func (c *cursor) markExpr(text, plain string) {
	if openQuote(plain) >= 0 || plainQuotes(plain) != plain {
		plain = text
	}
	c.mark(Content, c.pos, c.pos+len(text), plain)
}

// openQuote is where a string of an expression opens that never closes, or -1.
func openQuote(text string) int {
	var q quoting
	at := -1
	for i, r := range text {
		if before := q.open; before == 0 {
			if q.see(r); q.open != 0 {
				at = i
			}
			continue
		}
		q.see(r)
	}
	if q.open == 0 {
		return -1
	}
	return at
}

// exprTarget takes "BT -> đích": the expression ends at the last arrow outside quotes.
func (p *parser) exprTarget(c *cursor, after string) (tree.Expr, tree.Target, bool) {
	at := lastArrow(c.rest())
	if at < 0 {
		if e, ok := p.expr(c, after); ok {
			p.fail(codeNoArrow, c.span(c.end, c.end), after+" "+e.Text, p.arrowFix(e.Text))
		}
		return tree.Expr{}, tree.Target{}, false
	}
	left := c.part(c.pos, c.pos+len(strings.TrimRight(c.rest()[:at], " ")))
	c.pos += at
	e, okExpr := p.expr(left, after)
	c.column(1)
	t, okTarget := p.arrowTarget(c, after)
	return e, t, okExpr && okTarget
}

// lastArrow is where the last arrow outside quotes starts, or -1. "=>" and "-->" count as well: they are named later.
func lastArrow(s string) int {
	var q quoting
	at, skip := -1, 0
	for i, r := range s {
		q.see(r)
		if i < skip || q.open != 0 {
			continue
		}
		if sign := arrowAt(s[i:]); sign != "" {
			at, skip = i, i+len(sign)
		}
	}
	return at
}

// arguments takes "( … )" and splits it at the commas outside quotes and inner brackets.
func (p *parser) arguments(c *cursor, callee string) ([]tree.Expr, bool) {
	inner, ok := p.parenthesis(c, callee)
	if !ok || inner.done() {
		return nil, ok
	}
	var out []tree.Expr
	for _, cut := range splitTop(inner) {
		e, fine := p.expr(cut, ",")
		out, ok = append(out, e), ok && fine
	}
	return out, ok
}

// parenthesis takes "( … )" and returns what is inside.
func (p *parser) parenthesis(c *cursor, after string) (*cursor, bool) {
	if !c.has("(") {
		p.fail(codeNoBracket, c.restSpan(), after)
		return nil, false
	}
	from := c.pos + 1
	n := matching(c.rest())
	if n < 0 {
		p.fail(codeOpenBracket, c.restSpan())
		c.pos = c.end
		return nil, false
	}
	inner := c.part(from, c.pos+n)
	c.mark(Sign, c.pos, from, "(")
	c.mark(Sign, c.pos+n, c.pos+n+1, ")")
	c.pos += n + 1
	return inner, true
}

// matching is where the bracket closes that s starts with, or -1.
func matching(s string) int {
	var q quoting
	depth := 0
	for i, r := range s {
		if q.see(r); q.open != 0 {
			continue
		}
		if depth += nesting(r); depth == 0 && nesting(r) < 0 {
			return i
		}
	}
	return -1
}

func nesting(r rune) int {
	switch r {
	case '(', '[', '{':
		return 1
	case ')', ']', '}':
		return -1
	}
	return 0
}

// splitTop cuts c at the commas outside quotes and brackets.
func splitTop(c *cursor) []*cursor {
	var out []*cursor
	var q quoting
	depth, from := 0, c.pos
	for i, r := range c.rest() {
		if q.see(r); q.open != 0 {
			continue
		}
		depth += nesting(r)
		if r == ',' && depth == 0 {
			out = append(out, c.part(from, c.pos+i))
			c.mark(Sign, c.pos+i, c.pos+i+1, ",")
			from = c.pos + i + 1
		}
	}
	return append(out, c.part(from, c.end))
}
