package check

import (
	"strconv"
	"strings"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/fold"
	"hoithoai/dsl/tree"
)

// phrase is one thing a person can type at a step to mean one of its choices.
type phrase struct {
	key    string // folded
	text   string // as written
	choice int    // whose it is
	at     diag.Span
}

// phrases lists what means a choice at a waiting step: labels and synonyms, those of reminders too, since both are accepted
// while a reminder stands (design/language.md, Meaning 7).
func (g *graph) phrases(step *tree.Step) (choices []choice, phrases []phrase) {
	choices = g.choices(step)
	own, shared := g.silencesOf(step)
	for _, s := range append(own[:len(own):len(own)], shared...) {
		for _, b := range s.Buttons {
			choices = append(choices, buttonChoice(b))
		}
	}
	for i := range choices {
		c := &choices[i]
		phrases = append(phrases, phrase{fold.Key(c.label), c.label, i, c.span(step)})
		for _, s := range c.synonyms {
			phrases = append(phrases, phrase{fold.Key(s.Text), s.Text, i, s.Span})
		}
	}
	return choices, phrases
}

// span is where a choice is written; a standard one belongs to the question itself.
func (c *choice) span(step *tree.Step) diag.Span {
	switch {
	case c.prose != nil:
		return c.prose.Span
	case c.option != nil:
		return c.option.Label.Span
	}
	return step.End.Slot.Span
}

// same reports whether two choices do the same, so that it does not matter which of them is meant.
func (c *choice) same(o *choice) bool {
	if c.button == nil || o.button == nil || c.button.Kind != o.button.Kind {
		return false
	}
	switch c.button.Kind {
	case tree.GoTo:
		return sameTarget(&c.button.Target, &o.button.Target)
	case tree.Set:
		return strings.TrimSpace(c.button.Value.Text) == strings.TrimSpace(o.button.Value.Text)
	}
	return c.button.Address.Text == o.button.Address.Text
}

func sameTarget(a, b *tree.Target) bool {
	if a.Kind != b.Kind || a.Name.Text != b.Name.Text || (a.Return == nil) != (b.Return == nil) {
		return false
	}
	return a.Return == nil || a.Return.Text == b.Return.Text
}

// startsWith reports whether whole words of key begin it.
func startsWith(key, words string) bool {
	return words != "" && strings.HasPrefix(key, words) && len(key) > len(words) && key[len(words)] == ' '
}

// numberOf is the number a phrase would be on the screen, 0 where it is none.
func numberOf(key string) int {
	n, err := strconv.Atoi(key)
	if err != nil || n < 1 {
		return 0
	}
	return n
}
