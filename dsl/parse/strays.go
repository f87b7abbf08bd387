package parse

import (
	"strings"
	"unicode/utf8"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/fold"
	"hoithoai/dsl/scan"
)

// stepNames are the names that the lines of a file open steps with, as they were meant. Steps stand below the lines that lead
// to them, so that they are gathered first: what is said of a lost arrow names the step.
func stepNames(source *scan.Source) map[string]bool {
	names := map[string]bool{}
	for i := range source.Lines {
		text := strings.TrimSpace(source.Lines[i].Text)
		first, rest, _ := strings.Cut(text, " ")
		if name := asciiName(strings.TrimSpace(rest)); name != "" && fold.Key(first) == "buoc" {
			names[name] = true
		}
	}
	return names
}

// longestSpoken is how many words of a line are tried as the name of a step.
const longestSpoken = 5

// ledTo is the step that the words at the end of text name, and those words; "" where they name none.
func (p *parser) ledTo(text string) (step, words string) {
	all := strings.Fields(text)
	for n := min(longestSpoken, len(all)); n > 0; n-- {
		words = strings.Join(all[len(all)-n:], " ")
		if step = asciiName(words); p.steps[step] {
			return step, words
		}
	}
	return "", ""
}

// namesStep reports whether a line of a step is nothing but the name of a step: no keyword was meant, however near one is.
func (p *parser) namesStep(c *cursor) bool {
	line := strings.TrimSpace(c.line.Text)
	_, words := p.ledTo(line)
	return p.section == inStep && words != "" && len(words) == len(strings.Join(strings.Fields(line), " "))
}

// arrowFix says what to write where an arrow is missing.
func (p *parser) arrowFix(text string) diag.Sentence {
	step, words := p.ledTo(text)
	if step == "" {
		return say("Viết thêm “-> tên_bước” ở cuối dòng.", "Add “-> step” at the end of the line.")
	}
	return say("Thay “"+words+"” bằng: -> "+step, "Write instead of “"+words+"”: -> "+step)
}

// strayFix says what a line that is nothing was probably meant to be.
func (p *parser) strayFix(line string) diag.Sentence {
	first, _ := utf8.DecodeRuneInString(line)
	step, words := p.ledTo(line)
	switch {
	case p.section == inExamples:
		return say("Câu người dân hay hỏi viết sau dấu *.", "What people ask is written after *.")
	case p.section == inStep && strings.ContainsRune(bullets, first):
		return say("Mỗi mục viết sau dấu *, dưới một dòng “danh sách”. Nếu là lời nói, viết | ở đầu dòng.",
			"Items are written after *, below a line “danh sách”. If it is speech, start it with |.")
	case p.section == inStep && step != "" && words == strings.Join(strings.Fields(line), " "): // see namesStep
		return say("Muốn đi tới bước ấy thì viết: -> "+step, "To go to that step, write: -> "+step)
	}
	return say("Nếu đây là lời nói với người dân, viết | ở đầu dòng; nếu là ghi chú, viết #.",
		"If it is speech, start it with |; if it is a comment, with #.")
}

// bullets are the signs that Word and people put before the items of a list.
const bullets = "-–—•·+▪●◦"
