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
	if w, a, ok := decoded(t.word); t.accents == 0 && ok && (!syllables.has(t.id) || u.known.has(hashOf(w))) {
		*t = tokenOf(w, a)
		return
	}
	if !syllables.has(t.id) && !u.known.has(t.id) {
		*t = u.respelled(*t)
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

// apart appends a word; one that is none but is made of several, as these: "tamtru", "khaibaotamvangg".
func (u *Understander) apart(out []token, t token) []token {
	if len(t.word) < 5 || syllables.has(t.id) || u.known.has(t.id) || u.lexicon.words.has(t.id) {
		return append(out, t)
	}
	for _, w := range []string{t.word, undoubled(t.word)} {
		if parts := u.joined(w); parts != nil {
			return append(out, parts...)
		}
	}
	return append(out, t)
}

// longestJoined is how many letters are taken apart at most, and longestPart how many a part has.
const (
	longestJoined = 48
	longestPart   = 7
)

// joined returns the fewest known words that a word is made of, or nil. Of equally few those with the longest last ones.
func (u *Understander) joined(w string) []token {
	if w == "" || len(w) > longestJoined {
		return nil
	}
	var least, last [longestJoined + 1]int // words that make up so many letters, and letters of the last of them
	for end := 2; end <= len(w); end++ {
		for n := 2; n <= min(longestPart, end); n++ {
			before := least[end-n]
			if (before == 0 && end > n) || least[end] != 0 && before+1 > least[end] || !u.isPart(w[end-n:end]) {
				continue
			}
			least[end], last[end] = before+1, n
		}
	}
	if least[len(w)] < 2 {
		return nil
	}
	out := make([]token, least[len(w)])
	for i, end := len(out)-1, len(w); i >= 0; i-- {
		out[i] = tokenOf(w[end-last[end]:end], 0)
		end -= last[end]
	}
	return out
}

// isPart reports whether letters are a syllable that somebody taught.
func (u *Understander) isPart(w string) bool {
	id := hashOf(w)
	return syllables.has(id) && u.known.has(id)
}
