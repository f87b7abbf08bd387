package office_test

import (
	"testing"

	"pgregory.net/rapid"

	"hoithoai/dsl/office"
	"hoithoai/dsl/value"
)

// at is a moment of November 2026 in Việt Nam; the 24th is a Tuesday, a holiday.
func at(t testing.TB, d, hour, minute int) int64 {
	t.Helper()
	return value.Moment(day(t, 2026, 11, d), hour*60+minute)
}

func TestOpenMinutes(t *testing.T) {
	t.Parallel()
	o := office.Demo()
	for _, c := range []struct {
		name     string
		work     string
		from, to int64
		want     int
	}{
		{"within a morning", "", at(t, 25, 8, 0), at(t, 25, 9, 30), 90},
		{"over noon", "", at(t, 25, 11, 0), at(t, 25, 13, 30), 60},
		{"before hours", "", at(t, 25, 5, 0), at(t, 25, 7, 30), 0},
		{"over a night", "", at(t, 25, 16, 30), at(t, 26, 8, 0), 60},
		{"a holiday", "", at(t, 24, 0, 0), at(t, 25, 0, 0), 0},
		{"over a weekend", "", at(t, 27, 16, 0), at(t, 30, 8, 0), 90},
		{"over a Saturday of residence", "cu_tru", at(t, 27, 16, 0), at(t, 30, 8, 0), 330},
		{"backwards", "", at(t, 26, 9, 0), at(t, 25, 9, 0), 0},
		{"less than a minute", "", at(t, 25, 8, 0), at(t, 25, 8, 0) + 59_999, 0},
	} {
		if got := o.OpenMinutes(c.work, c.from, c.to); got != c.want {
			t.Errorf("%s: %d minutes, want %d", c.name, got, c.want)
		}
	}
	if got := (&office.Office{}).OpenMinutes("", at(t, 25, 0, 0), at(t, 26, 0, 0)); got != 1440 {
		t.Errorf("an office without hours is open for %d minutes a day", got)
	}
}

func TestAfterOpen(t *testing.T) {
	t.Parallel()
	o := office.Demo()
	for _, c := range []struct {
		name    string
		work    string
		from    int64
		minutes int
		want    int64
	}{
		{"within a morning", "", at(t, 25, 8, 0), 60, at(t, 25, 9, 0)},
		{"over noon", "", at(t, 25, 11, 0), 60, at(t, 25, 13, 30)},
		{"on a holiday", "", at(t, 24, 9, 0), 60, at(t, 25, 8, 30)},
		{"on Friday evening", "", at(t, 27, 18, 0), 60, at(t, 30, 8, 30)},
		{"on Friday evening at residence", "cu_tru", at(t, 27, 18, 0), 60, at(t, 28, 8, 30)},
		{"to the last minute", "", at(t, 25, 16, 0), 60, at(t, 25, 17, 0)},
	} {
		if got := o.AfterOpen(c.work, c.from, c.minutes); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	for name, o := range map[string]*office.Office{"nil": nil, "without hours": {}, "closed": {Hours: map[string]office.Week{"": {}}}} {
		if got := o.AfterOpen("", at(t, 28, 9, 0), 60); got != at(t, 28, 10, 0) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// What AfterOpen gives is exactly so many minutes later, as OpenMinutes counts them.
func TestAfterOpenIsCounted(t *testing.T) {
	t.Parallel()
	o := office.Demo()
	rapid.Check(t, func(t *rapid.T) {
		work := rapid.SampledFrom([]string{"", "cu_tru", "truc_ban"}).Draw(t, "work")
		from := value.Moment(int64(rapid.IntRange(20_700, 20_900).Draw(t, "day")), rapid.IntRange(0, 1439).Draw(t, "minute"))
		n := rapid.IntRange(1, 600).Draw(t, "minutes")
		after := o.AfterOpen(work, from, n)
		if got := o.OpenMinutes(work, from, after); got != n {
			t.Fatalf("%d minutes after %d is %d, which is %d minutes", n, from, after, got)
		}
		if got := o.OpenMinutes(work, from, after-1); got >= n {
			t.Fatalf("it was over a moment before")
		}
	})
}

func TestOpeningAndClosing(t *testing.T) {
	t.Parallel()
	o := office.Demo()
	for _, c := range []struct {
		day, minute        int
		opens, closesWords string
	}{
		{25, 8 * 60, "13 giờ hôm nay", "11 giờ 30 hôm nay"},
		{25, 12 * 60, "13 giờ hôm nay", ""},
		{24, 9 * 60, "7 giờ 30 ngày mai, thứ Tư 25/11/2026", ""},
		{27, 18 * 60, "7 giờ 30 thứ Hai 30/11/2026", ""},
	} {
		opens, _ := o.Opening("", day(t, 2026, 11, c.day), c.minute)
		closes, open := o.Closing("", day(t, 2026, 11, c.day), c.minute)
		if opens != c.opens || closes != c.closesWords || open != (c.closesWords != "") {
			t.Errorf("%d/11 at minute %d: opens %q, closes %q %t", c.day, c.minute, opens, closes, open)
		}
	}
	if words, ok := (&office.Office{}).Opening("", 20_000, 0); ok || words != "" {
		t.Errorf("an office without hours opens %q", words)
	}
}

func TestDeskName(t *testing.T) {
	t.Parallel()
	o := office.Demo()
	for _, desk := range o.Desks {
		if o.DeskNames[desk] == "" || o.DeskName(desk) != o.DeskNames[desk] {
			t.Errorf("the desk %s of the sample office is called %q", desk, o.DeskName(desk))
		}
	}
	var none *office.Office
	if o.DeskName("la") != "Cán bộ" || none.DeskName("cu_tru") != "Cán bộ" {
		t.Error("a desk without a name has one")
	}
}
