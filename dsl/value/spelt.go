package value

import (
	"slices"
	"strings"
	"unicode"

	"hoithoai/dsl/fold"
)

// spelt takes a number below one thousand in words.
func (p *numeral) spelt(first bool) (group, bool) {
	if w := p.peek(0); !first && (w == "linh" || w == "le") {
		p.at++
		d, ok := p.digit(true)
		return group{whole: d, spelt: true, full: true}, ok
	}
	if d, ok := p.digit(first); ok {
		if p.peek(0) == "tram" {
			p.at++
			return p.afterHundred(d)
		}
		p.at--
	}
	n, ok := p.tens(first)
	g := group{whole: n, digits: 1, spelt: true}
	if n >= 10 {
		g.digits = 2
	}
	return g, ok
}

// afterHundred takes what may follow "d trăm": "linh năm", "hai mươi mốt", "rưỡi", or nothing.
func (p *numeral) afterHundred(d int64) (group, bool) {
	g := group{whole: d * 100, digits: 3, spelt: true, full: d == 0}
	switch p.peek(0) {
	case "linh", "le":
		p.at++
		unit, ok := p.digit(true)
		g.whole += unit
		return g, ok
	case "ruoi":
		p.at++
		g.whole += 50
		return g, d > 0
	}
	start := p.at
	if n, ok := p.tens(false); ok && n >= 10 {
		g.whole += n
		return g, true
	}
	p.at = start
	return g, d > 0
}

// tens takes a number below one hundred.
func (p *numeral) tens(first bool) (int64, bool) {
	switch p.peek(0) {
	case "muoi":
		p.at++
		return 10 + p.unit(), true
	case "ham", "bam":
		return p.shortTens()
	}
	d, ok := p.digit(first)
	if !ok {
		return 0, false
	}
	switch p.peek(0) {
	case "muoi", "chuc":
		p.at++
		return d*10 + p.unit(), d >= 2 || d == 1 && p.w[p.at-1] == "chuc"
	case "mot", "lam", "nham", "tu":
		if d >= 2 {
			return d*10 + p.unit(), true
		}
	}
	return d, true
}

// shortTens takes "hăm ba" and "băm ba".
func (p *numeral) shortTens() (int64, bool) {
	tens := int64(20)
	if p.peek(0) == "bam" {
		tens = 30
	}
	p.at++
	u := p.unit()
	return tens + u, u > 0
}

// unit takes the ones behind the tens, 0 where there are none. "năm" there is the word for year: five is said "lăm".
func (p *numeral) unit() int64 {
	w := p.peek(0)
	d, ok := digitWords[w]
	if !ok || d == 0 || w == "nam" {
		return 0
	}
	p.at++
	return d
}

// digit takes one digit in words. "nam" is five at the beginning, behind "linh" and before a multiplier; elsewhere it counts
// years ("mười năm").
func (p *numeral) digit(begins bool) (int64, bool) {
	w := p.peek(0)
	d, ok := digitWords[w]
	if !ok || w == "nam" && !begins && !isMultiplier(p.peek(1)) {
		return 0, false
	}
	p.at++
	return d, true
}

func isMultiplier(w string) bool {
	_, scale := scaleWords[w]
	return scale || w == "muoi" || w == "chuc" || w == "tram"
}

// spellings are the words of a number as they are spelt with their accents.
var spellings = []string{
	"không", "một", "mốt", "bốn", "tư", "năm", "lăm", "nhăm", "sáu", "bảy", "bẩy", "tám", "chín", "mười", "mươi", "trăm", "nghìn",
	"ngàn", "triệu", "tỷ", "tỉ", "lẻ", "rưỡi", "rưởi", "chục", "hăm", "băm",
}

// misspelt reports whether raw holds a word with accents that folds to a word of a number and is another word: "bà" is not
// three, "tạm" not eight. Words without any accent are given the benefit of the doubt.
func misspelt(raw string) bool {
	for word := range strings.FieldsFuncSeq(fold.Clean(raw), func(r rune) bool { return !unicode.IsLetter(r) }) {
		key := fold.Key(word)
		if _, digit := digitWords[key]; !digit && !isMultiplier(key) {
			continue
		}
		word = strings.ToLower(word)
		if word != key && !slices.Contains(spellings, word) {
			return true
		}
	}
	return false
}
