package understand

import (
	"cmp"
	"slices"

	"hoithoai/dsl/fold"
	"hoithoai/dsl/program"
	"hoithoai/runtime/engine"
)

// The thresholds of Judge, chosen on the tuning part of testdata/sentences.tsv.
const (
	Sure   = 0.55 // at and above it the best flow is gone into,
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
// program.None or the flow OutOfScope. Candidates are the likeliest flows, best first, three at most, without OutOfScope.
type Verdict struct {
	Outcome    Outcome
	Flow       int
	Score      float64
	Candidates []Score
	Then       []int // further requests of the same message, in the order written; only where the outcome is sure
}

// Rank returns the likelihood of every flow, best first; equal ones in the order of the flows.
func (u *Understander) Rank(text string) []Score {
	return u.rank(u.lexicon.content(u.lexicon.normal(text, u.knows)))
}

func (u *Understander) rank(words []token) []Score {
	scores := make([]float32, len(u.classes))
	v := u.model.read(u.lexicon, words, nil)
	u.model.score(v.shares, scores)
	soften(scores)
	out := make([]Score, 0, len(scores))
	for c, s := range scores {
		out = append(out, Score{u.classes[c], float64(s)})
	}
	slices.SortStableFunc(out, func(a, b Score) int { return cmp.Compare(b.Value, a.Value) })
	return out
}

// Judge says what text asks for.
func (u *Understander) Judge(text string) Verdict {
	h := u.listen(text)
	if flow := u.alarm(h); flow != program.None {
		return Verdict{Outcome: IsSure, Flow: flow, Score: 1, Candidates: []Score{{flow, 1}}}
	}
	if flows := u.sentence(text, h.words); len(flows) > 0 {
		return u.judgeExact(flows)
	}
	ranked := u.calm(h.ranked)
	v := u.judge(ranked)
	if u.maybeSeveral(h.words, ranked) {
		u.several(text, ranked, &v)
	}
	return v
}

// sentence returns the flows of which a message is a sentence, as it was written or as it was read.
func (u *Understander) sentence(text string, words []token) []int {
	if flows := u.exact[fold.Key(text)]; len(flows) > 0 {
		return flows
	}
	return u.exact[spell(words)]
}

// maybeSeveral reports whether looking at the parts of a message can change anything: a second flow is audible, or the person
// asks which of two it is.
func (u *Understander) maybeSeveral(words []token, ranked []Score) bool {
	heard := 0
	for _, s := range ranked {
		if s.Value >= audible && !u.outside(s.Flow) {
			heard++
		}
	}
	return heard > 1 || heard == 1 && slices.ContainsFunc(words, func(t token) bool { return or[t.word] })
}

// audible is how likely a second request must be in the message as a whole: a part taken alone may mean anything.
const audible = 0.015

// several looks whether a message asks for more than one thing.
func (u *Understander) several(text string, ranked []Score, v *Verdict) {
	flows, or := u.requests(text)
	flows = slices.DeleteFunc(flows, func(f int) bool {
		return !or && !slices.ContainsFunc(ranked, func(s Score) bool { return s.Flow == f && s.Value >= audible })
	})
	switch {
	case len(flows) < 2:
	case or:
		v.Outcome = IsUnsure
	default:
		v.Outcome, v.Flow, v.Then = IsSure, flows[0], flows[1:min(len(flows), 2)]
	}
	if len(flows) > 1 {
		v.Candidates = ahead(flows, v.Candidates)
		v.Flow, v.Score = v.Candidates[0].Flow, v.Candidates[0].Value
	}
}

// ahead puts flows before the other candidates.
func ahead(flows []int, candidates []Score) []Score {
	var out []Score
	for _, f := range flows {
		s := Score{f, clearly}
		if i := slices.IndexFunc(candidates, func(c Score) bool { return c.Flow == f }); i >= 0 {
			s.Value = max(candidates[i].Value, Maybe) // named in a part of its own: worth offering
		}
		out = append(out, s)
	}
	for _, c := range candidates {
		if !slices.Contains(flows, c.Flow) {
			out = append(out, c)
		}
	}
	return out[:min(len(out), maxCandidates)]
}

// calm leaves out the khẩn cấp flows, which nobody enters by likeness, and shares their part among the others.
func (u *Understander) calm(ranked []Score) []Score {
	out, left := make([]Score, 0, len(ranked)), 1.0
	for _, s := range ranked {
		if s.Flow != program.None && u.program.Flows[s.Flow].Emergency {
			left -= s.Value
			continue
		}
		out = append(out, s)
	}
	for i := range out {
		out[i].Value /= max(left, 1e-9)
	}
	return out
}

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

func (u *Understander) judge(ranked []Score) Verdict {
	best := ranked[0]
	v := Verdict{Outcome: IsNone, Flow: best.Flow, Score: best.Value, Candidates: u.candidates(ranked)}
	if u.outside(best.Flow) {
		if len(v.Candidates) > 0 && v.Candidates[0].Value >= Maybe && best.Value < Sure {
			v.Outcome, v.Flow, v.Score = IsUnsure, v.Candidates[0].Flow, v.Candidates[0].Value
		}
		return v
	}
	switch {
	case best.Value >= Sure && best.Value-ranked[1].Value >= Margin:
		v.Outcome = IsSure
	case best.Value >= Maybe:
		v.Outcome = IsUnsure
	default:
		v.Flow, v.Score = program.None, best.Value
	}
	return v
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
	return flow == program.None || u.program.Flows[flow].Name == OutOfScope
}

// match turns a verdict into what the engine does. Being surely out of scope leads to the flow that answers that.
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
