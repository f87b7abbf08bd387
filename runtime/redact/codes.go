package redact

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hoithoai/dsl/fold"
)

// Lengths of one-time codes, in digits.
const (
	shortestCode = 4
	longestCode  = 8
)

// How near the words must stand, in characters: they mostly go before the code.
const (
	nearBefore = 32
	nearAfter  = 24
)

// codeWords name a one-time code, folded.
var codeWords = []string{"otp", "ma xac thuc", "ma xac nhan", "ma xac minh", "ma pin", "ma bao mat", "ma dang nhap"}

// codes adds the one-time codes to what was found.
func codes(s string, groups []group, found []Found) []Found {
	for i := 0; i < len(groups); i++ {
		if n := harmless(s, groups[i:]); n > 0 {
			i += n - 1
			continue
		}
		n := code(s, groups[i:])
		if n == 0 || overlaps(found, groups[i].from, groups[i+n-1].to) {
			continue
		}
		found = append(found, Found{Code, groups[i].from, groups[i+n-1].to})
		i += n - 1
	}
	slices.SortFunc(found, func(a, b Found) int { return a.From - b.From })
	return found
}

// code returns how many groups from the front are a one-time code.
func code(s string, groups []group) int {
	if stroke(s, groups[0]) {
		return 0
	}
	n := join(groups, longestCode, func(taken []group, digits string) bool {
		return len(digits) >= shortestCode && (len(taken) == 1 || sound(taken))
	})
	if n == 0 || stroke(s, groups[n-1]) || !says(before(s, groups[0].from)) && !says(after(s, groups[n-1].to)) {
		return 0
	}
	return n
}

// sound reports whether groups are parts of one code, "123 456" or "1 2 3 4 5 6": all of one length.
func sound(taken []group) bool {
	for _, g := range taken {
		if len(g.digits) != len(taken[0].digits) {
			return false
		}
	}
	return true
}

// stroke reports whether a number is part of a date, a time or a fraction.
func stroke(s string, g group) bool {
	return g.from > 0 && strings.IndexByte("/:,", s[g.from-1]) >= 0 && digitBefore(s, g.from-1) ||
		g.to < len(s) && strings.IndexByte("/:,", s[g.to]) >= 0 && digitAfter(s, g.to+1)
}

func digitBefore(s string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return unicode.IsDigit(r)
}

func digitAfter(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsDigit(r)
}

// says reports whether words name a one-time code.
func says(words string) bool {
	key := " " + fold.Key(words) + " "
	for _, w := range codeWords {
		if strings.Contains(key, " "+w+" ") {
			return true
		}
	}
	return false
}

// before is what stands just before a place, at most nearBefore characters.
func before(s string, from int) string {
	i := from
	for n := 0; n < nearBefore && i > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
	}
	return s[i:from]
}

// after is what stands just behind a place, at most nearAfter characters.
func after(s string, to int) string {
	i := to
	for n := 0; n < nearAfter && i < len(s); n++ {
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return s[to:i]
}

func letterBefore(s string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return unicode.IsLetter(r)
}

func letterAfter(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(r)
}
