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
	phrases [][]message
	except  [][]message
}

func newWatch(f *program.Flow) watch {
	w := watch{flow: f.Index}
	for _, k := range f.Keywords {
		w.phrases = append(w.phrases, parts(k))
	}
	for _, s := range f.Examples {
		w.phrases = append(w.phrases, []message{read(s)})
	}
	for _, e := range f.Except {
		w.except = append(w.except, parts(e))
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
	for _, e := range w.except {
		if !all(m, e) {
			continue
		}
		for _, part := range e {
			m = m.without(part)
		}
	}
	for _, p := range w.phrases {
		if all(m, p) {
			return true
		}
	}
	return false
}

func all(m message, parts []message) bool {
	for _, p := range parts {
		if !m.holds(p) {
			return false
		}
	}
	return len(parts) > 0
}
