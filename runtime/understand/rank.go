package understand

import (
	"cmp"
	"slices"

	"hoithoai/dsl/program"
	"hoithoai/runtime/engine"
)

// The thresholds of Judge, chosen on the tuning parts of testdata.
const (
	Sure   = 0.78 // at and above it the best flow is gone into,
	Margin = 0.25 // if the second is that much less likely
	Maybe  = 0.10 // at and above it a flow is worth offering
)

// maxCandidates is how many flows are named at most.
const maxCandidates = 3

// Outcome is what is done with a message.
type Outcome string

// The three outcomes.
const (
	IsSure   Outcome = "sure"
	IsUnsure Outcome = "unsure"
	IsNone   Outcome = "none"
)

// Score is how likely one flow is meant, between 0 and 1; all flows and program.None, for nothing any flow does, share 1.
type Score struct {
	Flow  int
	Value float64
}

// Verdict is what a message asks for. Flow is the likeliest even where that is unsure; where the outcome is none it is
// program.None, OutOfScope or a flow that answers thanks and goodbyes. Candidates are the likeliest flows, best first, three at
// most, without those.
type Verdict struct {
	Outcome    Outcome
	Flow       int
	Score      float64
	Candidates []Score
	Then       []int // further requests of the same message, in the order written; only where the outcome is sure
}

// Rank returns the likelihood of every flow, best first; equal ones in the order of the flows.
func (u *Understander) Rank(text string) []Score {
	s := u.scratches.take()
	defer u.scratches.give(s)
	return slices.Clone(u.listen(s, text).ranked)
}

// rank judges words as a whole; the result stands in out.
func (u *Understander) rank(s *scratch, words []token, out []Score) []Score {
	s.content = u.lexicon.content(s.content[:0], words)
	s.shares = u.model.read(u.lexicon, s.content, s.shares[:0])
	s.scores = append(s.scores[:0], u.model.bias...)
	u.model.score(s.shares, s.scores)
	soften(s.scores)
	out = out[:0]
	for c, v := range s.scores {
		if u.classes[c] == sounding {
			continue
		}
		out = append(out, Score{u.classes[c], float64(v)})
	}
	slices.SortStableFunc(out, byValue)
	return out
}

func byValue(a, b Score) int { return cmp.Compare(b.Value, a.Value) }

// Judge says what text asks for: an emergency or something not to be kept before anything else.
func (u *Understander) Judge(text string) Verdict {
	s := u.scratches.take()
	defer u.scratches.give(s)
	h := u.listen(s, text)
	if flow := u.caught(s, h); flow != program.None {
		return Verdict{Outcome: IsSure, Flow: flow, Score: 1, Candidates: []Score{{flow, 1}}}
	}
	if flows := u.sentence(h); len(flows) > 0 {
		return u.judgeExact(flows)
	}
	ranked := u.calm(h.ranked)
	v := u.judge(ranked)
	if u.maybeSeveral(h, ranked) {
		u.several(s, text, ranked, &v)
	}
	return v
}

// caught returns the khẩn cấp or không giữ flow that a message leads into whatever else it asks for, or program.None.
func (u *Understander) caught(s *scratch, h heard) int {
	if flow, _ := u.alarm(s, h); flow != program.None || len(u.unkept) == 0 {
		return flow
	}
	return u.Unkept(h.text)
}

// sentence returns the flows of which a message is a sentence, as it was written or as it was read.
func (u *Understander) sentence(h heard) []int {
	if flows := u.exact.of(h.raw); len(flows) > 0 {
		return flows
	}
	return u.exact.of(h.words)
}

// calm leaves out the khẩn cấp flows, which nobody enters by likeness, and shares their part among the others.
func (u *Understander) calm(ranked []Score) []Score {
	out, sum := ranked[:0], 1e-9
	for _, s := range ranked {
		if !u.urgent(s.Flow) {
			out = append(out, s)
			sum += s.Value
		}
	}
	for i := range out {
		out[i].Value /= sum
	}
	return out
}

// urgent reports whether a class is a khẩn cấp flow.
func (u *Understander) urgent(flow int) bool { return flow >= 0 && u.program.Flows[flow].Emergency }

// judgeExact judges a message that is, word by word, a sentence of one flow or of several.
func (u *Understander) judgeExact(flows []int) Verdict {
	v := Verdict{Outcome: IsUnsure, Flow: flows[0], Score: 1 / float64(len(flows))}
	for _, f := range flows {
		if len(v.Candidates) < maxCandidates && !u.outside(f) {
			v.Candidates = append(v.Candidates, Score{f, v.Score})
		}
	}
	switch {
	case len(flows) == 1 && u.outside(flows[0]):
		v.Outcome = IsNone
	case len(flows) == 1:
		v.Outcome = IsSure
	}
	return v
}

// judge decides by the likelihoods. What is nothing for the bundle, because others do it or nobody asked for anything, counts
// as one.
func (u *Understander) judge(ranked []Score) Verdict {
	v := Verdict{Outcome: IsNone, Flow: program.None, Candidates: u.candidates(ranked)}
	outside := u.aside(ranked, &v)
	if len(v.Candidates) == 0 {
		return v
	}
	best, next := u.politely(v.Candidates, outside)
	switch {
	case best.Value >= Sure && best.Value-next >= Margin:
		v.Outcome = IsSure
	case best.Value >= Maybe && best.Value >= outside:
		v.Outcome = IsUnsure
	default:
		return v
	}
	v.Flow, v.Score = best.Flow, best.Value
	return v
}

// politely returns the best flow and how likely the next thing is. A greeting beside a request is manners: what speaks for it is
// left out.
func (u *Understander) politely(candidates []Score, outside float64) (best Score, next float64) {
	best, manners := candidates[0], 0.0
	next = outside
	for _, c := range candidates[1:] {
		if u.small(c.Flow) && !u.small(best.Flow) {
			manners += c.Value
			continue
		}
		next = max(next, c.Value)
	}
	left := max(1-manners, best.Value)
	best.Value /= left
	return best, next / left
}

// aside returns how likely a message is nothing for the bundle, and notes which flow answers that.
func (u *Understander) aside(ranked []Score, v *Verdict) float64 {
	sum := 0.0
	for _, s := range ranked {
		if !u.outside(s.Flow) {
			continue
		}
		sum += s.Value
		if s.Value > v.Score {
			v.Score, v.Flow = s.Value, s.Flow
		}
	}
	return sum
}

// candidates are the best flows that residents can be offered.
func (u *Understander) candidates(ranked []Score) []Score {
	var out []Score
	for _, s := range ranked {
		if !u.outside(s.Flow) && len(out) < maxCandidates {
			out = append(out, s)
		}
	}
	return out
}

// outside reports whether a class is nothing the bundle does.
func (u *Understander) outside(flow int) bool {
	return flow == program.None || u.program.Flows[flow].Name == OutOfScope || slices.Contains(closing, u.program.Flows[flow].Name)
}

// closing are the flows, by their customary names, that answer words which ask for nothing: they are entered, but never offered.
var closing = []string{"cam_on", "dung_lai"}

// match turns a verdict into what the engine does. Being surely nothing for the bundle leads to the flow that answers that.
func (u *Understander) match(v Verdict) engine.Match {
	m := engine.Match{Flow: v.Flow, Then: v.Then, Sure: v.Outcome == IsSure || v.Outcome == IsNone && v.Flow != program.None && v.Score >= Sure}
	if m.Sure {
		return m
	}
	m.Flow = program.None
	if v.Outcome == IsNone {
		return m
	}
	for _, c := range v.Candidates {
		switch {
		case c.Value < Maybe && c.Value < v.Score || c.Flow == u.program.Fallback:
		case m.Flow == program.None:
			m.Flow = c.Flow
		default:
			m.Others = append(m.Others, c.Flow)
		}
	}
	return m
}
