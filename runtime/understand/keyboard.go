package understand

import (
	"bytes"
	"strings"
)

// What a keyboard sends when the Vietnamese input method is off: the letters of telex or VNI, not yet put together. Both
// decoders return the word, its accents, and whether it is a syllable then; anything else stays as it is.

const (
	grave      = '\u0300'
	acute      = '\u0301'
	hook       = '\u0309'
	tilde      = '\u0303'
	dot        = '\u0323'
	circumflex = '\u0302'
	breve      = '\u0306'
	horn       = '\u031B'
)

// decoded decodes a folded word by the keyboard it looks to come from.
func decoded(word string) (string, accents, bool) {
	if strings.ContainsAny(word, "0123456789") {
		return fromVNI(word)
	}
	return fromTelex(word)
}

// longestTyped is how many letters a syllable has at most, "nghieng", and some to spare.
const longestTyped = 10

// typed is a word being put together: its bare letters, the quality of each, and the tone of the whole.
type typed struct {
	letters [longestTyped]byte
	marks   [longestTyped]accents
	n       int
	tone    accents
}

// add takes a bare letter; false when there is no room for it.
func (t *typed) add(c byte) bool {
	if t.n == longestTyped {
		return false
	}
	t.letters[t.n] = c
	t.n++
	return true
}

func (t *typed) bare() []byte { return t.letters[:t.n] }

// mark puts m above the last letter of those in on, and on the letter before as well where "uo" becomes "ươ".
func (t *typed) mark(m accents, on string) bool {
	i := bytes.LastIndexAny(t.bare(), on)
	if i < 0 {
		return false
	}
	t.marks[i] = m
	if m == withHorn && i > 0 && t.letters[i] == 'o' && t.letters[i-1] == 'u' {
		t.marks[i-1] = withHorn
	}
	return true
}

// word returns the letters and what stands above them, if they are a syllable.
func (t *typed) word() (string, accents, bool) {
	if !isSyllable(t.bare()) {
		return "", 0, false
	}
	a := t.tone
	for i := range t.n {
		a |= t.marks[i].at(i)
	}
	return string(t.bare()), a, true
}

// telexTone returns the tone a letter means in telex, or 0.
func telexTone(c byte) accents {
	switch c {
	case 'f':
		return toneGrave
	case 's':
		return toneAcute
	case 'r', 'x':
		return toneHook
	case 'j':
		return toneDot
	}
	return 0
}

// fromTelex decodes a lower-case word such as "ddawng", "truj", "nguwowif".
func fromTelex(word string) (string, accents, bool) {
	var t typed
	changed := false
	for i := range len(word) {
		switch c := word[i]; {
		case t.telex(c):
			changed = true
		case c < 'a' || c > 'z' || !t.add(c):
			return "", 0, false
		}
	}
	if !changed {
		return "", 0, false
	}
	return t.word()
}

// telex takes a letter that is a mark or a tone where it stands.
func (t *typed) telex(c byte) bool {
	if t.n == 0 {
		return false
	}
	if tone := telexTone(c); tone != 0 && t.hasVowel() {
		t.tone = tone
		return true
	}
	switch {
	case c == 'w':
		return t.wide()
	case c == 'd' && t.letters[0] == 'd' && t.marks[0] == 0:
		t.marks[0] = withStroke
		return true
	case c == 'a' || c == 'e' || c == 'o':
		if i := bytes.LastIndexByte(t.bare(), c); i >= 0 && t.marks[i] == 0 {
			t.marks[i] = withCircumflex
			return true
		}
	}
	return false
}

// wide takes the w of telex: ă, ơ, ư, or ươ.
func (t *typed) wide() bool {
	bare := t.bare()
	if bare[t.n-1] == 'a' || bytes.IndexByte(bare, 'a') >= 0 && bytes.IndexByte(bare, 'u') < 0 {
		return t.mark(withBreve, "a")
	}
	if t.mark(withHorn, "ou") {
		return true
	}
	if !t.add('u') {
		return false
	}
	t.marks[t.n-1] = withHorn
	return true
}

func (t *typed) hasVowel() bool { return bytes.ContainsAny(t.bare(), "aeiouy") }

// fromVNI decodes a lower-case word such as "dang8", "ky1", "nguoi72". A number alone is none.
func fromVNI(word string) (string, accents, bool) {
	var t typed
	changed := false
	for i := range len(word) {
		switch c := word[i]; {
		case c >= 'a' && c <= 'z':
			if !t.add(c) {
				return "", 0, false
			}
		case !t.vni(c):
			return "", 0, false
		default:
			changed = true
		}
	}
	if !changed || !t.means() {
		return "", 0, false
	}
	return t.word()
}

// means reports whether the letters are a word together with their numbers. Of a single letter with a tone alone only "ý" and "ạ" are:
// "a1" is a class of licences.
func (t *typed) means() bool {
	return t.n > 1 || t.tone == 0 || t.marks[0] != 0 || t.letters[0] == 'y' || t.letters[0] == 'a' && t.tone == toneDot
}

func (t *typed) vni(c byte) bool {
	switch c {
	case '1', '2', '3', '4', '5':
		if !t.hasVowel() {
			return false
		}
		t.tone = [...]accents{toneAcute, toneGrave, toneHook, toneHook, toneDot}[c-'1']
		return true
	case '6':
		return t.mark(withCircumflex, "aeo")
	case '7':
		return t.mark(withHorn, "ou")
	case '8':
		return t.mark(withBreve, "a")
	case '9':
		return t.mark(withStroke, "d")
	}
	return false
}
