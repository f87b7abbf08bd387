// Package understand finds which flow a resident's first words belong to, and recognises two kinds of message before
// anything else: emergencies (`khẩn cấp`) and what must not be kept (`không giữ`).
//
// It learns at start from the flows' own sentences (dân hỏi, từ khóa, titles) and from a general lexicon kept as data in
// lexicon/. It is offline and deterministic, and says of every decision what made it (Explain).
// How well it does that, on which sentences and who wrote them, stands in README.md beside it.
// It decides nothing about a question on screen; the engine asks it only where the language allows a trigger.
package understand

import (
	"slices"

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
	known     table // every word of the sentences that were learned
	spellings table // and with which accents it was written there
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
func New(p *program.Program) *Understander { return learn(p, rows("dangers.tsv")) }

// learn is New with other data of what is danger and what is calm.
func learn(p *program.Program, dangers [][]string) *Understander {
	u := &Understander{program: p, lexicon: newLexicon()}
	var s school
	for _, f := range p.Flows {
		u.add(f, &s)
	}
	s.idle(u)
	s.foreign(u)
	s.stories(u)
	s.vague(u)
	s.dangers(u, dangers)
	t := defaults()
	t.calm, t.danger = slices.Index(u.classes, sounding), slices.IndexFunc(u.classes, u.urgent)
	u.model = newModel(t, u.lexicon, s.texts, s.classes, len(u.classes))
	return u
}

// add takes the sentences of one flow. One that nobody can ask for, because it has neither từ khóa nor dân hỏi, is only reached
// from others.
func (u *Understander) add(f *program.Flow, s *school) {
	switch {
	case f.Sub, len(f.Keywords)+len(f.Examples) == 0:
	case f.Emergency:
		u.emergency = append(u.emergency, newWatch(u.lexicon, f))
		if len(f.Examples) >= taught {
			s.alarm(u, f)
		}
	case f.Unkept:
		u.unkept = append(u.unkept, newWatch(u.lexicon, f))
	default:
		s.flow(u, f)
	}
}

// Unkept returns the flow that recognises text as something not to be stored, or program.None: by its phrases alone, in the words
// as written or as read.
func (u *Understander) Unkept(text string) int {
	s := u.scratches.take()
	defer u.scratches.give(s)
	s.raw = appendTokens(s.raw[:0], text)
	if flow := first(u.unkept, s, s.raw); flow != program.None {
		return flow
	}
	return first(u.unkept, s, u.normal(s, text))
}

// Match returns the flow text most likely asks for.
func (u *Understander) Match(text string) engine.Match {
	return u.match(u.Judge(text))
}
