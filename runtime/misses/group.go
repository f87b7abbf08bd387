package misses

import (
	"slices"

	"hoithoai/dsl/fold"
)

// alike is the share of words that two misses of one group have in common at least.
const alike = 0.5

// Group is misses that say nearly the same, the first of them first.
type Group struct {
	Misses []Miss
	words  map[string]bool
}

// Groups puts misses that are alike together: the largest group first, equal ones in the order of their first miss.
func Groups(all []Miss) []Group {
	var out []Group
	for _, m := range all {
		words := wordsOf(m.Text)
		i := slices.IndexFunc(out, func(g Group) bool { return common(g.words, words) >= alike })
		if i < 0 {
			out = append(out, Group{words: words})
			i = len(out) - 1
		}
		out[i].Misses = append(out[i].Misses, m)
	}
	slices.SortStableFunc(out, func(a, b Group) int { return len(b.Misses) - len(a.Misses) })
	return out
}

func wordsOf(text string) map[string]bool {
	out := map[string]bool{}
	for _, w := range fold.Words(fold.Key(text)) {
		out[w] = true
	}
	return out
}

// common is how many of all words of two sets are in both.
func common(a, b map[string]bool) float64 {
	both := 0
	for w := range a {
		if b[w] {
			both++
		}
	}
	if all := len(a) + len(b) - both; all > 0 {
		return float64(both) / float64(all)
	}
	return 1
}
