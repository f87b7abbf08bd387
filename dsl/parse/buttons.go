package parse

import (
	"strings"

	"hoithoai/dsl/tree"
)

// buttonLine reads a button of a step. One that opens an address or dials a number is part of the message wherever it stands
// among the buttons; one below a silence belongs to its reminder; the rest belong to the ending.
func (p *parser) buttonLine(c *cursor, when *tree.Name) {
	b, ok := p.button(c)
	if !ok {
		p.lost = true
		return
	}
	b.When = when
	switch {
	case p.ctx.silence != nil:
		p.nested()
		p.ctx.silence.Buttons = append(p.ctx.silence.Buttons, b)
	case b.Kind == tree.Open || b.Kind == tree.Phone:
		p.link(c, b)
	default:
		p.answer(c, b)
	}
}

// link adds a button to the body.
func (p *parser) link(c *cursor, b *tree.Button) {
	p.ctx = context{}
	p.ordered(c, max(rankBody, min(p.lastRank(), rankButton)))
	p.step.Body = append(p.step.Body, &tree.Line{Kind: tree.Link, When: b.When, Button: b, Span: b.Span})
}

// answer adds a button to the ending: that of hỏi, or one of buttons alone.
func (p *parser) answer(c *cursor, b *tree.Button) {
	p.ctx = context{}
	end := p.step.end
	if end == nil || end.Kind != tree.Ask && end.Kind != tree.Menu {
		end = p.begin(c, tree.Menu, rankButton)
	} else {
		p.ordered(c, rankButton)
	}
	end.Buttons = append(end.Buttons, b)
}

// button reads "[NHÃN] …".
func (p *parser) button(c *cursor) (*tree.Button, bool) {
	b := &tree.Button{Span: c.lineSpan()}
	c.table(ButtonTable)
	return b, p.buttonLabel(c, b) && p.buttonRest(c, b)
}

// buttonLabel reads the label, which ends at the first "]".
func (p *parser) buttonLabel(c *cursor, b *tree.Button) bool {
	from := c.pos + 1
	n := strings.IndexByte(c.line.Text[from:c.end], ']')
	if n < 0 {
		p.fail(codeOpenLabel, c.restSpan())
		return false
	}
	raw := c.line.Text[from : from+n]
	text := strings.TrimSpace(raw)
	start := from + len(raw) - len(strings.TrimLeft(raw, " "))
	b.Label = tree.Prose{Text: text, Span: c.span(start, start+len(text))}
	if text == "" {
		b.Label.Span = c.span(c.pos, from+n+1)
		p.fail(codeEmptyLabel, b.Label.Span)
	}
	c.mark(Content, c.pos, from+n+1, "["+text+"]")
	c.pos = from + n + 1
	p.checkLabel(&b.Label)
	return true
}

// checkLabel: a label is fixed text, so that what a person types can be held against it.
func (p *parser) checkLabel(label *tree.Prose) {
	if strings.ContainsAny(label.Text, "{[") {
		p.note(codeLabel, label.Span)
	}
}

func (p *parser) buttonRest(c *cursor, b *tree.Button) (ok bool) {
	c.column(1)
	switch {
	case isArrowHere(c):
		b.Target, ok = p.arrowTarget(c, "[…]")
	case c.has("=") && !c.has("=="):
		c.take("=")
		b.Kind = tree.Set
		b.Value, ok = p.expr(c, "=")
	default:
		return p.address(c, b)
	}
	if ok {
		p.end(c)
	}
	return ok
}

// address reads "mở|gọi số CHUỖI".
func (p *parser) address(c *cursor, b *tree.Button) bool {
	switch p.anyOf(c, "mở", "gọi số") {
	case "mở":
		b.Kind = tree.Open
	case "gọi số":
		b.Kind = tree.Phone
	default:
		p.noTarget(c, b)
		return false
	}
	s, ok := p.str(c, anAddress)
	b.Address = tree.Prose(s)
	if ok {
		p.end(c)
	}
	return ok
}

// noTarget says that a button does nothing; a second "]" shows a label with a bracket in it.
func (p *parser) noTarget(c *cursor, b *tree.Button) {
	if strings.Contains(c.rest(), "]") {
		p.fail(codeLabel, b.Label.Span)
		return
	}
	if c.done() {
		p.fail(codeButton, b.Span, b.Label.Text)
		return
	}
	p.fail(codeButtonRest, c.restSpan(), b.Label.Text, c.rest())
}
