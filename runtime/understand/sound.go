package understand

import "strings"

// sounds are spellings that many people hear as one: s and x, tr and ch, d, gi, r and v in the South, final n and ng, c and t.
var (
	soundsFirst = [...][2]string{{"ngh", "ng"}, {"gi", "z"}, {"tr", "ch"}, {"gh", "g"}, {"qu", "kw"}, {"d", "z"}, {"r", "z"}, {"v", "z"}, {"x", "s"}, {"c", "k"}}
	soundsLast  = [...][2]string{{"nh", "n"}, {"ng", "n"}, {"ch", "t"}, {"c", "t"}, {"y", "i"}}
)

// soundLen is room for how any syllable sounds.
const soundLen = 24

// appendSound appends how a folded word sounds, in letters of its own.
func appendSound(out []byte, w string) []byte {
	if w == "" || w[0] >= '0' && w[0] <= '9' {
		return append(out, w...)
	}
	if first, n := soundFirst(w); n > 0 {
		out, w = append(out, first...), w[n:]
	}
	for _, s := range soundsLast {
		if rest, ok := strings.CutSuffix(w, s[0]); ok && len(out)+len(rest) > 0 {
			return append(append(out, rest...), s[1]...)
		}
	}
	return append(out, w...)
}

// soundFirst returns what the first letters of a word sound like and how many they are, 0 where they sound as written.
func soundFirst(w string) (string, int) {
	for _, s := range soundsFirst {
		n := len(s[0])
		if len(w) > n && w[:n] == s[0] && !(s[0] == "c" && w[1] == 'h') {
			return s[1], n
		}
	}
	return "", 0
}
