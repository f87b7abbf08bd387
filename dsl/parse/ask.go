package parse

import "hoithoai/dsl/tree"

// ask reads "hỏi TÊN". Buttons that stood before it are taken as its own: only the order is wrong.
func (p *parser) ask(c *cursor) {
	e := p.step.end
	if e != nil && e.Kind == tree.Menu {
		p.ordered(c, rankHead)
		e.Kind, e.Span = tree.Ask, c.lineSpan()
	} else {
		e = p.begin(c, tree.Ask, rankHead)
	}
	var ok bool
	if e.Slot, ok = p.wholeName(c, aSlot); ok {
		p.end(c)
	}
}

// askNext takes the "-> đích" of hỏi.
func (p *parser) askNext(c *cursor, e *tree.Ending, t tree.Target, ok bool) {
	p.ordered(c, rankNext)
	if e.Next != nil {
		p.twice(c.lineSpan(), e.Next.Span, "->")
		return
	}
	e.Next = keepTarget(t, ok)
}

// must reads "phải BT"; the sentences below it are its answer.
func (p *parser) must(c *cursor) {
	e := p.current(c, "phải", endingNames[tree.Ask], tree.Ask)
	p.ctx = context{}
	m := &tree.Must{Span: c.lineSpan()}
	p.ctx.prose = &m.Lines
	if e == nil {
		return
	}
	p.ordered(c, rankMust)
	var ok bool
	if m.Expr, ok = p.expr(c, "phải"); ok {
		e.Musts = append(e.Musts, m)
	}
}

// wrong reads "sai" with its sentences, or "sai N lần -> đích".
func (p *parser) wrong(c *cursor) {
	e := p.current(c, "sai", say("“hỏi” hoặc các nút", "“hỏi” or buttons"), tree.Ask, tree.Menu)
	p.ctx = context{}
	if e == nil {
		e = &tree.Ending{}
		p.ctx.prose = &e.Wrong
		return
	}
	if isBare(c) {
		p.wrongLines(c, e)
		return
	}
	p.limit(c, e)
}

func (p *parser) wrongLines(c *cursor, e *tree.Ending) {
	p.ordered(c, rankWrong)
	span := c.lineSpan()
	if p.step.wrong != nil {
		p.twice(span, *p.step.wrong, "sai")
	}
	p.step.wrong = &span
	p.ctx.prose = &e.Wrong
	if c.take("|") {
		p.gather(c, nil)
	}
}

// limit reads "N lần -> đích".
func (p *parser) limit(c *cursor, e *tree.Ending) {
	p.ordered(c, rankLimit)
	l := &tree.Limit{Span: c.lineSpan()}
	var ok bool
	if l.Times, ok = p.count(c, "sai", maxTries); !ok {
		p.ctx.prose = new([]tree.Prose)
		return
	}
	if p.anyOf(c, "lần") == "" {
		p.failMissing(c, "lần")
		return
	}
	if l.Target, ok = p.arrowTarget(c, "lần"); !ok {
		return
	}
	p.end(c)
	if e.Limit != nil {
		p.twice(l.Span, e.Limit.Span, "sai … lần")
		return
	}
	e.Limit = l
}

// maxTries is the largest N of "sai N lần".
const maxTries = 20
