package check

import (
	"strings"

	"hoithoai/dsl/fold"
	"hoithoai/dsl/tree"
)

// checkConsentPurpose demands that a consent step says what for: consent without a purpose is none (Luật 91/2025/QH15, Điều 9).
func checkConsentPurpose(p *pass) {
	p.consents(func(_ *graph, step *tree.Step) {
		if saysWhatFor(wordsOf(step)) {
			return
		}
		p.fail(step.End.Span,
			say("Bước `%s` xin đồng ý mà chưa nói để làm gì.", "The step `%s` asks for consent and does not say what for.", step.Name.Text),
			say("Nói rõ trong câu: tôi ghi điều gì, để làm gì.", "Say in the sentence what is kept, and what for (`để`)."))
	})
}

// saysWhatFor looks for the word "để" before another word; "để lại" and "để ý" name no purpose.
func saysWhatFor(words string) bool {
	list := strings.Fields(strings.ToLower(words))
	for i, w := range list[:max(0, len(list)-1)] {
		next := fold.Key(list[i+1])
		if strings.Trim(w, "(,:;“\"") == "để" && next != "lai" && next != "y" {
			return true
		}
	}
	return false
}

// wordsOf is what a step says, line by line, as written.
func wordsOf(step *tree.Step) string {
	var lines []string
	for _, line := range step.Body {
		if line.Kind == tree.Say {
			lines = append(lines, line.Text.Text)
		}
		for _, item := range line.Items {
			if item.Label != nil {
				lines = append(lines, item.Label.Text)
			}
			lines = append(lines, item.Text.Text)
		}
	}
	return strings.Join(lines, "\n")
}
