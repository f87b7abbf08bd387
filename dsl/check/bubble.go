package check

import (
	"unicode/utf8"

	"hoithoai/dsl/tree"
)

// bubble is one message of a step: where it begins, and its longest possible text in runes.
type bubble struct {
	line *tree.Line
	text int
}

// What a channel without buttons adds to a text, in runes (design/language.md, Meaning 14: every choice is also numbered,
// and an address stands in the text).
const (
	newline     = 1
	pointMark   = 2 // "• "
	labelMark   = 2 // ": "
	numberMark  = 4 // "10. "
	addressMark = 2 // ": "
)

// bubbles lists the text messages of a step with the choices below the last one. Pictures and files are messages of their
// own and carry no text.
func (g *graph) bubbles(step *tree.Step) []bubble {
	var out []bubble
	open := false
	for _, line := range step.Body {
		switch line.Kind {
		case tree.Break, tree.Picture, tree.Attach:
			open = false
			continue
		case tree.Link:
			continue
		}
		if !open {
			out = append(out, bubble{line: line})
			open = true
		}
		out[len(out)-1].text += g.lineLength(line)
	}
	if len(out) > 0 {
		out[len(out)-1].text += g.choicesLength(step)
	}
	for i := range out {
		out[i].text -= newline // nothing follows the last line
	}
	return out
}

func (g *graph) lineLength(line *tree.Line) int {
	if line.Kind == tree.Say {
		return g.longest(&line.Text) + newline
	}
	sum := 0
	for _, item := range line.Items {
		sum += pointMark + g.longest(&item.Text) + newline
		if item.Label != nil {
			sum += g.longest(item.Label) + labelMark
		}
	}
	return sum
}

// choicesLength is the length of everything that can be chosen, written out below the text.
func (g *graph) choicesLength(step *tree.Step) int {
	sum := 0
	for _, c := range g.choices(step) {
		sum += numberMark + utf8.RuneCountInString(c.label) + newline
		if c.button != nil && (c.button.Kind == tree.Open || c.button.Kind == tree.Phone) {
			sum += addressMark + g.longest(&c.button.Address)
		}
	}
	return sum
}

// choice is one thing that can be pressed at a step.
type choice struct {
	label    string
	synonyms []tree.Str
	prose    *tree.Prose  // the label of a button
	option   *tree.Option // an option of the asked slot
	button   *tree.Button
	when     *tree.Name
	standard bool // added by the language: [Bỏ qua], [Xong], Có, Không
}

// choices lists what a step offers to press, in the order of its numbers; links come last, as they take none.
func (g *graph) choices(step *tree.Step) []choice {
	if step.End == nil {
		return g.links(step)
	}
	var out []choice
	if slot := g.slot(step.End); slot != nil {
		out = append(out, optionChoices(slot.Decl)...)
	}
	for _, b := range step.End.Buttons {
		out = append(out, buttonChoice(b))
	}
	if slot := g.slot(step.End); slot != nil {
		out = append(out, wayOutChoices(slot.Decl)...)
	}
	return append(out, g.links(step)...)
}

func buttonChoice(b *tree.Button) choice {
	return choice{label: b.Label.Text, prose: &b.Label, button: b, when: b.When}
}

// optionChoices are the values that are offered to press.
func optionChoices(slot *tree.Slot) []choice {
	if slot.Type.Keyword == "có/không" {
		return []choice{{label: "Có", standard: true}, {label: "Không", standard: true}}
	}
	var out []choice
	for _, o := range slot.Options {
		out = append(out, choice{label: o.Label.Text, synonyms: o.Synonyms, option: o, when: o.When})
	}
	return out
}

// wayOutChoices are those the language adds to a question that collects or may be skipped.
func wayOutChoices(slot *tree.Slot) []choice {
	var out []choice
	switch slot.Type.Keyword {
	case "ảnh", "tệp", "kể", "chọn nhiều":
		out = append(out, choice{label: "Xong", standard: true})
	}
	if slot.Optional {
		out = append(out, choice{label: "Bỏ qua", standard: true})
	}
	return out
}

// links lists the mở and gọi số buttons among the lines of a step.
func (g *graph) links(step *tree.Step) []choice {
	var out []choice
	for _, line := range step.Body {
		if line.Kind == tree.Link && line.Button != nil {
			c := buttonChoice(line.Button)
			if c.when == nil {
				c.when = line.When
			}
			out = append(out, c)
		}
	}
	return out
}

// steps calls visit for every step of the flow that was read completely.
func (g *graph) steps(visit func(*tree.Step)) {
	for _, step := range g.flow.File.Steps {
		if !step.Broken {
			visit(step)
		}
	}
}
