package understand

import (
	"strings"

	"hoithoai/dsl/fold"
	"hoithoai/dsl/program"
)

// watch recognises messages by phrases. A phrase is one or several parts ("công an + hối lộ"); all its parts must stand in
// the message as whole words. Any phrase of trừ takes the recognition back ("trộm vía").
type watch struct {
	flow    int
	phrases [][]string
	except  []string
}

func newWatch(f *program.Flow) watch {
	w := watch{flow: f.Index}
	for _, k := range f.Keywords {
		w.phrases = append(w.phrases, parts(k))
	}
	for _, s := range f.Examples {
		w.phrases = append(w.phrases, []string{fold.Key(s)})
	}
	for _, e := range f.Except {
		w.except = append(w.except, fold.Key(e))
	}
	return w
}

func parts(keyword string) []string {
	var out []string
	for p := range strings.SplitSeq(keyword, "+") {
		out = append(out, fold.Key(p))
	}
	return out
}

func first(watches []watch, key string) int {
	for _, w := range watches {
		if w.hits(key) {
			return w.flow
		}
	}
	return program.None
}

func (w watch) hits(key string) bool {
	for _, e := range w.except {
		if fold.Contains(key, e) {
			return false
		}
	}
	for _, p := range w.phrases {
		if all(key, p) {
			return true
		}
	}
	return false
}

func all(key string, parts []string) bool {
	for _, p := range parts {
		if !fold.Contains(key, p) {
			return false
		}
	}
	return len(parts) > 0
}
