package office_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hoithoai/dsl/office"
)

// span is an interval from hours and minutes.
func span(h1, m1, h2, m2 int) office.Interval {
	return office.Interval{From: h1*60 + m1, To: h2*60 + m2}
}

func TestParseDay(t *testing.T) {
	t.Parallel()
	morning, afternoon := span(7, 30, 11, 30), span(13, 0, 17, 0)
	tests := []struct {
		in   string
		want office.Day
	}{
		{"07:30-11:30 13:00-17:00", office.Day{morning, afternoon}},
		{"07:30-11:30, 13:00-17:00", office.Day{morning, afternoon}},
		{"7:30-11:30 13:00-17:00", office.Day{morning, afternoon}},
		{"7h30-11h30 13h-17h", office.Day{morning, afternoon}},
		{"7H30-11H30", office.Day{morning}},
		{"07:30 - 11:30", office.Day{morning}},
		{"07:30–11:30", office.Day{morning}},
		{"07:30 — 11:30  13:00 – 17:00", office.Day{morning, afternoon}},
		{"  07:30-11:30  ", office.Day{morning}},
		{"07:30-11:30 11:30-12:00", office.Day{morning, span(11, 30, 12, 0)}},
		{"00:00-24:00", office.Day{span(0, 0, 24, 0)}},
		{"0h-24h", office.Day{span(0, 0, 24, 0)}},
		{"nghỉ", nil},
		{"Nghỉ", nil},
		{"nghi", nil},
	}
	for _, c := range tests {
		got, err := office.ParseDay(c.in)
		if err != nil {
			t.Errorf("ParseDay(%q): %v", c.in, err)
			continue
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("ParseDay(%q) (-want +got):\n%s", c.in, diff)
		}
	}
}

func TestParseDayRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, says string }{
		{"", "no hours"},
		{"   ", "no hours"},
		{"07:30", "no interval"},
		{"07:30-", `"" in "07:30-" is no time of day`},
		{"-11:30", "no time of day"},
		{"07:30-11:30-12:00", "no time of day"},
		{"25:00-26:00", `"25:00"`},
		{"24:01-24:30", `"24:01"`},
		{"07:60-08:00", `"07:60"`},
		{"7-11", `"7" in "7-11"`},
		{"07:3-11:30", `"07:3"`},
		{"007:30-11:30", `"007:30"`},
		{"11:30-07:30", "ends before it begins"},
		{"07:30-07:30", "ends before it begins"},
		{"13:00-17:00 07:30-11:30", "begins before the hours in front of it end"},
		{"07:30-11:30 11:00-12:00", "begins before the hours in front of it end"},
		{"sáng", "no interval"},
		{"07:30-11:30 nghỉ", `"nghỉ" is no interval`},
		{strings.Repeat("07:30-11:30 ", 500), "longer than"},
	}
	for _, c := range tests {
		got, err := office.ParseDay(c.in)
		if err == nil {
			t.Errorf("ParseDay(%q) = %v, want an error", c.in, got)
			continue
		}
		if !errors.Is(err, office.ErrHours) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("ParseDay(%q): %v, want it to say %q", c.in, err, c.says)
		}
	}
}

// week gives the days of list the hours d.
func week(d office.Day, list ...int) office.Week {
	var w office.Week
	for _, i := range list {
		w[i] = d
	}
	return w
}

func TestParseWeek(t *testing.T) {
	t.Parallel()
	full := office.Day{span(7, 30, 11, 30), span(13, 0, 17, 0)}
	half := office.Day{span(7, 30, 11, 30)}
	workdays := week(full, 0, 1, 2, 3, 4)
	residence := workdays
	residence[5] = half
	tests := []struct {
		in   string
		want office.Week
	}{
		{"thứ 2-thứ 6 07:30-11:30 13:00-17:00; thứ 7 07:30-11:30", residence},
		{"thứ 2-thứ 6 07:30-11:30 13:00-17:00\nthứ 7 07:30-11:30\n", residence},
		{"thứ hai-thứ sáu 07:30-11:30 13:00-17:00; thứ bảy 07:30-11:30", residence},
		{"THU 2 - THU 6: 07:30-11:30 13:00-17:00; Thu 7: 07:30-11:30;", residence},
		{"T2-T6 7h30-11h30, 13h-17h; T7 7h30-11h30", residence},
		{"thứ 2-6 07:30-11:30 13:00-17:00; thứ 7 07:30-11:30", residence},
		{"thứ 2 đến thứ 6 07:30-11:30 13:00-17:00; thứ 7 07:30-11:30", residence},
		{"thứ 2–thứ 6, thứ 7 07:30-11:30", week(half, 0, 1, 2, 3, 4, 5)},
		{"thứ 2, thứ 4, thứ 6 07:30-11:30", week(half, 0, 2, 4)},
		{"thứ 2 07:30-11:30; thứ 3 nghỉ", week(half, 0)},
		{"thứ 2-thứ 6 07:30-11:30 13:00-17:00; thứ 7, chủ nhật nghỉ", workdays},
		{"chủ nhật 07:30-11:30", week(half, 6)},
		{"CN 07:30-11:30", week(half, 6)},
		{"thứ 2-chủ nhật 07:30-11:30", week(half, 0, 1, 2, 3, 4, 5, 6)},
		{"hằng ngày 07:30-11:30", week(half, 0, 1, 2, 3, 4, 5, 6)},
		{"mọi ngày 07:30-11:30", week(half, 0, 1, 2, 3, 4, 5, 6)},
		{"thứ 3-thứ 3 07:30-11:30", week(half, 1)},
		{"nghỉ", office.Week{}},
	}
	for _, c := range tests {
		got, err := office.ParseWeek(c.in)
		if err != nil {
			t.Errorf("ParseWeek(%q): %v", c.in, err)
			continue
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("ParseWeek(%q) (-want +got):\n%s", c.in, diff)
		}
	}
}

func TestParseWeekRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, says string }{
		{"", "no day is named"},
		{" ; ;\n", "no day is named"},
		{"thứ 2-thứ 6", `"thứ 2-thứ 6" has no hours`},
		{"07:30-11:30", `"" is no day`},
		{"thứ 8 07:30-11:30", `"thứ 8" is no day`},
		{"thứ 1 07:30-11:30", `"thứ 1" is no day`},
		{"2 07:30-11:30", `"2" is no day`},
		{"thứ hái 07:30-11:30; thứ chín 07:30-11:30", `"thứ chín" is no day`},
		{"thứ 2 thứ 3 07:30-11:30", "is no day"},
		{"thứ 2-thứ 4-thứ 6 07:30-11:30", "no run of days"},
		{"thứ 6-thứ 2 07:30-11:30", "runs backwards"},
		{"chủ nhật-thứ 2 07:30-11:30", "runs backwards"},
		{"thứ 2 07:30-11:30; thứ 2 13:00-17:00", "thứ 2 is named twice"},
		{"thứ 2-thứ 6 07:30-11:30; thứ 4 nghỉ", "thứ 4 is named twice"},
		{"hằng ngày 07:30-11:30; CN nghỉ", "chủ nhật is named twice"},
		{"thứ 2 11:30-07:30", "ends before it begins"},
		{"thứ 2 07:30-25:00", `"25:00"`},
		{"thứ 2 07:30", "no interval"},
		{"thứ 2 nghỉ 07:30-11:30", `"nghỉ" is no interval`},
		{strings.Repeat("x", 3000), "longer than"},
	}
	for _, c := range tests {
		got, err := office.ParseWeek(c.in)
		if err == nil {
			t.Errorf("ParseWeek(%q) = %v, want an error", c.in, got)
			continue
		}
		if !errors.Is(err, office.ErrHours) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("ParseWeek(%q): %v, want it to say %q", c.in, err, c.says)
		}
		if got.String() != "nghỉ" {
			t.Errorf("ParseWeek(%q) gives hours beside its error: %v", c.in, got)
		}
	}
}

// drawDay draws hours that are in order and apart.
func drawDay(t *rapid.T, label string) office.Day {
	var d office.Day
	at := 0
	for range rapid.IntRange(0, 3).Draw(t, label) {
		from := rapid.IntRange(at, 1438).Draw(t, "from")
		to := rapid.IntRange(from+1, 1440).Draw(t, "to")
		d = append(d, office.Interval{From: from, To: to})
		if at = to; at > 1438 {
			break
		}
	}
	return d
}

// TestWeekReadsBack writes random weeks and reads them again.
func TestWeekReadsBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var w office.Week
		for i := range w {
			w[i] = drawDay(t, "day")
			if got, err := office.ParseDay(w[i].String()); err != nil || !cmp.Equal(got, w[i]) {
				t.Fatalf("%q reads as %v (%v), want %v", w[i].String(), got, err, w[i])
			}
		}
		got, err := office.ParseWeek(w.String())
		if err != nil {
			t.Fatalf("%q: %v", w.String(), err)
		}
		if diff := cmp.Diff(w, got); diff != "" {
			t.Fatalf("%q (-want +got):\n%s", w.String(), diff)
		}
	})
}

func TestWeekString(t *testing.T) {
	t.Parallel()
	demo := office.Demo()
	tests := []struct {
		w    office.Week
		want string
	}{
		{office.Week{}, "nghỉ"},
		{demo.Hours[""], "thứ 2-thứ 6 07:30-11:30 13:00-17:00"},
		{demo.Hours["cu_tru"], "thứ 2-thứ 6 07:30-11:30 13:00-17:00; thứ 7 07:30-11:30"},
		{week(office.Day{span(8, 0, 9, 5)}, 6), "chủ nhật 08:00-09:05"},
		{week(office.Day{span(8, 0, 9, 5)}, 0, 2), "thứ 2 08:00-09:05; thứ 4 08:00-09:05"},
	}
	for _, c := range tests {
		if got := c.w.String(); got != c.want {
			t.Errorf("String = %q, want %q", got, c.want)
		}
	}
}

func FuzzParseWeek(f *testing.F) {
	for _, s := range []string{
		"", "nghỉ", "thứ 2-thứ 6 07:30-11:30 13:00-17:00; thứ 7 07:30-11:30", "T2-T6 7h30-11h30", "hằng ngày 0h-24h", "thứ 2, CN 08:00-09:00",
		"thứ 2-\x00 07:30-11:30", "\xff", "-;-,-", "thứ 2 07:30-11:30;;;", "9999999:99-1:1",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		w, err := office.ParseWeek(s)
		if err != nil {
			if !errors.Is(err, office.ErrHours) {
				t.Fatalf("ParseWeek(%q): %v wraps no ErrHours", s, err)
			}
			return
		}
		for _, d := range w {
			end := 0
			for _, i := range d {
				if i.From < end || i.To <= i.From || i.To > 1440 {
					t.Fatalf("ParseWeek(%q) gives %v", s, d)
				}
				end = i.To
			}
		}
		if back, err := office.ParseWeek(w.String()); err != nil || !cmp.Equal(back, w) {
			t.Fatalf("ParseWeek(%q) is written %q, which reads as %v (%v)", s, w.String(), back, err)
		}
	})
}

// TestHoursAreRefusedInBothLanguages: the operator reads what is wrong in the own language, with the part that is.
func TestHoursAreRefusedInBothLanguages(t *testing.T) {
	t.Parallel()
	for in, vi := range map[string]string{
		"thứ 2 sáng": `"thứ 2 sáng" chưa có giờ`, "thứ 9 07:30-11:30": `"thứ 9" không phải thứ trong tuần`,
		"thứ 2 07:30-25:00": `"25:00" trong "07:30-25:00" không phải giờ trong ngày`, "thứ 2 7h-8h; T2 9h-10h": "hai lần",
	} {
		_, err := office.ParseWeek(in)
		e, ok := errors.AsType[*office.HoursError](err)
		if !ok || !strings.Contains(e.Says.VI, vi) || e.Says.EN == "" {
			t.Errorf("ParseWeek(%q): %v, want it to say %q", in, err, vi)
		}
	}
}
