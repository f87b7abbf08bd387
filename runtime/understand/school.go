package understand

import (
	"slices"
	"strings"

	"hoithoai/dsl/program"
)

// school gathers what is learned: the sentences of the flows and of the lexicon, as they are read, with their classes.
type school struct {
	texts   [][]token
	classes []int
	scratch scratch
}

// flow takes the sentences of one flow.
func (s *school) flow(u *Understander, f *program.Flow) {
	class := len(u.classes)
	u.classes = append(u.classes, f.Index)
	for _, sentence := range slices.Concat(f.Examples, f.Keywords, []string{f.Title}) {
		u.exact.note(spelled(s.learn(u, sentence, class)), f.Index)
		u.exact.note(spelled(s.scratch.raw), f.Index)
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

// foreign takes what is asked of others in the words that are asked of us.
func (s *school) foreign(u *Understander) {
	class := u.elsewhere()
	for _, f := range rows("foreign.tsv") {
		ways := strings.Split(f[1], "|")
		for i, thing := range strings.Split(f[0], "|") {
			for j := i % 2; j < len(ways); j += 2 {
				s.learn(u, strings.ReplaceAll(ways[j], "*", thing), class)
			}
		}
	}
}

// elsewhere returns the class of what others do: that of the flow OutOfScope, without it that of program.None.
func (u *Understander) elsewhere() int {
	for class, flow := range u.classes {
		if flow == program.None || u.program.Flows[flow].Name == OutOfScope {
			return class
		}
	}
	return len(u.classes) - 1
}

// vague takes what names no request by itself as a sentence of every flow.
func (s *school) vague(u *Understander) {
	for _, f := range rows("vague.tsv") {
		for class, flow := range u.classes {
			if !u.urgent(flow) {
				s.learn(u, f[0], class)
			}
		}
	}
}

// sounding is the class of what only sounds like danger, whatever else it may ask for. It stands against the khẩn cấp flows, and
// is left out where the others are compared.
const sounding = program.None - 1

// dangers takes what is and what only sounds like danger, where a khẩn cấp flow is learned.
func (s *school) dangers(u *Understander, rows [][]string) {
	at := slices.IndexFunc(u.classes, u.urgent)
	if at < 0 || len(rows) == 0 {
		return
	}
	classes := map[string]int{"danger": at, "calm": len(u.classes)}
	u.classes = append(u.classes, sounding)
	for _, f := range rows {
		s.learn(u, f[1], classes[f[0]])
	}
}

// storyEvery is which share of the sentences is learned once more as a part of a story.
const storyEvery = 3

// stories puts what people tell around a request around some of the sentences, so that it is learned to decide nothing.
func (s *school) stories(u *Understander) {
	told := &teller{}
	for _, f := range rows("around.tsv") {
		told.parts = append(told.parts, slices.Clone(u.normal(&s.scratch, f[0])))
	}
	for i, n := 0, len(s.texts); i < n; i++ {
		text := s.texts[i]
		if i%storyEvery == 0 {
			text = slices.Concat(told.next(), text, told.next())
		}
		if i%(2*storyEvery) == 0 {
			text = slices.Concat(told.next(), text, told.next())
		}
		switch {
		case i%bareEvery == 0:
			s.again(i, bare(text))
		case i%storyEvery == 0:
			s.again(i, text)
		}
	}
}

// bareEvery is which share of the sentences is learned once more as people type them without accents, where words look like
// others.
const bareEvery = 2

// again takes the i-th sentence once more, in another form.
func (s *school) again(i int, text []token) {
	s.texts, s.classes = append(s.texts, text), append(s.classes, s.classes[i])
}

// bare returns words without their accents.
func bare(text []token) []token {
	out := slices.Clone(text)
	for i := range out {
		out[i].accents = 0
	}
	return out
}

// teller gives what is told around a request, mixed but always the same way.
type teller struct {
	parts [][]token
	n     int
}

func (t *teller) next() []token {
	const stride = 37
	t.n++
	return t.parts[t.n*stride%len(t.parts)]
}

// learn takes one sentence and returns it as it was read.
func (s *school) learn(u *Understander, sentence string, class int) []token {
	words := u.normal(&s.scratch, sentence)
	for _, t := range words {
		u.known.put(t.id, 0)
		u.spellings.putNew(t.spelling(), 0)
	}
	s.texts = append(s.texts, u.lexicon.content(nil, words))
	s.classes = append(s.classes, class)
	return words
}
