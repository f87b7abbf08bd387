package parse

import (
	"slices"

	"hoithoai/dsl/tree"
)

// testVerb takes the words or the sign that say what a line of a transcript is.
func (p *parser) testVerb(c *cursor) verb {
	switch {
	case c.take("@"):
		return vAt
	case c.take("…"):
		return vPause
	case c.take("..."):
		c.mark(Sign, c.pos-len("..."), c.pos, "…")
		return vPause
	}
	if v := testPhrases.read(c); v != noVerb {
		return v
	}
	return p.takeGuess(testPhrases, c, anyPhrase, false)
}

// testLine reads one line of a transcript file.
func (p *parser) testLine(c *cursor) {
	if p.test == nil {
		p.opens(OpensNothing)
	}
	v := p.testVerb(c)
	switch v {
	case vTest:
		p.openTest(c)
	case vToday, vFake:
		p.settingLine(c, v)
	case noVerb:
		p.fail(codeNotATestLine, c.lineSpan())
	default:
		p.turn(c, v)
	}
}

// openTest reads "thử TÊN CHUỖI".
func (p *parser) openTest(c *cursor) {
	t := &tree.Test{Span: c.lineSpan()}
	p.opens(OpensPart)
	p.section, p.test = inTest, t
	var ok bool
	if t.Flow, ok = p.name(c, aFlow); !ok {
		return
	}
	if t.Title, ok = p.str(c, aTestTitle); !ok {
		return
	}
	p.tests.Tests = append(p.tests.Tests, t)
	p.end(c)
}

// settingLine reads "hôm nay …" or "giả …": above the first test it holds for all of them.
func (p *parser) settingLine(c *cursor, v verb) {
	span := c.lineSpan()
	s, ok := p.setting(c, v)
	if !ok {
		return
	}
	p.end(c)
	if p.test == nil {
		p.tests.Settings = append(p.tests.Settings, s)
		return
	}
	p.test.Lines = append(p.test.Lines, &tree.TestLine{Kind: tree.LineSetting, Setting: s, Span: span})
}

// turn reads a line that only a test has.
func (p *parser) turn(c *cursor, v verb) {
	line := &tree.TestLine{Span: c.lineSpan()}
	if p.test == nil {
		if !p.orphan {
			p.fail(codeNoTest, line.Span)
		}
		p.orphan = true
		return
	}
	if p.turnHere(c, v, line) {
		p.test.Lines = append(p.test.Lines, line)
		p.end(c)
	}
}

func (p *parser) turnHere(c *cursor, v verb, line *tree.TestLine) (ok bool) {
	switch v {
	case vPerson, vOnward, vBot:
		return p.said(c, v, line)
	case vMachine:
		return p.machine(c, line)
	case vAt:
		line.Kind = tree.LineAt
		line.Name, ok = p.name(c, aStep)
	case vPause:
		line.Kind = tree.LineWait
		line.Wait, ok = p.duration(c, "…", "giây", "phút", "giờ", "ngày")
	case vFinish:
		line.Kind = tree.LineEnd
		line.Success, ok = p.success(c)
	}
	return ok
}

// speakers are how the lines of speech begin.
var speakers = map[verb]string{vPerson: "Dân", vOnward: "Dân tiếp", vBot: "Bot", vMachine: "Máy"}

// colon takes the ":" after a speaker.
func (p *parser) colon(c *cursor, v verb) bool {
	if c.take(":") {
		return true
	}
	p.fail(codeColon, c.lineSpan(), speakers[v])
	return false
}

// said reads the rest of "Dân:", "Dân tiếp:" or "Bot:".
func (p *parser) said(c *cursor, v verb, line *tree.TestLine) bool {
	if !p.colon(c, v) {
		return false
	}
	switch line.Kind = tree.LinePerson; v {
	case vBot:
		line.Kind = tree.LineBot
	case vOnward:
		line.Burst = true
		if !p.inBurst() {
			p.fail(codeNoBurst, line.Span)
			return false
		}
	}
	var ok bool
	line.Text, ok = p.sentence(c, speakers[v]+":")
	return ok
}

// inBurst reports whether the person's last message stands above without anything between that lets time go by.
func (p *parser) inBurst() bool {
	for _, l := range slices.Backward(p.test.Lines) {
		switch {
		case l.Kind == tree.LinePerson:
			return true
		case l.Kind == tree.LineWait || l.Kind == tree.LineMachine || l.Kind == tree.LineSetting && l.Setting.Kind == tree.Today:
			return false
		}
	}
	return false
}

// machine reads the rest of "Máy: TÊN = kq".
func (p *parser) machine(c *cursor, line *tree.TestLine) bool {
	if !p.colon(c, vMachine) {
		return false
	}
	line.Kind = tree.LineMachine
	var ok bool
	if line.Name, ok = p.name(c, aTask); !ok {
		return false
	}
	line.Outcome, ok = p.equalsOutcome(c, tree.FakeTask)
	return ok
}

// closeTests reports what only the end of the file shows: a test that no "hôm nay" gives a day.
func (p *parser) closeTests() {
	if hasToday(p.tests.Settings) {
		return
	}
	for _, t := range p.tests.Tests {
		if !p.tests.Broken && !hasToday(settingsOf(t)) {
			p.note(codeNoToday, t.Span, t.Title.Text)
		}
	}
}

func hasToday(settings []*tree.Setting) bool {
	for _, s := range settings {
		if s.Kind == tree.Today {
			return true
		}
	}
	return false
}

func settingsOf(t *tree.Test) []*tree.Setting {
	var out []*tree.Setting
	for _, line := range t.Lines {
		if line.Kind == tree.LineSetting {
			out = append(out, line.Setting)
		}
	}
	return out
}
