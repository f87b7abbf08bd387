package office_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"hoithoai/dsl/office"
	"hoithoai/dsl/value"
)

func day(t testing.TB, y, m, d int) int64 {
	t.Helper()
	n, ok := value.DayNumber(y, m, d)
	if !ok {
		t.Fatalf("no such day %d-%d-%d", y, m, d)
	}
	return n
}

// sample is an office with a holiday (Wednesday 2/9/2026), its swapped Saturday (5/9/2026, mornings) and residence work on
// Saturday mornings.
func sample(t testing.TB) *office.Office {
	t.Helper()
	o := weekly()
	o.Closed[day(t, 2026, 9, 2)] = true
	o.Opened[day(t, 2026, 9, 5)] = office.Day{{From: 8 * 60, To: 11 * 60}}
	return o
}

func TestWorksOn(t *testing.T) {
	t.Parallel()
	o := sample(t)
	tests := []struct {
		name    string
		work    string
		y, m, d int
		want    bool
	}{
		{"Tuesday", "", 2026, 11, 24, true},
		{"Monday", "", 2026, 11, 23, true},
		{"Friday", "", 2026, 11, 27, true},
		{"Saturday", "", 2026, 11, 28, false},
		{"Saturday for residence", "cu_tru", 2026, 11, 28, true},
		{"Sunday", "", 2026, 11, 29, false},
		{"Sunday for residence", "cu_tru", 2026, 11, 29, false},
		{"Saturday for unknown work", "can_cuoc", 2026, 11, 28, false},
		{"Tuesday for unknown work", "can_cuoc", 2026, 11, 24, true},
		{"holiday", "", 2026, 9, 2, false},
		{"holiday for residence", "cu_tru", 2026, 9, 2, false},
		{"swapped Saturday", "", 2026, 9, 5, true},
		{"swapped Saturday for unknown work", "can_cuoc", 2026, 9, 5, true},
		{"Saturday before", "", 2026, 8, 29, false},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := o.WorksOn(c.work, day(t, c.y, c.m, c.d)); got != c.want {
				t.Errorf("WorksOn(%q) = %t, want %t", c.work, got, c.want)
			}
		})
	}
}

func TestOpenAt(t *testing.T) {
	t.Parallel()
	o := sample(t)
	tuesday, saturday, swapped, holiday := day(t, 2026, 11, 24), day(t, 2026, 11, 28), day(t, 2026, 9, 5), day(t, 2026, 9, 2)
	tests := []struct {
		name   string
		work   string
		day    int64
		minute int
		want   bool
	}{
		{"before the morning", "", tuesday, 7*60 + 29, false},
		{"as it opens", "", tuesday, 7*60 + 30, true},
		{"last minute of the morning", "", tuesday, 11*60 + 29, true},
		{"as it closes", "", tuesday, 11*60 + 30, false},
		{"noon", "", tuesday, 12 * 60, false},
		{"afternoon", "", tuesday, 13 * 60, true},
		{"five", "", tuesday, 17 * 60, false},
		{"midnight", "", tuesday, 0, false},
		{"before the day", "", tuesday, -1, false},
		{"after the day", "", tuesday, 1440, false},
		{"Saturday morning", "", saturday, 8 * 60, false},
		{"Saturday morning for residence", "cu_tru", saturday, 8 * 60, true},
		{"Saturday afternoon for residence", "cu_tru", saturday, 14 * 60, false},
		{"swapped Saturday at half past seven", "cu_tru", swapped, 7*60 + 30, false},
		{"swapped Saturday at eight", "", swapped, 8 * 60, true},
		{"holiday", "", holiday, 8 * 60, false},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := o.OpenAt(c.work, c.day, c.minute); got != c.want {
				t.Errorf("OpenAt(%q, %d, %d) = %t, want %t", c.work, c.day, c.minute, got, c.want)
			}
		})
	}
}

func TestClosedBeatsOpened(t *testing.T) {
	t.Parallel()
	o := sample(t)
	o.Closed[day(t, 2026, 9, 5)] = true
	if o.WorksOn("", day(t, 2026, 9, 5)) || o.AddWorkingDays(day(t, 2026, 9, 4), 1) != day(t, 2026, 9, 7) {
		t.Error("a day both closed and opened is worked")
	}
}

func TestAddWorkingDays(t *testing.T) {
	t.Parallel()
	o := sample(t)
	tests := []struct {
		name string
		from [3]int
		n    int
		want [3]int
	}{
		{"none", [3]int{2026, 11, 24}, 0, [3]int{2026, 11, 24}},
		{"none on a Sunday", [3]int{2026, 11, 29}, 0, [3]int{2026, 11, 29}},
		{"next day", [3]int{2026, 11, 24}, 1, [3]int{2026, 11, 25}},
		{"three days to Friday", [3]int{2026, 11, 24}, 3, [3]int{2026, 11, 27}},
		{"over the weekend", [3]int{2026, 11, 24}, 4, [3]int{2026, 11, 30}},
		{"from Friday", [3]int{2026, 11, 27}, 1, [3]int{2026, 11, 30}},
		{"from Saturday", [3]int{2026, 11, 28}, 1, [3]int{2026, 11, 30}},
		{"from Sunday", [3]int{2026, 11, 29}, 1, [3]int{2026, 11, 30}},
		{"ten days", [3]int{2026, 11, 24}, 10, [3]int{2026, 12, 8}},
		{"over the holiday", [3]int{2026, 9, 1}, 1, [3]int{2026, 9, 3}},
		{"swapped day counts", [3]int{2026, 9, 4}, 1, [3]int{2026, 9, 5}},
		{"and the Monday after it", [3]int{2026, 9, 4}, 2, [3]int{2026, 9, 7}},
		{"back", [3]int{2026, 11, 24}, -1, [3]int{2026, 11, 23}},
		{"back over the weekend", [3]int{2026, 11, 23}, -1, [3]int{2026, 11, 20}},
		{"back over the swapped day", [3]int{2026, 9, 7}, -1, [3]int{2026, 9, 5}},
		{"back over the holiday", [3]int{2026, 9, 3}, -1, [3]int{2026, 9, 1}},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := o.AddWorkingDays(day(t, c.from[0], c.from[1], c.from[2]), c.n)
			if got != day(t, c.want[0], c.want[1], c.want[2]) {
				y, m, d := value.Civil(got)
				t.Errorf("AddWorkingDays(%v, %d) = %d-%d-%d, want %v", c.from, c.n, y, m, d, c.want)
			}
		})
	}
}

func TestAddWorkingDaysWithoutHours(t *testing.T) {
	t.Parallel()
	friday := day(t, 2026, 11, 27)
	monday := friday + 3
	closed := &office.Office{Closed: map[int64]bool{monday: true}}
	opened := &office.Office{Opened: map[int64]office.Day{friday + 1: {{From: 480, To: 600}}}}
	onlyResidence := &office.Office{Hours: map[string]office.Week{"cu_tru": weekly().Hours["cu_tru"]}}
	tests := []struct {
		name string
		o    *office.Office
		want int64
	}{
		{"no office", nil, monday},
		{"empty office", &office.Office{}, monday},
		{"closed day", closed, monday + 1},
		{"opened day", opened, friday + 1},
		{"hours of one kind of work only", onlyResidence, monday},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := c.o.AddWorkingDays(friday, 1); got != c.want {
				t.Errorf("AddWorkingDays = %d, want %d", got, c.want)
			}
		})
	}
}

// TestAddWorkingDaysEnds holds absurd numbers and an office that is always closed to a bounded answer.
func TestAddWorkingDaysEnds(t *testing.T) {
	t.Parallel()
	o := weekly()
	from := day(t, 2026, 11, 24)
	if got, want := o.AddWorkingDays(from, math.MaxInt), o.AddWorkingDays(from, 10_000); got != want {
		t.Errorf("the greatest number of days gives %d, want %d", got, want)
	}
	if got, want := o.AddWorkingDays(from, math.MinInt), o.AddWorkingDays(from, -10_000); got != want {
		t.Errorf("the smallest number of days gives %d, want %d", got, want)
	}
	for d := from; d < from+12_000; d++ {
		o.Closed[d] = true
	}
	if got := o.AddWorkingDays(from, 1); got != from+10_000 {
		t.Errorf("an office that is closed for 12.000 days answers %d days later, want 10.000", got-from)
	}
}

// TestAddWorkingDaysCounts compares the result with a plain count of the working days passed.
func TestAddWorkingDaysCounts(t *testing.T) {
	t.Parallel()
	base := day(t, 2026, 1, 1)
	rapid.Check(t, func(t *rapid.T) {
		o := weekly()
		for _, off := range rapid.SliceOfN(rapid.Int64Range(0, 120), 0, 20).Draw(t, "closed") {
			o.Closed[base+off] = true
		}
		for _, off := range rapid.SliceOfN(rapid.Int64Range(0, 120), 0, 5).Draw(t, "opened") {
			o.Opened[base+off] = office.Day{{From: 0, To: 60}}
		}
		from := base + rapid.Int64Range(0, 100).Draw(t, "from")
		n := rapid.IntRange(1, 40).Draw(t, "n")
		to := o.AddWorkingDays(from, n)
		count := 0
		for d := from + 1; d <= to; d++ {
			if o.WorksOn("", d) {
				count++
			}
		}
		if count != n || !o.WorksOn("", to) {
			t.Fatalf("%d working days after %d is %d, with %d working days between", n, from, to, count)
		}
		if back := o.AddWorkingDays(to+1, -1); back != to {
			t.Fatalf("the working day before %d is %d, want %d", to+1, back, to)
		}
	})
}

func TestNilOfficeIsClosed(t *testing.T) {
	t.Parallel()
	var o *office.Office
	if o.WorksOn("", 0) || o.OpenAt("", 0, 600) || o.HasDesk("truc_ban") || o.HoursOn("", 0) != nil {
		t.Error("no office is open")
	}
	if _, ok := o.Field("ten"); ok {
		t.Error("no office has a name")
	}
}

// weekly is the demonstration office by its week alone, without holidays.
func weekly() *office.Office {
	o := office.Demo()
	o.Holidays = nil
	return o
}
