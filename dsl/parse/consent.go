package parse

import "hoithoai/dsl/tree"

// decisions are the outcomes of đồng ý with the button that each is pressed by.
var decisions = map[verb]string{vYes: tree.LabelAgree, vNo: tree.LabelRefuse}

// consent reads "đồng ý TÊN bản SỐ"; "có" and "không" may follow on the same line.
func (p *parser) consent(c *cursor) {
	e := p.begin(c, tree.Agree, rankHead)
	var ok bool
	if e.Consent, ok = p.name(c, aConsent); !ok {
		return
	}
	if p.anyOf(c, "bản") == "" {
		p.failMissing(c, "bản")
		return
	}
	if e.Version, ok = p.count(c, "bản", maxCount); ok {
		p.decisions(c, e)
	}
}

// decisionLine reads a line that starts with "có" or "không". Without an arrow it is prose that forgot its "|".
func (p *parser) decisionLine(c *cursor, v verb) {
	if !isArrowHere(c) {
		p.unknown(c)
		return
	}
	e := p.current(c, flowPhrases.text(v), endingNames[tree.Agree], tree.Agree)
	if e == nil {
		return
	}
	p.ordered(c, rankNext)
	c.table(OutcomeTable)
	if p.decision(c, e, v) {
		p.decisions(c, e)
	}
}

// decisions reads the outcomes that are left on the line.
func (p *parser) decisions(c *cursor, e *tree.Ending) {
	for !c.done() {
		v := vYes
		switch p.anyOf(c, "có", "không") {
		case "không":
			v = vNo
		case "":
			p.end(c)
			return
		}
		if !p.decision(c, e, v) {
			return
		}
	}
}

// decision reads "-> đích" after "có" or "không", which becomes the button of that outcome.
func (p *parser) decision(c *cursor, e *tree.Ending, v verb) bool {
	c.column(1)
	t, ok := p.arrowTarget(c, flowPhrases.text(v))
	if !ok {
		return false
	}
	label := decisions[v]
	if b := buttonOf(e, label); b != nil {
		p.twice(t.Span, b.Target.Span, flowPhrases.text(v))
		return true
	}
	b := &tree.Button{Label: tree.Prose{Text: label, Span: t.Span}, Target: t, Span: t.Span}
	if v == vYes {
		e.Buttons = append([]*tree.Button{b}, e.Buttons...)
	} else {
		e.Buttons = append(e.Buttons, b)
	}
	return true
}

func buttonOf(e *tree.Ending, label string) *tree.Button {
	for _, b := range e.Buttons {
		if b.Label.Text == label {
			return b
		}
	}
	return nil
}

// closeConsent: whoever is asked can agree and can refuse.
func (p *parser) closeConsent(e *tree.Ending) {
	p.lacks(e, buttonOf(e, tree.LabelAgree) == nil, "có")
	p.lacks(e, buttonOf(e, tree.LabelRefuse) == nil, "không")
}
