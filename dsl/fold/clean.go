package fold

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// MaxClean is the number of runes Clean keeps (design/security.md, threat 5).
const MaxClean = 4000

// maxMarks is the number of combining marks Clean keeps on one character: Vietnamese needs two, no script of a name needs
// more than four, and a hundred stacked ones only break the screen of the officer who reads them.
const maxMarks = 4

// Clean returns s as it is accepted from a resident: valid UTF-8 in NFC, line breaks as "\n", tabs and odd spaces as a plain
// space, without control characters, bidirectional controls, zero-width and other invisible characters (also inside joined
// emoji), at most four marks on a character, trimmed, cut after MaxClean runes. Clean is idempotent and returns s itself when
// there is nothing to do.
func Clean(s string) string {
	if isClean(s) {
		return s
	}
	s = norm.NFC.String(filter(s))
	return strings.TrimSpace(firstRunes(s, MaxClean))
}

// isClean answers the usual message quickly: short enough, and all printable ASCII and composed Latin letters.
func isClean(s string) bool {
	if s == "" {
		return true
	}
	if len(s) > MaxClean || s[0] == ' ' || s[len(s)-1] == ' ' {
		return false
	}
	for _, r := range s {
		if !isPlain(r) {
			return false
		}
	}
	return true
}

// isPlain reports whether r stays as it is wherever it stands: such runes neither compose nor vanish.
func isPlain(r rune) bool {
	return ' ' <= r && r <= '~' || 'À' <= r && r <= 'ɏ' || 'Ḁ' <= r && r <= 'ỿ'
}

// filter drops and replaces runes; the limit on marks is on what the resident sent, before composition.
func filter(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	marks := 0
	for i, r := range s {
		switch r = cleanRune(r, s[i:]); {
		case r < 0:
			continue
		case unicode.IsMark(r):
			marks++
		default:
			marks = 0
		}
		if marks <= maxMarks {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// cleanRune returns what r becomes, or -1 when it is dropped; rest begins with r.
func cleanRune(r rune, rest string) rune {
	switch {
	case r == '\r':
		if strings.HasPrefix(rest, "\r\n") {
			return -1
		}
		return '\n'
	case r == '\n', r == '\u2028', r == '\u2029', r == '\u0085':
		return '\n'
	case unicode.IsSpace(r):
		return ' '
	case unicode.IsControl(r), Invisible(r):
		return -1
	case r == utf8.RuneError && !strings.HasPrefix(rest, "\uFFFD"):
		return -1
	}
	return r
}

// Invisible reports whether r is a format character that leaves nothing on the screen: zero-width and bidirectional controls,
// soft hyphens, joiners, tags, fillers.
func Invisible(r rune) bool {
	if r < 0xAD {
		return false
	}
	switch r {
	case '\u034F', '\u115F', '\u1160', '\u17B4', '\u17B5', '\u3164', '\uFFA0':
		return true
	}
	return unicode.Is(unicode.Cf, r)
}

func firstRunes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
