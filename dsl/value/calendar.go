package value

import "time"

// Civil time is UTC+7 all year in Viet Nam; the machine's zone is never asked.
const (
	dayMS    = 24 * 60 * 60 * 1000
	offsetMS = 7 * 60 * 60 * 1000
	minuteMS = 60 * 1000
	daySec   = 24 * 60 * 60
)

// FirstDay and LastDay are the day numbers of 01/01/0001 and 31/12/9999, the ends of the calendar: results beyond them stop there.
const (
	FirstDay int64 = -719162
	LastDay  int64 = 2932896
)

// DayNumber returns the days from 1970-01-01 to a civil date (Gregorian throughout), and whether there is such a day in the
// years 1 to 9999.
func DayNumber(year, month, day int) (int64, bool) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return 0, false
	}
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Unix() / daySec, true
}

// Civil returns the civil date of a day number; day numbers outside the calendar count as its nearest end.
func Civil(day int64) (year, month, dayOfMonth int) {
	y, m, d := time.Unix(clampDay(day)*daySec, 0).UTC().Date()
	return y, int(m), d
}

// DayOf returns the civil day and the minutes after midnight of an instant in Unix milliseconds.
func DayOf(unixMS int64) (day int64, minute int) {
	day = floorDiv(unixMS, dayMS)
	rest := unixMS - day*dayMS + offsetMS
	if rest >= dayMS {
		day++
		rest -= dayMS
	}
	return day, int(rest / minuteMS)
}

// Moment returns the instant, in Unix milliseconds, of a civil day and the minutes after its midnight.
func Moment(day int64, minute int) int64 { return day*dayMS + int64(minute)*minuteMS - offsetMS }

// Clock returns an instant as a wall clock in Vietnam shows it, whatever the zone of the machine.
func Clock(t time.Time) time.Time { return t.In(time.FixedZone("UTC+7", offsetMS/1000)) }

// Weekday returns the day of the week, 0 for Monday to 6 for Sunday.
func Weekday(day int64) int {
	const thursday = 3 // 1970-01-01
	return int((day%7 + 7 + thursday) % 7)
}

// AddMonths returns the day n months later; where that month is too short, its last day.
func AddMonths(day int64, n int) int64 {
	const most = 9999 * 12
	y, m, d := Civil(day)
	months := y*12 + m - 1 + min(max(n, -most), most)
	y, m = months/12, months%12+1
	switch {
	case months < 12:
		return FirstDay
	case y > 9999:
		return LastDay
	}
	n64, _ := DayNumber(y, m, min(d, daysIn(y, m)))
	return n64
}

// AddYears returns the same day n years later; 29/02 becomes 28/02 where there is none.
func AddYears(day int64, n int) int64 { return AddMonths(day, 12*min(max(n, -9999), 9999)) }

// Age returns the whole years from birth to today: the largest n for which AddYears(birth, n) is not after today. It is
// negative for a birth in the future.
func Age(birth, today int64) int {
	by, _, _ := Civil(birth)
	ty, _, _ := Civil(today)
	age := ty - by
	if AddYears(birth, age) > today {
		age--
	}
	return age
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if isLeap(year) {
			return 29
		}
		return 28
	}
	return 31
}

func isLeap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

func clampDay(day int64) int64 { return min(max(day, FirstDay), LastDay) }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
