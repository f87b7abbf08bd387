package understand

// content returns what a message says apart from greetings, addresses and thanks; a message that says nothing else is returned
// whole.
func (l *lexicon) content(text []token) []token {
	var out []token
	said := 0
	for i := 0; i < len(text); {
		if f, ok := l.courtesy.at(text, i, accents.fits); ok {
			i += len(f.words.folded)
			continue
		}
		if !l.stops[text[i].word] {
			said++
		}
		out = append(out, text[i])
		i++
	}
	if said < 2 {
		return text
	}
	return out
}
