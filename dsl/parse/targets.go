package parse

import (
	"strings"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
)

// arrowSigns are the ways an arrow gets written; the first is the right one. Word processors turn "->" into the second.
var arrowSigns = []string{"->", "→", "–>", "—>", "-->", "=>"}

func isArrow(s string) bool { return arrowAt(s) != "" }

// arrowAt is the arrow that s starts with, or "".
func arrowAt(s string) string {
	for _, sign := range arrowSigns {
		if strings.HasPrefix(s, sign) {
			return sign
		}
	}
	return ""
}

// arrow goes over an arrow; a wrong sign is named and taken.
func (p *parser) arrow(c *cursor) bool {
	c.skip()
	sign := arrowAt(c.rest())
	if sign == "" {
		return false
	}
	if sign != "->" {
		p.mend(codeArrow, c.span(c.pos, c.pos+len(sign)), "->", sign)
	}
	c.mark(Word, c.pos, c.pos+len(sign), "->")
	c.pos += len(sign)
	return true
}

// arrowTarget takes "-> đích".
func (p *parser) arrowTarget(c *cursor, after string) (tree.Target, bool) {
	if !p.arrow(c) {
		p.fail(codeNoArrow, c.restSpan(), after, p.arrowFix(c.rest()))
		return tree.Target{}, false
	}
	return p.target(c)
}

// targetPhrases are the targets that are words.
var targetPhrases = newLexicon([]phrase{
	{text: "luồng", verb: targetFlow, fits: isSomething},
	{text: "quay lại", verb: targetBack, fits: isEnd},
	{text: "nhắc lại", verb: targetRepeat, fits: isEnd},
	{text: "bắt đầu lại", verb: targetRestart, fits: isEnd},
	{text: "kết thúc", verb: targetFinish, fits: isSomething},
	{text: "chuyển người", verb: targetHuman, fits: isSomething},
})

const (
	targetFlow    = verb(tree.ToFlow)
	targetBack    = verb(tree.ToBack)
	targetRepeat  = verb(tree.ToRepeat)
	targetRestart = verb(tree.ToRestart)
	targetFinish  = targetRestart + 1
	targetHuman   = targetRestart + 2
)

// target takes an "đích".
func (p *parser) target(c *cursor) (tree.Target, bool) {
	c.skip()
	from := c.pos
	t, ok := p.targetHere(c)
	t.Span = trimmed(c, from)
	return t, ok
}

// trimmed is the place from from to the cursor, without white space before the cursor.
func trimmed(c *cursor, from int) diag.Span {
	return c.span(from, trimmedEnd(c, from))
}

func trimmedEnd(c *cursor, from int) int {
	return from + len(strings.TrimRight(c.line.Text[from:max(from, c.pos)], " "))
}

func (p *parser) targetHere(c *cursor) (tree.Target, bool) {
	if c.done() {
		p.fail(codeNoTarget, c.restSpan())
		return tree.Target{}, false
	}
	from := c.pos
	switch v := p.targetVerb(c); v {
	case noVerb:
		return p.toStep(c)
	case targetFlow:
		name, ok := p.name(c, aFlow)
		return tree.Target{Kind: tree.ToFlow, Name: name}, ok
	case targetFinish, targetHuman:
		c.pos = c.end
		p.fail(codeEndTarget, c.span(from, c.end))
		return tree.Target{}, false
	default:
		return tree.Target{Kind: tree.TargetKind(v)}, true
	}
}

// targetVerb takes the words of a target, with their accents or without.
func (p *parser) targetVerb(c *cursor) verb {
	p.stepWord(c)
	if v := targetPhrases.read(c); v != noVerb {
		return v
	}
	f := c.fork()
	if f.next(); f.done() || f.keyword("rồi") {
		return noVerb
	}
	g, ok := targetPhrases.guess(c, anyPhrase)
	if !ok {
		return noVerb
	}
	c.mark(Word, g.from, g.to, g.phrase.text)
	c.pos = g.to
	p.mend(codeUnknown, c.span(g.from, g.to), g.phrase.text, c.line.Text[g.from:g.to], g.phrase.text)
	return g.phrase.verb
}

// bareTarget reports a line of a step that is a target without its arrow; some would read as headers.
func (p *parser) bareTarget(c *cursor) bool {
	if p.section != inStep {
		return false
	}
	f := c.fork()
	switch targetPhrases.read(f) {
	case targetFlow:
		if !isOneName(f) {
			return false
		}
	case targetBack, targetRepeat, targetRestart:
		if !f.done() {
			return false
		}
	default:
		return false
	}
	p.failEdit(codeBareTarget, c.lineSpan(), "-> "+c.rest(), c.rest())
	p.lost = true
	return true
}

// stepWord drops the word "bước" before the name of a step.
func (p *parser) stepWord(c *cursor) {
	f := c.fork()
	if w := f.next(); canonical(w.text) == "bước" && !isPunctuated(f) {
		c.mark(Word, w.from, w.to, "")
		p.mend(codeStepWord, c.wordSpan(w), "")
		c.pos = f.pos
	}
}

func (p *parser) toStep(c *cursor) (tree.Target, bool) {
	name, ok := p.stepRef(c)
	t := tree.Target{Kind: tree.ToStep, Name: name}
	if !ok || p.anyOf(c, "rồi") == "" {
		return t, ok
	}
	back, ok := p.name(c, aStep)
	t.Return = &back
	return t, ok
}

// stepRef takes the name of a step; one with accents may have been written with spaces too.
func (p *parser) stepRef(c *cursor) (tree.Name, bool) {
	f := c.fork()
	if isIdentifier(f.next().text) || f.anyKeyword("rồi", "xong", "bỏ dở", "được", "lỗi") != "" {
		return p.name(c, aStep)
	}
	return p.wholeName(c, aStep)
}
