package office

import (
	"fmt"
	"strings"

	"hoithoai/dsl/value"
)

// minutesOfDay is the end of a day in minutes.
const minutesOfDay = 24 * 60

// HoursOn returns the intervals in which a kind of work is received on a day: none on a day the office closed, those of Opened
// on one it opened; else none on a holiday, on a day worked instead of another what that day would have had, and what the week
// says. Work without a week of its own, and "", keep the office's own week. A day both closed and
// opened is closed: a resident sent home by phone loses less than one who comes in vain.
func (o *Office) HoursOn(work string, day int64) Day {
	if o == nil || o.Closed[day] {
		return nil
	}
	if hours, ok := o.Opened[day]; ok {
		return hours
	}
	week, ok := o.Hours[work]
	if !ok {
		week = o.Hours[""]
	}
	if _, off := o.Holidays.Off(day); off {
		return nil
	}
	if instead, ok := o.Holidays.MakesUp(day); ok {
		day = instead
	}
	return week[value.Weekday(day)]
}

// WorksOn reports whether a kind of work is received at any time of a day.
func (o *Office) WorksOn(work string, day int64) bool { return len(o.HoursOn(work, day)) > 0 }

// OpenAt reports whether a kind of work is received at a minute after midnight of a day.
func (o *Office) OpenAt(work string, day int64, minute int) bool {
	for _, i := range o.HoursOn(work, day) {
		if i.From <= minute && minute < i.To {
			return true
		}
	}
	return false
}

// maxClosed is how many days ahead NextOpen looks; Tết is the longest time that offices are closed.
const maxClosed = 31

// NextOpen returns when a kind of work is received next: the day, and the minute after midnight, at which hours begin after the
// given ones. ok is false where that is never within a month.
func (o *Office) NextOpen(work string, day int64, minute int) (onDay int64, at int, ok bool) {
	for d := day; d <= day+maxClosed; d++ {
		for _, i := range o.HoursOn(work, d) {
			if d > day || i.From > minute {
				return d, i.From, true
			}
		}
	}
	return 0, 0, false
}

// Coverage returns how far the holidays between two days are known to the office.
func (o *Office) Coverage(from, to int64) Coverage {
	if o == nil {
		return NotCounted
	}
	return o.Holidays.Covers(from, to)
}

// maxWorkingDays bounds AddWorkingDays in both directions: no time limit of the law is that long.
const maxWorkingDays = 10_000

// AddWorkingDays returns the nth working day after day, before it for a negative n, and day itself for 0. Working days are
// those of the office's own week with its closed and opened days; an office without any hours counts Monday to Friday. n is
// limited to 10.000 either way, and so is the run of days without work that is looked through.
func (o *Office) AddWorkingDays(day int64, n int) int64 {
	step, left := int64(1), min(n, maxWorkingDays)
	if n < 0 {
		step, left = -1, min(-max(n, -maxWorkingDays), maxWorkingDays)
	}
	works := o.workingDay()
	for idle := 0; left > 0 && idle < maxWorkingDays; {
		day += step
		if works(day) {
			left--
			idle = 0
		} else {
			idle++
		}
	}
	return day
}

// workingDay returns what counts as a working day.
func (o *Office) workingDay() func(day int64) bool {
	if o != nil && !o.Hours[""].empty() {
		return func(day int64) bool { return o.WorksOn("", day) }
	}
	return func(day int64) bool {
		if o != nil && o.Closed[day] {
			return false
		}
		if o != nil && len(o.Opened[day]) > 0 {
			return true
		}
		var national *Holidays
		if o != nil {
			national = o.Holidays
		}
		if _, off := national.Off(day); off {
			return false
		}
		if _, ok := national.MakesUp(day); ok {
			return true
		}
		const saturday = 5
		return value.Weekday(day) < saturday
	}
}

func (w Week) empty() bool {
	for _, d := range w {
		if len(d) > 0 {
			return false
		}
	}
	return true
}

// String writes the hours as ParseDay reads them: "07:30-11:30 13:00-17:00", or "nghỉ" for none.
func (d Day) String() string {
	if len(d) == 0 {
		return "nghỉ"
	}
	parts := make([]string, len(d))
	for i, v := range d {
		parts[i] = fmt.Sprintf("%02d:%02d-%02d:%02d", v.From/60, v.From%60, v.To/60, v.To%60)
	}
	return strings.Join(parts, " ")
}

var dayNames = [7]string{"thứ 2", "thứ 3", "thứ 4", "thứ 5", "thứ 6", "thứ 7", "chủ nhật"}

// String writes the week as ParseWeek reads it, runs of equal days together, closed days left out; "nghỉ" when all are closed.
func (w Week) String() string {
	var parts []string
	for i := 0; i < len(w); {
		j := i
		for j+1 < len(w) && w[j+1].String() == w[i].String() {
			j++
		}
		if len(w[i]) > 0 {
			parts = append(parts, daySpan(i, j)+" "+w[i].String())
		}
		i = j + 1
	}
	if len(parts) == 0 {
		return "nghỉ"
	}
	return strings.Join(parts, "; ")
}

func daySpan(from, to int) string {
	if from == to {
		return dayNames[from]
	}
	return dayNames[from] + "-" + dayNames[to]
}
