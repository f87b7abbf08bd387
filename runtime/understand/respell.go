package understand

import "strings"

// Young people write fewer letters, or others that sound alike: "trog", "fường", "wá", "mìnk", "jết". A word that is none is tried with
// what these letters stand for until it is one that was taught.

// spelling is letters of a word and what they may stand for.
type spelling struct{ typed, meant string }

var (
	beginnings = [...]spelling{{"f", "ph"}, {"w", "qu"}, {"dz", "v"}, {"dz", "d"}, {"z", "v"}, {"z", "d"}, {"z", "gi"}, {"j", "gi"}, {"j", "ch"}, {"k", "c"}, {"q", "qu"}}
	endings    = [...]spelling{{"g", "ng"}, {"nk", "nh"}, {"ik", "iet"}, {"ck", "ch"}, {"k", "ch"}, {"k", "c"}, {"j", "i"}}
)

// respelled returns a word as somebody taught it, if its letters can be meant so, else as it is.
func (u *Understander) respelled(t token) token {
	if meant, ok := u.ended(t, 0); ok {
		return meant
	}
	for _, s := range beginnings {
		if rest, ok := strings.CutPrefix(t.word, s.typed); ok && rest != "" {
			if meant, ok := u.ended(tokenOf(s.meant+rest, t.accents), len(s.meant)-len(s.typed)); ok {
				return meant
			}
		}
	}
	return t
}

// ended returns a word that was taught with what its last letters may stand for; its accents move by so many letters.
func (u *Understander) ended(t token, moved int) (token, bool) {
	a := t.accents.moved(moved)
	if u.known.has(t.id) {
		return tokenOf(t.word, a), true
	}
	if w := undoubled(t.word); w != "" && u.known.has(hashOf(w)) {
		return tokenOf(w, a), true
	}
	for _, s := range endings {
		if rest, ok := strings.CutSuffix(t.word, s.typed); ok && rest != "" && u.known.has(hashOf(rest+s.meant)) {
			return tokenOf(rest+s.meant, a), true
		}
	}
	return t, false
}

// undoubled returns a word without the second of two equal last letters, "" where they differ.
func undoubled(w string) string {
	if n := len(w); n > 2 && w[n-1] == w[n-2] && (w[n-1] < '0' || w[n-1] > '9') {
		return w[:n-1]
	}
	return ""
}

// moved returns accents whose letters stand so many places further back.
func (a accents) moved(by int) accents {
	quality := a &^ toneMask
	if by < 0 {
		quality = quality >> (3 * -by) &^ toneMask
	} else {
		quality <<= 3 * by
	}
	return quality | a&toneMask
}
