package parse

import "hoithoai/dsl/tree"

// splitStep ends the step and takes what follows by itself, until it is clear whether it is a step.
func (p *parser) splitStep(c *cursor, r rank) {
	above := p.step
	p.closeStep()
	if above.before != nil && above.End == nil {
		above = above.before
	}
	p.step = &openStep{
		Step:   &tree.Step{Name: above.Name, Span: c.lineSpan()},
		before: above,
		ranked: []rankedLine{{r, c.lineSpan()}},
	}
}

// closeStep reports what only the end of a step shows.
func (p *parser) closeStep() {
	s := p.step
	p.step = nil
	if s == nil {
		return
	}
	p.closeGathered(s)
	switch {
	case s.before != nil:
		p.closeSplit(s)
	case p.lost || s.Name.Text == "":
	case s.End == nil:
		p.fail(codeNoEnding, s.Name.Span, s.Name.Text)
	case s.end == s.End:
		p.closeEnding(s)
	}
}

// closeSplit decides what the lines below a finished ending were: with an ending of their own they are a step that is not in
// the tree, so that the file has a hole; without one they belong to the step above.
func (p *parser) closeSplit(s *openStep) {
	if s.End != nil {
		p.file.Broken = true
		return
	}
	above := s.before
	above.Actions = append(above.Actions, s.Actions...)
	above.Body = append(above.Body, s.Body...)
	above.Silences = append(above.Silences, s.Silences...)
	if above.Help == nil {
		above.Help = s.Help
	}
}

// closeGathered reports rows, sentences and reminders that never came.
func (p *parser) closeGathered(s *openStep) {
	if p.lost {
		return
	}
	for _, line := range s.Body {
		if (line.Kind == tree.Table || line.Kind == tree.List) && len(line.Items) == 0 {
			p.note(codeNoRows, line.Span)
		}
	}
	if s.wrong != nil && s.end != nil && len(s.end.Wrong) == 0 {
		p.note(codeNoLines, *s.wrong, "sai")
	}
	p.closeWaiting(s.Help, s.Silences)
}

// closeWaiting reports help and reminders without a word.
func (p *parser) closeWaiting(help *tree.Help, silences []*tree.Silence) {
	if p.lost {
		return
	}
	if help != nil && len(help.Lines) == 0 {
		p.note(codeNoLines, help.Span, "trợ giúp")
	}
	for _, s := range silences {
		if s.Target == nil && len(s.Lines) == 0 {
			p.note(codeNoReminder, s.Span)
		}
	}
}
