package expression

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hoithoai/dsl/value"
)

func compileAll(t fataler, scope *Scope, sources ...string) []*Expr {
	t.Helper()
	out := make([]*Expr, len(sources))
	for i, src := range sources {
		x, problems := CompileAs(src, scope, yesNoType)
		if problems != nil {
			t.Fatalf("Compile(%q): %v", src, problems)
		}
		out[i] = x
	}
	return out
}

func TestCovers(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	covered := Verdict{Decided: true, Covered: true}
	for name, tc := range map[string]struct {
		arms []string
		want Verdict
	}{
		"one option of a choice":         {[]string{`cho_o == "thue"`}, Verdict{Decided: true, Gap: `cho_o = "nho"`}},
		"all options":                    {[]string{`cho_o == "thue"`, `cho_o in ["nho", "than"]`, `cho_o == "nha"`}, covered},
		"a choice and its opposite":      {[]string{`cho_o == "thue"`, `cho_o != "thue"`}, covered},
		"yes and no":                     {[]string{`tre_em`, `not tre_em`}, covered},
		"yes alone":                      {[]string{`tre_em`}, Verdict{Decided: true, Gap: `tre_em = Không`}},
		"number halves":                  {[]string{`tuoi_dan >= 50`, `tuoi_dan < 50`}, covered},
		"number halves with a hole":      {[]string{`tuoi_dan > 50`, `tuoi_dan < 50`}, Verdict{Decided: true, Gap: `tuoi_dan = 50`}},
		"bounds make the rest":           {[]string{`tuoi_dan < 50`, `50 <= tuoi_dan <= 75`}, covered},
		"bounds not reached":             {[]string{`tuoi_dan < 50`, `50 <= tuoi_dan < 75`}, Verdict{Decided: true, Gap: `tuoi_dan = 75`}},
		"never by bounds":                {[]string{`tuoi_dan < 18`, `tuoi_dan >= 18`}, Verdict{Decided: true, Covered: true, Dead: []int{0}}},
		"eaten by earlier arms":          {[]string{`tuoi_dan < 50`, `tuoi_dan < 30`, `tuoi_dan >= 50`}, Verdict{Decided: true, Covered: true, Dead: []int{1}}},
		"product of two":                 {[]string{`cho_o == "thue" and tre_em`, `cho_o == "thue"`, `tre_em`}, Verdict{Decided: true, Gap: `cho_o = "nho", tre_em = Không`}},
		"conditions are followed":        {[]string{`can_giay_thue`, `cho_o in ["than", "nha"]`}, covered},
		"condition against its opposite": {[]string{`ca_hai`, `not can_giay_thue`, `not lon_tuoi`}, covered},
		"dates against today":            {[]string{`ngay_hen > hom_nay()`, `ngay_hen <= hom_nay()`}, covered},
		"dates, either way round":        {[]string{`ngay_hen > hom_nay()`, `hom_nay() == ngay_hen`, `hom_nay() > ngay_hen`}, covered},
		"dates with a hole":              {[]string{`ngay_hen > hom_nay()`, `ngay_hen < hom_nay()`}, Verdict{}},
		"pattern and its opposite":       {[]string{`so_may matches "^09"`, `so_may not matches "^09"`}, covered},
		"patterns are not understood":    {[]string{`ho_ten matches "a"`, `ho_ten matches "b"`}, Verdict{}},
		"texts":                          {[]string{`tinh == "hue"`, `tinh in ["hanoi", "saigon"]`}, Verdict{Decided: true, Gap: `tinh khác`}},
		"asked first":                    {[]string{`co(so_con) and so_con > 1`, `co(so_con)`, `not co(so_con)`}, covered},
		"asked, none left over":          {[]string{`co(so_con) and so_con > 1`, `co(so_con) and so_con <= 1`}, Verdict{Decided: true, Gap: `so_con chưa có`}},
		"sums are not taken apart":       {[]string{`tuoi_dan + so_con > 50`, `tuoi_dan + so_con <= 50`}, covered},
		"unbounded number":               {[]string{`so_lon > 3`, `so_lon < 4`}, covered},
		"money":                          {[]string{`gia >= 0`}, covered},
		"one choice against another":     {[]string{`cho_o == cho_cu`, `cho_o != cho_cu`}, covered},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := Covers(compileAll(t, scope, tc.arms...))
			if !tc.want.Decided {
				if got.Decided || got.Covered {
					t.Errorf("decided: %+v", got)
				}
				return
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestCoversGivesUp(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	if v := Covers([]*Expr{nil}); v.Decided {
		t.Errorf("an arm that did not compile: %+v", v)
	}
	many := `tuoi_dan in [20,22,24,26,28,30,32,34,36,38,40] and so_con in [1,3,5,7,9,11,13,15] and so_lon in [1,5,9,13,17,21,25,29,33,37] and cho_o == "nho" and cho_cu == "nho"`
	if v := Covers(compileAll(t, scope, many, `not (`+many+`)`)); v.Decided || v.Covered || v.Dead != nil {
		t.Errorf("too many points: %+v", v)
	}
}

func TestAlways(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	for src, want := range map[string]string{
		`tuoi_dan >= 18`: "true",
		`tuoi_dan > 75`:  "false",
		`tuoi_dan > 74`:  "open",
		`cho_o in ["thue", "nho", "than", "nha"]`: "true",
		`cho_o == "thue" and cho_o == "nho"`:      "false",
		`tre_em or not tre_em`:                    "true",
		`tre_em`:                                  "open",
		`true`:                                    "true",
		`1 > 2`:                                   "false",
		`"a" == "a"`:                              "true",
		`1 in [2, 3]`:                             "false",
		`tuoi_dan == tuoi_dan`:                    "true",
		`gia < 0`:                                 "false",
		`can_giay_thue and cho_o == "nha"`:        "false",
		`ngay_hen > hom_nay() and ngay_hen < hom_nay()`: "false",
		`ho_ten matches "a"`:                            "open",
		`co(so_con)`:                                    "open",
		`co(phi)`:                                       "true",
		`tinh == "hue" and tinh == "hanoi"`:             "false",
		`ho_ten == "x"`:                                 "open",
	} {
		isConst, outcome := compileAll(t, scope, src)[0].Always()
		got := "open"
		if isConst {
			got = map[bool]string{true: "true", false: "false"}[outcome]
		}
		if got != want {
			t.Errorf("Always(%s) = %s, want %s", src, got, want)
		}
	}
}

// TestCoversAgainstEval draws branches and data: what is proved must hold for every evaluation.
func TestCoversAgainstEval(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	rapid.Check(t, func(rt *rapid.T) {
		var sources []string
		for range rapid.IntRange(1, 3).Draw(rt, "arms") {
			sources = append(sources, conditions(rt, 2))
		}
		arms := compileAll(rt, scope, sources...)
		verdict := Covers(arms)
		for range 5 {
			w := drawWorld(rt)
			taken := -1
			for i, x := range arms {
				ok, err := x.Bool(w)
				if err != nil {
					return // an unset read: not the business of Covers
				}
				if ok {
					taken = i
					break
				}
			}
			if taken < 0 && verdict.Covered {
				rt.Fatalf("%q: covered, but nothing is taken in %v", sources, w.values)
			}
			for _, dead := range verdict.Dead {
				if dead == taken {
					rt.Fatalf("%q: arm %d is dead, but is taken in %v", sources, dead, w.values)
				}
			}
			if isConst, outcome := arms[0].Always(); isConst && outcome != (taken == 0) {
				rt.Fatalf("%q is always %v, but not in %v", sources[0], outcome, w.values)
			}
		}
	})
}

// TestNeedsAgainstEval draws conditions and data: with everything set that an expression needs, it never meets ErrUnset, and
// what it implies is set.
func TestNeedsAgainstEval(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	rapid.Check(t, func(rt *rapid.T) {
		x := compileAll(rt, scope, conditions(rt, 3))[0]
		w := drawWorld(rt)
		if !hasAll(w, x.Needs()) {
			return
		}
		outcome, err := x.Bool(w)
		if err != nil {
			rt.Fatalf("%s needs %v, which are set, but: %v", x.Source, x.Needs(), err)
		}
		implied := x.ImpliesNot()
		if outcome {
			implied = x.Implies()
		}
		if !hasAll(w, implied) {
			rt.Fatalf("%s is %v in %v, but does not imply %v", x.Source, outcome, w.values, implied)
		}
	})
}

func hasAll(w *world, refs []Ref) bool {
	for _, r := range refs {
		if !w.Value(r).IsSet() {
			return false
		}
	}
	return true
}

func TestMasked(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	for src, want := range map[string]bool{`mat`: true, `mat + "x"`: true, `che(mat)`: false, `mat == "x"`: false, `ho_ten`: false} {
		x, problems := Compile(src, scope)
		if problems != nil {
			t.Fatal(problems)
		}
		if x.Masked() != want {
			t.Errorf("Masked(%s) = %v", src, x.Masked())
		}
	}
	for _, tc := range []struct {
		v    value.Value
		want string
	}{{value.Value{}, ""}, {text("Lan"), "•••"}, {phone("0912345678"), "0912•••678"}, {phone("113"), "•••"}, {num(3), "•••"}} {
		if got := Mask(tc.v); got != tc.want {
			t.Errorf("Mask(%v) = %q, want %q", tc.v, got, tc.want)
		}
	}
}
