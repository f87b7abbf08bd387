package check

import (
	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
)

// checkAlike compares everything that can be typed at one question: equal without accents is an error, since one of the two
// can never be chosen by typing; one the beginning of the other a warning.
func checkAlike(p *pass) {
	for _, g := range p.graphs {
		told := map[[2]diag.Span]bool{} // options of one slot meet at every step that asks it
		g.steps(func(step *tree.Step) {
			if !step.End.Waits() {
				return
			}
			p.compare(g, step, told)
		})
	}
}

func (p *pass) compare(g *graph, step *tree.Step, told map[[2]diag.Span]bool) {
	choices, phrases := g.phrases(step)
	warned := map[[2]int]bool{} // two choices begin alike once, however many synonyms they have
	for i, a := range phrases {
		p.reportNumber(choices, a)
		for _, b := range phrases[i+1:] {
			pair, two := [2]diag.Span{a.at, b.at}, [2]int{a.choice, b.choice}
			if a.choice == b.choice || choices[a.choice].same(&choices[b.choice]) || told[pair] {
				continue
			}
			if a.key == b.key {
				told[pair] = true
				p.reportEqual(step, a, b)
			} else if !warned[two] && (startsWith(a.key, b.key) || startsWith(b.key, a.key)) {
				told[pair], warned[two] = true, true
				p.reportBeginning(step, a, b)
			}
		}
	}
}

func (p *pass) reportEqual(step *tree.Step, a, b phrase) {
	p.fail(b.at,
		say("Ở bước `%s`, \"%s\" và \"%s\" giống nhau khi gõ không dấu, nên không biết người dân chọn cái nào.",
			"In the step `%s`, \"%s\" and \"%s\" are equal without accents, so nobody can tell which is meant.", step.Name.Text, a.text, b.text),
		say("Đặt lại một trong hai.", "Rename one of them."), a.here())
}

func (p *pass) reportBeginning(step *tree.Step, a, b phrase) {
	p.warn(b.at,
		say("Ở bước `%s`, \"%s\" và \"%s\" mở đầu giống nhau, người gõ chưa hết dễ thành chọn nhầm.",
			"In the step `%s`, \"%s\" and \"%s\" begin alike; who types only the beginning may choose the wrong one.", step.Name.Text, a.text, b.text),
		say("Đặt lại để hai câu khác nhau từ đầu.", "Rename them so that they differ from the start."), a.here())
}

func (ph phrase) here() diag.Related {
	return diag.Related{Span: ph.at, Message: say("\"%s\" ở đây.", "\"%s\" stands here.", ph.text)}
}

// reportNumber refuses a phrase that is the number of another choice on the screen.
func (p *pass) reportNumber(choices []choice, a phrase) {
	n := numberOf(a.key)
	if n == 0 || n > len(choices) || n == a.choice+1 {
		return
	}
	p.fail(a.at,
		say("\"%s\" trùng với số thứ tự của lựa chọn \"%s\".", "\"%s\" is also the number of the choice \"%s\".", a.text, choices[n-1].label),
		say("Thêm chữ vào nhãn, ví dụ \"%s người\".", "Add a word to the label, such as \"%s người\".", a.text))
}
