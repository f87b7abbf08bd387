package expression

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/office"
	"hoithoai/dsl/value"
)

// TestCalendarFunctions holds each function of days at its edges, through the public door.
func TestCalendarFunctions(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		src   string
		birth int64 // ngay_sinh
		date  int64 // ngay_hen
		want  value.Value
	}{
		"age on the birthday":           {`tuoi(ngay_sinh)`, dayOf(2008, 11, 24), 0, num(18)},
		"age the day before":            {`tuoi(ngay_sinh)`, dayOf(2008, 11, 25), 0, num(17)},
		"age of the unborn":             {`tuoi(ngay_sinh)`, dayOf(2027, 1, 1), 0, num(-1)},
		"born on 29/02":                 {`them_nam(ngay_sinh, 18)`, dayOf(2008, 2, 29), 0, onDate(dayOf(2026, 2, 28))},
		"days from a to b":              {`so_ngay(ngay_sinh, ngay_hen)`, dayOf(2026, 11, 1), dayOf(2026, 12, 1), num(30)},
		"days back":                     {`so_ngay(ngay_hen, ngay_sinh)`, dayOf(2026, 11, 1), dayOf(2026, 12, 1), num(-30)},
		"end of a short month":          {`them_thang(ngay_hen, 1)`, 0, dayOf(2026, 1, 31), onDate(dayOf(2026, 2, 28))},
		"a month back":                  {`them_thang(ngay_hen, -1)`, 0, dayOf(2026, 3, 31), onDate(dayOf(2026, 2, 28))},
		"days over the new year":        {`them_ngay(ngay_hen, 7)`, 0, dayOf(2026, 12, 28), onDate(dayOf(2027, 1, 4))},
		"beyond the end of time":        {`them_ngay(ngay_hen, 999999999)`, 0, dayOf(9999, 12, 31), onDate(value.LastDay)},
		"before the beginning of time":  {`them_nam(ngay_hen, -9999)`, 0, dayOf(2026, 1, 1), onDate(value.FirstDay)},
		"working day over the weekend":  {`ngay_lam_viec(ngay_hen, 1)`, 0, dayOf(2026, 11, 27), onDate(dayOf(2026, 11, 30))},
		"working day over a closed day": {`ngay_lam_viec(ngay_hen, 3)`, 0, dayOf(2026, 11, 24), onDate(dayOf(2026, 11, 30))},
		"working days back":             {`ngay_lam_viec(ngay_hen, -1)`, 0, dayOf(2026, 11, 30), onDate(dayOf(2026, 11, 27))},
		"no working day":                {`ngay_lam_viec(ngay_hen, 0)`, 0, dayOf(2026, 11, 28), onDate(dayOf(2026, 11, 28))},
		"open on a weekday":             {`co_lam("cu_tru", ngay_hen)`, 0, dayOf(2026, 11, 27), yes(true)},
		"closed on Saturday":            {`co_lam("cu_tru", ngay_hen)`, 0, dayOf(2026, 11, 28), yes(false)},
		"closed by order":               {`co_lam("cu_tru", ngay_hen)`, 0, dayOf(2026, 11, 25), yes(false)},
		"nested":                        {`so_ngay(hom_nay(), ngay_lam_viec(hom_nay(), 3)) > 3`, 0, 0, yes(true)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld()
			w.values["ngay_sinh"], w.values["ngay_hen"] = onDate(tc.birth), onDate(tc.date)
			assertValue(t, tc.src, w, tc.want)
		})
	}
}

// assertValue evaluates src in w, both ways.
func assertValue(t *testing.T, src string, w *world, want value.Value) {
	t.Helper()
	scope, _ := newScope()
	x, problems := Compile(src, scope)
	if problems != nil {
		t.Fatal(problems)
	}
	assertBothWays(t, x, w)
	got, err := x.Eval(w)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", src, diff)
	}
}

// TestOpenNow holds dang_mo at the edges of the office's hours.
func TestOpenNow(t *testing.T) {
	t.Parallel()
	for minute, want := range map[int]bool{449: false, 450: true, 689: true, 690: false, 780: true, 1019: true, 1020: false} {
		w := newWorld()
		w.minute = minute
		assertValue(t, `dang_mo("cu_tru")`, w, yes(want))
	}
	closed := newWorld()
	closed.day = dayOf(2026, 11, 25)
	assertValue(t, `dang_mo("cu_tru")`, closed, yes(false))
	other := newWorld()
	other.office.Hours["bao_tin"] = office.Week{1: {{From: 0, To: 24 * 60}}}
	other.minute = 3
	assertValue(t, `dang_mo("bao_tin")`, other, yes(true))
	assertValue(t, `dang_mo("cu_tru")`, other, yes(false))
}

// TestRounding holds lam_tron to half away from zero, exactly: floating point would give 28 for 0.285 × 100.
func TestRounding(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		src  string
		base int64
		want int64
	}{
		{`lam_tron(co_ban * 0.285)`, 100, 29},
		{`lam_tron(co_ban * 1.0050)`, 100, 101},
		{`lam_tron(co_ban * 0.5)`, 3, 2},
		{`lam_tron(co_ban * 0.5)`, 1, 1},
		{`lam_tron(co_ban * -0.5)`, 3, -2},
		{`lam_tron(co_ban * 0.4999)`, 1, 0},
		{`lam_tron(co_ban * 0.000001)`, 499_999, 0},
		{`lam_tron(co_ban * 0.000001)`, 500_000, 1},
		{`lam_tron(co_ban * 1.35) * 2`, 1, 2},
		{`lam_tron(0.1 * 3 * co_ban)`, 5, 2},
		{`lam_tron(lam_tron(co_ban * 0.5) * 0.5)`, 5, 2},
		{`lam_tron(co_ban * 1.50)`, 2, 3},
		{`lam_tron(1.5)`, 0, 2},
		{`lam_tron(-1.5)`, 0, -2},
		{`lam_tron(1.5 + 1.5)`, 0, 3},
	} {
		w := newWorld()
		w.values["co_ban"] = num(tc.base)
		assertValue(t, tc.src, w, num(tc.want))
	}
}

// TestExactComparison holds decimals beside whole numbers: nothing is rounded to compare.
func TestExactComparison(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		src  string
		base int64
		want bool
	}{
		{`co_ban * 0.1 == 0.3`, 3, true},
		{`co_ban * 0.1 + 0.2 == 0.5`, 3, true},
		{`co_ban > 2.999999`, 3, true},
		{`co_ban > 3.000001`, 3, false},
		{`co_ban >= 3.0`, 3, true},
		{`2.5 < co_ban`, 3, true},
		{`co_ban != 2.5`, 3, true},
		{`co_ban * 1.1 <= 3.3`, 3, true},
	} {
		w := newWorld()
		w.values["co_ban"] = num(tc.base)
		assertValue(t, tc.src, w, yes(tc.want))
	}
}

// TestEveryFunctionIsTested holds that a function added to the list is also evaluated somewhere above.
func TestEveryFunctionIsTested(t *testing.T) {
	t.Parallel()
	used := map[string]bool{"lam_tron": true, "co": true}
	scope, _ := newScope()
	for _, tc := range evaluations {
		x, problems := Compile(tc.src, scope)
		if problems != nil {
			t.Fatal(problems)
		}
		x.root.walk(func(n *node) {
			if n.fn != nil {
				used[n.fn.name] = true
			}
		})
	}
	for _, name := range functionNames() {
		if !used[name] {
			t.Errorf("%s is never evaluated", name)
		}
	}
	for name, fn := range functions {
		if fn.name != name || fn.shape == "" || len(fn.params) > maxParams || fn.run == nil && name != "lam_tron" {
			t.Errorf("%s is not declared as it should be: %+v", name, fn)
		}
	}
}

// TestOfficeFields holds every field of the demonstration office: what it has reads as written, what it lacks is asked with co(…).
func TestOfficeFields(t *testing.T) {
	t.Parallel()
	demo := office.Demo()
	scope, _ := newScope()
	for _, field := range office.KnownFields() {
		w := newWorld()
		w.office = demo
		want, has := demo.Field(field)
		assertValue(t, "co(don_vi."+field+")", w, yes(has))
		x, problems := Compile("don_vi."+field+` + "."`, scope)
		if problems != nil {
			t.Fatal(problems)
		}
		got, err := x.Eval(w)
		if has != (err == nil) || has && got.S != want+"." {
			t.Errorf("don_vi.%s: %q, %v; want %q", field, got.S, err, want)
		}
	}
}
