package expression

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hoithoai/dsl/value"
)

func TestIntervals(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		typ  value.Type
		cuts []int64
		want []int64
	}{
		{"bounds alone", value.Type{Kind: value.Number, Min: 1, Max: 9, HasMin: true, HasMax: true}, nil, []int64{1, 9}},
		{"one cut", value.Type{Kind: value.Number, Min: 1, Max: 9, HasMin: true, HasMax: true}, []int64{5}, []int64{1, 4, 5, 9}},
		{"cuts outside", value.Type{Kind: value.Number, Min: 1, Max: 9, HasMin: true, HasMax: true}, []int64{0, 1, 10, 99}, []int64{1, 9}},
		{"cut twice", value.Type{Kind: value.Number, Min: 1, Max: 9, HasMin: true, HasMax: true}, []int64{5, 5}, []int64{1, 4, 5, 9}},
		{"one value", value.Type{Kind: value.Number, Min: 3, Max: 3, HasMin: true, HasMax: true}, []int64{3}, []int64{3}},
		{"no bounds", value.Type{Kind: value.Money}, []int64{7}, []int64{-maxInteger, 6, 7, maxInteger}},
		{"lower bound", value.Type{Kind: value.Number, Min: 0, HasMin: true}, []int64{0}, []int64{0, maxInteger}},
	} {
		a := &axis{typ: tc.typ, cuts: tc.cuts}
		if diff := cmp.Diff(tc.want, a.intervals()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, diff)
		}
	}
}

// TestIntervalsRepresent draws bounds and cuts: every number within the bounds compares with every cut as one of the points
// does, and every point is within the bounds.
func TestIntervalsRepresent(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		lo := rapid.Int64Range(-50, 50).Draw(rt, "lo")
		hi := rapid.Int64Range(lo, 60).Draw(rt, "hi")
		cuts := rapid.SliceOfN(rapid.Int64Range(-60, 70), 0, 6).Draw(rt, "cuts")
		a := &axis{typ: value.Type{Kind: value.Number, Min: lo, Max: hi, HasMin: true, HasMax: true}, cuts: cuts}
		points := map[string]bool{}
		for _, p := range a.intervals() {
			if p < lo || p > hi {
				rt.Fatalf("%d is not within %d..%d", p, lo, hi)
			}
			points[signature(p, cuts)] = true
		}
		for n := lo; n <= hi; n++ {
			if !points[signature(n, cuts)] {
				rt.Fatalf("no point stands for %d among cuts %v in %d..%d", n, cuts, lo, hi)
			}
		}
	})
}

// signature says how n compares with every cut.
func signature(n int64, cuts []int64) string {
	s := ""
	for _, c := range cuts {
		switch {
		case n < c:
			s += "<"
		case n == c:
			s += "="
		default:
			s += ">"
		}
	}
	return s
}

func TestAxisShow(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		axis *axis
		at   int
		want string
	}{
		{&axis{name: "tuoi", typ: value.Type{Kind: value.Number}, cuts: []int64{1000}}, 1, "tuoi = 999"},
		{&axis{name: "gia", typ: value.Type{Kind: value.Money}, cuts: []int64{15_000}}, 2, "gia = 15.000 đ"},
		{&axis{name: "ngay", typ: value.Type{Kind: value.Date}, cuts: []int64{dayOf(2026, 11, 26)}}, 2, "ngay = 26/11/2026"},
		{&axis{name: "cho_o", typ: value.Type{Kind: value.Choice, Options: dwellings}}, 0, `cho_o = "thue"`},
		{&axis{name: "tre_em", typ: yesNoType}, 0, "tre_em = Có"},
		{&axis{name: "tre_em", typ: yesNoType, unset: true}, 2, "tre_em chưa có"},
		{&axis{name: "tinh", typ: value.Type{Kind: value.Text}, texts: []string{"hue"}}, 0, `tinh = "hue"`},
		{&axis{name: "tinh", typ: value.Type{Kind: value.Text}, texts: []string{"hue"}}, 1, `tinh khác`},
		{&axis{name: "anh", typ: value.Type{Kind: value.Images}}, 0, ""},
		{&axis{name: "anh", typ: value.Type{Kind: value.Images}, unset: true}, 1, "anh chưa có"},
		{&axis{loose: true, points: []int64{0, 1}}, 1, ""},
	} {
		tc.axis.fill()
		if got := tc.axis.show(tc.at); got != tc.want {
			t.Errorf("%s at %d of %v: %q, want %q", tc.axis.name, tc.at, tc.axis.points, got, tc.want)
		}
	}
}

// TestKeys holds that equal trees have equal keys, however they are spaced, and different ones different keys.
func TestKeys(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	keys := map[string]string{}
	for _, src := range []string{
		`tuoi_dan > 3`, `tuoi_dan >= 3`, `3 > tuoi_dan`, `tuoi_dan > 4`, `so_con > 3`, `tuoi_dan > 3.5`, `tuoi(ngay_sinh) > 3`, `tuoi(ngay_hen) > 3`,
		`ho_ten matches "a"`, `ho_ten matches "b"`, `tinh == "a"`, `co(tinh)`, `co(ho_ten)`, `them_ngay(ngay_hen, 1) > hom_nay()`, `them_nam(ngay_hen, 1) > hom_nay()`,
	} {
		x := compileAll(t, scope, src)[0]
		if before, taken := keys[x.root.key()]; taken {
			t.Errorf("%s and %s have one key", src, before)
		}
		keys[x.root.key()] = src
	}
	spaced := compileAll(t, scope, `tuoi_dan>3`, `( tuoi_dan ) > (3)`, `3 < tuoi_dan`)
	for _, x := range spaced {
		if keys[x.root.key()] != `tuoi_dan > 3` {
			t.Errorf("%s has a key of its own", x.Source)
		}
	}
}
