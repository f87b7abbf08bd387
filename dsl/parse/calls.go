package parse

import "hoithoai/dsl/tree"

// outcomeWords are the outcomes that follow a call.
var outcomeWords = map[tree.EndingKind]string{tree.Call: "xong -> …", tree.Do: "được -> …", tree.Agree: "có -> …"}

// outcomeVerbs are the words of outcomes where they follow on the same line.
var outcomeVerbs = map[string]verb{"xong": vDone, "bỏ dở": vAbandon, "được": vGot, "lỗi": vFail}

// call reads "gọi|làm TÊN(đối) [nhận TÊN, …]"; outcomes may follow on the same line.
func (p *parser) call(c *cursor, kind tree.EndingKind) {
	e := p.begin(c, kind, rankHead)
	callee := aFlow
	if kind == tree.Do {
		callee = aTask
	}
	var ok bool
	if e.Callee, ok = p.name(c, callee); !ok {
		return
	}
	if e.Args, ok = p.arguments(c, e.Callee.Text); !ok {
		return
	}
	if p.anyOf(c, "nhận") != "" {
		if e.Take, ok = p.names(c, aSlot); !ok {
			return
		}
	}
	p.outcomes(c, e)
}

// outcomeLine reads a line that starts with an outcome.
func (p *parser) outcomeLine(c *cursor, v verb) {
	kind := tree.Call
	if v == vGot || v == vFail {
		kind = tree.Do
	}
	e := p.current(c, flowPhrases.text(v), endingNames[kind], tree.Call, tree.Do)
	if e == nil {
		return
	}
	p.ordered(c, rankNext)
	c.table(OutcomeTable)
	if p.outcome(c, e, v) {
		p.outcomes(c, e)
	}
}

// outcomes reads the outcomes that are left on the line.
func (p *parser) outcomes(c *cursor, e *tree.Ending) {
	for !c.done() {
		v := outcomeVerbs[p.anyOf(c, "xong", "bỏ dở", "được", "lỗi")]
		if v == noVerb {
			p.end(c)
			return
		}
		if !p.outcome(c, e, v) {
			return
		}
	}
}

// outcome reads what follows the word of an outcome: "-> đích", with a code before it for lỗi.
func (p *parser) outcome(c *cursor, e *tree.Ending, v verb) bool {
	if (e.Kind == tree.Call) != (v == vDone || v == vAbandon) {
		p.fail(codeOtherOutcome, c.lineSpan(), flowPhrases.text(v), endingNames[e.Kind], outcomeWords[e.Kind])
		return false
	}
	if v == vFail {
		return p.failure(c, e)
	}
	c.column(1)
	t, ok := p.arrowTarget(c, flowPhrases.text(v))
	to := &e.Done
	if v == vAbandon {
		to = &e.Abandon
	}
	if ok && *to != nil {
		p.twice(t.Span, (*to).Span, flowPhrases.text(v))
		return true
	}
	*to = keepTarget(t, ok)
	return ok
}

// failure reads "[MÃ] -> đích".
func (p *parser) failure(c *cursor, e *tree.Ending) bool {
	f := &tree.Fail{Span: c.lineSpan()}
	if !isArrowHere(c) {
		code, ok := p.name(c, aCode)
		if !ok {
			return false
		}
		f.Code = &code
	}
	c.column(1)
	t, ok := p.arrowTarget(c, "lỗi")
	if !ok {
		return false
	}
	f.Target = t
	e.Errors = append(e.Errors, f)
	return true
}
