package check

import (
	"slices"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/fold"
	"hoithoai/dsl/standard"
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// checkListens compares the phrases of every `nghe` with what may be answered where it listens (design/language.md,
// Meaning 2): a label would silence the phrase, and the phrase would swallow a value.
func checkListens(p *pass) {
	heard := p.sharedPhrases()
	for _, h := range heard {
		p.reportYesNo(h)
	}
	for _, g := range p.graphs {
		own := heardIn(g.flow.File.Always)
		for _, h := range own {
			p.reportYesNo(h)
		}
		p.hear(g, slices.Concat(own, p.callersPhrases(g), heard))
	}
}

// heard is one phrase with where it leads.
type heard struct {
	key    string
	phrase tree.Str
	target *tree.Target
}

func heardIn(always *tree.Always) []heard {
	if always == nil {
		return nil
	}
	var out []heard
	for _, listen := range always.Listens {
		for _, s := range listen.Phrases {
			out = append(out, heard{fold.Key(s.Text), s, &listen.Target})
		}
	}
	return out
}

func (p *pass) sharedPhrases() []heard {
	var out []heard
	for _, always := range sharedAlways(p.bundle) {
		out = append(out, heardIn(always)...)
	}
	return out
}

// callersPhrases lists what the flows listen for that call a sub-flow, directly or through others.
func (p *pass) callersPhrases(g *graph) []heard {
	var out []heard
	seen := map[*graph]bool{g: true}
	todo := []*graph{g}
	for len(todo) > 0 {
		at := todo[0]
		todo = todo[1:]
		for _, c := range p.callers[at.flow.Index] {
			if !seen[c.g] {
				seen[c.g] = true
				out = append(out, heardIn(c.g.flow.File.Always)...)
				todo = append(todo, c.g)
			}
		}
	}
	return out
}

// reportYesNo refuses a phrase that means yes or no: "thôi" alone is an answer, wherever a yes/no question is asked.
func (p *pass) reportYesNo(h heard) {
	if !answers(value.Type{Kind: value.YesNo}, h) {
		return
	}
	p.fail(h.phrase.Span,
		say("\"%s\" là câu trả lời có/không, không đứng một mình trong `nghe` được.",
			"\"%s\" answers yes or no and may not stand alone in `nghe`.", h.phrase.Text),
		say("Viết dài hơn, ví dụ \"%s không làm nữa\".", "Write more, such as \"%s không làm nữa\".", h.phrase.Text))
}

// answers reports whether a phrase can be read as a value of a type. Free text and places accept anything, so for them the
// question has no meaning.
func answers(t value.Type, h heard) bool {
	switch t.Kind {
	case value.YesNo, value.Number, value.Money, value.Date, value.Phone, value.Ward:
		_, problem := t.ReadText(h.phrase.Text, value.Context{})
		return problem == nil
	case value.Choices: // one option is one of the choices; "tất cả" is none of them
		v, _ := t.ReadText(h.phrase.Text, value.Context{})
		return value.Count(v) > 1
	}
	return false
}

func (p *pass) hear(g *graph, listening []heard) {
	told := map[[2]diag.Span]bool{}
	g.steps(func(step *tree.Step) {
		if !step.End.Waits() {
			return
		}
		choices, phrases := g.phrases(step)
		p.reportRights(step, phrases, told)
		for _, h := range listening {
			for _, ph := range phrases {
				if pair := [2]diag.Span{h.phrase.Span, ph.at}; !told[pair] && !h.does(&choices[ph.choice]) {
					told[pair] = p.reportHeard(step, h, ph)
				}
			}
			p.reportValue(g, step, h)
		}
	})
}

// reportRights warns of a choice that takes away the words by which people see, erase or withdraw what is held of them: at that
// step the choice would be meant.
func (p *pass) reportRights(step *tree.Step, phrases []phrase, told map[[2]diag.Span]bool) {
	for _, ph := range phrases {
		if pair := [2]diag.Span{ph.at, ph.at}; standard.RightOf(ph.key) != standard.NoRight && !told[pair] {
			told[pair] = true
			p.warn(ph.at,
				say("Ở bước `%s`, \"%s\" là câu người dân nhắn về dữ liệu của mình, nay thành một lựa chọn.",
					"In the step `%s`, \"%s\" is how people ask about their own data, and would be a choice instead.", step.Name.Text, ph.text),
				say("Đặt lại nhãn: câu đó lúc nào máy cũng hiểu sẵn.", "Rename the label: those words are always understood."))
		}
	}
}

// does reports whether a choice leads where the phrase leads.
func (h heard) does(c *choice) bool {
	return c.button != nil && c.button.Kind == tree.GoTo && sameTarget(&c.button.Target, h.target)
}

func (p *pass) reportHeard(step *tree.Step, h heard, ph phrase) bool {
	related := diag.Related{Span: h.phrase.Span, Message: say("Câu `nghe` ở đây.", "The `nghe` phrase stands here.")}
	switch {
	case ph.key == h.key:
		p.fail(ph.at,
			say("Ở bước `%s`, \"%s\" vừa là lựa chọn vừa là câu `nghe` dẫn đi nơi khác.",
				"In the step `%s`, \"%s\" is a choice and also a `nghe` phrase that leads elsewhere.", step.Name.Text, ph.text),
			say("Đặt lại nhãn, hoặc cho nút dẫn tới đúng nơi câu `nghe` dẫn tới.",
				"Rename the label, or let the button lead where the phrase leads."), related)
	case fold.Contains(ph.key, h.key):
		p.warn(ph.at,
			say("Ở bước `%s`, gõ \"%s\" để chọn \"%s\" thì câu `nghe` bắt mất.",
				"In the step `%s`, who types \"%s\" for the choice \"%s\" is taken away by a `nghe` phrase.", step.Name.Text, h.phrase.Text, ph.text),
			say("Đặt lại nhãn, hoặc viết câu `nghe` dài hơn.", "Rename the label, or make the phrase longer."), related)
	default:
		return false
	}
	return true
}

// reportValue refuses a phrase that is a value of the asked slot. Yes and no are refused everywhere already.
func (p *pass) reportValue(g *graph, step *tree.Step, h heard) {
	slot := g.slot(step.End)
	if slot == nil || slot.Type.Kind == value.YesNo || !answers(slot.Type, h) {
		return
	}
	p.fail(step.End.Slot.Span,
		say("Ở bước `%s`, \"%s\" là câu trả lời được cho `%s` nhưng câu `nghe` bắt mất.",
			"In the step `%s`, \"%s\" would answer `%s` but is taken by a `nghe` phrase.", step.Name.Text, h.phrase.Text, slot.Decl.Name.Text),
		say("Viết câu `nghe` dài hơn.", "Make the phrase longer."),
		diag.Related{Span: h.phrase.Span, Message: say("Câu `nghe` ở đây.", "The `nghe` phrase stands here.")})
}
