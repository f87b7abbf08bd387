package expression

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hoithoai/dsl/golden"
	"hoithoai/dsl/value"
)

// sample is one operand of every kind, for functions and results; phi is a fact and can_giay_thue a condition.
var sample = []string{"ho_ten", `"cu_tru"`, "so_con", "5", "1.5", "gia", "ngay_hen", "so_may", "cho_o", "tre_em", "anh", "phi", "can_giay_thue", "zalo.ten", "don_vi.ten"}

// TestSignatures writes down, for every function and every kind of argument in every place, the kind of the result or the code of
// the refusal, and what is said when an argument is missing or one too many.
func TestSignatures(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	var out strings.Builder
	for _, name := range functionNames() {
		if name == "co" {
			signature1(t, scope, &out, name, 0, []string{""})
			continue
		}
		fn := functions[name]
		fitting := make([]string, len(fn.params))
		for i, p := range fn.params {
			fitting[i] = fits[p]
		}
		if len(fn.params) == 0 {
			fmt.Fprintf(&out, "\n%s() gives %s\n", name, kindOf(t, scope, name+"()"))
		}
		for at := range fn.params {
			signature1(t, scope, &out, name, at, fitting)
		}
		for _, args := range [][]string{fitting[:max(0, len(fitting)-1)], append(slices.Clone(fitting), "5")} {
			src := name + "(" + strings.Join(args, ", ") + ")"
			if len(args) == len(fitting) {
				continue
			}
			_, problems := Compile(src, scope)
			if len(problems) != 1 || problems[0].Code != CodeArguments {
				t.Errorf("%s: %v", src, problems)
				continue
			}
			fmt.Fprintf(&out, "  %s: %s %s\n", src, problems[0].Message.VI, problems[0].Fix.VI)
		}
	}
	golden.Assert(t, filepath.Join("..", "..", "testdata", "expression", "signatures.golden"), []byte(out.String()))
}

// fits is an argument that each kind of parameter takes.
var fits = map[paramKind]string{
	takesDate: "ngay_hen", takesNumber: "so_con", takesFigure: "so_con", takesText: "ho_ten", takesLiteral: `"cu_tru"`, takesFact: "phi",
}

// signature1 writes one line: what the function makes of every kind in place at, the others fitting.
func signature1(t *testing.T, scope *Scope, out *strings.Builder, name string, at int, fitting []string) {
	t.Helper()
	fmt.Fprintf(out, "\n%s, value %d\n", name, at+1)
	for _, arg := range sample {
		args := slices.Clone(fitting)
		args[at] = arg
		fmt.Fprintf(out, "  %s%s\n", pad(arg, 16), resultOf(scope, name+"("+strings.Join(args, ", ")+")"))
	}
}

// resultOf is the kind an expression gives with the bounds that were proved, or the code it is refused with.
func resultOf(scope *Scope, src string) string {
	x, problems := Compile(src, scope)
	if problems != nil {
		return problems[0].Code
	}
	out := kindVI(x.Type)
	if isNumeric(x.Type.Kind) && x.Type.HasMin && x.Type.HasMax {
		out += fmt.Sprintf(" %d..%d", x.Type.Min, x.Type.Max)
	}
	if x.Type.Kind == value.Text {
		out += fmt.Sprintf(" to %d", x.Type.MaxLen())
	}
	if needs := x.Needs(); len(needs) > 0 {
		out += " needs " + namesOf(needs)
	}
	return out
}

func namesOf(refs []Ref) string {
	names := make([]string, len(refs))
	for i, r := range refs {
		names[i] = displayName(r)
	}
	return strings.Join(names, " ")
}

// TestResults writes down what happens to every kind of expression where every kind of value is wanted, problems in both
// languages.
func TestResults(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	wanted := []value.Type{
		{Kind: value.Text, Max: 10, HasMax: true}, {Kind: value.Number, Min: 0, Max: 10, HasMin: true, HasMax: true}, {Kind: value.Money}, {Kind: value.Date},
		{Kind: value.Phone}, {Kind: value.Choice, Options: dwellings}, {Kind: value.YesNo}, {Kind: value.Images}, {Kind: value.Files}, {Kind: value.Place},
	}
	sources := append(slices.Clone(sample), `"nho"`, `"0912345678"`, `ho_ten + "x"`, "so_con * 2", "co_ban * 1.5", "-1", "true", "phi * 2")
	var out strings.Builder
	for _, want := range wanted {
		fmt.Fprintf(&out, "\n%s / %s\n", kindVI(want), kindEN(want))
		for _, src := range sources {
			x, problems := CompileAs(src, scope, want)
			if problems == nil {
				fmt.Fprintf(&out, "  %s%s\n", pad(src, 16), kindVI(x.Type))
				if want.Kind != value.Images { // attachments are only passed on, never computed with
					assertBothWays(t, x, newWorld())
				}
				continue
			}
			p := problems[0]
			assertInside(t, src, p)
			fmt.Fprintf(&out, "  %s%s %s / %s\n", pad(src, 16), p.Code, p.Message.VI, p.Message.EN)
			if p.Fix.VI != "" {
				fmt.Fprintf(&out, "  %s→ %s / %s\n", pad("", 16), p.Fix.VI, p.Fix.EN)
			}
		}
	}
	golden.Assert(t, filepath.Join("..", "..", "testdata", "expression", "results.golden"), []byte(out.String()))
}

// TestAssignedLiterals holds what a literal becomes where a choice, an amount, a phone or a text is wanted.
func TestAssignedLiterals(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	choice := value.Type{Kind: value.Choice, Options: dwellings}
	for _, tc := range []struct {
		src  string
		want value.Type
		got  value.Value
	}{
		{`"thue"`, choice, chosen(0)},
		{`"nha"`, choice, chosen(3)},
		{`cho_cu`, choice, chosen(1)},
		{`5000`, value.Type{Kind: value.Money}, dong(5_000)},
		{`5000 * 2`, value.Type{Kind: value.Money}, dong(10_000)},
		{`-5`, value.Type{Kind: value.Number}, num(-5)},
		{`"+84 912 345 678"`, value.Type{Kind: value.Phone}, phone("0912345678")},
		{`"113"`, value.Type{Kind: value.Phone}, phone("113")},
		{`"Huế"`, value.Type{Kind: value.Text, Max: 3, HasMax: true}, text("Huế")},
		{`so_may`, value.Type{Kind: value.Text}, phone("0912345678")},
		{`false`, yesNoType, yes(false)},
		{`tien(so_con)`, value.Type{Kind: value.Money}, dong(2)},
		{`them_ngay(ngay_hen, so_con)`, value.Type{Kind: value.Date}, onDate(dayOf(2026, 11, 28))},
	} {
		x, problems := CompileAs(tc.src, scope, tc.want)
		if problems != nil {
			t.Errorf("%s: %v", tc.src, problems)
			continue
		}
		got, err := x.Eval(newWorld())
		if err != nil || got.Kind != tc.got.Kind || got.N != tc.got.N || got.S != tc.got.S {
			t.Errorf("%s: %+v, %v; want %+v", tc.src, got, err, tc.got)
		}
	}
}

// TestRules holds the catalogue of codes equal to what this package and package template report, in the order of the codes'
// groups, with a sentence in both languages.
func TestRules(t *testing.T) {
	t.Parallel()
	var codes []string
	for _, r := range Rules() {
		codes = append(codes, r.Code)
		if r.Summary.VI == "" || r.Summary.EN == "" || r.Summary.VI == r.Summary.EN {
			t.Errorf("%s says %+v", r.Code, r.Summary)
		}
	}
	if !slices.IsSorted(codes[:len(codes)-3]) || len(slices.Compact(slices.Clone(codes))) != len(codes) {
		t.Errorf("the catalogue is %v", codes)
	}
	for _, tc := range refused {
		if !slices.Contains(codes, tc.code) {
			t.Errorf("%s of %s is not in the catalogue", tc.code, tc.src)
		}
	}
}
