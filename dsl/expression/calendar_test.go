package expression

import (
	"testing"
	"unicode/utf8"

	"hoithoai/dsl/office"
)

// TestOpensAgain holds mo_lai at lunch, in the evening, before a weekend, before holidays, and where holidays are not known.
func TestOpensAgain(t *testing.T) {
	t.Parallel()
	demo, bare, never := office.Demo(), office.Demo(), &office.Office{}
	bare.Holidays = nil
	tests := []struct {
		o                  *office.Office
		work               string
		y, m, d, hour, min int
		want               string
	}{
		{demo, "", 2026, 11, 25, 6, 0, "7 giờ 30 hôm nay"},
		{demo, "", 2026, 11, 25, 12, 0, "13 giờ hôm nay"},
		{demo, "", 2026, 11, 25, 17, 0, "7 giờ 30 ngày mai, thứ Năm 26/11/2026"},
		{demo, "", 2026, 11, 27, 17, 0, "7 giờ 30 thứ Hai 30/11/2026"},
		{demo, "cu_tru", 2026, 11, 27, 17, 0, "7 giờ 30 ngày mai, thứ Bảy 28/11/2026"},
		{demo, "cu_tru", 2026, 11, 29, 9, 0, "7 giờ 30 ngày mai, thứ Hai 30/11/2026"},
		{demo, "", 2026, 11, 24, 9, 0, "7 giờ 30 ngày mai, thứ Tư 25/11/2026"},
		{demo, "", 2026, 8, 21, 18, 0, "7 giờ 30 ngày mai, thứ Bảy 22/08/2026"},
		{demo, "", 2026, 12, 31, 18, 0, "7 giờ 30 thứ Hai 04/01/2027 (chưa tính đủ ngày lễ)"},
		{bare, "", 2026, 11, 27, 18, 0, "7 giờ 30 thứ Hai 30/11/2026 (chưa tính ngày lễ)"},
		{bare, "", 2026, 11, 27, 12, 0, "13 giờ hôm nay"},
		{never, "", 2026, 11, 27, 12, 0, "giờ do đơn vị thông báo"},
	}
	for _, c := range tests {
		w := newWorld()
		w.office, w.day, w.minute = c.o, dayOf(c.y, c.m, c.d), c.hour*60+c.min
		assertValue(t, `mo_lai("`+c.work+`")`, w, text(c.want))
		if n := utf8.RuneCountInString(c.want); n > maxOpens {
			t.Errorf("%q has %d characters, more than %d", c.want, n, maxOpens)
		}
	}
}

// TestRemark: only a day counted by working days is remarked, and only where a year's holidays are not all known.
func TestRemark(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	tests := []struct {
		src, want string
		max       int
	}{
		{`ngay_lam_viec(hom_nay(), 5)`, "", 23},
		{`ngay_lam_viec(hom_nay(), 40)`, "(chưa tính đủ ngày lễ)", 23},
		{`them_ngay(ngay_lam_viec(hom_nay(), 40), 1)`, "(chưa tính đủ ngày lễ)", 23},
		{`ngay_lam_viec(hom_nay(), 500)`, "(chưa tính ngày lễ)", 23},
		{`them_ngay(hom_nay(), 500)`, "", 0},
		{`so_ngay(hom_nay(), ngay_lam_viec(hom_nay(), 500))`, "", 0},
	}
	w := newWorld()
	w.office = office.Demo()
	for _, c := range tests {
		x, problems := Compile(c.src, scope)
		if problems != nil {
			t.Fatal(c.src, problems)
		}
		v, err := x.Eval(w)
		if err != nil {
			t.Fatal(c.src, err)
		}
		if got := x.Remark(w, v); got != c.want || x.MaxRemark() != c.max || utf8.RuneCountInString(got) >= max(c.max, 1) {
			t.Errorf("%s is remarked %q (at most %d), want %q (%d)", c.src, got, x.MaxRemark(), c.want, c.max)
		}
	}
}

func TestAsksCalendar(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	for src, want := range map[string]bool{
		`dang_mo("x")`: true, `tre_em and not co_lam("x", ngay_hen)`: true, `mo_lai("x") + "."`: true,
		`so_ngay(hom_nay(), ngay_lam_viec(hom_nay(), 3))`: true, `tre_em`: false, `them_ngay(hom_nay(), 3)`: false,
	} {
		x, problems := Compile(src, scope)
		if problems != nil {
			t.Fatal(src, problems)
		}
		if x.AsksCalendar() != want {
			t.Errorf("%s: %t", src, !want)
		}
	}
}
