package expression

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hoithoai/dsl/value"
)

// complements are pairs of branches, one the opposite of the other, for every operator on every kind it takes.
var complements = [][2]string{
	{`tre_em`, `not tre_em`}, {`tre_em == true`, `tre_em == false`}, {`tre_em != dong_y`, `tre_em == dong_y`}, {`tre_em in [true]`, `tre_em in [false]`},
	{`cho_o == "thue"`, `cho_o != "thue"`}, {`cho_o in ["thue", "nho"]`, `cho_o not in ["thue", "nho"]`}, {`cho_o in ["thue", "nho"]`, `cho_o in ["than", "nha"]`},
	{`tuoi_dan < 60`, `tuoi_dan >= 60`}, {`tuoi_dan <= 60`, `tuoi_dan > 60`}, {`tuoi_dan == 60`, `tuoi_dan != 60`}, {`tuoi_dan in [60, 61]`, `tuoi_dan not in [60, 61]`},
	{`18 <= tuoi_dan <= 60`, `tuoi_dan > 60`}, {`60 > tuoi_dan`, `60 <= tuoi_dan`},
	{`so_lon < 0`, `so_lon >= 0`}, {`so_lon == 0`, `so_lon != 0`},
	{`gia < 1000`, `gia >= 1000`}, {`gia == 1000`, `gia != 1000`},
	{`ngay_hen > hom_nay()`, `ngay_hen <= hom_nay()`}, {`ngay_hen == ngay_sinh`, `ngay_hen != ngay_sinh`}, {`ngay_hen < ngay_sinh`, `ngay_hen >= ngay_sinh`},
	{`tinh == "hue"`, `tinh != "hue"`}, {`tinh in ["hue", "vinh"]`, `tinh not in ["hue", "vinh"]`}, {`ho_ten matches "^L"`, `ho_ten not matches "^L"`},
	{`so_may == "0912345678"`, `so_may != "0912345678"`}, {`so_may matches "^09"`, `not (so_may matches "^09")`},
	{`co(so_con)`, `not co(so_con)`}, {`co(zalo.ten)`, `not co(zalo.ten)`}, {`co(don_vi.email)`, `not co(don_vi.email)`},
	{`tuoi(ngay_sinh) >= 18`, `tuoi(ngay_sinh) < 18`}, {`so_con + tuoi_dan > 60`, `so_con + tuoi_dan <= 60`}, {`so_con * 2 > tuoi_dan`, `so_con * 2 <= tuoi_dan`},
	{`dang_mo("cu_tru")`, `not dang_mo("cu_tru")`}, {`co_lam("cu_tru", ngay_hen)`, `not co_lam("cu_tru", ngay_hen)`},
	{`can_giay_thue`, `not can_giay_thue`}, {`ca_hai`, `not can_giay_thue or not lon_tuoi`}, {`biet_con`, `not biet_con`},
}

// TestComplements holds that a branch and its opposite cover everything, in both orders, that both can run, and that one alone
// leaves a case over.
func TestComplements(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	for _, pair := range complements {
		for _, order := range [][2]string{pair, {pair[1], pair[0]}} {
			v := Covers(compileAll(t, scope, order[0], order[1]))
			if !v.Covered || !v.Decided || v.Dead != nil || v.Gap != "" {
				t.Errorf("%s, %s: %+v", order[0], order[1], v)
			}
			if one := Covers(compileAll(t, scope, order[0])); one.Covered {
				t.Errorf("%s alone covers everything", order[0])
			}
			three := Covers(compileAll(t, scope, order[0], order[1], order[0]))
			if fmt.Sprint(three.Dead) != "[2]" {
				t.Errorf("%s, %s and the first again: dead are %v", order[0], order[1], three.Dead)
			}
		}
		for _, src := range []string{pair[0], pair[1]} {
			if isConst, _ := compileAll(t, scope, src)[0].Always(); isConst {
				t.Errorf("%s is said to come out one way only", src)
			}
		}
		both := "(" + pair[0] + ") or (" + pair[1] + ")"
		if isConst, outcome := compileAll(t, scope, both)[0].Always(); !isConst || !outcome {
			t.Errorf("%s: %v %v", both, isConst, outcome)
		}
		none := "(" + pair[0] + ") and (" + pair[1] + ")"
		if isConst, outcome := compileAll(t, scope, none)[0].Always(); !isConst || outcome {
			t.Errorf("%s: %v %v", none, isConst, outcome)
		}
	}
}

// TestGaps holds the case that is named where branches leave one over, for every kind.
func TestGaps(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	for _, tc := range []struct {
		arms, gap string
	}{
		{`tre_em`, `tre_em = Không`},
		{`not tre_em`, `tre_em = Có`},
		{`cho_o in ["thue", "nho", "than"]`, `cho_o = "nha"`},
		{`cho_o != "than"`, `cho_o = "than"`},
		{`tuoi_dan < 75`, `tuoi_dan = 75`},
		{`tuoi_dan > 18`, `tuoi_dan = 18`},
		{`tuoi_dan != 40`, `tuoi_dan = 40`},
		{`tuoi_dan in [18, 20]; tuoi_dan > 20`, `tuoi_dan = 19`},
		{`gia != 15000`, `gia = 15.000 đ`},
		{`tinh == "hue"`, `tinh khác`},
		{`co(so_con) and so_con > 3`, `so_con = 0`},
		{`co(so_con) and so_con >= 0`, `so_con chưa có`},
		{`co(don_vi.email)`, `don_vi.email chưa có`},
		{`co(zalo.ten)`, `zalo.ten chưa có`},
		{`tre_em and cho_o == "nho"; not tre_em`, `cho_o = "thue"`},
		{`can_giay_thue; cho_o == "than"`, `cho_o = "nha"`},
		{`ca_hai; not can_giay_thue`, `cho_o = "thue", tuoi_dan = 18`},
	} {
		v := Covers(compileAll(t, scope, strings.Split(tc.arms, "; ")...))
		if v.Covered || !strings.Contains(v.Gap, tc.gap) {
			t.Errorf("%s leaves %q over, want %q", tc.arms, v.Gap, tc.gap)
		}
	}
}

// TestGapIsReal draws branches over a choice, a number and a yes/no: where the proof is decided and leaves a case over, there are
// data that no branch takes; where it is covered, there are none.
func TestGapIsReal(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	rapid.Check(t, func(rt *rapid.T) {
		var sources []string
		for range rapid.IntRange(1, 3).Draw(rt, "arms") {
			sources = append(sources, rapid.SampledFrom([]string{
				`tre_em`, `not tre_em`, `cho_o == "thue"`, `cho_o in ["nho", "nha"]`, `cho_o != "than"`, `so_con > 3`, `so_con <= 3`, `so_con in [2, 4]`,
				`tre_em and so_con > 10`, `cho_o == "nha" or so_con == 0`, `not (cho_o == "thue" and tre_em)`,
			}).Draw(rt, "arm"))
		}
		arms := compileAll(rt, scope, sources...)
		v := Covers(arms)
		if left := leftOver(rt, arms); v.Decided && left == v.Covered {
			rt.Fatalf("%q: %+v, but cases are left over: %v", sources, v, left)
		}
	})
}

// leftOver tries all data over three names: whether some of them no arm takes.
func leftOver(t fataler, arms []*Expr) bool {
	t.Helper()
	w := newWorld()
	for dwelling := range int64(len(dwellings)) {
		for children := range int64(21) {
			for _, child := range []bool{false, true} {
				w.values["cho_o"], w.values["so_con"], w.values["tre_em"] = chosen(dwelling), num(children), yes(child)
				if !takes(t, arms, w) {
					return true
				}
			}
		}
	}
	return false
}

func takes(t fataler, arms []*Expr, w *world) bool {
	t.Helper()
	for _, x := range arms {
		ok, err := x.Bool(w)
		if err != nil {
			t.Fatalf("%s: %v", x.Source, err)
		}
		if ok {
			return true
		}
	}
	return false
}

// TestAlwaysByBounds holds, for every comparison with a number at and beyond the bounds, whether it can come out both ways.
func TestAlwaysByBounds(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	bounds := value.Type{Kind: value.Number, Min: 18, Max: 75, HasMin: true, HasMax: true} // of tuoi_dan
	holds := map[string]func(a, b int64) bool{
		"<": func(a, b int64) bool { return a < b }, "<=": func(a, b int64) bool { return a <= b }, ">": func(a, b int64) bool { return a > b },
		">=": func(a, b int64) bool { return a >= b }, "==": func(a, b int64) bool { return a == b }, "!=": func(a, b int64) bool { return a != b },
	}
	for operator, compare := range holds {
		for _, n := range []int64{0, 17, 18, 19, 40, 74, 75, 76, 100} {
			seen := map[bool]bool{}
			for age := bounds.Min; age <= bounds.Max; age++ {
				seen[compare(age, n)] = true
			}
			src := fmt.Sprintf("tuoi_dan %s %d", operator, n)
			isConst, outcome := compileAll(t, scope, src)[0].Always()
			if want := len(seen) == 1; isConst != want || want && !seen[outcome] {
				t.Errorf("%s: always %v %v, but it came out %v", src, isConst, outcome, seen)
			}
		}
	}
}
