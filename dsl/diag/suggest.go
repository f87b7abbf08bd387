package diag

import "hoithoai/dsl/fold"

// Nearest returns the one of among that an author who wrote word most likely meant, and whether any is near enough. Words are
// compared without accents and case, so a word that only lost its accents is always near; otherwise one mistake is allowed
// for each three letters (a letter too many, missing, wrong, or two swapped). Among equally near ones the one that also
// agrees in accents wins, then the first.
func Nearest(word string, among []string) (string, bool) {
	w := []rune(fold.Key(word))
	if len(w) == 0 {
		return "", false
	}
	best, score := "", [2]int{(len(w)+1)/3 + 1, 0}
	for _, candidate := range among {
		folded := Distance(w, []rune(fold.Key(candidate)))
		if folded > score[0] || folded == score[0] && best == "" {
			continue
		}
		raw := Distance([]rune(word), []rune(candidate))
		if folded < score[0] || raw < score[1] {
			best, score = candidate, [2]int{folded, raw}
		}
	}
	return best, best != ""
}

// Distance counts the insertions, deletions, substitutions and swaps of neighbours that turn a into b.
func Distance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			row[j+1] = cheapest(a, b, i, j, before, last, row)
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// cheapest is the cost of a[:i+1] and b[:j+1], given the two rows above and the left part of the current one.
func cheapest(a, b []rune, i, j int, before, last, row []int) int {
	cost := 1
	if a[i] == b[j] {
		cost = 0
	}
	best := min(last[j]+cost, last[j+1]+1, row[j]+1)
	if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
		best = min(best, before[j-1]+1)
	}
	return best
}
