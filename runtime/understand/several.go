package understand

import (
	"slices"
	"strings"
)

// audible is how likely a second request must be in a message as a whole, beside the first, and faint, how likely where a part
// asks for it plainly: a part taken alone may mean anything. In a story, which tells much that is not asked, it must be clearer.
func audible(words []token) (least, faint float64) {
	if len(words) > storyWords {
		return 0.25, 0.25
	}
	return 0.04, 0
}

// storyWords is how many words a message has at most that only asks.
const storyWords = 32

// maybeSeveral reports whether looking at the parts of a message can change anything: it has parts, and it is short or a second
// flow is audible or the person asks which of two it is.
func (u *Understander) maybeSeveral(h heard, ranked []Score) bool {
	if !parted(h) {
		return false
	}
	least, faint := audible(h.words)
	if faint < least {
		return true
	}
	loud := 0
	for _, s := range ranked {
		if s.Value >= least && !u.outside(s.Flow) {
			loud++
		}
	}
	return loud > 1 || loud == 1 && slices.ContainsFunc(h.words, func(t token) bool { return t.isOneOf(either) })
}

// parted reports whether a message has more parts than one.
func parted(h heard) bool {
	if i := strings.IndexAny(h.text, partEnds); i >= 0 && i < len(h.text)-1 {
		return true
	}
	for i := range h.words {
		if h.words[i].isOneOf(either) || joins(h.words, i) {
			return true
		}
	}
	return false
}

// several looks whether a message asks for more than one thing.
func (u *Understander) several(s *scratch, text string, ranked []Score, v *Verdict) {
	flows, or := u.requests(s, text, func(flow int) float64 {
		for _, s := range ranked {
			if s.Flow == flow {
				return s.Value
			}
		}
		return 0
	})
	switch {
	case len(flows) < 2:
		return
	case or:
		v.Outcome = IsUnsure
	default:
		v.Outcome, v.Then = IsSure, flows[1:2:2]
	}
	v.Candidates = ahead(flows, v.Candidates)
	v.Flow, v.Score = v.Candidates[0].Flow, v.Candidates[0].Value
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
