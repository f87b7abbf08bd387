package understand

import (
	"math"
	"slices"
	"strings"

	"hoithoai/dsl/fold"
	"hoithoai/dsl/program"
	"hoithoai/runtime/engine"
)

// sentence is one way to ask for a flow: its terms (words and pairs of neighbours) with the share each carries.
type sentence struct {
	flow    int
	terms   []string
	keyword bool
}

// score is how well one flow fits.
type score struct {
	flow  int
	value float64
}

func (u *Understander) learn(f *program.Flow) {
	for _, s := range f.Examples {
		u.sentences = append(u.sentences, sentence{flow: f.Index, terms: terms(fold.Key(s))})
	}
	for _, s := range append(slices.Clone(f.Keywords), f.Title) {
		u.sentences = append(u.sentences, sentence{flow: f.Index, terms: terms(fold.Key(s)), keyword: true})
	}
}

// terms returns the words of key and its pairs of neighbours: pairs tell "tạm trú" from "tạm vắng" and "thường trú".
func terms(key string) []string {
	words := strings.Fields(key)
	out := slices.Clone(words)
	for i := 1; i < len(words); i++ {
		out = append(out, words[i-1]+" "+words[i])
	}
	return out
}

// weigh gives every term its rarity over flows: a word that every flow uses says nothing.
func (u *Understander) weigh() {
	flows := map[string]map[int]bool{}
	total := map[int]bool{}
	for _, s := range u.sentences {
		total[s.flow] = true
		for _, t := range s.terms {
			if flows[t] == nil {
				flows[t] = map[int]bool{}
			}
			flows[t][s.flow] = true
		}
	}
	n := float64(len(total))
	for t, in := range flows {
		u.rarity[t] = math.Log(1 + n/float64(len(in)))
	}
	u.unknown = math.Log(1+n) / 4
}

// rank returns the best score of every flow, best first; equal scores by flow index, so the order never varies.
func (u *Understander) rank(key string) []score {
	asked := terms(key)
	best := map[int]float64{}
	for _, s := range u.sentences {
		if v := u.fit(asked, key, s); v > best[s.flow] {
			best[s.flow] = v
		}
	}
	out := make([]score, 0, len(best))
	for f, v := range best {
		out = append(out, score{f, v})
	}
	slices.SortFunc(out, func(a, b score) int {
		if a.value != b.value {
			return int(math.Copysign(1, b.value-a.value))
		}
		return a.flow - b.flow
	})
	return out
}

// fit is the harmonic mean of how much of the sentence stands in the message and how much of the message in the sentence,
// by rarity. A keyword of two words or more standing whole in a message counts as nearly sure: people wrap it in greetings.
func (u *Understander) fit(asked []string, key string, s sentence) float64 {
	if s.keyword && len(s.terms) > 2 && fold.Contains(key, strings.Join(s.terms[:(len(s.terms)+1)/2], " ")) {
		return 0.8
	}
	common := u.weight(s.terms, asked)
	if common == 0 {
		return 0
	}
	recall := common / u.weight(s.terms, s.terms)
	precision := common / u.weight(asked, asked)
	return 2 * recall * precision / (recall + precision)
}

// weight sums the rarity of the terms of a that also stand in b.
func (u *Understander) weight(a, b []string) float64 {
	sum := 0.0
	for _, t := range a {
		if !slices.Contains(b, t) {
			continue
		}
		w, known := u.rarity[t]
		if !known {
			w = u.unknown
		}
		sum += w
	}
	return sum
}

// decide makes a match of the scores. The flow of khi không hiểu is never offered: it is what happens anyway.
func (u *Understander) decide(ranked []score) engine.Match {
	m := engine.Match{Flow: program.None}
	if len(ranked) == 0 || ranked[0].value < Maybe {
		return m
	}
	clear := len(ranked) == 1 || ranked[0].value-ranked[1].value >= Margin
	m.Sure = ranked[0].value >= Sure && clear
	if !m.Sure {
		ranked = slices.DeleteFunc(ranked, func(s score) bool { return s.flow == u.fallback || s.value < Maybe })
	}
	if len(ranked) == 0 {
		return m
	}
	m.Flow = ranked[0].flow
	for _, s := range ranked[1:] {
		if s.value >= Maybe && len(m.Others) < 2 {
			m.Others = append(m.Others, s.flow)
		}
	}
	return m
}
