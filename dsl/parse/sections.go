package parse

import (
	"strings"

	"hoithoai/dsl/tree"
)

// fileVerb takes the words that say what a line of a flow file is.
func (p *parser) fileVerb(c *cursor) verb {
	if v := p.sign(c); v != noVerb {
		return v
	}
	at := c.pos
	v := flowPhrases.read(c)
	if p.inEntries() && (v == noVerb || p.isEntry(c, at, v)) {
		c.pos = at
		return p.entryVerb(c)
	}
	if v == noVerb && !p.namesStep(c) {
		v = p.takeGuess(flowPhrases, c, anyPhrase, false)
	}
	p.noColon(c, at)
	c.skip()
	return v
}

// noColon drops a colon after a keyword.
func (p *parser) noColon(c *cursor, at int) {
	f := c.fork()
	if c.pos == at || !f.take(":") {
		return
	}
	c.mark(Sign, f.pos-1, f.pos, "")
	p.mend(codeNoColon, c.span(f.pos-1, f.pos), "", strings.TrimSpace(c.line.Text[at:c.pos]))
	c.pos = f.pos
}

// sign takes the sign that says what a line is.
func (p *parser) sign(c *cursor) verb {
	switch {
	case c.take("|"):
		return vSay
	case c.take("*"):
		return vItem
	case c.has("["):
		return vButton
	case isArrowHere(c):
		return vArrow
	}
	return noVerb
}

// inEntries reports whether lines here start with a name of the author's.
func (p *parser) inEntries() bool {
	return p.section == inData || p.section == inFacts || p.section == inConditions
}

// isEntry reports whether a line that starts like a keyword declares something after all: what its name may not be is said
// of the name.
func (p *parser) isEntry(c *cursor, at int, v verb) bool {
	f := c.part(at, c.end)
	if p.section == inData && v > vListen && v != vPicture && v != vAttach && p.isOption(f) {
		return true
	}
	first := f.next().text
	if p.section == inData && v > vListen && isSpaced(c.part(at, c.end)) {
		return true
	}
	if p.section == inConditions {
		return isIdentifier(first) && !hasArrow(f)
	}
	return isType(f) || isIdentifier(first) && isString(f) && !hasArrow(f)
}

// entryVerb looks whether the line opens a section with a misspelt keyword; else it declares something. Where the line starts
// with what may be a name, only a keyword that lost its accents counts.
func (p *parser) entryVerb(c *cursor) verb {
	first := c.peek().text
	plain := isIdentifier(first)
	if plain && !openerWords[first] {
		return noVerb
	}
	return p.takeGuess(flowPhrases, c, func(ph phrase) bool { return ph.verb.opensSection() }, plain)
}

// openerWords are the first words of the keywords that open a section, without accents.
var openerWords = map[string]bool{"dan": true, "du": true, "dieu": true, "tac": true, "moi": true, "buoc": true}

// anyPhrase allows every keyword.
func anyPhrase(phrase) bool { return true }

// takeGuess takes a misspelt keyword and says so; with exact set only one that lost its accents.
func (p *parser) takeGuess(words *lexicon, c *cursor, allowed func(phrase) bool, exact bool) verb {
	g, ok := words.guess(c, allowed)
	if !ok || exact && !g.exact {
		return noVerb
	}
	c.mark(Word, g.from, g.to, g.phrase.text)
	c.pos = g.to
	p.mend(codeUnknown, c.span(g.from, g.to), g.phrase.text, c.line.Text[g.from:g.to], g.phrase.text)
	return g.phrase.verb
}

// opening sees to it that the file has been opened before anything else stands in it.
func (p *parser) opening(c *cursor, v verb) {
	if p.opened || v.opensFile() {
		return
	}
	p.opened = true
	p.section = inHead
	name := baseName(p.path)
	p.fail(codeNoOpening, c.lineSpan(), name)
	p.file.Name = tree.Name{Text: name, Span: c.lineSpan()}
	p.file.Span = c.lineSpan()
}

// openSection starts a section; false: there are too many steps to go on.
func (p *parser) openSection(c *cursor, v verb) bool {
	p.opens(OpensPart)
	p.closeStep()
	p.closeAlways()
	p.broken, p.ctx, p.slot, p.orphan, p.lost = &p.file.Broken, context{}, nil, false, false
	p.sharedHolds(c, v)
	switch v {
	case vTask:
		p.opens(OpensOneLine)
		p.section = inNothing
		p.task(c)
		return true
	case vStep:
		p.section = inStep
		return p.openStep(c)
	case vAlways:
		p.openAlways(c)
	}
	p.section = sections[v]
	p.end(c)
	return true
}

// sections are the parts that their opening line leads into.
var sections = map[verb]section{
	vExamples: inExamples, vData: inData, vFacts: inFacts, vConditions: inConditions, vAlways: inAlways,
}

// sharedHolds: a chung file has nothing that only a flow can have.
func (p *parser) sharedHolds(c *cursor, v verb) {
	if p.file.Kind == tree.Shared && (v == vStep || v == vData || v == vExamples) {
		p.fail(codeShared, c.lineSpan(), flowPhrases.text(v))
	}
}

// sectionLine reads a line inside the current section.
func (p *parser) sectionLine(c *cursor, v verb) {
	p.regain(c, v)
	switch p.section {
	case inStep:
		p.stepLine(c, v)
	case inExamples:
		p.exampleLine(c, v)
	case inData:
		p.dataLine(c, v)
	case inFacts:
		p.factLine(c, v)
	case inConditions:
		p.conditionLine(c, v)
	case inAlways:
		p.alwaysLine(c, v)
	default:
		p.misplaced(c, v)
	}
}

// misplaced says that a line does not belong where it stands. Lines of a step that lost its "bước" are reported once.
func (p *parser) misplaced(c *cursor, v verb) {
	switch {
	case v == noVerb:
		p.unknown(c)
	case p.orphan:
	default:
		p.orphan = true
		p.fail(codeOrphan, c.lineSpan())
	}
}

// unknown says that a line is nothing.
func (p *parser) unknown(c *cursor) {
	p.lost = true
	if p.orphan {
		return
	}
	p.fail(codeNotALine, c.lineSpan(), p.strayFix(strings.TrimSpace(c.line.Text)))
}

// end sees to it that nothing is left on the line.
func (p *parser) end(c *cursor) {
	if c.done() {
		return
	}
	p.fail(codeTrailing, c.restSpan(), c.rest())
	c.pos = c.end
}

// text is the keyword of v.
func (l *lexicon) text(v verb) string {
	for _, ph := range l.phrases {
		if ph.verb == v {
			return ph.text
		}
	}
	return ""
}
