package value_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hoithoai/dsl/fold"
	"hoithoai/dsl/value"
)

// writings are the ways to write a full date; every one must read as that day.
var writings = []string{
	"%[1]d/%[2]d/%[3]d", "%02[1]d/%02[2]d/%[3]d", "%[1]d-%[2]d-%[3]d", "%[1]d.%[2]d.%[3]d", "%[1]d %[2]d %[3]d", "%[1]d / %[2]d / %[3]d",
	"%[3]d-%02[2]d-%02[1]d", "%02[1]d%02[2]d%[3]d", "%[1]d tháng %[2]d năm %[3]d", "ngày %[1]d tháng %[2]d năm %[3]d",
	"Ngày %02[1]d Tháng %02[2]d Năm %[3]d", "%[1]d thang %[2]d nam %[3]d", "%[1]d tháng %[2]d, %[3]d", "%[1]d tháng %[2]d/%[3]d",
	"dạ ngày %[1]d/%[2]d/%[3]d ạ", "em sinh ngày %[1]d/%[2]d/%[3]d", "%[1]d/%[2]d/%[3]d lúc 8h30", "sáng ngày %[1]d/%[2]d/%[3]d",
	"mùng %[1]d tháng %[2]d năm %[3]d",
}

func TestEveryWritingOfADate(t *testing.T) {
	t.Parallel()
	first, last := mustDay(t, 1900, 1, 1), mustDay(t, 2199, 12, 31)
	typ := value.Type{Kind: value.Date}
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.Int64Range(first, last).Draw(t, "day")
		y, m, d := value.Civil(day)
		ctx := value.Context{Today: rapid.Int64Range(0, 40000).Draw(t, "today")}
		for _, w := range writings {
			text := fmt.Sprintf(w, d, m, y)
			for _, form := range []string{text, fold.Key(text), strings.ToUpper(text)} {
				v, p := typ.ReadText(form, ctx)
				if p != nil || v.N != day {
					t.Fatalf("%q reads as %s (%+v)", form, typ.Show(v), p)
				}
			}
		}
	})
}

// TestDatesInWords spells the day and the month.
func TestDatesInWords(t *testing.T) {
	t.Parallel()
	typ := value.Type{Kind: value.Date}
	for day := mustDay(t, 2027, 1, 1); day <= mustDay(t, 2027, 12, 31); day++ {
		_, m, d := value.Civil(day)
		text := fmt.Sprintf("ngày %s tháng %s năm 2027", spell(int64(d)), spell(int64(m)))
		for _, form := range []string{text, strings.ToUpper(text), strings.TrimPrefix(text, "ngày "), fold.Key(text)} {
			if v, p := typ.ReadText(form, value.Context{Today: today}); p != nil || v.N != day {
				t.Fatalf("%q reads as %s (%+v)", form, typ.Show(v), p)
			}
		}
	}
}

// TestNearestDay holds dates without a year to their rule, whatever today is.
func TestNearestDay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		now := rapid.Int64Range(0, 40000).Draw(t, "today")
		_, m, d := value.Civil(now + rapid.Int64Range(0, 1500).Draw(t, "offset"))
		text := fmt.Sprintf("%d/%d", d, m)
		ctx := value.Context{Today: now}
		same := func(v value.Value) bool {
			_, vm, vd := value.Civil(v.N)
			return vm == m && vd == d
		}
		next, p := value.Type{Kind: value.Date}.ReadText(text, ctx)
		if p != nil || next.N < now || !same(next) || value.AddYears(next.N, -1) >= now && d != 29 {
			t.Fatalf("on day %d %s reads as %d (%+v)", now, text, next.N, p)
		}
		past := value.Type{Kind: value.Date, Max: now, HasMax: true}
		last, p := past.ReadText(text, ctx)
		if p != nil || last.N > now || !same(last) || value.AddYears(last.N, 1) <= now && d != 29 {
			t.Fatalf("on day %d the last %s reads as %d (%+v)", now, text, last.N, p)
		}
	})
}

func TestTwoDigitYears(t *testing.T) {
	t.Parallel()
	typ := value.Type{Kind: value.Date}
	for _, c := range []struct{ thisYear, year, want int }{
		{2026, 0, 2000}, {2026, 26, 2026}, {2026, 27, 2027}, {2026, 28, 1928}, {2026, 99, 1999}, {2030, 31, 2031}, {2030, 32, 1932}, {2098, 99, 2099},
	} {
		ctx := value.Context{Today: mustDay(t, c.thisYear, 6, 15)}
		v, p := typ.ReadText(fmt.Sprintf("1/2/%02d", c.year), ctx)
		if p != nil || v.N != mustDay(t, c.want, 2, 1) {
			t.Errorf("in %d the year %02d reads as %s (%+v), want %d", c.thisYear, c.year, typ.Show(v), p, c.want)
		}
	}
}

func TestRelativeDays(t *testing.T) {
	t.Parallel()
	typ := value.Type{Kind: value.Date}
	words := map[string]int64{
		"hôm nay": 0, "bữa nay": 0, "nay": 0, "ngày mai": 1, "mai": 1, "sáng mai": 1, "mốt": 2, "ngày mốt": 2, "ngày kia": 2, "hôm qua": -1,
		"hôm kia": -2, "5 ngày nữa": 5, "năm ngày nữa": 5, "10 ngày trước": -10, "hai mươi ngày nữa": 20,
	}
	for _, now := range []int64{0, today, mustDay(t, 2026, 12, 31), mustDay(t, 2028, 2, 28)} {
		for text, n := range words {
			for _, form := range []string{text, fold.Key(text), "dạ " + text + " ạ"} {
				if v, p := typ.ReadText(form, value.Context{Today: now}); p != nil || v.N != now+n {
					t.Errorf("on day %d %q reads as %d (%+v), want %d", now, form, v.N, p, now+n)
				}
			}
		}
	}
}

// TestWeekdaysMustMatch puts each weekday before a date: only the right one is accepted.
func TestWeekdaysMustMatch(t *testing.T) {
	t.Parallel()
	typ := value.Type{Kind: value.Date}
	for i, name := range []string{"thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật"} {
		for day := int64(today); day < today+7; day++ {
			text := name + " ngày " + typ.Show(value.Value{Kind: value.Date, N: day})
			v, p := typ.ReadText(text, value.Context{Today: today})
			if right := value.Weekday(day) == i; right != (p == nil) || right && v.N != day {
				t.Errorf("%q reads as %+v (%+v)", text, v, p)
			}
		}
		_, p := typ.ReadText(name+" tới", value.Context{Today: today})
		if p == nil || p.Kind != value.Ambiguous {
			t.Errorf("%q tới: %+v, want it asked back", name, p)
		}
	}
}

// TestDaysThatDoNotExist tries every pair of numbers up to 40 as day and month.
func TestDaysThatDoNotExist(t *testing.T) {
	t.Parallel()
	typ := value.Type{Kind: value.Date}
	for d := range 40 {
		for m := range 40 {
			_, exists := value.DayNumber(2027, m, d)
			_, p := typ.ReadText(fmt.Sprintf("%d/%d/2027", d, m), value.Context{Today: today})
			if exists != (p == nil) || !exists && p.Kind != value.NoSuchDay {
				t.Errorf("%d/%d/2027: problem %+v, exists %t", d, m, p, exists)
			}
		}
	}
}
