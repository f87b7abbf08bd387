package redact

import (
	"strconv"
	"strings"

	"hoithoai/dsl/fold"
)

// Lengths of what is looked for, in digits.
const (
	oldID        = 9
	newID        = 12
	shortestCard = 13
	longestCard  = 19
)

// identity returns how many groups from the front are the number of an identity card.
func identity(s string, groups []group) int {
	return join(groups, newID, func(taken []group, digits string) bool {
		long := len(digits) == newID && digits[0] == '0' // the code of a province, 001 to 096
		return (long || len(digits) == oldID) && evenly(taken) && apart(s, groups, taken, digits)
	})
}

// evenly reports whether a number is grouped as people group one: not one digit here and eight there. Each digit by itself is
// how a careful person spells it out.
func evenly(taken []group) bool {
	ones, many := 0, 0
	for _, g := range taken {
		if len(g.digits) == 1 {
			ones++
		} else {
			many++
		}
	}
	return ones == 0 || many == 0
}

// apart reports whether a number stands by itself: spelt out it must not go on, and inside a word (a parcel's VN123456789VN) it
// counts only where identity cards begin so, or are named before it.
func apart(s string, groups, taken []group, digits string) bool {
	if len(taken) < len(groups) && len(taken[0].digits) == 1 && groups[len(taken)].joint != 0 {
		return false
	}
	from, to := taken[0].from, taken[len(taken)-1].to
	if !letterBefore(s, from) && !letterAfter(s, to) {
		return true
	}
	return digits[0] == '0' || named(s, from)
}

// named reports whether the words before say that a number of an identity card follows.
func named(s string, from int) bool {
	key := fold.Key(before(s, from))
	for _, word := range []string{"cmnd", "cccd", "can cuoc", "chung minh", "cmt", "dinh danh"} {
		if strings.Contains(key, word) {
			return true
		}
	}
	return false
}

// card returns how many groups from the front are the number of a bank card.
func card(s string, groups []group) int {
	return join(groups, longestCard, func(taken []group, digits string) bool {
		return len(digits) >= shortestCard && evenly(taken) && luhn(digits)
	})
}

// luhn reports whether the last digit checks the others (ISO/IEC 7812-1). A row of zeros passes the sum and is no card.
func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum > 0 && sum%10 == 0
}

// harmless returns how many groups from the front are surely something else: a telephone number, a date, an amount.
func harmless(s string, groups []group) int {
	if n := join(groups, longestPhone, func(_ []group, digits string) bool { return phone(digits) }); n > 0 && !pieces(groups) {
		return n
	}
	if n := date(groups); n > 0 {
		return n
	}
	return amount(s, groups)
}

// longestPiece is the longest piece into which people cut the number of an identity card.
const longestPiece = 6

// pieces reports whether all that belongs together is one new identity card's number in pieces, whose beginning would pass for
// a telephone number.
func pieces(groups []group) bool {
	n, digits := 0, 0
	for n < len(groups) && (n == 0 || groups[n].joint != 0) {
		if len(groups[n].digits) > longestPiece {
			return false
		}
		digits += len(groups[n].digits)
		n++
	}
	return digits == newID && groups[0].digits[0] == '0' && evenly(groups[:n])
}

// longestPhone is 0084 and nine digits.
const longestPhone = 13

// phone reports whether digits are a Vietnamese telephone number: 10 digits from 0, 11 from 02 (landlines) or 01 (before 2018),
// with the country's code 84 or 0084 in place of the 0.
func phone(digits string) bool {
	if strings.HasPrefix(digits, "0084") {
		digits = digits[2:]
	}
	if rest, ok := strings.CutPrefix(digits, "84"); ok && len(digits) >= 11 {
		digits = "0" + strings.TrimPrefix(rest, "0")
	}
	switch len(digits) {
	case 10:
		return digits[0] == '0'
	case 11:
		return strings.HasPrefix(digits, "02") || strings.HasPrefix(digits, "01")
	}
	return false
}

// date returns 3 where the front is a day, a month and a year, or a year first, with points or dashes; a date with strokes is no
// number anyway.
func date(groups []group) int {
	if len(groups) < 3 || groups[1].joint == 0 || groups[1].joint != groups[2].joint {
		return 0
	}
	a, m, b := groups[0].digits, groups[1].digits, groups[2].digits
	if len(a) == 4 {
		a, b = b, a
	}
	if len(b) != 4 || !within(a, 31) || !within(m, 12) || !(b >= "1900" && b <= "2100") {
		return 0
	}
	return 3
}

func within(digits string, most int) bool {
	n, err := strconv.Atoi(digits)
	return err == nil && len(digits) <= 2 && n >= 1 && n <= most
}

// amount returns how many groups from the front are a sum of money or another count: in thousands with points, with a unit
// behind, or round; or a number with a fraction (a latitude).
func amount(s string, groups []group) int {
	n := thousands(groups)
	last := groups[max(n-1, 0)]
	id := named(s, groups[0].from)
	switch {
	case n > 1 && !id:
		return n
	case fraction(groups):
		return 2
	case groups[0].digits[0] != '0' && unit(s, last.to):
		return max(n, 1)
	case round(groups[0].digits) && !id && !follows(groups):
		return 1
	}
	return 0
}

// round reports whether digits without a unit are rather a sum than an identity card. From the length of a bank card on they
// are not: nobody tells the police of ten thousand billion đồng, and one card number in a thousand ends in three zeros.
func round(digits string) bool {
	return len(digits) >= oldID && len(digits) < shortestCard && digits[0] != '0' && strings.HasSuffix(digits, "000")
}

func follows(groups []group) bool { return len(groups) > 1 && groups[1].joint != 0 }

// thousands returns how many groups are one number written in thousands with points, 0 where the front is none.
func thousands(groups []group) int {
	first := groups[0].digits
	if len(first) > 3 || first[0] == '0' {
		return 0
	}
	n := 1
	for n < len(groups) && groups[n].joint == '.' && len(groups[n].digits) == 3 {
		n++
	}
	if n < len(groups) && groups[n].joint == '.' {
		return 0
	}
	return n
}

// fraction reports whether the front is a number with a point before its fraction: "106.660172".
func fraction(groups []group) bool {
	return len(groups) > 1 && groups[1].joint == '.' && len(groups[0].digits) <= 3 && len(groups[1].digits) > 4 &&
		(len(groups) == 2 || groups[2].joint != '.')
}

// units stand behind an amount, folded.
var units = map[string]bool{
	"d": true, "dong": true, "vnd": true, "k": true, "nghin": true, "ngan": true, "trieu": true, "tr": true, "ty": true,
	"ti": true, "usd": true, "do": true, "cai": true, "nguoi": true, "m2": true, "met": true, "km": true,
}

// unit reports whether the word behind a number is one of units.
func unit(s string, to int) bool {
	rest := s[to:min(len(s), to+nearUnit)]
	word, _, _ := strings.Cut(fold.Key(rest), " ")
	return units[word]
}

// nearUnit is how many bytes behind a number its unit is looked for.
const nearUnit = 16
