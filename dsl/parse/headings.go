package parse

import "strings"

// regain finds the section of a line whose heading was forgotten: the heading is missed once, and the lines below it are read.
func (p *parser) regain(c *cursor, v verb) {
	switch {
	case v == vListen && p.section != inAlways && p.section != inStep:
		p.lostHeading(c, vAlways)
	case v != noVerb || p.section == inFacts || p.section == inStep || p.section == inConditions:
	case isFact(c.fork()):
		p.lostHeading(c, vFacts)
	case p.section != inData && isSlot(c.fork()):
		p.lostHeading(c, vData)
	case isCondition(c.fork()):
		p.lostHeading(c, vConditions)
	}
}

// lostHeading reports a heading that is missing above this line. It is taken as said, unless the line stands inside a step that
// still goes on.
func (p *parser) lostHeading(c *cursor, heading verb) {
	if p.section == inStep && p.lastRank() < rankNext {
		p.fail(codeHeading, c.lineSpan(), flowPhrases.text(heading))
		return
	}
	p.note(codeHeading, c.lineSpan(), flowPhrases.text(heading))
	p.closeStep()
	p.broken, p.ctx, p.slot, p.orphan, p.lost = &p.file.Broken, context{}, nil, false, false
	p.section = sections[heading]
	if heading == vAlways {
		p.openAlways(c)
	}
}

// isFact reports whether the line declares a fact: a name, a type and, somewhere, its legal basis.
func isFact(c *cursor) bool {
	if !isIdentifier(c.next().text) || c.anyKeyword(typeWords...) == "" {
		return false
	}
	for !c.done() {
		if c.keyword("căn cứ") {
			return isString(c)
		}
		c.chunk()
	}
	return false
}

// isSlot reports whether the line declares data: a name, a type, and a label.
func isSlot(c *cursor) bool {
	if !isIdentifier(c.next().text) || c.anyKeyword(typeWords...) == "" {
		return false
	}
	for !c.done() && !isString(c) {
		c.chunk()
	}
	return isString(c)
}

// isCondition reports whether the line declares a condition: a name and then a comparison, before any quote.
func isCondition(c *cursor) bool {
	if !isIdentifier(c.next().text) || isFoldedType(c) || hasArrow(c) {
		return false
	}
	text := c.rest()
	if n := strings.IndexFunc(text, isQuote); n >= 0 {
		text = text[:n]
	}
	text = strings.TrimSpace(text)
	return isIdentifier(text[:wordLen(text)]) && (strings.Contains(text, "==") || strings.Contains(text, "!=") || strings.ContainsAny(text, "<>"))
}
