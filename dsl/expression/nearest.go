package expression

// nearest returns the name closest to word, or "" where none is near: at most one edit for short words, a third of the
// letters for longer ones. Among equals the first wins.
func nearest(word string, names []string) string {
	w := []rune(word)
	best, limit := "", max(1, len(w)/3)+1
	for _, name := range names {
		if d := editDistance(w, []rune(name)); d < limit {
			best, limit = name, d
		}
	}
	return best
}

// editDistance counts insertions, deletions and substitutions.
func editDistance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
