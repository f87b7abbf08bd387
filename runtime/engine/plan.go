package engine

import (
	"slices"
	"strings"
	"sync"

	"hoithoai/dsl/fold"
	"hoithoai/dsl/program"
	"hoithoai/dsl/template"
	"hoithoai/dsl/value"
	"hoithoai/runtime/message"
)

// phrase is one folded sentence of nghe with the line it belongs to.
type phrase struct {
	key    string
	listen int
}

// flowPlan is what New prepares for one flow, so that no step folds a label or builds a list that never changes.
type flowPlan struct {
	steps    []stepPlan
	listens  []phrase
	derived  uint64 // bit set of the slots that a step computes or a task fills
	machines sync.Pool
}

// stepPlan is what New prepares for one step. screen and labels are the choices and their bubbles' form where nothing about
// them depends on data; fixed says so.
type stepPlan struct {
	fixed  bool
	screen []choice
	labels []message.Choice
	words  []string   // per option of an asked chọn: label, synonyms and name, folded, separated by "\n"
	press  []string   // per button of the ending: its label folded, "" where the label depends on data
	bubble []string   // per bubble: its text where that never changes
	ways   [][]string // per silence, per button: the label folded

	confirm bool     // an answer here sends off what cannot be undone, or is a consent: only exact words count
	behind  []string // consents that may have been given on the way here
	returns []int    // the steps to which visits of this one return (`rồi`)
}

func (e *Engine) plan() {
	e.flows = make([]flowPlan, len(e.p.Flows))
	e.shared = phrases(e.p.Shared.Listens)
	e.keywords, e.alarms, e.unkept = map[string]int{}, map[string]int{}, map[string]int{}
	for i, f := range e.p.Flows {
		e.flows[i].listens = phrases(f.Always.Listens)
		e.flows[i].machines.New = func() any { return newMachine(f) }
		e.flows[i].steps = make([]stepPlan, len(f.Steps))
		for j, st := range f.Steps {
			e.flows[i].steps[j] = e.planStep(f, st)
		}
		e.flows[i].planSlots(f)
		e.flows[i].planReturns(f)
		e.index(f)
	}
	e.planConfirms()
	e.planConsents()
}

// planSlots notes which slots are not what a person answered.
func (pl *flowPlan) planSlots(f *program.Flow) {
	for _, st := range f.Steps {
		for _, a := range st.Actions {
			if !a.Clear {
				pl.derived |= 1 << a.Slot
			}
		}
		if st.End.Kind == program.Do {
			for _, slot := range st.End.Take {
				pl.derived |= 1 << slot
			}
		}
	}
}

// planReturns notes where `A rồi B` leads from A.
func (pl *flowPlan) planReturns(f *program.Flow) {
	eachTarget(f, func(t *program.Target) {
		if t.Kind == program.ToStep && t.Return != program.None {
			st := &pl.steps[t.Index]
			if !slices.Contains(st.returns, t.Return) {
				st.returns = append(st.returns, t.Return)
			}
		}
	})
}

// index enters the flow's từ khóa under what they do. A từ khóa of several parts ("a + b") is no whole message: only the
// Detector finds it.
func (e *Engine) index(f *program.Flow) {
	into := e.keywords
	switch {
	case f.Sub:
		return
	case f.Emergency:
		into = e.alarms
	case f.Unkept:
		into = e.unkept
	}
	for _, k := range f.Keywords {
		if key := fold.Key(k); key != "" && !strings.Contains(k, "+") {
			into[key] = f.Index
		}
	}
}

func phrases(listens []program.Listen) []phrase {
	var out []phrase
	for i := range listens {
		for _, p := range listens[i].Phrases {
			out = append(out, phrase{key: fold.Key(p), listen: i})
		}
	}
	return out
}

func (e *Engine) planStep(f *program.Flow, st *program.Step) stepPlan {
	pl := stepPlan{bubble: make([]string, len(st.Bubbles))}
	for i := range st.Bubbles {
		pl.bubble[i] = fixedText(&st.Bubbles[i])
	}
	for i := range st.End.Buttons {
		pl.press = append(pl.press, fold.Key(fixedLabel(&st.End.Buttons[i])))
	}
	if st.End.Kind == program.Ask {
		pl.words = optionWords(&f.Slots[st.End.Slot].Type)
	}
	if isFixed(f, st) {
		pl.fixed = true
		pl.screen, _ = listChoices(f, st, pl.screen, shown{})
		pl.labels = e.offered(st, pl.screen, labelsOf(f, st, pl.screen))
	}
	return pl
}

// optionWords lists what names each option, folded: label, synonyms, name.
func optionWords(t *value.Type) []string {
	if t.Kind == value.Ward {
		return nil // not on the screen
	}
	var out []string
	for _, o := range t.Options {
		var b strings.Builder
		b.WriteString("\n" + fold.Key(o.Label) + "\n")
		for _, s := range o.Synonyms {
			b.WriteString(fold.Key(s) + "\n")
		}
		b.WriteString(fold.Key(o.Name) + "\n")
		out = append(out, b.String())
	}
	return out
}

// isFixed says whether the choices of a step are the same for everybody at any time.
func isFixed(f *program.Flow, st *program.Step) bool {
	for i := range st.End.Buttons {
		if b := &st.End.Buttons[i]; b.When != nil || len(b.Label.Parts) > 0 {
			return false
		}
	}
	if st.End.Kind != program.Ask {
		return true
	}
	slot := &f.Slots[st.End.Slot]
	for _, w := range slot.When {
		if w != nil {
			return false
		}
	}
	return !collects(slot)
}

// fixedText returns the text of a bubble that never changes, or "".
func fixedText(b *program.Bubble) string {
	var text strings.Builder
	for i := range b.Lines {
		l := &b.Lines[i]
		if l.When != nil || len(l.Text.Parts) > 0 || l.Label != nil && len(l.Label.Parts) > 0 {
			return ""
		}
		if i > 0 {
			text.WriteByte('\n')
		}
		switch {
		case l.Style == program.Point:
			text.WriteString(point)
		case l.Label != nil:
			text.WriteString(l.Label.Text + ": ")
		}
		text.WriteString(l.Text.Text)
	}
	return text.String()
}

func fixedLabel(b *program.Button) string { return fixed(&b.Label) }

func fixed(t *template.Template) string {
	if len(t.Parts) > 0 {
		return ""
	}
	return t.Text
}
