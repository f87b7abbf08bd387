package understand

import "hoithoai/dsl/program"

// Crossed learns a program and those rows of lexicon/dangers.tsv whose sentence keep accepts, so that the others can be put unread.
func Crossed(p *program.Program, keep func(sentence string) bool) *Understander {
	var kept [][]string
	for _, r := range rows("dangers.tsv") {
		if keep(r[1]) {
			kept = append(kept, r)
		}
	}
	return learn(p, kept)
}
