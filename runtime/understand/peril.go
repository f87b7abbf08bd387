package understand

import (
	"slices"

	"hoithoai/dsl/program"
)

// alarmTwice is how likely a khẩn cấp flow must at least be where a message shows two kinds of danger, chosen on the tuning part
// of testdata.
const alarmTwice = 0.05

// twice returns the khẩn cấp flow of a message that shows danger in two ways, a fight and blood, a burglar and a knife, however
// the rest of it is typed. Nothing in it may speak against an emergency.
func (u *Understander) twice(h heard, sign signals) int {
	if sign.against() || excepted(u.emergency, h.words) || !u.lexicon.endangered(h.words) {
		return program.None
	}
	for _, w := range u.emergency {
		if u.learns(w.flow) && likely(h, w.flow) >= alarmTwice {
			return w.flow
		}
	}
	return program.None
}

// endangered reports whether signs of two kinds stand in the words, one after the other.
func (l *lexicon) endangered(words []token) bool {
	kind, end := int32(-1), 0
	for i := range words {
		list := l.perils.under(words[i].id)
		for k := range list {
			f := &list[k]
			switch {
			case !f.in(words, i):
			case kind >= 0 && f.name != kind && i >= end:
				return true
			case kind < 0 || f.name == kind:
				kind, end = f.name, max(end, i+len(f.words))
			}
		}
	}
	return false
}

// perilsAt appends the kinds of danger that the words from the i-th on are signs of, unless they stand in found.
func (l *lexicon) perilsAt(words []token, i int, found []int32) []int32 {
	list := l.perils.under(words[i].id)
	for k := range list {
		f := &list[k]
		if len(found) < maxConcepts && !slices.Contains(found, f.name) && f.in(words, i) {
			found = append(found, f.name)
		}
	}
	return found
}
