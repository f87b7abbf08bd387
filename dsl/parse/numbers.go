package parse

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

var (
	wholeNumber = regexp.MustCompile(`^-?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+)$`)
	writtenDate = regexp.MustCompile(`^([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})$`)
	otherDate   = regexp.MustCompile(`^([0-9]{1,2})[-./]([0-9]{1,2})[-./]([0-9]{4})$`)
	isoDate     = regexp.MustCompile(`^([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})$`)
	writtenTime = regexp.MustCompile(`^([0-9]{1,2}):([0-9]{2})$`)
)

// maxDuration is the longest time that a line may name.
const maxDuration = 366 * 24 * time.Hour

// units are the units of time; which of them a line takes is its own matter.
var units = map[string]time.Duration{"giây": time.Second, "phút": time.Minute, "giờ": time.Hour, "ngày": 24 * time.Hour}

// whole reads a whole number as written: 12, -5, 1.000.
func whole(s string) (int64, bool) {
	if !wholeNumber.MatchString(s) {
		return 0, false
	}
	n, err := strconv.ParseInt(strings.ReplaceAll(s, ".", ""), 10, 64)
	return n, err == nil
}

// maxCount is the largest number that is read at all.
const maxCount = 1_000_000_000

// count takes a number from 1 to most.
func (p *parser) count(c *cursor, after string, most int64) (int, bool) {
	w := c.next()
	n, ok := whole(w.text)
	if ok && n >= 1 && n <= most {
		return int(n), true
	}
	limits := say("từ 1 trở lên", "from 1 up")
	if most < maxCount {
		upper := strconv.FormatInt(most, 10)
		limits = say("từ 1 đến "+upper, "from 1 to "+upper)
	}
	p.fail(codeNumber, c.wordSpan(w), after, limits)
	return 0, false
}

// duration takes "SỐ đơn-vị".
func (p *parser) duration(c *cursor, after string, allowed ...string) (time.Duration, bool) {
	n, ok := p.count(c, after, maxCount)
	if !ok {
		return 0, false
	}
	w := c.next()
	unit := canonical(w.text)
	if !contains(allowed, unit) {
		unit, ok = p.mendUnit(c, w, allowed)
		if !ok {
			return 0, false
		}
	}
	if units[unit] > maxDuration/time.Duration(n) {
		p.fail(codeTooLong, c.wordSpan(w))
		return 0, false
	}
	c.mark(Word, w.from, w.to, unit)
	return time.Duration(n) * units[unit], true
}

// mendUnit names a unit that is not one of allowed, and takes the one that was meant.
func (p *parser) mendUnit(c *cursor, w word, allowed []string) (string, bool) {
	list := listed(allowed, "hoặc", "or")
	for _, unit := range allowed {
		if w.text != "" && apart(foldWord(w.text), foldWord(unit)) == 0 {
			p.mend(codeUnit, c.wordSpan(w), unit, w.text, list)
			return unit, true
		}
	}
	if w.text == "" {
		p.fail(codeMissing, c.restSpan(), list, list)
		return "", false
	}
	p.fail(codeUnit, c.wordSpan(w), w.text, list)
	return "", false
}

// date takes "NGÀY/THÁNG/NĂM".
func (p *parser) date(c *cursor, after string) (tree.Date, bool) {
	w := c.chunk()
	d := tree.Date{Span: c.wordSpan(w)}
	m := writtenDate.FindStringSubmatch(w.text)
	if m == nil {
		p.notDate(d, w.text, after)
		return d, false
	}
	d.Day, d.Month, d.Year = number(m[1]), number(m[2]), number(m[3])
	if _, ok := value.DayNumber(d.Year, d.Month, d.Day); !ok {
		p.fail(codeNoSuchDay, d.Span, w.text)
		return d, false
	}
	c.mark(Content, w.from, w.to, two(m[1])+"/"+two(m[2])+"/"+m[3])
	return d, true
}

// notDate says how a date is written, with the author's own date where it can be read.
func (p *parser) notDate(d tree.Date, text, after string) {
	meant := ""
	if m := otherDate.FindStringSubmatch(text); m != nil {
		meant = two(m[1]) + "/" + two(m[2]) + "/" + m[3]
	} else if m := isoDate.FindStringSubmatch(text); m != nil {
		meant = two(m[3]) + "/" + two(m[2]) + "/" + m[1]
	}
	if meant == "" {
		p.fail(codeDate, d.Span, after, "01/07/2026")
		return
	}
	p.failEdit(codeDate, d.Span, meant, after, meant)
}

// clock takes "GIỜ:PHÚT" as minutes after midnight.
func (p *parser) clock(c *cursor) (int, bool) {
	w := c.chunk()
	m := writtenTime.FindStringSubmatch(w.text)
	if m == nil || number(m[1]) > 23 || number(m[2]) > 59 {
		p.fail(codeTime, c.wordSpan(w), w.text)
		return 0, false
	}
	c.mark(Content, w.from, w.to, two(m[1])+":"+m[2])
	return number(m[1])*60 + number(m[2]), true
}

// number reads a few digits that a pattern has matched.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

func two(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}
