// Package redact takes out of a resident's words what nobody here ever asks for and a stranger could use: numbers of identity
// cards (9 and 12 digits), numbers of bank cards, and one-time codes. What goes into the journal, into a log or into a list of
// messages that were not understood passes through here first; the engine asks here whether the person must be told.
//
// It knows numbers, not people: names, addresses and telephone numbers stay, for an office asks for them and keeps them as its
// flows say (`bảo mật`). It is not responsible for what a flow itself stores.
package redact

import (
	"slices"
	"strings"
)

// Mask stands where something was taken out.
const Mask = "•••"

// Kind says what was found.
type Kind uint8

// What is found.
const (
	ID   Kind = iota + 1 // the number of an identity card, old (9 digits) or new (12)
	Card                 // the number of a bank card: 13 to 19 digits with a right check digit
	Code                 // a one-time code, 4 to 8 digits near the words that say so
)

// Found is one piece of a text: its bytes From to To.
type Found struct {
	Kind     Kind
	From, To int
}

// Text returns s with Mask in the place of everything found, s itself where nothing is. It is idempotent.
func Text(s string) string {
	for {
		found := Find(s)
		if len(found) == 0 {
			return s
		}
		s = masked(s, found)
	}
}

func masked(s string, found []Found) string {
	var b strings.Builder
	b.Grow(len(s))
	at := 0
	for _, f := range found {
		b.WriteString(s[at:f.From])
		b.WriteString(Mask)
		at = f.To
	}
	b.WriteString(s[at:])
	return b.String()
}

// Find lists what must not be kept, in the order of the text; no two overlap.
func Find(s string) []Found {
	if !enough(s) {
		return nil
	}
	var few [16]group
	groups := split(few[:0], s)
	var out []Found
	for i := 0; i < len(groups); {
		kind, n := at(s, groups[i:])
		if kind > 0 {
			out = append(out, Found{kind, groups[i].from, groups[i+n-1].to})
		}
		i += max(n, 1)
	}
	return codes(s, groups, out)
}

// enough reports whether s has as many digits as the shortest of what is looked for.
func enough(s string) bool {
	n := 0
	for i := 0; i < len(s) && n < shortestCode; i++ {
		switch {
		case '0' <= s[i] && s[i] <= '9':
			n++
		case s[i] == wideLead && isWide(s[i:]):
			n++
		}
	}
	return n >= shortestCode
}

// at says what begins at the first group: what it is (0: nothing to take out) and how many groups it takes. What is surely
// something else (a telephone number, a date, an amount) goes first, so that its tail is not taken for a number of its own.
func at(s string, groups []group) (kind Kind, taken int) {
	if n := harmless(s, groups); n > 0 {
		return 0, n
	}
	if n := card(s, groups); n > 0 {
		return Card, n
	}
	if n := identity(s, groups); n > 0 {
		return ID, n
	}
	return 0, 0
}

// overlaps reports whether a stretch of the text is taken already.
func overlaps(found []Found, from, to int) bool {
	return slices.ContainsFunc(found, func(f Found) bool { return from < f.To && f.From < to })
}
