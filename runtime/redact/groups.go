package redact

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// group is a run of digits; joint is what joins it to the run before: a separator, or 0 where it stands apart.
type group struct {
	from, to int
	digits   string // ASCII
	joint    rune
}

// split appends the runs of digits of s.
func split(out []group, s string) []group {
	for i := 0; i < len(s); {
		d, size := digit(s[i:])
		if d < 0 {
			i += size
			continue
		}
		g := group{from: i}
		g.digits, g.to = run(s, i)
		if n := len(out); n > 0 {
			g.joint = joint(s[out[n-1].to:i])
		}
		out = append(out, g)
		i = g.to
	}
	return out
}

// run reads the digits from i on.
func run(s string, i int) (digits string, to int) {
	to = i
	for to < len(s) && '0' <= s[to] && s[to] <= '9' {
		to++
	}
	if to == len(s) || s[to] != wideLead {
		return s[i:to], to
	}
	return wideRun(s, i)
}

// wideRun is run where digits of full width may follow.
func wideRun(s string, i int) (digits string, to int) {
	var b strings.Builder
	for i < len(s) {
		d, size := digit(s[i:])
		if d < 0 {
			break
		}
		b.WriteByte('0' + byte(d))
		i += size
	}
	return b.String(), i
}

// wideLead is the first byte of a fullwidth digit.
const wideLead = 0xEF

func isWide(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return '０' <= r && r <= '９'
}

// digit reads the digit that s begins with, -1 where there is none, and the size of the first character.
func digit(s string) (d, size int) {
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case '0' <= r && r <= '9':
		return int(r - '0'), size
	case '０' <= r && r <= '９':
		return int(r - '０'), size
	}
	return -1, size
}

// joint returns the separator where between is one that people put into a number: one space, point, dash, or a dash in spaces.
func joint(between string) rune {
	t := strings.TrimFunc(between, isBlank)
	if t == "" && utf8.RuneCountInString(between) <= 2 {
		return ' '
	}
	r, size := utf8.DecodeRuneInString(t)
	if size != len(t) || utf8.RuneCountInString(between) > 3 {
		return 0
	}
	switch r {
	case '.', '·', '_':
		return '.'
	case '-', '‐', '‑', '–', '—':
		return '-'
	}
	return 0
}

func isBlank(r rune) bool { return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' }

// join takes groups from the front while they belong together, up to most digits, and calls is with each number on the way: the
// groups taken, their digits. It returns how many groups the longest number takes for which is says yes, 0 for none.
func join(groups []group, most int, is func(taken []group, digits string) bool) int {
	best, digits := 0, ""
	for i, g := range groups {
		if i > 0 && g.joint == 0 || len(digits)+len(g.digits) > most {
			break
		}
		digits += g.digits
		if is(groups[:i+1], digits) {
			best = i + 1
		}
	}
	return best
}
