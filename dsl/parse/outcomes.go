package parse

import (
	"hoithoai/dsl/tree"
)

// equalsOutcome reads "= kq".
func (p *parser) equalsOutcome(c *cursor, kind tree.SettingKind) (*tree.Outcome, bool) {
	if !p.equals(c) {
		return nil, false
	}
	c.skip()
	from := c.pos
	o := &tree.Outcome{}
	ok := p.outcomeHere(c, o, kind)
	o.Span = trimmed(c, from)
	return o, ok
}

func (p *parser) outcomeHere(c *cursor, o *tree.Outcome, kind tree.SettingKind) bool {
	switch p.anyOf(c, "được", "xong", "lỗi", "bỏ dở", "treo") {
	case "được", "xong":
		o.Kind = tree.OutcomeDone
		return p.fields(c, o)
	case "lỗi":
		o.Kind = tree.OutcomeError
		return p.outcomeFits(c, kind == tree.FakeTask) && p.outcomeCode(c, o)
	case "bỏ dở":
		o.Kind = tree.OutcomeAbandon
		return p.outcomeFits(c, kind == tree.FakeCall)
	case "treo":
		o.Kind = tree.OutcomeHang
		return true
	}
	p.fail(codeOutcome, c.restSpan())
	return false
}

// outcomeFits: only a task can fail, only a sub-flow can be abandoned.
func (p *parser) outcomeFits(c *cursor, fits bool) bool {
	if !fits {
		p.fail(codeOutcome, c.lineSpan())
	}
	return fits
}

func (p *parser) outcomeCode(c *cursor, o *tree.Outcome) bool {
	if c.done() {
		return true
	}
	code, ok := p.name(c, aCode)
	o.Code = &code
	return ok
}

// fields reads "{ TÊN: GIÁ-TRỊ, … }" where it stands.
func (p *parser) fields(c *cursor, o *tree.Outcome) bool {
	if !c.has("{") {
		return true
	}
	n := matching(c.rest())
	if n < 0 {
		p.fail(codeOpenBracket, c.restSpan())
		return false
	}
	inner := c.part(c.pos+1, c.pos+n)
	c.mark(Sign, c.pos, c.pos+1, "{")
	c.mark(Sign, c.pos+n, c.pos+n+1, "}")
	c.pos += n + 1
	if inner.done() {
		return true
	}
	for _, cut := range splitTop(inner) {
		if !p.field(cut, o) {
			return false
		}
	}
	return true
}

func (p *parser) field(c *cursor, o *tree.Outcome) bool {
	name, ok := p.name(c, aField)
	if !ok {
		return false
	}
	if !c.take(":") {
		p.fail(codeMissing, c.restSpan(), ":", ":")
		return false
	}
	v, ok := p.fakedValue(c, aField)
	if ok {
		o.Fields = append(o.Fields, tree.Field{Name: name, Value: v})
		p.end(c)
	}
	return ok
}
