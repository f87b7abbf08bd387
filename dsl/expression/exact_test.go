package expression

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hoithoai/dsl/value"
)

// sum is an arithmetic expression with its value, computed with rationals.
type sum struct {
	src   string
	exact *big.Rat
	scale int // decimals
}

// decimals are literals with their decimals.
var decimals = []struct {
	src   string
	scale int
}{{"0.5", 1}, {"1.35", 2}, {"0.285", 3}, {"2.0", 1}, {"0.01", 2}, {"12.25", 2}, {"-0.75", 2}}

// drawSum draws an expression over so_con and tuoi_dan of at most three decimals.
func drawSum(t *rapid.T, w *world, depth int) sum {
	kind := rapid.IntRange(0, 5).Draw(t, "kind")
	switch {
	case depth == 0 && kind < 2:
		name := []string{"so_con", "tuoi_dan"}[kind]
		return sum{name, new(big.Rat).SetInt64(w.values[name].N), 0}
	case depth == 0 && kind == 2:
		d := rapid.SampledFrom(decimals).Draw(t, "decimal")
		r, _ := new(big.Rat).SetString(d.src)
		return sum{d.src, r, d.scale}
	case depth == 0:
		n := rapid.Int64Range(-20, 20).Draw(t, "whole")
		return sum{fmt.Sprint(n), new(big.Rat).SetInt64(n), 0}
	}
	a, b := drawSum(t, w, depth-1), drawSum(t, w, depth-1)
	out := sum{exact: new(big.Rat), scale: max(a.scale, b.scale)}
	sign := "*"
	switch {
	case kind < 2:
		sign, out.exact = "+", out.exact.Add(a.exact, b.exact)
	case kind < 4 || a.scale+b.scale > 3:
		sign, out.exact = "-", out.exact.Sub(a.exact, b.exact)
	default:
		out.scale, out.exact = a.scale+b.scale, out.exact.Mul(a.exact, b.exact)
	}
	out.src = "(" + a.src + " " + sign + " " + b.src + ")"
	return out
}

// roundedRat rounds half away from zero.
func roundedRat(r *big.Rat) int64 {
	half := big.NewRat(1, 2)
	if r.Sign() < 0 {
		return -roundedRat(new(big.Rat).Neg(r))
	}
	x := new(big.Rat).Add(r, half)
	return new(big.Int).Quo(x.Num(), x.Denom()).Int64()
}

// TestArithmeticIsExact draws sums, differences and products with decimals and holds them to rationals: the rounded result, every
// comparison, and the bounds that were proved.
func TestArithmeticIsExact(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld()
		w.values["so_con"] = num(rapid.Int64Range(0, 20).Draw(rt, "so_con"))
		w.values["tuoi_dan"] = num(rapid.Int64Range(18, 75).Draw(rt, "tuoi_dan"))
		a, b := drawSum(rt, w, 2), drawSum(rt, w, 1)
		x, problems := Compile("lam_tron("+a.src+")", scope)
		if problems != nil {
			rt.Fatalf("%s: %v", a.src, problems)
		}
		assertBothWays(rt, x, w)
		got, err := x.Eval(w)
		if want := roundedRat(a.exact); err != nil || got.N != want {
			rt.Fatalf("%s rounds to %d, %v; exactly it is %s", a.src, got.N, err, a.exact.FloatString(6))
		}
		if got.N < x.Type.Min || got.N > x.Type.Max {
			rt.Fatalf("%s is %d, proved to lie in %d..%d", a.src, got.N, x.Type.Min, x.Type.Max)
		}
		for operator, want := range map[string]bool{
			"<": a.exact.Cmp(b.exact) < 0, "<=": a.exact.Cmp(b.exact) <= 0, "==": a.exact.Cmp(b.exact) == 0, "!=": a.exact.Cmp(b.exact) != 0,
		} {
			test := compileAll(rt, scope, a.src+" "+operator+" "+b.src)[0]
			assertBothWays(rt, test, w)
			if got, err := test.Bool(w); err != nil || got != want {
				rt.Fatalf("%s is %v, %v; %s against %s", test.Source, got, err, a.exact.FloatString(6), b.exact.FloatString(6))
			}
		}
	})
}

// laws are pairs of conditions that come out alike whatever p, q and r are.
var laws = []struct{ name, left, right string }{
	{"negation", `not not (P)`, `(P)`},
	{"de morgan, and", `not ((P) and (Q))`, `not (P) or not (Q)`},
	{"de morgan, or", `not ((P) or (Q))`, `not (P) and not (Q)`},
	{"order of and", `(P) and (Q)`, `(Q) and (P)`},
	{"order of or", `(P) or (Q)`, `(Q) or (P)`},
	{"and over or", `(P) and ((Q) or (R))`, `(P) and (Q) or (P) and (R)`},
	{"or over and", `(P) or (Q) and (R)`, `((P) or (Q)) and ((P) or (R))`},
	{"equality", `(P) == (Q)`, `(P) and (Q) or not (P) and not (Q)`},
	{"inequality", `(P) != (Q)`, `not ((P) == (Q))`},
	{"absorption", `(P) and ((P) or (Q))`, `(P)`},
	{"membership", `(P) in [true]`, `(P)`},
	{"no membership", `(P) in [false]`, `not (P)`},
}

// TestLaws draws conditions and data, everything set, and holds the laws of logic.
func TestLaws(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	rapid.Check(t, func(rt *rapid.T) {
		law := rapid.SampledFrom(laws).Draw(rt, "law")
		fill := strings.NewReplacer("P", conditions(rt, 1), "Q", conditions(rt, 1), "R", conditions(rt, 1))
		left, right := fill.Replace(law.left), fill.Replace(law.right)
		w := newWorld()
		for _, name := range []string{"so_con", "tuoi_dan", "tre_em", "dong_y", "cho_o"} {
			w.values[name] = drawSet(rt, name)
		}
		both := compileAll(rt, scope, left, right)
		a, errA := both[0].Bool(w)
		b, errB := both[1].Bool(w)
		if errA != nil || errB != nil {
			rt.Fatalf("%s: %v, %v", law.name, errA, errB)
		}
		if a != b {
			rt.Fatalf("%s: %s is %v, %s is %v", law.name, left, a, right, b)
		}
		assertBothWays(rt, both[0], w)
	})
}

// drawSet draws a value within the bounds of its type.
func drawSet(t *rapid.T, name string) value.Value {
	for _, d := range symbolTypes {
		if d.name != name {
			continue
		}
		switch d.typ.Kind {
		case value.Choice:
			return chosen(rapid.Int64Range(0, int64(len(dwellings)-1)).Draw(t, name))
		case value.YesNo:
			return yes(rapid.Bool().Draw(t, name))
		}
		return num(rapid.Int64Range(d.typ.Min, d.typ.Max).Draw(t, name))
	}
	panic(name + " is not declared")
}

// TestAmounts holds what an amount may be combined with, and that the result is an amount.
func TestAmounts(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		src  string
		want value.Value
	}{
		{`gia + 500`, dong(2_000)},
		{`500 + gia`, dong(2_000)},
		{`gia - 2000`, dong(-500)},
		{`2000 - gia`, dong(500)},
		{`gia * 3`, dong(4_500)},
		{`3 * gia`, dong(4_500)},
		{`gia * so_con`, dong(3_000)},
		{`so_con * gia`, dong(3_000)},
		{`gia + phi`, dong(8_500)},
		{`phi - gia`, dong(5_500)},
		{`-gia`, dong(-1_500)},
		{`+gia`, dong(1_500)},
		{`lam_tron(gia * 0.5)`, dong(750)},
		{`lam_tron(gia * 0.3333)`, dong(500)},
		{`lam_tron(phi * 0.0001)`, dong(1)},
		{`tien(so_con) * 1000`, dong(2_000)},
		{`tien(so_con * 1000) + phi`, dong(9_000)},
		{`gia * so_con + phi * 2`, dong(17_000)},
		{`(gia + phi) * so_con`, dong(17_000)},
	} {
		assertValue(t, tc.src, newWorld(), tc.want)
	}
}

// TestBoundsOfProducts holds the bounds that are proved of a product of two signs, at its corners.
func TestBoundsOfProducts(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	for _, tc := range []struct {
		src    string
		lo, hi int64
	}{
		{`so_con * so_con`, 0, 400},
		{`(so_con - 5) * so_con`, -100, 300},
		{`(so_con - 5) * (so_con - 10)`, -150, 150},
		{`(so_con - 30) * (so_con - 40)`, 200, 1200},
		{`-so_con * tuoi_dan`, -1500, 0},
		{`so_con - tuoi_dan`, -75, 2},
		{`so_con - so_con`, -20, 20},
		{`so_con * 0`, 0, 0},
		{`tuoi_dan * 2 - 36`, 0, 114},
		{`3 * 4 - 5`, 7, 7},
	} {
		x, problems := Compile(tc.src, scope)
		if problems != nil {
			t.Errorf("%s: %v", tc.src, problems)
			continue
		}
		if x.Type.Min != tc.lo || x.Type.Max != tc.hi {
			t.Errorf("%s lies in %d..%d, want %d..%d", tc.src, x.Type.Min, x.Type.Max, tc.lo, tc.hi)
		}
	}
}

// TestOverflowIsRefused holds the edge of what is counted exactly.
func TestOverflowIsRefused(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	for src, code := range map[string]string{
		`so_lon * 1000`:                    "",
		`so_lon * 10000`:                   CodeOverflow,
		`so_lon + so_lon`:                  "",
		`co_ban * co_ban * co_ban`:         "",
		`co_ban * co_ban * co_ban * 9`:     CodeOverflow,
		`gia * co_ban`:                     "",
		`gia * co_ban * 1000000`:           CodeOverflow,
		`so_lon * 0.5 > 1`:                 "",
		`so_lon * 0.00001 > 1`:             "",
		`so_lon * 100.00001 > 1`:           CodeOverflow,
		`lam_tron(so_lon * 0.5)`:           "",
		`co_ban > 1000000000000000`:        "",
		`co_ban > 1000000000000001`:        CodeOverflow,
		`co_ban * 0.123456 > 1`:            "",
		`co_ban * 0.1234567 > 1`:           CodeOverflow,
		`co_ban * 0.123 * 0.1234 > 1`:      CodeFraction,
		`co_ban * 0.123 * 0.123 > 1`:       "",
		`lam_tron(co_ban * 0.123) * 0.1`:   CodeFraction,
		`lam_tron(co_ban * 1.5) * 2 > 0.5`: "",
	} {
		_, problems := Compile(src, scope)
		got := ""
		if len(problems) > 0 {
			got = problems[0].Code
		}
		if got != code {
			t.Errorf("%s: %q, want %q", src, got, code)
		}
	}
}
