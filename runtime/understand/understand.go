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
	classes   []int // of the model: indexes of flows; the last is program.None
	known     table // every word of the flows' sentences
	exact     sentences
	emergency []*watch
	unkept    []*watch
	scratches scratches
}

// sentences are the flows of whole sentences, by the hash of their words as read.
type sentences struct {
	hashes table
	flows  [][]int
}

// note remembers that a hash is a sentence of a flow.
func (s *sentences) note(hash uint64, flow int) {
	at, ok := s.hashes.get(hash)
	if !ok {
		at = int32(len(s.flows))
		s.hashes.put(hash, at)
		s.flows = append(s.flows, nil)
	}
	if !slices.Contains(s.flows[at], flow) {
		s.flows[at] = append(s.flows[at], flow)
	}
}

// of returns the flows of which the words are a sentence.
func (s *sentences) of(words []token) []int {
	if at, ok := s.hashes.get(spelled(words)); ok && len(words) > 0 {
		return s.flows[at]
	}
	return nil
}

// New learns the program's own sentences.
func New(p *program.Program) *Understander {
	u := &Understander{program: p, lexicon: newLexicon()}
	var s school
	for _, f := range p.Flows {
		u.add(f, &s)
	}
	s.idle(u)
	s.vague(u)
	s.stories(u)
	u.model = newModel(defaults(), u.lexicon, s.texts, s.classes, len(u.classes))
	return u
}

// add takes the sentences of one flow. One that nobody can ask for, because it has neither từ khóa nor dân hỏi, is only reached
// from others.
func (u *Understander) add(f *program.Flow, s *school) {
	switch {
	case f.Sub, len(f.Keywords)+len(f.Examples) == 0:
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
	texts        [][]token
	classes      []int
	told         int // how many of them say what is asked
	extra        [][]token
	extraClasses []int
	scratch      scratch
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
	s.told = len(s.texts)
}

// vague takes what names no request by itself as a sentence of every flow.
func (s *school) vague(u *Understander) {
	for _, f := range rows("vague.tsv") {
		for class, flow := range u.classes {
			if flow == program.None || !u.program.Flows[flow].Emergency {
				s.learn(u, f[0], class)
			}
		}
	}
}

// storyEvery is which share of the sentences is learned once more as a part of a story.
const storyEvery = 3

// stories puts what people tell around a request around some of the sentences, so that it is learned to decide nothing.
func (s *school) stories(u *Understander) {
	var around [][]token
	for _, f := range rows("around.tsv") {
		around = append(around, slices.Clone(u.normal(&s.scratch, f[0])))
	}
	next := 0
	take := func() []token {
		next++
		return around[next*storyStride%len(around)]
	}
	for i := 0; i < s.told && len(around) > 0; i += storyEvery {
		text := slices.Concat(take(), s.texts[i], take())
		if i%2 == 0 {
			text = slices.Concat(take(), text, take())
		}
		s.extra = append(s.extra, text)
		s.extraClasses = append(s.extraClasses, s.classes[i])
	}
	s.texts, s.classes = append(s.texts, s.extra...), append(s.classes, s.extraClasses...)
}

// storyStride mixes what is told, always the same way.
const storyStride = 37

// learn takes one sentence and returns it as it was read.
func (s *school) learn(u *Understander, sentence string, class int) []token {
	words := u.normal(&s.scratch, sentence)
	for _, t := range words {
		u.known.put(t.id, 0)
	}
	s.texts = append(s.texts, u.lexicon.content(nil, words))
	s.classes = append(s.classes, class)
	return words
}

// Unkept returns the flow that recognises text as something not to be stored, or program.None.
func (u *Understander) Unkept(text string) int {
	s := u.scratches.take()
	defer u.scratches.give(s)
	s.raw = appendTokens(s.raw[:0], text)
	return first(u.unkept, s, s.raw)
}

// Match returns the flow text most likely asks for.
func (u *Understander) Match(text string) engine.Match {
	return u.match(u.Judge(text))
}
