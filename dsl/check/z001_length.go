package check

import "hoithoai/dsl/tree"

// checkLength measures the worst case of every message: the longest values, all choices written out below, for a channel
// that shows no buttons. One message too many is a matter of taste and a warning; a text that would need three, a wall
// nobody reads on a telephone, is an error.
func checkLength(p *pass) {
	for _, g := range p.graphs {
		g.steps(func(step *tree.Step) {
			for i, b := range g.bubbles(step) {
				p.reportLength(step, b.line, b.text+g.reply(step, i))
			}
		})
	}
}

// reply is the longest sentence that comes before the question when an answer was wrong; it opens the first message.
func (g *graph) reply(step *tree.Step, bubble int) int {
	if bubble > 0 || step.End == nil {
		return 0
	}
	longest := g.linesLength(step.End.Wrong)
	for _, must := range step.End.Musts {
		longest = max(longest, g.linesLength(must.Lines))
	}
	return longest
}

func (g *graph) linesLength(lines []tree.Prose) int {
	sum := 0
	for i := range lines {
		sum += g.longest(&lines[i]) + newline
	}
	return sum
}

func (p *pass) reportLength(step *tree.Step, line *tree.Line, runes int) {
	limit := p.opts.Limits.Compose
	switch {
	case runes > 2*limit:
		p.fail(line.Span,
			say("Lời ở bước `%s` có thể dài %d ký tự, phải gửi thành ba tin trở lên.",
				"The text of the step `%s` may be %d characters long and would need three messages or more.", step.Name.Text, runes),
			say("Rút gọn, hoặc tách bằng `nói` (mỗi tin không quá %d ký tự).", "Shorten it, or split it with `nói` (at most %d characters each).", limit))
	case runes > limit:
		p.warn(line.Span,
			say("Lời ở bước `%s` có thể dài %d ký tự, sẽ bị gửi thành hai tin.",
				"The text of the step `%s` may be %d characters long and would be sent as two messages.", step.Name.Text, runes),
			say("Rút gọn còn không quá %d ký tự, hoặc tách bằng `nói`.", "Shorten it to at most %d characters, or split it with `nói`.", limit))
	}
}
