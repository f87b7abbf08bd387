// Package fold makes Vietnamese text comparable: two texts a resident would call the same have the same key, whatever
// keyboard, accents, case or Unicode form they came in. It also cleans text as it is accepted from a resident. It knows no
// meaning: synonyms, polite words and numbers in words belong to package value, triggers to the matcher.
package fold

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// stackKey is the length up to which Key folds without a second allocation; longer texts grow.
const stackKey = 192

// Key returns the comparable form of s: lower case, without diacritics (đ and ₫ become d), every run of punctuation, symbols
// and white space one space, no space at either end, compatibility forms resolved (fullwidth digits, ligatures), invisible
// characters and invalid bytes dropped.
//
// One of / . , - : standing alone between two digits stays, so that "26/11", "15.000", "1,5" and "7:30" remain one word each;
// dashes of every kind become "-" there. Everywhere else they are punctuation: "số 1." is "so 1", "-5" is "5", "+84" is "84".
//
// Key is idempotent, and returns s itself, without allocating, when s is already a key.
func Key(s string) string {
	if isKey(s) {
		return s
	}
	var buf [stackKey]byte
	return string(AppendKey(buf[:0], s))
}

// AppendKey appends the key of s to dst and returns the extended slice. What dst already holds is not looked at.
func AppendKey(dst []byte, s string) []byte {
	at := state{start: len(dst)}
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			dst, at = put(dst, at, folds[c])
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		switch {
		case r == utf8.RuneError && size == 1:
		case r < tableEnd && folds[r] != slow:
			dst, at = put(dst, at, folds[r])
		default:
			dst, at = putRune(dst, at, r)
		}
	}
	return dst
}

// Words splits a key at its spaces; an empty key has no words.
func Words(key string) []string {
	if key == "" {
		return nil
	}
	return strings.Split(key, " ")
}

// Contains reports whether the words of phrase stand in key one after the other. Both are keys. The empty phrase stands nowhere.
func Contains(key, phrase string) bool { return Index(key, phrase) >= 0 }

// Index returns the byte at which the words of phrase first stand in key one after the other, or -1. Both are keys.
func Index(key, phrase string) int {
	if phrase == "" {
		return -1
	}
	for from := 0; ; {
		i := strings.Index(key[from:], phrase)
		if i < 0 {
			return -1
		}
		start, end := from+i, from+i+len(phrase)
		if (start == 0 || key[start-1] == ' ') && (end == len(key) || key[end] == ' ') {
			return start
		}
		from = start + 1
	}
}

// isKey reports whether s is a key already; it looks at ASCII only and is false for any other text.
func isKey(s string) bool {
	if s == "" {
		return true
	}
	if s[0] == ' ' || s[len(s)-1] == ' ' {
		return false
	}
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= utf8.RuneSelf:
			return false
		case c == ' ':
			if s[i-1] == ' ' {
				return false
			}
		case isNumberSign(c):
			if i == 0 || i == len(s)-1 || !isDigit(s[i-1]) || !isDigit(s[i+1]) {
				return false
			}
		case folds[c] != c:
			return false
		}
	}
	return true
}

// state is where a key being built stands: where it starts, and what comes between its last byte and the next: 0 nothing, ' ' a
// space, or a sign of a number, which is written only when a digit follows. It travels by value, so that the caller's buffer
// stays on the caller's stack.
type state struct {
	start int
	gap   byte
}

// put appends what one entry of the fold table stands for.
func put(dst []byte, at state, c byte) ([]byte, state) {
	switch {
	case c == drop:
	case c == space:
		at.gap = ' '
	case isNumberSign(c):
		at.gap = sign(dst, at, c)
	default:
		if at.gap != 0 {
			dst, at = open(dst, at, isDigit(c))
		}
		dst = append(dst, c)
	}
	return dst, at
}

// sign returns the gap that a sign of a number leaves: itself directly behind a digit, else a space.
func sign(dst []byte, at state, c byte) byte {
	if at.gap == 0 && len(dst) > at.start && isDigit(dst[len(dst)-1]) {
		return c
	}
	return ' '
}

// open writes the gap before the next letter or digit.
func open(dst []byte, at state, digit bool) ([]byte, state) {
	gap := at.gap
	at.gap = 0
	if gap == 0 || len(dst) == at.start {
		return dst, at
	}
	if !digit {
		gap = ' '
	}
	return append(dst, gap), at
}

// putRune folds a rune the table does not answer: other scripts, compatibility forms, symbols.
func putRune(dst []byte, at state, r rune) ([]byte, state) {
	var raw [utf8.UTFMax]byte
	n := utf8.EncodeRune(raw[:], r)
	parts := norm.NFKD.Properties(raw[:n]).Decomposition()
	if parts == nil {
		return putPart(dst, at, r)
	}
	for len(parts) > 0 {
		p, size := utf8.DecodeRune(parts)
		parts = parts[size:]
		dst, at = putPart(dst, at, p)
	}
	return dst, at
}

// putPart folds one rune that does not decompose any further.
func putPart(dst []byte, at state, r rune) ([]byte, state) {
	if c := classify(r); c != slow {
		return put(dst, at, c)
	}
	dst, at = open(dst, at, false)
	return utf8.AppendRune(dst, unicode.ToLower(r)), at
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isNumberSign(c byte) bool {
	return c == '/' || c == '.' || c == ',' || c == '-' || c == ':'
}
