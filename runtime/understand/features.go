package understand

import (
	"slices"
	"strings"
)

// kind says where a feature comes from; each kind has a weight of its own.
type kind byte

const (
	aWord    kind = 'w' // a word without accents
	aPair    kind = 'p' // two neighbours
	aSkip    kind = 'k' // two words with one between them
	aSound   kind = 's' // two neighbours as they sound
	aGram    kind = 'g' // letters in a row
	anAccent kind = 'a' // a word with its accents
	aConcept kind = 'c' // what words are about
	aBoth    kind = 'b' // two concepts in one message
	aTime    kind = 't' // when it happens
)

// feature is one thing a message says: its kind and the one or two parts it is made of.
type feature struct {
	kind kind
	a, b string
}

// hash is FNV-1a over the feature.
func (f feature) hash() uint64 {
	h := uint64(14695981039346656037)
	h = (h ^ uint64(f.kind)) * 1099511628211
	for i := range len(f.a) {
		h = (h ^ uint64(f.a[i])) * 1099511628211
	}
	h = (h ^ '|') * 1099511628211
	for i := range len(f.b) {
		h = (h ^ uint64(f.b[i])) * 1099511628211
	}
	return h
}

// features calls each with everything the words say.
func (l *lexicon) features(text []token, each func(feature)) {
	for i, t := range text {
		if !l.stops[t.word] {
			each(feature{kind: aWord, a: t.word})
			grams(t.sound, each)
		}
		if t.accents.marked() {
			each(feature{kind: anAccent, a: t.word, b: t.accents.String()})
		}
		if i > 0 {
			each(feature{aPair, text[i-1].word, t.word})
			each(feature{aSound, text[i-1].sound, t.sound})
		}
		if i > 1 {
			each(feature{aSkip, text[i-2].word, t.word})
		}
	}
	l.about(text, each)
	l.when(text, each)
}

// when gives the times that the words name. What is dangerous is left to the other features: it decides nothing by itself.
func (l *lexicon) when(text []token, each func(feature)) {
	var said [4]string
	names := said[:0]
	for i := range text {
		for _, f := range l.times.byFirst[text[i].word] {
			if f.name == "danger" || len(names) == cap(names) || slices.Contains(names, f.name) || !stands(text, i, f.words, accents.fits) {
				continue
			}
			names = append(names, f.name)
			each(feature{kind: aTime, a: f.name})
		}
	}
}

// grams gives the runs of three letters of a word.
func grams(w string, each func(feature)) {
	if len(w) < 4 {
		return
	}
	for i := 0; i+3 <= len(w); i++ {
		each(feature{kind: aGram, a: w[i : i+3]})
	}
}

// maxConcepts bounds the pairs of a very long story.
const maxConcepts = 16

// about gives the concepts of the words, each once, and their pairs.
func (l *lexicon) about(text []token, each func(feature)) {
	var buf [maxConcepts]string
	found := buf[:0]
	for i := range text {
		found = l.conceptsAt(text, i, found)
	}
	for i, a := range found {
		each(feature{kind: aConcept, a: a})
		for _, b := range found[:i] {
			each(feature{aBoth, min(a, b), max(a, b)})
		}
	}
}

// conceptsAt adds the concepts of all phrases that stand at i.
func (l *lexicon) conceptsAt(text []token, i int, found []string) []string {
	for _, f := range l.concepts.byFirst[text[i].sound] {
		if len(found) < maxConcepts && !slices.Contains(found, f.name) && sounds(text, i, f) {
			found = append(found, f.name)
		}
	}
	return found
}

// sounds reports whether the words of f stand in text from i on as they sound, with no accent that contradicts them.
func sounds(text []token, i int, f phrase) bool {
	if i+len(f.as) > len(text) {
		return false
	}
	for j, w := range f.as {
		if text[i+j].sound != w.sound || !text[i+j].accents.fits(w.accents) {
			return false
		}
	}
	return true
}

// String names a feature for people.
func (f feature) String() string {
	return strings.TrimSpace(f.a + " " + f.b)
}
