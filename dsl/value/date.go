package value

import (
	"hoithoai/dsl/fold"
)

// The bounds of a ngày that declares none: whoever writes another year has mistyped it.
const (
	firstYear = 1900
	lastYear  = 2199
)

// dateBounds returns the bounds of a ngày as day numbers.
func (t Type) dateBounds() (lo, hi int64) {
	lo, _ = DayNumber(firstYear, 1, 1)
	hi, _ = DayNumber(lastYear, 12, 31)
	if t.HasMin {
		lo = t.Min
	}
	if t.HasMax {
		hi = t.Max
	}
	return lo, hi
}

// readDate reads a calendar date or a day counted from today. What names a week, a weekday or the lunar calendar is asked back.
func (t Type) readDate(text string, ctx Context) (Value, *Problem) {
	d := dateWords(text)
	if d.lunar {
		return Value{}, problem(Ambiguous, "Anh/chị cho biết ngày dương lịch, ví dụ "+ShowDay(t.exampleDay(ctx))+".")
	}
	if n, ok := d.relative(); ok {
		day := clampDay(clampDay(ctx.Today) + n)
		return t.dateOn(day, d, ctx)
	}
	if parts, ok := d.calendar(ctx.Today); ok {
		return t.readParts(parts, d, ctx)
	}
	if d.vague() {
		return Value{}, problem(Ambiguous, "Anh/chị cho biết rõ ngày giúp, ví dụ "+ShowDay(t.vagueDay(d, ctx))+".")
	}
	return Value{}, problem(NotUnderstood, t.Ask(ctx))
}

// readParts makes a day of day, month and, where it was given, year.
func (t Type) readParts(p dateParts, d dateText, ctx Context) (Value, *Problem) {
	if _, ok := DayNumber(2000, p.month, p.day); !ok {
		return Value{}, t.noSuchDay(p, ctx)
	}
	if !p.hasYear {
		return t.dateOn(t.nearest(p, ctx.Today), d, ctx)
	}
	day, ok := DayNumber(p.year, p.month, p.day)
	if !ok {
		return Value{}, t.noSuchDay(p, ctx)
	}
	return t.dateOn(day, d, ctx)
}

// leapReach is the most years between two 29/02.
const leapReach = 8

// nearest returns the first such day from today on that the bounds allow, else the last such day before today that they allow,
// else the first from today on.
func (t Type) nearest(p dateParts, today int64) int64 {
	lo, hi := t.dateBounds()
	year, _, _ := Civil(today)
	next := int64(-1)
	for y := year; y <= year+leapReach; y++ {
		day, ok := DayNumber(y, p.month, p.day)
		if !ok || day < today {
			continue
		}
		if next < 0 {
			next = day
		}
		if lo <= day && day <= hi {
			return day
		}
	}
	for y := year; y >= year-leapReach; y-- {
		if day, ok := DayNumber(y, p.month, p.day); ok && day < today && lo <= day && day <= hi {
			return day
		}
	}
	return next
}

// dateOn checks the weekday that was named, if one was, and the bounds.
func (t Type) dateOn(day int64, d dateText, ctx Context) (Value, *Problem) {
	if d.weekday >= 0 && Weekday(day) != d.weekday {
		return Value{}, problem(Ambiguous, "Ngày "+ShowDay(day)+" là "+weekdayNames[Weekday(day)]+". Anh/chị cho biết lại ngày giúp.")
	}
	return t.dateWithin(day, ctx)
}

func (t Type) dateWithin(day int64, ctx Context) (Value, *Problem) {
	lo, hi := t.dateBounds()
	switch {
	case day < lo:
		return Value{}, problem(TooSmall, "Anh/chị cho biết ngày từ "+ShowDay(lo)+" trở đi, ví dụ "+ShowDay(t.exampleDay(ctx))+".")
	case day > hi:
		return Value{}, problem(TooBig, "Anh/chị cho biết ngày không sau "+ShowDay(hi)+", ví dụ "+ShowDay(t.exampleDay(ctx))+".")
	}
	return Value{Kind: Date, N: day}, nil
}

func (t Type) noSuchDay(p dateParts, ctx Context) *Problem {
	return problem(NoSuchDay, "Lịch không có ngày "+p.String()+"; anh/chị cho biết ngày, tháng, năm, ví dụ "+ShowDay(t.exampleDay(ctx))+".")
}

func (t Type) askDate(ctx Context) string {
	example := ", ví dụ " + ShowDay(t.exampleDay(ctx)) + "."
	switch {
	case t.HasMin && t.HasMax:
		return "Anh/chị cho biết ngày từ " + ShowDay(t.Min) + " đến " + ShowDay(t.Max) + example
	case t.HasMin:
		return "Anh/chị cho biết ngày từ " + ShowDay(t.Min) + " trở đi" + example
	case t.HasMax:
		return "Anh/chị cho biết ngày không sau " + ShowDay(t.Max) + example
	}
	return "Anh/chị cho biết ngày" + example
}

// exampleDay is the day after tomorrow, or the nearest that the bounds allow.
func (t Type) exampleDay(ctx Context) int64 {
	lo, hi := t.dateBounds()
	return min(max(clampDay(ctx.Today)+2, lo), hi)
}

// vagueDay is the example for a vague answer: the next day with the weekday that was named.
func (t Type) vagueDay(d dateText, ctx Context) int64 {
	if d.weekday < 0 {
		return t.exampleDay(ctx)
	}
	lo, hi := t.dateBounds()
	next := clampDay(ctx.Today) + 1
	next += int64((d.weekday - Weekday(next) + 7) % 7)
	return min(max(next, lo), hi)
}

// appendDay appends dd/mm/yyyy.
func appendDay(dst []byte, day int64) []byte {
	y, m, d := Civil(day)
	return append(dst, byte('0'+d/10), byte('0'+d%10), '/', byte('0'+m/10), byte('0'+m%10), '/',
		byte('0'+y/1000), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10))
}

// ShowDay writes a day number as people do: 24/11/2026.
func ShowDay(day int64) string { return string(appendDay(nil, day)) }

// parseDay reads an absolute date from a file: 15/1/1999 or 1999-01-15.
func parseDay(literal string) (int64, bool) {
	d := dateText{words: fold.Words(fold.Key(literal)), weekday: -1}
	p, ok := d.calendar(0)
	if !ok || !p.hasYear || p.short {
		return 0, false
	}
	return DayNumber(p.year, p.month, p.day)
}
