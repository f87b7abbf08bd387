package check

import (
	"unicode/utf8"

	"hoithoai/dsl/tree"
)

// checkLength measures the worst case of every message: the longest values, all choices written out below, for a channel
// that shows no buttons. One message too many is a matter of taste and a warning; a text that would need three, a wall
// nobody reads on a telephone, is an error.
func checkLength(p *pass) {
	lead := p.leadLength()
	for _, g := range p.graphs {
		g.steps(func(step *tree.Step) {
			for i, b := range g.bubbles(step) {
				opening := 0
				if i == 0 {
					opening = max(lead, g.reply(step))
				}
				p.reportLength(step, b.line, b.text+opening)
			}
		})
	}
}

// leadWords stand around the label of the choice just taken, which opens the next message: a press shows nothing in the chat.
const leadWords = "Anh/chị chọn: .\n"

// leadLength is the length of the longest such opening. Any choice may lead to any step, over calls and digressions. A
// label that is too long for a button is an error of its own (Z002).
func (p *pass) leadLength() int {
	longest := 0
	for _, g := range p.graphs {
		g.steps(func(step *tree.Step) {
			for _, c := range g.choices(step) {
				longest = max(longest, utf8.RuneCountInString(c.label))
			}
		})
	}
	if longest == 0 {
		return 0
	}
	return min(longest, p.opts.Limits.Label) + utf8.RuneCountInString(leadWords)
}

// reply is the longest sentence that comes before the question when an answer was wrong; it opens the first message.
func (g *graph) reply(step *tree.Step) int {
	if step.End == nil {
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
