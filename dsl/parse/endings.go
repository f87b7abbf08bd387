package parse

import (
	"strconv"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
)

// begin starts an ending of the step with a line of rank r. Where it has one already, that is the finding, and the lines that
// follow go into an ending that nobody sees.
func (p *parser) begin(c *cursor, kind tree.EndingKind, r rank) *tree.Ending {
	e := &tree.Ending{Kind: kind, Span: c.lineSpan()}
	s := p.step
	s.end = e
	if s.End == nil {
		s.End = e
		p.ordered(c, r)
		return e
	}
	s.Broken = true
	p.seen(codeTwoEndings, e.Span, s.End.Span, say("Cách kết thúc thứ nhất ở đây.", "The first ending is here."),
		s.Name.Text, endingNames[s.End.Kind], strconv.Itoa(s.End.Span.Line), endingNames[kind])
	return e
}

// endingNames are the endings as a sentence names them.
var endingNames = map[tree.EndingKind]diag.Sentence{
	tree.Go:     say("“->”", "“->”"),
	tree.Ask:    say("“hỏi”", "“hỏi”"),
	tree.Menu:   say("các nút", "buttons"),
	tree.Branch: say("“nếu”", "“nếu”"),
	tree.Call:   say("“gọi”", "“gọi”"),
	tree.Do:     say("“làm”", "“làm”"),
	tree.Human:  say("“chuyển người”", "“chuyển người”"),
	tree.Finish: say("“kết thúc”", "“kết thúc”"),
	tree.Agree:  say("“đồng ý”", "“đồng ý”"),
}

// endingLine reads a line of the step's ending.
func (p *parser) endingLine(c *cursor, v verb) {
	if v == vArrow && p.silenceTarget(c) {
		return
	}
	if v != vMust && v != vWrong {
		p.ctx = context{}
	}
	before := p.holes
	p.endingHere(c, v)
	p.lost = p.lost || p.holes > before
}

func (p *parser) endingHere(c *cursor, v verb) {
	switch v {
	case vArrow:
		p.goLine(c)
	case vAsk:
		p.ask(c)
	case vMust:
		p.must(c)
	case vWrong:
		p.wrong(c)
	case vIf:
		p.arm(c)
	case vElse:
		p.otherwise(c)
	case vCall:
		p.call(c, tree.Call)
	case vDo:
		p.call(c, tree.Do)
	case vDone, vAbandon, vGot, vFail:
		p.outcomeLine(c, v)
	case vConsent:
		p.consent(c)
	case vYes, vNo:
		p.decisionLine(c, v)
	case vHuman:
		p.human(c)
	case vFinish:
		p.finish(c)
	default:
		p.unknown(c)
	}
}

// current is the ending when it is of one of kinds; else the line stands alone and is reported, unless the line it belongs to
// was reported before.
func (p *parser) current(c *cursor, what string, needs diag.Sentence, kinds ...tree.EndingKind) *tree.Ending {
	e := p.step.end
	for _, k := range kinds {
		if e != nil && e.Kind == k {
			return e
		}
	}
	if !p.lost {
		p.fail(codeAlone, c.lineSpan(), what, needs)
	}
	return nil
}

// goLine reads "-> đích": the whole ending, or the last line of hỏi.
func (p *parser) goLine(c *cursor) {
	t, ok := p.arrowTarget(c, "")
	if ok {
		p.end(c)
	}
	e := p.step.end
	switch {
	case e == nil || e.Kind == tree.Menu || e.Kind == tree.Go || e.Kind == tree.Human || e.Kind == tree.Finish:
		e = p.begin(c, tree.Go, rankNext)
		e.Next = keepTarget(t, ok)
	case e.Kind == tree.Ask:
		p.askNext(c, e, t, ok)
	case e.Kind == tree.Branch:
		p.fail(codeElseWord, c.lineSpan())
	default:
		p.fail(codeOutcomeWord, c.lineSpan(), endingNames[e.Kind], outcomeWords[e.Kind])
	}
}

// keepTarget is nil where the target could not be read.
func keepTarget(t tree.Target, ok bool) *tree.Target {
	if !ok {
		return nil
	}
	return &t
}

// arm reads "nếu BT -> đích".
func (p *parser) arm(c *cursor) {
	e := p.step.end
	if e == nil || e.Kind != tree.Branch {
		e = p.begin(c, tree.Branch, rankHead)
	} else {
		p.ordered(c, rankHead)
	}
	a := &tree.Arm{Span: c.lineSpan()}
	c.table(BranchTable)
	var ok bool
	if a.Expr, a.Target, ok = p.exprTarget(c, "nếu"); ok {
		e.Arms = append(e.Arms, a)
		p.end(c)
	}
}

// otherwise reads "còn lại -> đích".
func (p *parser) otherwise(c *cursor) {
	e := p.current(c, "còn lại", endingNames[tree.Branch], tree.Branch)
	if e == nil {
		return
	}
	p.ordered(c, rankNext)
	c.table(BranchTable)
	c.column(1)
	t, ok := p.arrowTarget(c, "còn lại")
	if e.Else != nil {
		p.twice(c.lineSpan(), e.Else.Span, "còn lại")
		return
	}
	if ok {
		e.Else = &t
		p.end(c)
	}
}

// human reads "chuyển người TÊN".
func (p *parser) human(c *cursor) {
	e := p.begin(c, tree.Human, rankNext)
	var ok bool
	if e.Desk, ok = p.wholeName(c, aDesk); ok {
		p.end(c)
	}
}

// finish reads "kết thúc đạt|bỏ".
func (p *parser) finish(c *cursor) {
	e := p.begin(c, tree.Finish, rankNext)
	success, ok := p.success(c)
	e.Success = success
	if ok {
		p.end(c)
	}
}

// success reads "đạt" or "bỏ".
func (p *parser) success(c *cursor) (success, ok bool) {
	if word := p.anyOf(c, "đạt", "bỏ"); word != "" {
		return word == "đạt", true
	}
	p.fail(codeFinish, c.restSpan())
	c.pos = c.end
	return false, false
}

// closeEnding reports what an ending lacks.
func (p *parser) closeEnding(s *openStep) {
	e := s.End
	switch e.Kind {
	case tree.Ask:
		if e.Next == nil {
			p.fail(codeAskNext, e.Span, e.Slot.Text)
		}
	case tree.Call:
		p.lacks(e, e.Done == nil, "xong")
		p.lacks(e, e.Abandon == nil, "bỏ dở")
	case tree.Do:
		p.lacks(e, e.Done == nil, "được")
	case tree.Agree:
		p.closeConsent(e)
	}
}

func (p *parser) lacks(e *tree.Ending, lacking bool, word string) {
	if lacking {
		p.fail(codeNoOutcome, e.Span, endingNames[e.Kind], word)
	}
}
