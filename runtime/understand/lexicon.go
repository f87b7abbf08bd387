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
	short    phrases  // abbreviations, teen spellings and Southern words, with what they stand for
	concepts phrases  // what words are about, by how they sound
	times    phrases  // danger, and when it happens
	courtesy phrases  // what is said around a request
	names    []string // of concepts and times
	words    table    // no syllables, and meant as they stand
	stops    table
}

func newLexicon() *lexicon {
	l := &lexicon{}
	for _, file := range []string{"short.tsv", "southern.tsv"} {
		for _, f := range rows(file) {
			l.short.word(phrase{words: tokens(f[0]), as: tokens(f[1])})
		}
	}
	l.named("concepts.tsv", func(f phrase) { l.concepts.add(f.words[0].sound, f) })
	l.named("alarm.tsv", l.times.word)
	for _, f := range rows("courtesy.tsv") {
		l.courtesy.word(phrase{words: tokens(f[0])})
	}
	for _, f := range rows("words.tsv") {
		addWords(&l.words, f[0])
	}
	for _, f := range rows("stops.tsv") {
		addWords(&l.stops, fold.Key(f[0]))
	}
	return l
}

func addWords(to *table, words string) {
	for w := range strings.FieldsSeq(words) {
		to.put(hashOf(w), 0)
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
func (l *lexicon) named(file string, add func(phrase)) {
	for _, f := range rows(file) {
		name := int32(len(l.names))
		l.names = append(l.names, f[0])
		for s := range strings.SplitSeq(f[1], "|") {
			if words := tokens(s); len(words) > 0 {
				add(phrase{words: words, name: name})
			}
		}
	}
}
