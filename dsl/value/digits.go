package value

import "strings"

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// atoi reads plain digits, at most 18 of them.
func atoi(s string) int64 {
	var n int64
	for i := range len(s) {
		n = n*10 + int64(s[i]-'0')
	}
	return n
}

// parseDigits reads one word of digits: "12", "1.000", "1,000", "1.234.567", "1,5", "1.234,56". A sign with groups of exactly
// three digits behind it groups; otherwise the last one is the decimal sign, with one or two places.
func parseDigits(w string) (group, bool) {
	first := strings.IndexAny(w, ".,")
	if strings.Trim(w, "0123456789.,") != "" || len(w) > 24 {
		return group{}, false
	}
	if first < 0 {
		return whole(w)
	}
	last := strings.LastIndexAny(w, ".,")
	body, tail := w[:last], w[last+1:]
	switch {
	case isGrouped(w, w[first]):
		g, ok := whole(strings.ReplaceAll(w, w[first:first+1], ""))
		g.comma = w[first] == ',' && first == last
		return g, ok
	case len(tail) > 2:
		return group{}, false
	case first == last:
		return decimal(body, tail)
	case w[first] != w[last] && isGrouped(body, w[first]):
		return decimal(strings.ReplaceAll(body, w[first:first+1], ""), tail)
	}
	return group{}, false
}

func whole(digits string) (group, bool) {
	if len(digits) > 16 {
		return group{}, false
	}
	return group{whole: atoi(digits), digits: len(digits)}, true
}

// decimal joins a whole part and decimal places; places that are all zero are none.
func decimal(body, tail string) (group, bool) {
	g, ok := whole(body)
	g.digits = 0
	g.frac, g.places = atoi(tail), len(tail)
	return g, ok
}

// isGrouped reports whether w is one to three digits, not beginning with 0, and then groups of three behind sign.
func isGrouped(w string, sign byte) bool {
	parts := strings.Split(w, string(sign))
	if len(parts) < 2 || len(parts[0]) < 1 || len(parts[0]) > 3 || parts[0][0] == '0' || strings.ContainsAny(parts[0], ".,") {
		return false
	}
	for _, part := range parts[1:] {
		if !isTriple(part) {
			return false
		}
	}
	return true
}

// appendGrouped appends n with a dot between the thousands.
func appendGrouped(dst []byte, n int64) []byte {
	var buf [27]byte
	i, count := len(buf), 0
	u := uint64(n)
	if n < 0 {
		u = -u
	}
	for ok := true; ok; ok = u > 0 {
		if count > 0 && count%3 == 0 {
			i--
			buf[i] = '.'
		}
		i--
		buf[i] = byte('0' + u%10)
		u /= 10
		count++
	}
	if n < 0 {
		i--
		buf[i] = '-'
	}
	return append(dst, buf[i:]...)
}
