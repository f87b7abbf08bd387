package parse

import (
	"strings"

	"hoithoai/dsl/tree"
)

// buttonLine reads a button of a step. One that opens an address or dials a number is part of the message wherever it stands
// among the buttons; one below a silence belongs to its reminder; the rest belong to the ending.
func (p *parser) buttonLine(c *cursor, when *tree.Name) {
	b, ok := p.button(c)
	if b == nil {
		return
	}
	b.When = when
	switch {
	case p.ctx.silence != nil:
		if ok {
			p.ctx.silence.Buttons = append(p.ctx.silence.Buttons, b)
		}
	case b.Kind == tree.Open || b.Kind == tree.Phone:
		p.link(c, b, ok)
	default:
		p.answer(c, b, ok)
	}
}

// link adds a button to the body.
func (p *parser) link(c *cursor, b *tree.Button, ok bool) {
	p.ctx = context{}
	p.ordered(c, max(rankBody, min(p.lastRank(), rankButton)))
	if ok {
		p.step.Body = append(p.step.Body, &tree.Line{Kind: tree.Link, When: b.When, Button: b, Span: b.Span})
	}
}

// lastRank is the rank of the furthest line so far.
func (p *parser) lastRank() rank {
	if n := len(p.step.ranked); n > 0 {
		return p.step.ranked[n-1].rank
	}
	return 0
}

// answer adds a button to the ending: that of hỏi, or one of buttons alone.
func (p *parser) answer(c *cursor, b *tree.Button, ok bool) {
	p.ctx = context{}
	p.ordered(c, rankButton)
	end := p.step.end
	if end == nil || end.Kind != tree.Ask && end.Kind != tree.Menu {
		end = p.begin(c, tree.Menu)
	}
	if ok {
		end.Buttons = append(end.Buttons, b)
	}
}

// button reads "[NHÃN] …"; nil where not even its label could be read, false where the rest could not.
func (p *parser) button(c *cursor) (*tree.Button, bool) {
	b := &tree.Button{Span: c.lineSpan()}
	if !p.buttonLabel(c, b) {
		return nil, false
	}
	return b, p.buttonRest(c, b)
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
	switch p.linkWord(c) {
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

// linkWord takes "mở" or "gọi số", with its accents or without.
func (p *parser) linkWord(c *cursor) string {
	if w := c.anyKeyword("mở", "gọi số"); w != "" {
		return w
	}
	f := c.fork()
	first := f.next()
	if foldWord(first.text) == "mo" && isString(f) {
		return p.mendWord(c, first.from, first.to, "mở")
	}
	if second := f.next(); foldWord(joinWord(first.text, second.text)) == "goi so" && isString(f) {
		return p.mendWord(c, first.from, second.to, "gọi số")
	}
	return ""
}

// mendWord names a keyword that lost its accents and takes it.
func (p *parser) mendWord(c *cursor, from, to int, keyword string) string {
	p.mend(codeUnknown, c.span(from, to), keyword, c.line.Text[from:to], keyword)
	c.pos = to
	return keyword
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
