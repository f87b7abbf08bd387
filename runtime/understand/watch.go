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
	cries   table // words that are a sentence of the flow by themselves: only a message of nothing else means it ("cứu")
}

// signs are phrases of several parts by the first word of their first part.
type signs struct {
	first table
	lists [][]sign
}

// sign is the parts of one phrase.
type sign [][]token

func (s *signs) add(parts sign) {
	if len(parts) == 0 || len(parts[0]) == 0 {
		return
	}
	key := parts[0][0].id
	at, ok := s.first.get(key)
	if !ok {
		at = int32(len(s.lists))
		s.first.put(key, at)
		s.lists = append(s.lists, nil)
	}
	s.lists[at] = append(s.lists[at], parts)
}

// both adds a phrase, and the same as it is read.
func (s *signs) both(l *lexicon, parts sign) {
	s.add(parts)
	read, other := make(sign, len(parts)), false
	for i, words := range parts {
		read[i] = l.read(nil, words, alone)
		other = other || spelled(read[i]) != spelled(words)
	}
	if other {
		s.add(read)
	}
}

// in calls each with every phrase that stands in text, until it returns false; it reports whether there was one.
func (s *signs) in(text []token, each func(sign) bool) (found bool) {
	for i := range text {
		at, ok := s.first.get(text[i].id)
		if !ok {
			continue
		}
		for _, parts := range s.lists[at] {
			if !all(text, i, parts) {
				continue
			}
			found = true
			if !each(parts) {
				return true
			}
		}
	}
	return found
}

// any reports whether a phrase stands in text.
func (s *signs) any(text []token) bool {
	return s.in(text, func(sign) bool { return false })
}

// all reports whether the first part stands at i, and the others anywhere.
func all(text []token, i int, parts sign) bool {
	if !stands(text, i, parts[0], accents.fits) {
		return false
	}
	for _, p := range parts[1:] {
		if !holds(text, p) {
			return false
		}
	}
	return true
}

// newWatch reads the phrases of a flow, as they stand and as the lexicon reads them.
func newWatch(l *lexicon, f *program.Flow) *watch {
	w := &watch{flow: f.Index}
	for _, k := range f.Keywords {
		w.phrases.both(l, parts(k))
	}
	for _, s := range f.Examples {
		if words := tokens(s); len(words) == 1 {
			w.cries.put(words[0].id, 0)
		} else {
			w.phrases.both(l, sign{words})
		}
	}
	for _, e := range f.Except {
		w.except.both(l, parts(e))
	}
	return w
}

func parts(keyword string) sign {
	var out sign
	for p := range strings.SplitSeq(keyword, "+") {
		out = append(out, tokens(p))
	}
	return out
}

func first(watches []*watch, s *scratch, text []token) int {
	for _, w := range watches {
		if w.hits(s, text) {
			return w.flow
		}
	}
	return program.None
}

func (w *watch) hits(s *scratch, text []token) bool {
	if w.onlyCries(text) {
		return true
	}
	heard := append(s.said[:0], text...)
	s.said = heard
	w.except.in(text, func(parts sign) bool {
		for _, p := range parts {
			without(heard, p)
		}
		return true
	})
	return w.phrases.any(heard)
}

func (w *watch) onlyCries(text []token) bool {
	for i := range text {
		if !w.cries.has(text[i].id) {
			return false
		}
	}
	return len(text) > 0
}

// excepted reports whether a trừ phrase of any flow stands in the text.
func excepted(watches []*watch, text []token) bool {
	for _, w := range watches {
		if w.except.any(text) {
			return true
		}
	}
	return false
}
