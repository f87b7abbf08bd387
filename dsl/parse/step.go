package parse

import (
	"strconv"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
)

// rank is the place of a line in the order of a step.
type rank uint8

const (
	rankAction rank = iota + 1
	rankBody
	rankHead
	rankButton
	rankMust
	rankWrong
	rankLimit
	rankNext
	rankHelp
	rankSilence
)

// openStep is a step while its lines are read.
type openStep struct {
	*tree.Step
	end    *tree.Ending // the ending that lines belong to; not Step.End once a second one was refused
	wrong  *diag.Span   // where "sai" with sentences stood
	ranked []rankedLine // the first line of each rank seen so far, in order
	before *openStep    // the step whose ending these lines followed without a "bước" of their own; else nil
}

type rankedLine struct {
	rank rank
	span diag.Span
}

// openStep reads "bước TÊN [tên cũ TÊN]"; false: there are too many steps to go on.
func (p *parser) openStep(c *cursor) bool {
	s := &tree.Step{Span: c.lineSpan()}
	p.step = &openStep{Step: s}
	name, ok := p.stepName(c)
	s.Name = name
	p.broken = &s.Broken
	if !ok {
		s.Broken, p.lost = true, true
		return true
	}
	if len(p.file.Steps) >= MaxSteps {
		p.fail(codeManySteps, s.Span, strconv.Itoa(MaxSteps))
		p.file.Broken, p.lost = true, true
		return false
	}
	p.addStep(s)
	return true
}

// stepName reads what stands after "bước".
func (p *parser) stepName(c *cursor) (tree.Name, bool) {
	f := c.fork()
	if f.next(); formerly(f) {
		name, ok := p.declared(c, aStep)
		p.anyOf(c, "tên cũ")
		if old, fine := p.name(c, aStep); fine {
			p.step.Former = &old
		}
		p.end(c)
		return name, ok
	}
	name, ok := p.wholeName(c, aStep)
	p.end(c)
	return name, ok && p.free(name)
}

// addStep puts s into the file, unless a step of that name is there already. Then what leads to the second one, or from it,
// is not known, so the file counts as broken.
func (p *parser) addStep(s *tree.Step) {
	for _, other := range p.file.Steps {
		if other.Name.Text == s.Name.Text {
			p.file.Broken = true
			p.seen(codeTwoSteps, s.Name.Span, other.Name.Span, say("Bước đầu tiên mang tên này.", "The first step of this name."), s.Name.Text)
			return
		}
	}
	p.file.Steps = append(p.file.Steps, s)
}

// stepLine reads one line of the step that is open.
func (p *parser) stepLine(c *cursor, v verb) {
	switch v {
	case noVerb:
		p.unknown(c)
	case vWhen:
		p.whenLine(c)
	case vListen:
		if p.lostHeading(c, vAlways); p.section == inAlways {
			p.alwaysLine(c, v)
		}
	case vCompute, vClear:
		p.action(c, v)
	case vSay, vPicture, vAttach, vBreak, vTable, vList, vItem:
		p.bodyLine(c, v, nil)
	case vButton:
		p.buttonLine(c, nil)
	case vHelp:
		p.help(c, &p.step.Help)
	case vSilence:
		p.silence(c, &p.step.Silences)
	default:
		p.endingLine(c, v)
	}
}

// whenLine reads a line that "khi TÊN" precedes.
func (p *parser) whenLine(c *cursor) {
	from := c.pos
	when, ok := p.name(c, aCondition)
	if !ok {
		return
	}
	p.noColon(c, from)
	v := p.sign(c)
	if v == noVerb {
		v = flowPhrases.read(c)
	}
	switch v {
	case vSay, vItem, vPicture, vAttach:
		p.bodyLine(c, v, &when)
	case vButton:
		p.buttonLine(c, &when)
	case vArrow:
		p.fail(codeWhenArrow, c.lineSpan(), when.Text)
		p.lost = true
	default:
		p.fail(codeWhen, c.lineSpan(), when.Text)
		p.lost = true
	}
}

// action reads "tính TÊN = BT" and "xóa hết".
func (p *parser) action(c *cursor, v verb) {
	p.ordered(c, rankAction)
	p.ctx = context{}
	a := &tree.Action{Span: c.lineSpan(), Clear: v == vClear}
	if v == vClear {
		p.step.Actions = append(p.step.Actions, a)
		p.end(c)
		return
	}
	slot, ok := p.name(c, aSlot)
	if !ok {
		return
	}
	a.Slot = slot
	if !c.take("=") {
		p.failMissing(c, "=")
		return
	}
	if a.Expr, ok = p.expr(c, "="); ok {
		p.step.Actions = append(p.step.Actions, a)
	}
}
