package value

import (
	"strings"
)

// maxAmount bounds every number that is read or declared without bounds: 15 digits, more than any count or sum in đồng.
const maxAmount = 999_999_999_999_999

// maxNumeralWords bounds the words of an answer that is a number; "chín trăm chín mươi chín" millions, thousands and ones with
// polite words around them stay below.
const maxNumeralWords = 32

// digitWords are the digits as they are said, in folded text. "nam" (five, and also "year") is judged by its neighbours.
var digitWords = map[string]int64{
	"khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "nham": 5, "sau": 6, "bay": 7,
	"tam": 8, "chin": 9,
}

// scaleWords are the multipliers of a whole group.
var scaleWords = map[string]int64{
	"k": 1e3, "nghin": 1e3, "ngan": 1e3, "tr": 1e6, "trieu": 1e6, "ty": 1e9, "ti": 1e9,
}

// numeral reads one number, in digits or in words, from the words of a folded text.
type numeral struct {
	w  []string
	at int
	// loose lets a tail of two or three digits after a million count as its fraction ("1tr25", "một triệu hai trăm"), as
	// money is said; a plain number read so would be a guess.
	loose bool
	// scaled says that a multiplier was read, shortened that a shortened tail was.
	scaled, shortened bool
}

// numeralWords splits a key into words and digits from the letters behind them ("7k", "15000d", "1tr5").
func numeralWords(key string) []string {
	words := make([]string, 0, 12)
	for word := range strings.SplitSeq(key, " ") {
		words = splitNumeral(words, word)
		if len(words) > maxNumeralWords {
			return nil
		}
	}
	return words
}

func splitNumeral(words []string, word string) []string {
	n := digitsPrefix(word)
	if n == 0 || n == len(word) || word[n:] == "a" { // "12A" is a house, not "12 ạ"
		return append(words, word)
	}
	words = append(words, word[:n])
	rest := word[n:]
	for scale := range scaleWords {
		if tail, ok := strings.CutPrefix(rest, scale); ok && tail != "" && digitsPrefix(tail) == len(tail) {
			return append(words, scale, tail)
		}
	}
	return append(words, rest)
}

// digitsPrefix is the length of the digits, with the signs between them, that s begins with.
func digitsPrefix(s string) int {
	n := 0
	for n < len(s) && (isDigit(s[n]) || n > 0 && strings.IndexByte("/.,-:", s[n]) >= 0) {
		n++
	}
	return n
}

func (p *numeral) peek(ahead int) string {
	if p.at+ahead < len(p.w) {
		return p.w[p.at+ahead]
	}
	return ""
}

// read returns the number at the front of the words; at is then behind it.
func (p *numeral) read() (int64, bool) {
	var total int64
	limit := int64(maxAmount)
	for first := true; ; first = false {
		g, ok := p.group(first)
		if !ok {
			return total, !first
		}
		scale, scaled := p.scale()
		if !scaled {
			return p.last(total, g, limit, first)
		}
		p.scaled = true
		part, ok := g.times(scale)
		if !ok || !first && scale >= limit {
			return 0, false
		}
		total += part
		limit = scale
		if p.peek(0) == "ruoi" {
			p.at++
			return total + scale/2, total <= maxAmount
		}
		if total > maxAmount {
			return 0, false
		}
	}
}

// last adds the group that no multiplier follows; limit is the multiplier before it.
func (p *numeral) last(total int64, g group, limit int64, first bool) (int64, bool) {
	if first {
		return g.whole, g.places == 0 && g.whole <= maxAmount
	}
	if g.places != 0 {
		return 0, false
	}
	if g.full {
		return total + g.whole, g.whole < limit
	}
	unit, ok := p.tailUnit(g, limit)
	p.shortened = unit > 1
	return total + g.whole*unit, ok
}

// tailUnit is what one unit of a shortened tail is worth: "một triệu hai" is 1.200.000, "7 nghìn 500" is 7.500, "1tr25" is
// 1.250.000.
func (p *numeral) tailUnit(g group, limit int64) (int64, bool) {
	switch {
	case g.digits == 1:
		return limit / 10, g.whole > 0
	case limit == 1e3 && g.digits == 3:
		return 1, true
	case g.digits == 2 && (g.spelt || !p.loose):
		return 0, false
	case g.digits == 2:
		return limit / 100, true
	}
	return limit / 1000, g.digits == 3 && p.loose
}

// scale takes a multiplier; "nghìn tỷ" is one.
func (p *numeral) scale() (int64, bool) {
	scale, ok := scaleWords[p.peek(0)]
	if !ok {
		return 1, false
	}
	p.at++
	if next := p.peek(0); scale == 1e3 && (next == "ty" || next == "ti") {
		p.at++
		scale *= 1e9
	}
	return scale, true
}

// group is a number that a multiplier may follow.
type group struct {
	whole  int64
	frac   int64
	places int  // decimal places in frac
	digits int  // digits of whole as said, for a shortened tail
	spelt  bool // in words
	full   bool // said in full ("linh năm", "không trăm …"), never a shortened tail
	comma  bool // three digits behind a comma: grouped or decimal, one cannot know
}

// times multiplies; false where the result is not whole, too big, or a guess.
func (g group) times(scale int64) (int64, bool) {
	if g.comma || g.whole > maxAmount/scale {
		return 0, false
	}
	unit := scale
	for range g.places {
		if unit%10 != 0 {
			return 0, false
		}
		unit /= 10
	}
	return g.whole*scale + g.frac*unit, true
}

// group takes the next group; first says that nothing was read before it.
func (p *numeral) group(first bool) (group, bool) {
	w := p.peek(0)
	if w != "" && isDigit(w[0]) {
		return p.digitGroup(first)
	}
	start := p.at
	g, ok := p.spelt(first)
	if !ok {
		p.at = start
	}
	return g, ok
}

// digitGroup takes digits, with the groups of three that spaces separate ("15 000") and a spoken hundred ("5 trăm").
func (p *numeral) digitGroup(first bool) (group, bool) {
	w := p.peek(0)
	g, ok := parseDigits(w)
	if !ok {
		return group{}, false
	}
	plain := len(w)
	p.at++
	if !first || g.places != 0 {
		return g, true
	}
	for plain <= 3 && isTriple(p.peek(0)) && g.whole < maxAmount/1000 {
		g.whole = g.whole*1000 + atoi(p.peek(0))
		p.at++
	}
	return p.hundreds(g), true
}

func (p *numeral) hundreds(g group) group {
	unit := map[string]int64{"tram": 100, "chuc": 10, "muoi": 10}[p.peek(0)]
	if unit == 0 || g.whole < 1 || g.whole > 99 {
		return g
	}
	p.at++
	g.whole *= unit
	return g
}

func isTriple(s string) bool {
	return len(s) == 3 && isDigit(s[0]) && isDigit(s[1]) && isDigit(s[2])
}
