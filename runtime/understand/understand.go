// Package understand finds which flow a resident's first words belong to, and recognises two kinds of message before
// anything else: emergencies (`khẩn cấp`) and what must not be kept (`không giữ`).
//
// It learns at start from the flows' own sentences (dân hỏi, từ khóa, titles) and from a general lexicon kept as data in
// lexicon/. It is offline and deterministic, and says of every decision what made it (Explain).
// It decides nothing about a question on screen; the engine asks it only where the language allows a trigger.
package understand

import (
	"slices"
	"strings"

	"hoithoai/dsl/fold"
	"hoithoai/dsl/program"
	"hoithoai/runtime/engine"
)

// OutOfScope is the name of the flow that sends people to other offices. It answers what is surely none of the other flows, and
// is never offered as a choice.
const OutOfScope = "ngoai_pham_vi"

// Understander answers for one program. It is immutable and safe for concurrent use.
type Understander struct {
	program   *program.Program
	lexicon   *lexicon
	model     *model
	classes   []int           // of the model: indexes of flows; the last is program.None
	known     map[string]bool // every word of the flows' sentences
	exact     map[string][]int
	emergency []watch
	unkept    []watch
}

// New learns the program's own sentences.
func New(p *program.Program) *Understander {
	u := &Understander{program: p, lexicon: newLexicon(), known: map[string]bool{}, exact: map[string][]int{}}
	var s school
	for _, f := range p.Flows {
		u.add(f, &s)
	}
	s.idle(u)
	u.model = newModel(defaults(), u.lexicon, s.texts, s.classes, len(u.classes))
	return u
}

func (u *Understander) add(f *program.Flow, s *school) {
	switch {
	case f.Sub:
	case f.Emergency:
		u.emergency = append(u.emergency, newWatch(f))
		if len(f.Examples) >= taught {
			s.alarm(u, f)
		}
	case f.Unkept:
		u.unkept = append(u.unkept, newWatch(f))
	default:
		s.flow(u, f)
	}
}

// school gathers what is learned.
type school struct {
	texts   [][]token
	classes []int
}

// flow takes the sentences of one flow.
func (s *school) flow(u *Understander, f *program.Flow) {
	class := len(u.classes)
	u.classes = append(u.classes, f.Index)
	for _, sentence := range slices.Concat(f.Examples, f.Keywords, []string{f.Title}) {
		read := s.learn(u, sentence, class)
		u.note(fold.Key(sentence), f.Index)
		u.note(spell(read), f.Index)
	}
}

// note remembers that a key is, word by word, a sentence of a flow.
func (u *Understander) note(key string, flow int) {
	if key != "" && !slices.Contains(u.exact[key], flow) {
		u.exact[key] = append(u.exact[key], flow)
	}
}

// alarm takes the sentences of a khẩn cấp flow.
func (s *school) alarm(u *Understander, f *program.Flow) {
	class := len(u.classes)
	u.classes = append(u.classes, f.Index)
	for _, sentence := range f.Examples {
		s.learn(u, sentence, class)
	}
	for _, phrase := range f.Keywords {
		s.learn(u, strings.ReplaceAll(phrase, "+", " "), class)
	}
}

// idle takes the sentences that ask for nothing.
func (s *school) idle(u *Understander) {
	class := len(u.classes)
	u.classes = append(u.classes, program.None)
	for _, f := range rows("idle.tsv") {
		s.learn(u, f[0], class)
	}
}

// learn takes one sentence and returns it as it was read.
func (s *school) learn(u *Understander, sentence string, class int) []token {
	text := u.lexicon.normal(sentence, u.knows)
	for _, t := range text {
		u.known[t.word] = true
	}
	s.texts = append(s.texts, u.lexicon.content(text))
	s.classes = append(s.classes, class)
	return text
}

func (u *Understander) knows(word string) bool { return u.known[word] }

// spell is the folded words of a text in one string.
func spell(text []token) string {
	words := make([]string, len(text))
	for i, t := range text {
		words[i] = t.word
	}
	return strings.Join(words, " ")
}

// Unkept returns the flow that recognises text as something not to be stored, or program.None.
func (u *Understander) Unkept(text string) int { return first(u.unkept, read(text)) }

// Match returns the flow text most likely asks for.
func (u *Understander) Match(text string) engine.Match {
	return u.match(u.Judge(text))
}
