package understand

import (
	"strings"

	"hoithoai/dsl/program"
)

// watch recognises messages by phrases. A phrase is one or several parts ("công an + hối lộ"); all its parts must stand in
// the message as whole words. A message without accents fits; an accent that is written must be the phrase's, so that "từ từ"
// is not "tự tử" and "với" is not "vòi". The words of a trừ phrase are taken out of the message first ("trộm vía"), those of
// "a + b" where both stand in it ("cứu + hồ sơ bị"): what else the message says is still heard.
type watch struct {
	flow    int
	phrases signs
	except  signs
}

// signs are phrases by the first word of their first part.
type signs map[string][][]message

func (s signs) add(parts []message) {
	if len(parts) > 0 && len(parts[0].folded) > 0 {
		s[parts[0].folded[0]] = append(s[parts[0].folded[0]], parts)
	}
}

// in calls each with every phrase that stands in m, until it returns false.
func (s signs) in(m message, each func([]message) bool) {
	for _, w := range m.folded {
		for _, parts := range s[w] {
			if all(m, parts) && !each(parts) {
				return
			}
		}
	}
}

func newWatch(f *program.Flow) watch {
	w := watch{f.Index, signs{}, signs{}}
	for _, k := range f.Keywords {
		w.phrases.add(parts(k))
	}
	for _, s := range f.Examples {
		w.phrases.add([]message{read(s)})
	}
	for _, e := range f.Except {
		w.except.add(parts(e))
	}
	return w
}

func parts(keyword string) []message {
	var out []message
	for p := range strings.SplitSeq(keyword, "+") {
		out = append(out, read(p))
	}
	return out
}

func first(watches []watch, m message) int {
	for _, w := range watches {
		if w.hits(m) {
			return w.flow
		}
	}
	return program.None
}

func (w watch) hits(m message) bool {
	heard := m
	w.except.in(m, func(parts []message) bool {
		for _, p := range parts {
			heard = heard.without(p)
		}
		return true
	})
	found := false
	w.phrases.in(heard, func([]message) bool {
		found = true
		return false
	})
	return found
}

func all(m message, parts []message) bool {
	for _, p := range parts {
		if !m.holds(p) {
			return false
		}
	}
	return len(parts) > 0
}

// excepted reports whether a trừ phrase of any flow stands in the message.
func excepted(watches []watch, m message) bool {
	found := false
	for _, w := range watches {
		w.except.in(m, func([]message) bool {
			found = true
			return false
		})
	}
	return found
}
