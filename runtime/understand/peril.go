package understand

import (
	"slices"

	"hoithoai/dsl/program"
)

// alarmTwice is how likely a khẩn cấp flow must at least be where a message shows two kinds of danger, chosen on the tuning part
// of testdata.
const alarmTwice = 0.06

// twice returns the khẩn cấp flow of a message that shows danger in two ways, a fight and blood, a burglar and a knife, however
// the rest of it is typed. Nothing in it may speak against an emergency.
func (u *Understander) twice(h heard, sign signals) int {
	if sign.against() || excepted(u.emergency, h.words) {
		return program.None
	}
	if _, _, ok := u.lexicon.endangered(h.words); !ok {
		return program.None
	}
	for _, w := range u.emergency {
		if u.learns(w.flow) && likely(h, w.flow) >= alarmTwice {
			return w.flow
		}
	}
	return program.None
}

// sighting is a sign of danger where it stands in a message.
type sighting struct {
	kind     int32 // a name of the lexicon
	from, to int
}

// endangered returns two signs of different kinds that stand in the words one after the other, if there are such.
func (l *lexicon) endangered(words []token) (a, b sighting, ok bool) {
	for i := range words {
		list := l.perils.under(words[i].id)
		for k := range list {
			f := &list[k]
			seen := sighting{f.name, i, i + len(f.words)}
			switch {
			case !f.in(words, i):
			case a.to > 0 && f.name != a.kind && i >= a.to:
				return a, seen, true
			case a.to == 0 || f.name == a.kind && seen.to > a.to:
				a = seen
			}
		}
	}
	return a, b, false
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
