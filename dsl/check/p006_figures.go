package check

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
)

// figure is an amount of money, a time limit or an article of law written out in a sentence. The last group ends the match
// without a letter or digit, since \b knows only ASCII.
var figure = regexp.MustCompile(`(?i)(\d[\d.,]*\s*(?:đồng|đ|vnđ|k|nghìn|ngàn|triệu)|\d+\s*(?:ngày|tháng|năm)|Điều\s+\d+)(?:$|[^\p{L}\p{N}])`)

// checkFigures reminds that what the law may change belongs into a dữ kiện, where it has a source and a period.
func checkFigures(p *pass) {
	p.sentences(func(s *tree.Prose) {
		if !strings.ContainsAny(s.Text, "0123456789") {
			return // most sentences; the pattern costs more than all other rules together
		}
		for _, at := range figure.FindAllStringSubmatchIndex(withoutValues(s.Text), -1) {
			p.reportFigure(s, at[2], at[3])
		}
	})
}

func (p *pass) reportFigure(s *tree.Prose, from, to int) {
	text := s.Text[from:to]
	p.warn(within(s, from, to),
		say("\"%s\" viết thẳng trong câu, khi luật đổi sẽ sót.", "\"%s\" is written into the sentence and will be missed when the law changes.", text),
		say("Khai trong `dữ kiện` kèm căn cứ, rồi viết {tên} ở đây.", "Declare it under `dữ kiện` with its source and write {name} here."))
}

// within is the span of the bytes from..to of a sentence.
func within(s *tree.Prose, from, to int) diag.Span {
	return s.Columns.Part(s.Span, utf8.RuneCountInString(s.Text[:from]), utf8.RuneCountInString(s.Text[from:to]))
}

// withoutValues blanks what stands in braces, byte by byte, so that offsets stay.
func withoutValues(text string) string {
	out := []byte(text)
	inside := false
	for i, c := range out {
		inside = c == '{' || inside && c != '}'
		if inside {
			out[i] = '_'
		}
	}
	return string(out)
}

// sentences calls visit for every sentence a resident can read, each once: what steps say, ask back, remind and help with,
// and the mọi bước of all files. Labels of buttons are not sentences.
func (p *pass) sentences(visit func(*tree.Prose)) {
	for _, g := range p.graphs {
		g.steps(func(step *tree.Step) { stepSentences(step, visit) })
		alwaysSentences(g.flow.File.Always, visit)
	}
	for _, always := range sharedAlways(p.bundle) {
		alwaysSentences(always, visit)
	}
}

func stepSentences(step *tree.Step, visit func(*tree.Prose)) {
	for _, line := range step.Body {
		if line.Kind == tree.Say {
			visit(&line.Text)
		}
		for _, item := range line.Items {
			visit(&item.Text)
		}
	}
	if step.End != nil {
		visitAll(step.End.Wrong, visit)
		for _, must := range step.End.Musts {
			visitAll(must.Lines, visit)
		}
	}
	helpAndSilences(step.Help, step.Silences, visit)
}

func alwaysSentences(always *tree.Always, visit func(*tree.Prose)) {
	if always != nil {
		helpAndSilences(always.Help, always.Silences, visit)
	}
}

func helpAndSilences(help *tree.Help, silences []*tree.Silence, visit func(*tree.Prose)) {
	if help != nil {
		visitAll(help.Lines, visit)
	}
	for _, s := range silences {
		visitAll(s.Lines, visit)
	}
}

func visitAll(lines []tree.Prose, visit func(*tree.Prose)) {
	for i := range lines {
		visit(&lines[i])
	}
}
