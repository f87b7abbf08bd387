package parse

import (
	"strings"

	"hoithoai/dsl/tree"
)

// bodyLine reads a line of speech, or a line that belongs to what gathers lines above it.
func (p *parser) bodyLine(c *cursor, v verb, when *tree.Name) {
	switch {
	case v == vItem:
		p.item(c, when)
		return
	case v == vSay && p.ctx.prose != nil:
		p.nested()
		p.gather(c, when)
		return
	}
	p.ordered(c, rankBody)
	p.ctx = context{}
	line := &tree.Line{When: when, Span: c.lineSpan()}
	if p.bodyPart(c, v, line) {
		p.step.Body = append(p.step.Body, line)
	}
}

func (p *parser) bodyPart(c *cursor, v verb, line *tree.Line) (ok bool) {
	switch v {
	case vPicture, vAttach:
		return p.media(c, v, line)
	case vBreak:
		line.Kind, ok = tree.Break, true
		p.end(c)
	case vTable, vList:
		line.Kind, ok = tree.Table, true
		if v == vList {
			line.Kind = tree.List
		}
		p.ctx.items = &line.Items
		p.end(c)
	default:
		line.Kind = tree.Say
		line.Text, ok = p.sentence(c, "|")
	}
	return ok
}

// gather adds a sentence to what is above it: phải, sai, trợ giúp or im lặng.
func (p *parser) gather(c *cursor, when *tree.Name) {
	if when != nil {
		p.fail(codeWhenHere, c.lineSpan())
		return
	}
	s, _ := p.sentence(c, "|")
	*p.ctx.prose = append(*p.ctx.prose, s)
}

// media reads "ảnh|tệp CHUỖI CHUỖI".
func (p *parser) media(c *cursor, v verb, line *tree.Line) bool {
	line.Kind = tree.Attach
	if v == vPicture {
		line.Kind = tree.Picture
	}
	var ok bool
	if line.Path, ok = p.str(c, aPath); !ok {
		return false
	}
	if line.Alt, ok = p.str(c, anAlt); !ok {
		return false
	}
	p.end(c)
	return true
}

// item reads a row. In a table its label ends at the first ": ".
func (p *parser) item(c *cursor, when *tree.Name) {
	p.nested()
	if p.ctx.items == nil {
		if !p.lost {
			p.fail(codeLoneRow, c.lineSpan())
		}
		p.ctx = context{items: new([]*tree.Item)}
		return
	}
	it := &tree.Item{When: when, Span: c.lineSpan()}
	it.Text, _ = p.sentence(c, "*")
	if p.inTable() {
		p.rowLabel(c, it)
	}
	*p.ctx.items = append(*p.ctx.items, it)
}

func (p *parser) inTable() bool {
	body := p.step.Body
	return len(body) > 0 && body[len(body)-1].Kind == tree.Table
}

// rowLabel splits the text of a row; the cursor stands at its end.
func (p *parser) rowLabel(c *cursor, it *tree.Item) {
	label, text, ok := strings.Cut(it.Text.Text, ": ")
	if !ok || strings.TrimSpace(label) == "" {
		return
	}
	from := c.end - len(it.Text.Text)
	label = strings.TrimRight(label, " ")
	it.Label = &tree.Prose{Text: label, Span: c.span(from, from+len(label)), Columns: c.columns(from, from+len(label))}
	text = strings.TrimLeft(text, " ")
	it.Text = tree.Prose{Text: text, Span: c.span(c.end-len(text), c.end), Columns: c.columns(c.end-len(text), c.end)}
	p.checkLabel(it.Label)
}
