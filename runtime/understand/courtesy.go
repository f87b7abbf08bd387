package understand

// content appends what a message says apart from greetings, addresses and thanks; a message that says nothing else is appended
// whole.
func (l *lexicon) content(out, text []token) []token {
	from, said := len(out), 0
	for i := 0; i < len(text); {
		if f, ok := l.courtesy.at(text, i, accents.fits); ok {
			i += len(f.words)
			continue
		}
		if !l.stops.has(text[i].id) {
			said++
		}
		out = append(out, text[i])
		i++
	}
	if said < 2 {
		return append(out[:from], text...)
	}
	return out
}
