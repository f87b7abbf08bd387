package value

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"hoithoai/dsl/fold"
)

// Stands returns the one option of a chọn that text names among other words: its label or a synonym stands in it as whole words,
// and none of another visible option does. A phrase inside a longer one says nothing ("mất tiền" in "chưa mất tiền"), nor does one
// that also stands in known, which is what everybody says who asks for this (the title of a flow). Accents that are typed must be the
// phrase's own, and a single word with accents counts only with them. ok is false where no option or several are named, and where
// the word before denies it ("không gia hạn"): then the person is to be asked.
func (t Type) Stands(text, known string, ctx Context) (v Value, ok bool) {
	if t.Kind != Choice {
		return Value{}, false
	}
	said := wordsOf(text)
	found := t.mentions(said, fold.Key(known), ctx)
	for i, m := range found {
		if m.option != found[0].option || m.from > 0 && denies(said[m.from-1]) {
			return Value{}, false
		}
		if i == len(found)-1 {
			return t.choice(m.option), true
		}
	}
	return Value{}, false
}

// mention is a phrase of an option found in a message: the words from and to (exclusive).
type mention struct{ option, from, to int }

// mentions lists the phrases of visible options in the message that do not lie inside a longer one.
func (t Type) mentions(said []spokenWord, known string, ctx Context) []mention {
	var all []mention
	for i, o := range t.Options {
		if !ctx.shows(i) {
			continue
		}
		for _, phrase := range append([]string{o.Label}, o.Synonyms...) {
			if fold.Contains(known, fold.Key(phrase)) {
				continue
			}
			for from := range runsOf(said, wordsOf(phrase)) {
				all = append(all, mention{i, from, from + len(wordsOf(phrase))})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b mention) int { return cmp.Compare(b.to-b.from, a.to-a.from) })
	var longest []mention
	for _, m := range all {
		inside := func(l mention) bool { return l.from <= m.from && m.to <= l.to && l.to-l.from > m.to-m.from }
		if !slices.ContainsFunc(longest, inside) {
			longest = append(longest, m)
		}
	}
	return longest
}

// spokenWord is a word as it is written and folded. marks is what it carries besides, the same wherever the tone mark is put
// (hòa, hoà), "" where it was typed without accents.
type spokenWord struct{ raw, key, marks string }

func wordsOf(text string) []spokenWord {
	var out []spokenWord
	for _, w := range strings.FieldsFunc(strings.ToLower(fold.Clean(text)), isGap) {
		key := fold.Key(w)
		if key == "" {
			continue
		}
		s := spokenWord{raw: w, key: key}
		if key != w {
			letters := []rune(norm.NFD.String(w))
			slices.Sort(letters)
			s.marks = string(letters)
		}
		out = append(out, s)
	}
	return out
}

// runsOf yields where the words of phrase stand in said one after the other.
func runsOf(said, phrase []spokenWord) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		n := len(phrase)
		for from := 0; n > 0 && from+n <= len(said); from++ {
			if isRun(said[from:from+n], phrase) && !yield(from) {
				return
			}
		}
	}
}

func isRun(said, phrase []spokenWord) bool {
	for i, p := range phrase {
		s := said[i]
		if s.key != p.key || s.marks != p.marks && (s.marks != "" || len(phrase) == 1) {
			return false
		}
	}
	return true
}

// denials are the words that deny what follows. "dung" may be đúng: only đừng as it is written denies.
var denials = phrases("không", "chưa", "chẳng", "chả", "hông", "hổng", "ko", "kg", "khỏi")

func denies(w spokenWord) bool { return denials[w.raw] || w.raw == "đừng" }
