package understand

import "slices"

// kind says where a feature comes from; each kind has a weight of its own.
type kind byte

const (
	aWord    kind = iota // a word without accents
	aPair                // two neighbours
	aVoice               // a word as it sounds
	aSound               // two neighbours as they sound
	anAccent             // a word with its accents
	aConcept             // what words are about
	aBoth                // two concepts in one message
	aTime                // when it happens
	anArch               // two words with one between them
	kinds
)

// feature is one thing a message says: its kind and its hash; for people, the words or the names it is made of.
type feature struct {
	kind kind
	hash uint64
	a, b int32 // places of words, or names of the lexicon
}

func (k kind) feature(x, y uint64, a, b int) feature {
	return feature{k, joined(uint64(k)+2, x, y), int32(a), int32(b)}
}

// features calls each with everything the words say.
func (l *lexicon) features(text []token, each func(feature)) {
	for i := range text {
		t := &text[i]
		if !l.stops.has(t.id) {
			each(aWord.feature(t.id, 0, i, -1))
			each(aVoice.feature(t.sound, 0, i, -1))
		}
		if t.accents != 0 {
			each(anAccent.feature(t.id, uint64(t.accents), i, -1))
		}
		if i > 0 {
			each(aPair.feature(text[i-1].id, t.id, i-1, i))
			each(aSound.feature(text[i-1].sound, t.sound, i-1, i))
		}
		if i > 1 {
			each(anArch.feature(text[i-2].id, t.id, i-2, i))
		}
	}
	l.about(text, each)
	l.when(text, each)
}

// maxConcepts bounds the pairs of a very long story.
const maxConcepts = 16

// about gives the concepts of the words and the kinds of danger, each once, and their pairs.
func (l *lexicon) about(text []token, each func(feature)) {
	var buf [maxConcepts]int32
	found := buf[:0]
	for i := range text {
		found = l.perilsAt(text, i, l.conceptsAt(text, i, found))
	}
	for i, a := range found {
		each(aConcept.feature(uint64(a), 0, int(a), -1))
		for _, b := range found[:i] {
			each(aBoth.feature(uint64(min(a, b)), uint64(max(a, b)), int(min(a, b)), int(max(a, b))))
		}
	}
}

// conceptsAt adds the concepts of all phrases that stand at i.
func (l *lexicon) conceptsAt(text []token, i int, found []int32) []int32 {
	list := l.concepts.under(text[i].sound)
	for k := range list {
		f := &list[k]
		if len(found) < maxConcepts && sounds(text, i, f.words) && !slices.Contains(found, f.name) {
			found = append(found, f.name)
		}
	}
	return found
}

// sounds reports whether words stand in text from i on as they sound, with no accent that contradicts them.
func sounds(text []token, i int, words []token) bool {
	if i+len(words) > len(text) {
		return false
	}
	for j := range words {
		if t := &text[i+j]; t.sound != words[j].sound || !t.accents.fits(words[j].accents) {
			return false
		}
	}
	return true
}

// maxTimes is how many names of lexicon/alarm.tsv are told apart in a message.
const maxTimes = 6

// when gives the times that the words name. What is dangerous is left to the other features: it decides nothing by itself.
func (l *lexicon) when(text []token, each func(feature)) {
	var buf [maxTimes]int32
	said := buf[:0]
	for i := range text {
		list := l.times.under(text[i].id)
		for k := range list {
			f := &list[k]
			if l.names[f.name] == "danger" || len(said) == maxTimes || slices.Contains(said, f.name) || !f.in(text, i) {
				continue
			}
			said = append(said, f.name)
			each(aTime.feature(uint64(f.name), 0, int(f.name), -1))
		}
	}
}

// spoken names a feature of a text for people.
func (l *lexicon) spoken(text []token, f feature) string {
	switch f.kind {
	case aConcept, aTime:
		return l.names[f.a]
	case aBoth:
		return l.names[f.a] + " " + l.names[f.b]
	}
	if f.b < 0 {
		return text[f.a].word
	}
	return text[f.a].word + " " + text[f.b].word
}
