package understand

// phrase is words that mean something: other words, or a name.
type phrase struct {
	words []token
	as    []token // what they stand for
	name  int32   // into the names of the lexicon
	exact bool    // accents must not be left out
}

// fits says what accents the phrase may be written with.
func (f *phrase) fits() func(typed, of accents) bool {
	if f.exact {
		return accents.is
	}
	return accents.fits
}

// in reports whether the phrase stands in words from i on.
func (f *phrase) in(words []token, i int) bool { return stands(words, i, f.words, f.fits()) }

// phrases finds phrases of several words by their first one.
type phrases struct {
	first table
	lists [][]phrase
}

// add files a phrase under the hash of its first word, or of how that sounds.
func (p *phrases) add(key uint64, f phrase) {
	at, ok := p.first.get(key)
	if !ok {
		at = int32(len(p.lists))
		p.first.put(key, at)
		p.lists = append(p.lists, nil)
	}
	p.lists[at] = append(p.lists[at], f)
}

// word files a phrase under its first word.
func (p *phrases) word(f phrase) {
	if len(f.words) > 0 {
		p.add(f.words[0].id, f)
	}
}

// under returns the phrases filed under a hash.
func (p *phrases) under(key uint64) []phrase {
	if at, ok := p.first.get(key); ok {
		return p.lists[at]
	}
	return nil
}

// at returns the longest phrase that stands in text from its i-th word on; fits says what accents it may be written with.
func (p *phrases) at(text []token, i int, fits func(typed, of accents) bool) (*phrase, bool) {
	var best *phrase
	list := p.under(text[i].id)
	for k := range list {
		f := &list[k]
		if (best == nil || len(f.words) > len(best.words)) && stands(text, i, f.words, fits) {
			best = f
		}
	}
	return best, best != nil
}
