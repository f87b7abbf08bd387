package understand

// maxWords is how many words of a message are looked at: a request stands in the first few hundred, and what a stranger can
// make the engine do has an end.
const maxWords = 400

// normal reads text with abbreviations written out and the letters of telex and VNI put together. The result stands in the
// scratch until it reads again.
func (u *Understander) normal(s *scratch, text string) []token {
	s.raw = appendTokens(s.raw[:0], text)
	if len(s.raw) > maxWords {
		s.raw = s.raw[:maxWords]
	}
	for i := range s.raw {
		u.typed(&s.raw[i])
	}
	s.words = u.written(s.words[:0], s.raw)
	return s.words
}

// typed puts together a word that a keyboard sent in parts, and shortens one that was drawn out. What could be a syllable as it stands
// ("coong") is only put together to a word that was taught.
func (u *Understander) typed(t *token) {
	if u.known.has(t.id) || u.lexicon.words.has(t.id) || u.lexicon.short.first.has(t.id) {
		return
	}
	*t = u.drawn(*t)
	if t.accents != 0 {
		return
	}
	if w, a, ok := decoded(t.word); ok && (!syllables.has(t.id) || u.known.has(hashOf(w))) {
		*t = tokenOf(w, a)
	}
}

// written appends the words with abbreviations replaced by what they stand for, and words apart that were written without a space.
func (u *Understander) written(out, raw []token) []token { return u.lexicon.read(out, raw, u.apart) }

// read appends words with what short forms stand for; each of the others is appended by other.
func (l *lexicon) read(out, words []token, other func(out []token, t token) []token) []token {
	for i := 0; i < len(words); {
		if f, ok := l.short.at(words, i, accents.is); ok {
			out = append(out, f.as...)
			i += len(f.words)
			continue
		}
		out = other(out, words[i])
		i++
	}
	return out
}

// alone appends a word as it stands.
func alone(out []token, t token) []token { return append(out, t) }

// apart appends a word; one that is none but is made of two, as two: "tamtru", "cancuoc".
func (u *Understander) apart(out []token, t token) []token {
	w := t.word
	if len(w) < 5 || syllables.has(t.id) || u.known.has(t.id) || u.lexicon.words.has(t.id) {
		return append(out, t)
	}
	for i := len(w) - 2; i >= 2; i-- {
		a, b := hashOf(w[:i]), hashOf(w[i:])
		if syllables.has(a) && syllables.has(b) && u.known.has(a) && u.known.has(b) {
			return append(out, tokenOf(w[:i], 0), tokenOf(w[i:], 0))
		}
	}
	return append(out, t)
}
