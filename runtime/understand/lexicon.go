package understand

import (
	"embed"
	"strings"

	"hoithoai/dsl/fold"
)

// The general lexicon is data: what any office's residents write, whatever its flows are. Every file names its source.
//
//go:embed lexicon/*.tsv
var lexiconFiles embed.FS

// lexicon is the data ready to be looked up. It is immutable.
type lexicon struct {
	short    phrases // abbreviations, teen spellings and Southern words, with what they stand for
	concepts phrases // what words are about
	times    phrases // danger, and when it happens
	courtesy phrases // what is said around a request
	words    map[string]bool
	stops    map[string]bool
}

// phrases finds phrases of several words by their first one.
type phrases struct {
	byFirst map[string][]phrase
}

// phrase is words that mean something: other words, or a name.
type phrase struct {
	words message
	as    []token
	name  string
}

func newLexicon() *lexicon {
	l := &lexicon{words: map[string]bool{}, stops: map[string]bool{}}
	l.short = newPhrases()
	for _, file := range []string{"short.tsv", "southern.tsv"} {
		for _, f := range rows(file) {
			l.short.add(phrase{words: read(f[0]), as: tokens(f[1])})
		}
	}
	l.concepts, l.times = newPhrases(), newPhrases()
	named("concepts.tsv", func(name, s string) { l.concepts.sounding(phrase{as: tokens(s), name: name}) })
	named("alarm.tsv", func(name, s string) { l.times.add(phrase{words: read(s), name: name}) })
	l.courtesy = newPhrases()
	for _, f := range rows("courtesy.tsv") {
		l.courtesy.add(phrase{words: read(f[0])})
	}
	for _, f := range rows("words.tsv") {
		addWords(l.words, f[0])
	}
	for _, f := range rows("stops.tsv") {
		addWords(l.stops, fold.Key(f[0]))
	}
	return l
}

func addWords(to map[string]bool, words string) {
	for w := range strings.FieldsSeq(words) {
		to[w] = true
	}
}

// rows returns the fields of a file of the lexicon, without its comments.
func rows(file string) [][]string {
	text, err := lexiconFiles.ReadFile("lexicon/" + file)
	if err != nil {
		return nil // embedded: TestLexicon reads every file
	}
	var out [][]string
	for line := range strings.SplitSeq(string(text), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		out = append(out, strings.Split(line, "\t"))
	}
	return out
}

// named reads a file of names and the phrases that mean them.
func named(file string, each func(name, phrase string)) {
	for _, f := range rows(file) {
		for s := range strings.SplitSeq(f[1], "|") {
			each(f[0], s)
		}
	}
}

func newPhrases() phrases { return phrases{byFirst: map[string][]phrase{}} }

func (p phrases) add(f phrase) {
	if len(f.words.folded) == 0 {
		return
	}
	first := f.words.folded[0]
	p.byFirst[first] = append(p.byFirst[first], f)
}

// sounding files a phrase under how its first word sounds.
func (p phrases) sounding(f phrase) {
	if len(f.as) > 0 {
		p.byFirst[f.as[0].sound] = append(p.byFirst[f.as[0].sound], f)
	}
}

// at returns the longest phrase that stands in text from its i-th word on; fits says what accents it may be written with.
func (p phrases) at(text []token, i int, fits func(typed, of accents) bool) (phrase, bool) {
	best, n := phrase{}, 0
	for _, f := range p.byFirst[text[i].word] {
		if len(f.words.folded) > n && stands(text, i, f.words, fits) {
			best, n = f, len(f.words.folded)
		}
	}
	return best, n > 0
}

// stands reports whether the words of f stand in text from i on, with accents that fit.
func stands(text []token, i int, f message, fits func(typed, of accents) bool) bool {
	if i+len(f.folded) > len(text) {
		return false
	}
	for j, w := range f.folded {
		t := text[i+j]
		if t.word != w || f.words != nil && !fits(t.accents, f.words[j]) {
			return false
		}
	}
	return true
}
