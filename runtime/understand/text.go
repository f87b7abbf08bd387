package understand

import "strings"

// token is one word of a message: folded, with the accents that were written, and how it sounds.
type token struct {
	word    string
	accents accents
	sound   string
}

// tokens reads text as it stands.
func tokens(text string) []token {
	m := read(text)
	out := make([]token, len(m.folded))
	for i, w := range m.folded {
		out[i] = token{word: w, sound: sound(w)}
		if m.words != nil {
			out[i].accents = m.words[i]
		}
	}
	return out
}

// maxWords is how many words of a message are looked at: a request stands in the first few hundred, and what a stranger can
// make the engine do has an end.
const maxWords = 400

// normal reads text with abbreviations written out and the letters of telex and VNI put together.
func (l *lexicon) normal(text string, known func(string) bool) []token {
	raw := tokens(text)
	if len(raw) > maxWords {
		raw = raw[:maxWords]
	}
	for i := range raw {
		raw[i] = l.typed(raw[i], known)
	}
	return l.written(raw, known)
}

// typed puts together a word that a keyboard sent in parts.
func (l *lexicon) typed(t token, known func(string) bool) token {
	if t.accents.marked() || l.words[t.word] || isSyllable(t.word) || len(l.short.byFirst[t.word]) > 0 || known(t.word) {
		return t
	}
	decode := fromTelex
	if strings.ContainsAny(t.word, "0123456789") {
		decode = fromVNI
	}
	w, ok := decode(t.word)
	if !ok {
		return t
	}
	return tokens(w)[0]
}

// written replaces abbreviations by what they stand for, and takes words apart that were written without a space.
func (l *lexicon) written(raw []token, known func(string) bool) []token {
	out := make([]token, 0, len(raw)+8)
	for i := 0; i < len(raw); {
		if f, ok := l.short.at(raw, i, accents.is); ok {
			out = append(out, f.as...)
			i += len(f.words.folded)
			continue
		}
		out = append(out, l.apart(raw[i], known)...)
		i++
	}
	return out
}

// apart splits a word that is none into two that are: "tamtru", "cancuoc".
func (l *lexicon) apart(t token, known func(string) bool) []token {
	w := t.word
	if len(w) < 5 || l.words[w] || isSyllable(w) || known(w) {
		return []token{t}
	}
	for i := len(w) - 2; i >= 2; i-- {
		a, b := w[:i], w[i:]
		if isSyllable(a) && isSyllable(b) && known(a) && known(b) {
			return []token{{word: a, sound: sound(a)}, {word: b, sound: sound(b)}}
		}
	}
	return []token{t}
}

// sounds are spellings that many people hear as one: s and x, tr and ch, d, gi, r and v in the South, final n and ng, c and t.
var (
	soundsFirst = [...][2]string{{"ngh", "ng"}, {"gi", "z"}, {"tr", "ch"}, {"gh", "g"}, {"qu", "kw"}, {"d", "z"}, {"r", "z"}, {"v", "z"}, {"x", "s"}, {"c", "k"}}
	soundsLast  = [...][2]string{{"nh", "n"}, {"ng", "n"}, {"ch", "t"}, {"c", "t"}, {"y", "i"}}
)

// sound returns how a folded word sounds, in letters of its own.
func sound(w string) string {
	if w == "" || w[0] >= '0' && w[0] <= '9' {
		return w
	}
	for _, s := range soundsFirst {
		if rest, ok := strings.CutPrefix(w, s[0]); ok && rest != "" && !(s[0] == "c" && rest[0] == 'h') {
			w = s[1] + rest
			break
		}
	}
	for _, s := range soundsLast {
		if rest, ok := strings.CutSuffix(w, s[0]); ok && rest != "" {
			return rest + s[1]
		}
	}
	return w
}
