package value

import (
	"strconv"
	"strings"
)

// dateParts is a date as it was said.
type dateParts struct {
	day, month, year int
	hasYear          bool
	short            bool // the year had two digits or was counted from this one
}

// String writes the parts as they were understood, for a day the calendar does not have.
func (p dateParts) String() string {
	two := func(n int) string {
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
		return strconv.Itoa(n)
	}
	s := two(p.day) + "/" + two(p.month)
	if p.hasYear {
		s += "/" + two(p.year/100) + two(p.year%100)
	}
	return s
}

// dateParser takes the parts of a date from words; digits joined by / . or - are words of their own.
type dateParser struct {
	numeral
	thisYear, thisMonth int
	six                 bool // "sau" is "sáu"
}

// calendar reads day, month and year in that order, or year, month and day where a year of four digits comes first.
func (d dateText) calendar(today int64) (dateParts, bool) {
	words, ok := splitDates(d.words)
	if !ok {
		return dateParts{}, false
	}
	year, month, _ := Civil(today)
	p := dateParser{numeral{w: words}, year, month, d.six}
	if len(words) == 3 && isYear(words[0]) {
		p.w = []string{words[2], words[1], words[0]}
	}
	parts, ok := p.parts()
	return parts, ok && p.at == len(p.w)
}

func (p *dateParser) parts() (d dateParts, ok bool) {
	p.skip("ngay")
	p.skip("hom")
	p.skip("mung", "mong")
	if d.day, ok = p.number(); !ok {
		return d, false
	}
	if !p.month(&d) {
		return d, false
	}
	return d, p.year(&d)
}

// month takes "tháng 1", "1", "tháng này", "tháng sau".
func (p *dateParser) month(d *dateParts) (ok bool) {
	named := p.skip("thang")
	if w := p.peek(0); named && p.at+1 == len(p.w) && (w == "nay" || w == "toi" || w == "sau" && !p.six) {
		return p.monthFromNow(d)
	}
	d.month, ok = p.number()
	return ok
}

// monthFromNow takes the month counted from this one. "sau" without its accent may be next month and may be June ("sáu"): that
// is not read, so it is asked back.
func (p *dateParser) monthFromNow(d *dateParts) bool {
	word := p.peek(0)
	if word == "sau" {
		return false
	}
	p.at++
	d.month, d.year, d.hasYear, d.short = p.thisMonth, p.thisYear, true, true
	if word == "toi" {
		d.month++
	}
	if d.month > 12 {
		d.month, d.year = 1, d.year+1
	}
	return true
}

// year takes "năm 1999", "1999", "99", "năm nay", "năm sau", "năm ngoái", or nothing.
func (p *dateParser) year(d *dateParts) bool {
	if d.hasYear || p.at == len(p.w) {
		return true
	}
	named := p.skip("nam")
	w := p.peek(0)
	p.at++
	shift, counted := map[string]int{"nay": 0, "sau": 1, "toi": 1, "ngoai": -1, "truoc": -1}[w]
	d.hasYear = true
	switch {
	case named && counted:
		d.year, d.short = p.thisYear+shift, true
	case isYear(w):
		d.year = int(atoi(w))
	case len(w) == 2 && digitsPrefix(w) == 2:
		d.year, d.short = p.century(int(atoi(w))), true
	default:
		return false
	}
	return true
}

// century completes a year of two digits: up to next year it is of this century, else of the last.
func (p *dateParser) century(year int) int {
	if this := p.thisYear / 100 * 100; this+year <= p.thisYear+1 {
		return this + year
	} else {
		return this - 100 + year
	}
}

// number takes one or two digits, or a number below one hundred in words.
func (p *dateParser) number() (int, bool) {
	w := p.peek(0)
	if n := digitsPrefix(w); n > 0 {
		p.at++
		return int(atoi(w[:min(n, 2)])), n == len(w) && n <= 2
	}
	n, ok := p.tens(true)
	return int(n), ok
}

func (p *dateParser) skip(words ...string) bool {
	for _, w := range words {
		if p.peek(0) == w {
			p.at++
			return true
		}
	}
	return false
}

func isYear(w string) bool {
	return len(w) == 4 && isDigit(w[0]) && isDigit(w[1]) && isDigit(w[2]) && isDigit(w[3])
}

// splitDates splits words like 15/1/1999 and 15011999 into their numbers; false where digits are joined by what joins no date.
func splitDates(words []string) ([]string, bool) {
	out := make([]string, 0, 8)
	for _, w := range words {
		if w == "" || !isDigit(w[0]) {
			out = append(out, w)
			continue
		}
		if strings.Trim(w, "0123456789/.-") != "" {
			return nil, false
		}
		if len(w) == 8 && digitsPrefix(w) == 8 && strings.Trim(w, "0123456789") == "" {
			out = append(out, w[:2], w[2:4], w[4:])
			continue
		}
		out = append(out, strings.FieldsFunc(w, func(r rune) bool { return r == '/' || r == '.' || r == '-' })...)
	}
	return out, len(out) <= 12
}
