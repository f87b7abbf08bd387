package expression

import (
	"fmt"
	"math/bits"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hoithoai/dsl/value"
)

var jobs = []value.Option{{Name: "moi", Label: "Mới"}, {Name: "lai", Label: "Lại"}, {Name: "doi", Label: "Đổi"}, {Name: "huy", Label: "Hủy"}}

// severalScope has viec (1..4), vai (exactly two of four) and roi, of which the last two are like the first two.
func severalScope(secret bool) *Scope {
	s, _ := newScope()
	add := func(i int, name string, t value.Type) {
		s.Symbols[name] = Symbol{Ref: Ref{Kind: RefSlot, Index: i, Name: name}, Type: t, MayBeUnset: true, Mask: secret}
	}
	add(50, "viec", value.Type{Kind: value.Choices, Options: jobs})
	add(51, "hai_viec", value.Type{Kind: value.Choices, Options: jobs, Min: 2, Max: 2, HasMin: true, HasMax: true})
	add(52, "ke", value.Type{Kind: value.Story})
	return s
}

func severalWorld(viec int64) *world {
	w := newWorld()
	if viec != 0 {
		w.values["viec"] = value.Value{Kind: value.Choices, N: viec}
	}
	w.values["hai_viec"] = value.Value{Kind: value.Choices, N: 0b0101}
	return w
}

func TestHas(t *testing.T) {
	t.Parallel()
	scope := severalScope(false)
	for src, want := range map[string]bool{
		`"moi" in viec`: true, `"lai" in viec`: false, `"lai" not in viec`: true, `not ("moi" in viec)`: false,
		`"moi" in viec and "doi" in viec`: true, `"lai" in viec or "huy" in viec`: false, `co(viec) and "doi" in viec`: true,
		`("moi" in viec) == ("doi" in hai_viec)`: true, `"huy" in viec or ho_ten matches "^N"`: true,
	} {
		x, problems := CompileAs(src, scope, yesNoType)
		if problems != nil {
			t.Fatalf("Compile(%q): %v", src, problems)
		}
		if got, err := x.Bool(severalWorld(0b0101)); err != nil || got != want {
			t.Errorf("%s is %v, %v", src, got, err)
		}
		assertBothWays(t, x, severalWorld(0b0101))
		assertBothWays(t, x, severalWorld(0))
	}
	x := compileAll(t, scope, `"moi" in viec`)[0]
	if _, err := x.Bool(severalWorld(0)); err == nil {
		t.Error("an unset chọn nhiều is read")
	}
	if d := cmp.Diff([]Ref{{Kind: RefSlot, Index: 50, Name: "viec"}}, x.Needs()); d != "" {
		t.Errorf("needs (-want +got):\n%s", d)
	}
	if needs := compileAll(t, scope, `co(viec) and "moi" in viec`)[0].Needs(); needs != nil {
		t.Errorf("behind co(viec) it needs %v", needs)
	}
}

func TestSeveralRefused(t *testing.T) {
	t.Parallel()
	scope := severalScope(false)
	for src, want := range map[string]struct{ code, fix string }{
		`"khac" in viec`:       {CodeOption, ""},
		`"moii" in viec`:       {CodeOption, "moi"},
		`viec == "moi"`:        {CodeType, `"moi" in viec`},
		`"moi" == viec`:        {CodeType, `"moi" in viec`},
		`viec != "moi"`:        {CodeType, `"moi" in viec`},
		`viec == hai_viec`:     {CodeType, `"moi" in viec`},
		`viec in ["moi"]`:      {CodeType, `"moi" in viec`},
		`ho_ten in viec`:       {CodeList, `"moi" in viec`},
		`3 in viec`:            {CodeList, `"moi" in viec`},
		`viec in viec`:         {CodeList, `"moi" in viec`},
		`cho_o in viec`:        {CodeList, `"moi" in viec`},
		`viec`:                 {CodeNotYesNo, ""},
		`viec > 1`:             {CodeType, `"moi" in viec`},
		`viec matches "a"`:     {CodeType, ""},
		`ke == "a"`:            {CodeType, ""},
		`ke`:                   {CodeNotYesNo, ""},
		`"moi" in ke`:          {CodeList, ""},
		`"moi" in viec and ke`: {CodeNotYesNo, ""},
	} {
		_, problems := CompileAs(src, scope, yesNoType)
		if len(problems) != 1 || problems[0].Code != want.code || !strings.Contains(problems[0].Fix.VI, want.fix) {
			t.Errorf("%s: %+v, want %s with %q", src, problems, want.code, want.fix)
		}
	}
	for src, want := range map[string]value.Type{`viec`: {Kind: value.Text}, `"moi"`: {Kind: value.Choices, Options: jobs}, `viec `: {Kind: value.Choices, Options: jobs[:2]}} {
		if _, problems := CompileAs(src, scope, want); len(problems) != 1 || problems[0].Code != CodeResult {
			t.Errorf("%s as %s: %+v", src, kindEN(want), problems)
		}
	}
	if _, problems := CompileAs(`viec`, scope, value.Type{Kind: value.Choices, Options: jobs}); problems != nil {
		t.Errorf("a copy among equals: %+v", problems)
	}
}

func TestSeveralCover(t *testing.T) {
	t.Parallel()
	scope := severalScope(false)
	covered := Verdict{Decided: true, Covered: true}
	for name, tc := range map[string]struct {
		arms []string
		want Verdict
	}{
		"one option":                       {[]string{`"moi" in viec`}, Verdict{Decided: true, Gap: `"moi" not in viec`}},
		"an option and its opposite":       {[]string{`"moi" in viec`, `"moi" not in viec`}, covered},
		"every option":                     {[]string{`"moi" in viec`, `"lai" in viec`, `"doi" in viec`, `"huy" in viec`}, covered},
		"all but one":                      {[]string{`"moi" in viec`, `"lai" in viec`, `"doi" in viec`}, Verdict{Decided: true, Gap: `"moi" not in viec, "lai" not in viec, "doi" not in viec`}},
		"two of four: three are enough":    {[]string{`"moi" in hai_viec`, `"lai" in hai_viec`, `"doi" in hai_viec`}, covered},
		"two of four: never three":         {[]string{`"moi" in hai_viec and "lai" in hai_viec and "doi" in hai_viec`, `"moi" in hai_viec`, `"moi" not in hai_viec`}, Verdict{Decided: true, Covered: true, Dead: []int{0}}},
		"eaten by an earlier arm":          {[]string{`"moi" in viec`, `"moi" in viec and "lai" in viec`, `"moi" not in viec`}, Verdict{Decided: true, Covered: true, Dead: []int{1}}},
		"asked first":                      {[]string{`co(viec) and "moi" in viec`, `co(viec)`, `not co(viec)`}, covered},
		"asked first, with a hole":         {[]string{`co(viec) and "moi" in viec`, `not co(viec)`}, Verdict{Decided: true, Gap: `"moi" not in viec`}},
		"with another axis":                {[]string{`"moi" in viec and tre_em`, `"moi" in viec`, `tre_em`}, Verdict{Decided: true, Gap: `"moi" not in viec, tre_em = Không`}},
		"two slots of the same options":    {[]string{`"moi" in viec`, `"moi" not in hai_viec`}, Verdict{Decided: true, Gap: `"moi" not in viec, "moi" in hai_viec`}},
		"only whether there is any":        {[]string{`co(viec)`, `not co(viec)`}, covered},
		"a constant beside it is no break": {[]string{`"moi" in viec or true`}, covered},
	} {
		if d := cmp.Diff(tc.want, Covers(compileAll(t, scope, tc.arms...))); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

// Sixteen options asked for are more subsets than a proof looks at: it gives up, and says nothing false.
func TestSeveralCoverGivesUp(t *testing.T) {
	t.Parallel()
	var options []value.Option
	for i := range 20 {
		options = append(options, value.Option{Name: fmt.Sprint("o", i)})
	}
	scope := &Scope{Symbols: map[string]Symbol{"x": {Ref: Ref{Kind: RefSlot, Name: "x"}, Type: value.Type{Kind: value.Choices, Options: options}}}}
	var arms []string
	for i := range 16 {
		arms = append(arms, fmt.Sprintf("%q in x", fmt.Sprint("o", i)))
	}
	if d := cmp.Diff(Verdict{}, Covers(compileAll(t, scope, arms...))); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	if v := Covers(compileAll(t, scope, arms[:3]...)); !v.Decided || v.Covered {
		t.Errorf("three of twenty: %+v", v)
	}
}

// What is proved of the sets agrees with every value that a resident can give.
func TestSeveralCoverAgainstEval(t *testing.T) {
	t.Parallel()
	scope := severalScope(false)
	rapid.Check(t, func(t *rapid.T) {
		slot := rapid.SampledFrom([]string{"viec", "hai_viec"}).Draw(t, "slot")
		test := rapid.Custom(func(t *rapid.T) string {
			not := rapid.SampledFrom([]string{"", "not "}).Draw(t, "not")
			return fmt.Sprintf("%q %sin %s", rapid.SampledFrom(jobs).Draw(t, "option").Name, not, slot)
		})
		var arms []string
		for range rapid.IntRange(1, 4).Draw(t, "arms") {
			arms = append(arms, strings.Join(rapid.SliceOfN(test, 1, 3).Draw(t, "tests"), rapid.SampledFrom([]string{" and ", " or "}).Draw(t, "joint")))
		}
		compiled := compileAll(t, scope, arms...)
		lo, hi := scope.Symbols[slot].Type.Counts()
		covered, taken := true, make([]bool, len(arms))
		for set := range int64(16) {
			if n := bits.OnesCount64(uint64(set)); n < lo || n > hi {
				continue
			}
			w := newWorld()
			w.values[slot] = value.Value{Kind: value.Choices, N: set}
			arm := firstTrue(t, compiled, w)
			covered = covered && arm >= 0
			if arm >= 0 {
				taken[arm] = true
			}
		}
		v := Covers(compiled)
		if v.Covered != covered || !v.Decided {
			t.Fatalf("%q: %+v, every value is taken: %v", arms, v, covered)
		}
		for i := range arms {
			if taken[i] == (indexOf(v.Dead, i) >= 0) {
				t.Fatalf("%q: arm %d is taken: %v, verdict %+v", arms, i, taken[i], v)
			}
		}
	})
}

func firstTrue(t *rapid.T, arms []*Expr, w *world) int {
	for i, x := range arms {
		yes, err := x.Bool(w)
		if err != nil {
			t.Fatal(err)
		}
		if yes {
			return i
		}
	}
	return -1
}

func indexOf(list []int, n int) int {
	for i, v := range list {
		if v == n {
			return i
		}
	}
	return -1
}

func TestExprNames(t *testing.T) {
	t.Parallel()
	for _, secret := range []bool{false, true} {
		x, problems := Compile(`viec`, severalScope(secret))
		if problems != nil {
			t.Fatal(problems)
		}
		names := x.Names()
		got, err := names.Eval(severalWorld(0b1001))
		if d := cmp.Diff(value.Value{Kind: value.Text, S: "moi,huy"}, got); d != "" || err != nil {
			t.Errorf("%v (-want +got):\n%s", err, d)
		}
		if names.Masked() != secret || names.Type.Kind != value.Text || names.Type.Max != int64(len("moi,lai,doi,huy")) {
			t.Errorf("masked %v, type %+v", names.Masked(), names.Type)
		}
		if _, err := names.Eval(severalWorld(0)); err == nil {
			t.Error("names of what is unset")
		}
		if d := cmp.Diff(x.Needs(), names.Needs()); d != "" {
			t.Errorf("needs (-x +names):\n%s", d)
		}
	}
}
