package parse

import "hoithoai/dsl/tree"

// openAlways starts "mọi bước"; a second one adds to the first.
func (p *parser) openAlways(c *cursor) {
	if p.file.Always == nil {
		p.file.Always = &tree.Always{Span: c.lineSpan()}
	}
}

// closeAlways reports what only the end of "mọi bước" shows.
func (p *parser) closeAlways() {
	if a := p.file.Always; a != nil && p.section == inAlways {
		p.closeWaiting(a.Help, a.Silences)
	}
}

// alwaysLine reads a line of "mọi bước".
func (p *parser) alwaysLine(c *cursor, v verb) {
	a := p.file.Always
	switch {
	case v == vListen:
		p.ctx = context{}
		p.listen(c, a)
	case v == vHelp:
		p.help(c, &a.Help)
	case v == vSilence:
		p.silence(c, &a.Silences)
	case v == vSay && p.ctx.prose != nil:
		p.nested()
		p.gather(c, nil)
	case v == vButton && p.ctx.silence != nil:
		p.reminderButton(c, nil)
	case v == vWhen && p.ctx.silence != nil:
		p.reminderWhen(c)
	case v == vArrow && p.silenceTarget(c):
	default:
		p.misplaced(c, v)
	}
}

func (p *parser) reminderButton(c *cursor, when *tree.Name) {
	p.nested()
	if b, ok := p.button(c); ok {
		b.When = when
		p.ctx.silence.Buttons = append(p.ctx.silence.Buttons, b)
	}
}

// reminderWhen reads a line of a reminder that "khi TÊN" precedes: only its buttons depend on a condition.
func (p *parser) reminderWhen(c *cursor) {
	when, ok := p.name(c, aCondition)
	switch {
	case !ok:
	case p.sign(c) == vButton:
		p.reminderButton(c, &when)
	default:
		p.fail(codeWhenHere, c.lineSpan())
	}
}

// listen reads "nghe CHUỖI, … -> đích".
func (p *parser) listen(c *cursor, a *tree.Always) {
	l := &tree.Listen{Span: c.lineSpan()}
	c.table(ListenTable)
	var ok bool
	if l.Phrases, ok = p.strs(c, aPhrase); !ok {
		return
	}
	c.column(1)
	if l.Target, ok = p.arrowTarget(c, "nghe"); ok {
		a.Listens = append(a.Listens, l)
		p.end(c)
	}
}

// help reads "trợ giúp"; its sentences follow.
func (p *parser) help(c *cursor, to **tree.Help) {
	p.ordered(c, rankHelp)
	h := &tree.Help{Span: c.lineSpan()}
	p.ctx = context{prose: &h.Lines}
	if *to != nil {
		p.twice(h.Span, (*to).Span, "trợ giúp")
	} else {
		*to = h
	}
	if c.take("|") {
		p.gather(c, nil)
		return
	}
	p.end(c)
}

// silence reads "im lặng SỐ phút|giờ|ngày"; a target, or the sentences and buttons of a reminder, follow.
func (p *parser) silence(c *cursor, to *[]*tree.Silence) {
	p.ordered(c, rankSilence)
	s := &tree.Silence{Span: c.lineSpan()}
	p.ctx = context{prose: &s.Lines, silence: s}
	after, ok := p.duration(c, "im lặng", "phút", "giờ", "ngày")
	if !ok {
		return
	}
	s.After = after
	*to = append(*to, s)
	switch {
	case isArrowHere(c):
		p.leadSilence(c, s)
	case c.take("|"):
		p.gather(c, nil)
	}
	p.end(c)
}

// silenceTarget takes "-> đích" on the line below "im lặng …".
func (p *parser) silenceTarget(c *cursor) bool {
	s := p.ctx.silence
	if s == nil || s.Target != nil || len(s.Lines)+len(s.Buttons) > 0 {
		return false
	}
	p.nested()
	p.leadSilence(c, s)
	p.end(c)
	return true
}

// leadSilence takes "-> đích" of a silence.
func (p *parser) leadSilence(c *cursor, s *tree.Silence) {
	t, ok := p.arrowTarget(c, "im lặng")
	s.Target = keepTarget(t, ok)
	p.ctx, p.lost = context{}, p.lost || !ok
}
