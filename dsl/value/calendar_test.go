package value_test

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hoithoai/dsl/value"
)

func TestDayNumber(t *testing.T) {
	t.Parallel()
	tests := []struct {
		y, m, d int
		want    int64
		ok      bool
	}{
		{1970, 1, 1, 0, true},
		{1970, 1, 2, 1, true},
		{1969, 12, 31, -1, true},
		{2000, 2, 29, 11016, true},
		{2026, 11, 24, today, true},
		{1, 1, 1, value.FirstDay, true},
		{9999, 12, 31, value.LastDay, true},
		{1900, 2, 28, -25509, true},
		{1900, 2, 29, 0, false},
		{2023, 2, 29, 0, false},
		{2024, 2, 30, 0, false},
		{2024, 4, 31, 0, false},
		{2024, 13, 1, 0, false},
		{2024, 0, 1, 0, false},
		{2024, 1, 0, 0, false},
		{2024, 1, 32, 0, false},
		{2024, -1, 1, 0, false},
		{0, 1, 1, 0, false},
		{10000, 1, 1, 0, false},
		{math.MaxInt, 1, 1, 0, false},
		{math.MinInt, 1, 1, 0, false},
	}
	for _, c := range tests {
		if got, ok := value.DayNumber(c.y, c.m, c.d); got != c.want || ok != c.ok {
			t.Errorf("DayNumber(%d, %d, %d) = %d, %t, want %d, %t", c.y, c.m, c.d, got, ok, c.want, c.ok)
		}
	}
}

// TestCalendarRoundTrip walks every day of two centuries: the numbers follow each other, dates come back, weekdays turn.
func TestCalendarRoundTrip(t *testing.T) {
	t.Parallel()
	first, last := mustDay(t, 1900, 1, 1), mustDay(t, 2101, 1, 1)
	if got := value.Weekday(first); got != 0 {
		t.Fatalf("1900-01-01 is weekday %d, want 0 (Monday)", got)
	}
	for day := first; day < last; day++ {
		y, m, d := value.Civil(day)
		if back, ok := value.DayNumber(y, m, d); !ok || back != day {
			t.Fatalf("day %d is %d-%d-%d, which is day %d (%t)", day, y, m, d, back, ok)
		}
		if got, want := value.Weekday(day), int((day-first)%7); got != want {
			t.Fatalf("Weekday(%d) = %d, want %d", day, got, want)
		}
	}
}

func TestCivilStopsAtTheEnds(t *testing.T) {
	t.Parallel()
	for _, day := range []int64{math.MinInt64, value.FirstDay - 1, value.FirstDay} {
		if y, m, d := value.Civil(day); y != 1 || m != 1 || d != 1 {
			t.Errorf("Civil(%d) = %d-%d-%d, want 1-1-1", day, y, m, d)
		}
	}
	for _, day := range []int64{math.MaxInt64, value.LastDay + 1, value.LastDay} {
		if y, m, d := value.Civil(day); y != 9999 || m != 12 || d != 31 {
			t.Errorf("Civil(%d) = %d-%d-%d, want 9999-12-31", day, y, m, d)
		}
	}
}

func TestDayOf(t *testing.T) {
	t.Parallel()
	at := func(y int, m time.Month, d, h, min, s int) int64 {
		return time.Date(y, m, d, h, min, s, 0, time.UTC).UnixMilli()
	}
	tests := []struct {
		name   string
		ms     int64
		day    int64
		minute int
	}{
		{"epoch is seven in the morning", 0, 0, 420},
		{"a minute before midnight in Viet Nam", at(2026, 11, 24, 16, 59, 59), today, 1439},
		{"midnight in Viet Nam", at(2026, 11, 24, 17, 0, 0), today + 1, 0},
		{"last millisecond of the day", at(2026, 11, 24, 17, 0, 0) - 1, today, 1439},
		{"new year", at(2026, 12, 31, 17, 0, 0), 20819, 0},
		{"before the epoch", at(1969, 12, 31, 16, 59, 0), -1, 1439},
		{"midnight of the epoch day", at(1969, 12, 31, 17, 0, 0), 0, 0},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if day, minute := value.DayOf(c.ms); day != c.day || minute != c.minute {
				t.Errorf("DayOf(%d) = %d, %d, want %d, %d", c.ms, day, minute, c.day, c.minute)
			}
		})
	}
}

// TestDayOfAgreesWithTime compares DayOf with the standard library in a fixed zone, and holds it total at the extremes.
func TestDayOfAgreesWithTime(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("UTC+7", 7*60*60)
	rapid.Check(t, func(t *rapid.T) {
		ms := rapid.Int64Range(-1<<45, 1<<45).Draw(t, "ms")
		day, minute := value.DayOf(ms)
		want := time.UnixMilli(ms).In(zone)
		y, m, d := value.Civil(day)
		if y != want.Year() || m != int(want.Month()) || d != want.Day() || minute != want.Hour()*60+want.Minute() {
			t.Fatalf("DayOf(%d) is %d-%d-%d and minute %d, want %v", ms, y, m, d, minute, want)
		}
	})
	for _, ms := range []int64{math.MinInt64, math.MaxInt64} {
		if _, minute := value.DayOf(ms); minute < 0 || minute >= 1440 {
			t.Errorf("DayOf(%d) gives minute %d", ms, minute)
		}
	}
}

func TestWeekday(t *testing.T) {
	t.Parallel()
	tests := []struct {
		day  int64
		want int
	}{
		{0, 3}, {-1, 2}, {4, 0}, {-4, 6}, {-3, 0}, {today, 1}, {today + 5, 6}, {today + 6, 0},
	}
	for _, c := range tests {
		if got := value.Weekday(c.day); got != c.want {
			t.Errorf("Weekday(%d) = %d, want %d", c.day, got, c.want)
		}
	}
	for _, day := range []int64{math.MinInt64, math.MaxInt64} {
		if got := value.Weekday(day); got < 0 || got > 6 {
			t.Errorf("Weekday(%d) = %d", day, got)
		}
	}
}

// ymd is a date in a table.
type ymd [3]int

func (d ymd) day(t testing.TB) int64 {
	t.Helper()
	return mustDay(t, d[0], d[1], d[2])
}

func TestAddMonths(t *testing.T) {
	t.Parallel()
	tests := []struct {
		from ymd
		n    int
		want ymd
	}{
		{ymd{2026, 11, 24}, 0, ymd{2026, 11, 24}},
		{ymd{2026, 11, 24}, 1, ymd{2026, 12, 24}},
		{ymd{2026, 11, 24}, 2, ymd{2027, 1, 24}},
		{ymd{2026, 11, 24}, -11, ymd{2025, 12, 24}},
		{ymd{2026, 1, 31}, 1, ymd{2026, 2, 28}},
		{ymd{2024, 1, 31}, 1, ymd{2024, 2, 29}},
		{ymd{2026, 3, 31}, -1, ymd{2026, 2, 28}},
		{ymd{2026, 5, 31}, 1, ymd{2026, 6, 30}},
		{ymd{2026, 12, 31}, 2, ymd{2027, 2, 28}},
		{ymd{2026, 2, 28}, 1, ymd{2026, 3, 28}},
		{ymd{2026, 1, 15}, 24, ymd{2028, 1, 15}},
		{ymd{2026, 1, 15}, -24, ymd{2024, 1, 15}},
		{ymd{2, 1, 1}, -13, ymd{1, 1, 1}},
		{ymd{9999, 12, 1}, 1, ymd{9999, 12, 31}},
		{ymd{2026, 1, 1}, math.MaxInt, ymd{9999, 12, 31}},
		{ymd{2026, 1, 1}, math.MinInt, ymd{1, 1, 1}},
	}
	for _, c := range tests {
		if got := value.AddMonths(c.from.day(t), c.n); got != c.want.day(t) {
			y, m, d := value.Civil(got)
			t.Errorf("AddMonths(%v, %d) = %d-%d-%d, want %v", c.from, c.n, y, m, d, c.want)
		}
	}
}

func TestAddYears(t *testing.T) {
	t.Parallel()
	tests := []struct {
		from ymd
		n    int
		want ymd
	}{
		{ymd{2026, 11, 24}, 1, ymd{2027, 11, 24}},
		{ymd{2026, 11, 24}, -26, ymd{2000, 11, 24}},
		{ymd{2024, 2, 29}, 1, ymd{2025, 2, 28}},
		{ymd{2024, 2, 29}, 4, ymd{2028, 2, 29}},
		{ymd{2024, 2, 29}, -124, ymd{1900, 2, 28}},
		{ymd{2024, 2, 29}, 0, ymd{2024, 2, 29}},
		{ymd{2026, 1, 1}, math.MaxInt, ymd{9999, 12, 31}},
		{ymd{2026, 1, 1}, math.MinInt, ymd{1, 1, 1}},
	}
	for _, c := range tests {
		if got := value.AddYears(c.from.day(t), c.n); got != c.want.day(t) {
			y, m, d := value.Civil(got)
			t.Errorf("AddYears(%v, %d) = %d-%d-%d, want %v", c.from, c.n, y, m, d, c.want)
		}
	}
}

func TestAge(t *testing.T) {
	t.Parallel()
	tests := []struct {
		birth, today ymd
		want         int
	}{
		{ymd{2008, 11, 24}, ymd{2026, 11, 24}, 18},
		{ymd{2008, 11, 25}, ymd{2026, 11, 24}, 17},
		{ymd{2008, 11, 23}, ymd{2026, 11, 24}, 18},
		{ymd{2008, 12, 1}, ymd{2026, 11, 30}, 17},
		{ymd{2026, 11, 24}, ymd{2026, 11, 24}, 0},
		{ymd{2025, 11, 25}, ymd{2026, 11, 24}, 0},
		{ymd{2026, 11, 25}, ymd{2026, 11, 24}, -1},
		{ymd{2030, 1, 1}, ymd{2026, 11, 24}, -4},
		{ymd{2008, 2, 29}, ymd{2026, 2, 27}, 17},
		{ymd{2008, 2, 29}, ymd{2026, 2, 28}, 18},
		{ymd{2008, 2, 29}, ymd{2028, 2, 28}, 19},
		{ymd{2008, 2, 29}, ymd{2028, 2, 29}, 20},
		{ymd{1900, 1, 1}, ymd{2026, 11, 24}, 126},
	}
	for _, c := range tests {
		if got := value.Age(c.birth.day(t), c.today.day(t)); got != c.want {
			t.Errorf("Age(%v, %v) = %d, want %d", c.birth, c.today, got, c.want)
		}
	}
}

// TestAgeIsTheYearsThatPassed holds Age to its definition by AddYears.
func TestAgeIsTheYearsThatPassed(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		birth := rapid.Int64Range(-40000, 40000).Draw(t, "birth")
		now := rapid.Int64Range(-40000, 40000).Draw(t, "today")
		age := value.Age(birth, now)
		if value.AddYears(birth, age) > now || value.AddYears(birth, age+1) <= now {
			t.Fatalf("Age(%d, %d) = %d", birth, now, age)
		}
	})
}

func TestAddMonthsKeepsOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Int64Range(-40000, 40000).Draw(t, "a")
		b := rapid.Int64Range(a, 40001).Draw(t, "b")
		n := rapid.IntRange(-500, 500).Draw(t, "n")
		if value.AddMonths(a, n) > value.AddMonths(b, n) {
			t.Fatalf("%d months after %d comes after the same of %d", n, a, b)
		}
		_, _, before := value.Civil(a)
		_, _, after := value.Civil(value.AddMonths(a, n))
		if after > before {
			t.Fatalf("%d months after day-of-month %d is day-of-month %d", n, before, after)
		}
	})
}

func TestMomentIsTheWayBackOfDayOf(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		day, minute := rapid.Int64Range(value.FirstDay, value.LastDay).Draw(t, "day"), rapid.IntRange(0, 1439).Draw(t, "minute")
		at := value.Moment(day, minute)
		if d, m := value.DayOf(at); d != day || m != minute {
			t.Fatalf("DayOf(Moment(%d, %d)) = %d, %d", day, minute, d, m)
		}
		shown := value.Clock(time.UnixMilli(at))
		y, mo, dd := value.Civil(day)
		if shown.Year() != y || int(shown.Month()) != mo || shown.Day() != dd || shown.Hour()*60+shown.Minute() != minute {
			t.Fatalf("Clock shows %v for day %d, minute %d", shown, day, minute)
		}
	})
}
