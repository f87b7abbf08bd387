package office_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hoithoai/dsl/office"
	"hoithoai/dsl/value"
)

func national(t testing.TB) *office.Holidays {
	t.Helper()
	h, err := office.National()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func dmy(t testing.TB, d, m, y int) int64 {
	t.Helper()
	n, ok := value.DayNumber(y, m, d)
	if !ok {
		t.Fatalf("%d/%d/%d is no day", d, m, y)
	}
	return n
}

// TestYear2026 holds the table to the notices of the year: which weekdays are off, and which Saturdays are worked.
func TestYear2026(t *testing.T) {
	t.Parallel()
	h := national(t)
	var off, worked []string
	for d := dmy(t, 1, 1, 2026); d <= dmy(t, 31, 12, 2026); d++ {
		_, m, dd := value.Civil(d)
		text := strings.TrimSpace(strings.Join([]string{itoa(dd), itoa(m)}, "/"))
		if _, ok := h.Off(d); ok && value.Weekday(d) < 5 {
			off = append(off, text)
		}
		if _, ok := h.MakesUp(d); ok {
			worked = append(worked, text)
		}
	}
	if diff := cmp.Diff(strings.Fields("1/1 2/1 16/2 17/2 18/2 19/2 20/2 27/4 30/4 1/5 31/8 1/9 2/9 24/11"), off); diff != "" {
		t.Errorf("weekdays off (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(strings.Fields("10/1 22/8"), worked); diff != "" {
		t.Errorf("weekend days worked (-want +got):\n%s", diff)
	}
	if name, _ := h.Off(dmy(t, 24, 11, 2026)); name != "Ngày Văn hóa Việt Nam" {
		t.Errorf("24/11/2026 is %q", name)
	}
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return string(rune('0'+n/10)) + string(rune('0'+n%10))
}

func TestCoverage(t *testing.T) {
	t.Parallel()
	h := national(t)
	tests := []struct {
		from, to int
		want     office.Coverage
	}{
		{2026, 2026, office.Counted}, {2026, 2027, office.Partly}, {2027, 2026, office.Partly}, {2027, 2027, office.Partly},
		{2025, 2026, office.NotCounted}, {2026, 2028, office.NotCounted}, {2026, 9000, office.NotCounted},
	}
	for _, c := range tests {
		if got := h.Covers(dmy(t, 1, 3, c.from), dmy(t, 31, 12, c.to)); got != c.want {
			t.Errorf("from %d to %d: %d, want %d", c.from, c.to, got, c.want)
		}
	}
	for c, want := range map[office.Coverage]string{office.Counted: "", office.Partly: "(chưa tính đủ ngày lễ)", office.NotCounted: "(chưa tính ngày lễ)"} {
		if got := c.Remark(); got != want || len([]rune(got)) > office.MaxRemark {
			t.Errorf("%d is remarked %q, want %q", c, got, want)
		}
	}
	if office.Demo().Coverage(dmy(t, 1, 1, 2026), dmy(t, 31, 12, 2026)) != office.Counted || weekly().Coverage(0, 0) != office.NotCounted {
		t.Error("an office does not know its calendar")
	}
	var none *office.Office
	if none.Coverage(0, 0) != office.NotCounted {
		t.Error("no office knows no holidays")
	}
}

func TestHolidaysAndSwappedDays(t *testing.T) {
	t.Parallel()
	o := office.Demo()
	full, half := "07:30-11:30 13:00-17:00", "07:30-11:30"
	o.Closed[dmy(t, 23, 11, 2026)] = true
	o.Closed[dmy(t, 10, 1, 2026)] = true
	o.Opened[dmy(t, 1, 5, 2026)] = office.Day{{From: 8 * 60, To: 9 * 60}}
	tests := []struct {
		what, work string
		d, m, y    int
		want       string
	}{
		{"an ordinary day", "", 25, 11, 2026, full},
		{"a holiday", "", 24, 11, 2026, "nghỉ"},
		{"a holiday for work with a Saturday of its own", "cu_tru", 24, 11, 2026, "nghỉ"},
		{"a Saturday worked for a Monday", "", 22, 8, 2026, full},
		{"the same for work that has Saturdays", "cu_tru", 22, 8, 2026, full},
		{"the Monday it is worked for", "", 31, 8, 2026, "nghỉ"},
		{"any Saturday", "cu_tru", 29, 8, 2026, half},
		{"a day the office closed", "", 23, 11, 2026, "nghỉ"},
		{"a Saturday worked that the office closed", "", 10, 1, 2026, "nghỉ"},
		{"a holiday the office opened", "", 1, 5, 2026, "08:00-09:00"},
	}
	for _, c := range tests {
		if got := o.HoursOn(c.work, dmy(t, c.d, c.m, c.y)).String(); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
}

func TestWorkingDaysSkipHolidays(t *testing.T) {
	t.Parallel()
	tests := []struct {
		d, m, n int
		want    string
	}{
		{23, 11, 1, "25/11"}, // over the 24th
		{13, 2, 1, "23/2"},   // over Tết
		{21, 8, 1, "22/8"},   // the Saturday is worked
		{28, 8, 1, "3/9"},    // over the four days of September
		{3, 9, -1, "28/8"},
		{29, 4, 2, "5/5"},
	}
	bare := &office.Office{Holidays: national(t)} // without hours: Monday to Friday
	for _, o := range []*office.Office{office.Demo(), bare} {
		for _, c := range tests {
			_, m, d := value.Civil(o.AddWorkingDays(dmy(t, c.d, c.m, 2026), c.n))
			if got := itoa(d) + "/" + itoa(m); got != c.want {
				t.Errorf("%d working days from %d/%d: %s, want %s", c.n, c.d, c.m, got, c.want)
			}
		}
	}
}

func TestNextOpen(t *testing.T) {
	t.Parallel()
	o := office.Demo()
	tests := []struct {
		what, work   string
		d, m, minute int
		wantDay      string
		want         int
	}{
		{"before work", "", 25, 11, 6 * 60, "25/11", 450},
		{"in the morning it is the afternoon", "", 25, 11, 8 * 60, "25/11", 780},
		{"at noon", "", 25, 11, 12 * 60, "25/11", 780},
		{"at the very minute it is the next time", "", 25, 11, 780, "26/11", 450},
		{"in the evening", "", 25, 11, 18 * 60, "26/11", 450},
		{"on Friday evening", "", 27, 11, 18 * 60, "30/11", 450},
		{"on Friday evening for residence", "cu_tru", 27, 11, 18 * 60, "28/11", 450},
		{"before a holiday", "", 23, 11, 18 * 60, "25/11", 450},
		{"before Tết", "", 13, 2, 18 * 60, "23/2", 450},
		{"before a Saturday that is worked", "", 21, 8, 18 * 60, "22/8", 450},
	}
	for _, c := range tests {
		d, at, ok := o.NextOpen(c.work, dmy(t, c.d, c.m, 2026), c.minute)
		_, m, dd := value.Civil(d)
		if got := itoa(dd) + "/" + itoa(m); !ok || got != c.wantDay || at != c.want {
			t.Errorf("%s: %s at %d (%t), want %s at %d", c.what, got, at, ok, c.wantDay, c.want)
		}
	}
	if _, _, ok := (&office.Office{}).NextOpen("", 20782, 0); ok {
		t.Error("an office without hours opens")
	}
}

// TestNextOpenIsOpen: whatever the hour, the time named lies ahead, the office receives people then, and not in between.
func TestNextOpenIsOpen(t *testing.T) {
	t.Parallel()
	o := office.Demo()
	rapid.Check(t, func(t *rapid.T) {
		from, minute := rapid.Int64Range(20454, 20818).Draw(t, "day"), rapid.IntRange(0, 1439).Draw(t, "minute")
		work := rapid.SampledFrom([]string{"", "cu_tru"}).Draw(t, "work")
		d, at, ok := o.NextOpen(work, from, minute)
		if !ok || d < from || d == from && at <= minute || !o.OpenAt(work, d, at) || at > 0 && o.OpenAt(work, d, at-1) {
			t.Fatalf("from day %d at %d: day %d at %d (%t)", from, minute, d, at, ok)
		}
	})
}

func TestParseHolidays(t *testing.T) {
	t.Parallel()
	if _, err := office.ParseHolidays(2028, "# x\n\nbảng đủ\nnghỉ 01/01/2028 Tết Dương lịch\n"); err != nil {
		t.Error(err)
	}
	tests := map[string]string{
		"":                             "is missing",
		"nghỉ 01/01/2028 Tết":          "is missing",
		"bảng đủ\nbảng đủ":             "line 2",
		"bảng":                         "line 1",
		"bảng đủ\nnghỉ 01/01/2028":     "no name",
		"bảng đủ\nnghỉ 01/01/2027 Tết": "not in 2028",
		"bảng đủ\nnghỉ 31/02/2028 Tết": "no day",
		"bảng đủ\nnghỉ 01/01/2028 A\nnghỉ 01/01/2028 B":                                 "line 3",
		"bảng đủ\nlàm bù 08/01/2028":                                                    "no day",
		"bảng đủ\nlàm bù 07/01/2028 thay 03/01/2028":                                    "no weekend",
		"bảng đủ\nlàm bù 08/01/2028 thay 09/01/2028":                                    "no weekend",
		"bảng đủ\nlàm bù 08/01/2028 thay 03/01/2028\nlàm bù 08/01/2028 thay 04/01/2028": "line 3",
		"bảng đủ\nđi làm 08/01/2028":                                                    "line 2",
	}
	for text, says := range tests {
		if _, err := office.ParseHolidays(2028, text); !errors.Is(err, office.ErrHolidays) || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want it to say %q", text, err, says)
		}
	}
}

func TestEveryTableNamesItsSources(t *testing.T) {
	t.Parallel()
	for _, year := range []string{"2026", "2027"} {
		text := office.HolidaySource(year)
		for _, want := range []string{"Căn cứ:", "Nguồn, đọc ngày", "Độ tin:"} {
			if !strings.Contains(text, want) {
				t.Errorf("the table of %s does not say %q", year, want)
			}
		}
	}
	if office.HolidaySource("1999") != "" {
		t.Error("there is a table of 1999")
	}
}
