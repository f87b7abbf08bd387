package understand

import "strings"

// What a keyboard sends when the Vietnamese input method is off: the letters of telex or VNI, not yet put together. Both
// decoders return the word with its marks (in NFD order) and whether it is a syllable then; anything else stays as it is.

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

// typed is a word being put together: its bare letters, the mark above each, and the tone of the whole.
type typed struct {
	letters []byte
	marks   []rune
	tone    rune
}

func (t *typed) add(c byte) {
	t.letters = append(t.letters, c)
	t.marks = append(t.marks, 0)
}

// mark puts m above the last letter of those in on, and on the letter before as well where "uo" becomes "ươ".
func (t *typed) mark(m rune, on string) bool {
	for i := len(t.letters) - 1; i >= 0; i-- {
		if strings.IndexByte(on, t.letters[i]) < 0 {
			continue
		}
		t.marks[i] = m
		if m == horn && i > 0 && t.letters[i] == 'o' && t.letters[i-1] == 'u' {
			t.marks[i-1] = horn
		}
		return true
	}
	return false
}

// word returns the letters with their marks; the tone stands on the first vowel, which is all that reading needs.
func (t *typed) word() (string, bool) {
	if !isSyllable(string(t.letters)) {
		return "", false
	}
	var b strings.Builder
	toned := t.tone == 0
	for i, c := range t.letters {
		if c == 'd' && t.marks[i] != 0 {
			b.WriteString("đ")
			continue
		}
		b.WriteByte(c)
		if t.marks[i] != 0 {
			b.WriteRune(t.marks[i])
		}
		if !toned && strings.IndexByte("aeiouy", c) >= 0 {
			b.WriteRune(t.tone)
			toned = true
		}
	}
	return b.String(), true
}

var telexTones = map[byte]rune{'f': grave, 's': acute, 'r': hook, 'x': tilde, 'j': dot}

// fromTelex decodes a lower-case word such as "ddawng", "truj", "nguwowif".
func fromTelex(word string) (string, bool) {
	var t typed
	changed := false
	for i := range len(word) {
		c := word[i]
		if t.telex(c) {
			changed = true
			continue
		}
		if c < 'a' || c > 'z' {
			return "", false
		}
		t.add(c)
	}
	if !changed {
		return "", false
	}
	return t.word()
}

// telex takes a letter that is a mark or a tone where it stands.
func (t *typed) telex(c byte) bool {
	n := len(t.letters)
	if n == 0 {
		return false
	}
	switch tone := telexTones[c]; {
	case tone != 0 && t.hasVowel():
		t.tone = tone
		return true
	case c == 'w':
		return t.wide()
	case c == 'd' && t.letters[0] == 'd' && t.marks[0] == 0:
		t.marks[0] = horn
		return true
	case c == 'a' || c == 'e' || c == 'o':
		if i := strings.LastIndexByte(string(t.letters), c); i >= 0 && t.marks[i] == 0 {
			t.marks[i] = circumflex
			return true
		}
	}
	return false
}

// wide takes the w of telex: ă, ơ, ư, or ươ.
func (t *typed) wide() bool {
	last := t.letters[len(t.letters)-1]
	if last == 'a' || strings.IndexByte(string(t.letters), 'a') >= 0 && strings.IndexByte(string(t.letters), 'u') < 0 {
		return t.mark(breve, "a")
	}
	if t.mark(horn, "ou") {
		return true
	}
	t.add('u')
	t.marks[len(t.marks)-1] = horn
	return true
}

func (t *typed) hasVowel() bool { return strings.ContainsAny(string(t.letters), "aeiouy") }

var vniTones = map[byte]rune{'1': acute, '2': grave, '3': hook, '4': tilde, '5': dot}

// fromVNI decodes a lower-case word such as "dang8", "ky1", "nguoi72". A number alone is none.
func fromVNI(word string) (string, bool) {
	var t typed
	changed := false
	for i := range len(word) {
		c := word[i]
		switch {
		case c >= 'a' && c <= 'z':
			t.add(c)
		case !t.vni(c):
			return "", false
		default:
			changed = true
		}
	}
	if !changed || len(t.letters) < 2 && t.tone != 0 {
		return "", false
	}
	return t.word()
}

func (t *typed) vni(c byte) bool {
	if tone := vniTones[c]; tone != 0 && t.hasVowel() {
		t.tone = tone
		return true
	}
	switch c {
	case '6':
		return t.mark(circumflex, "aeo")
	case '7':
		return t.mark(horn, "ou")
	case '8':
		return t.mark(breve, "a")
	case '9':
		return t.mark(horn, "d")
	}
	return false
}
