package template

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"hoithoai/dsl/expression"
	"hoithoai/dsl/value"
)

// TestBracesRoundTrip draws texts: with its braces doubled, any text renders itself.
func TestBracesRoundTrip(t *testing.T) {
	t.Parallel()
	scope := newScope(t)
	double := strings.NewReplacer("{", "{{", "}", "}}")
	rapid.Check(t, func(rt *rapid.T) {
		s := rapid.StringOf(rapid.RuneFrom([]rune("{}ab é"))).Draw(rt, "text")
		tmpl, problems := Parse(double.Replace(s), scope, nil)
		if problems != nil {
			rt.Fatalf("%q: %v", s, problems)
		}
		if len(tmpl.Parts) > 0 {
			rt.Fatalf("%q has parts: %+v", s, tmpl.Parts)
		}
		if got, err := tmpl.Append(nil, nil); err != nil || string(got) != s {
			rt.Fatalf("%q renders as %q, %v", s, got, err)
		}
	})
}

// TestWorstCase draws sentences and values within their bounds: nothing is longer than MaxLen, and with everything set that a
// sentence needs, it renders.
func TestWorstCase(t *testing.T) {
	t.Parallel()
	scope := newScope(t)
	pieces := []string{
		"Chào ", " – ", "{{", "{ho_ten}", "{tuoi_dan}", "{gia}", "{ngay_hen}", "{may}", "{cho_o}", "{tre_em}", "{anh}", "{may_mat}", "{ten_mat}", "{phi}",
		"{chua_ro}", "{la_tre}", "{zalo.ten}", "{don_vi.ten}", "{don_vi.email}", "{gia + 500}", "{gia * -2}", "{tuoi_dan * tuoi_dan}", `{ho_ten + "!"}`, "{che(may)}", "{tien(tuoi_dan)}",
	}
	rapid.Check(t, func(rt *rapid.T) {
		src := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 6).Draw(rt, "pieces"), "")
		tmpl, problems := Parse(src, scope, nil)
		if problems != nil {
			rt.Fatalf("%q: %v", src, problems)
		}
		w := drawWorld(rt)
		got, err := tmpl.Append([]byte("> "), w)
		if err != nil {
			if allSet(w, tmpl.Needs()) {
				rt.Fatalf("%q has all it needs, but: %v", src, err)
			}
			return
		}
		if n := utf8.RuneCount(got) - 2; n > tmpl.MaxLen() {
			rt.Fatalf("%q renders %d runes (%q), MaxLen says %d", src, n, got, tmpl.MaxLen())
		}
	})
}

func allSet(w *world, refs []expression.Ref) bool {
	for _, r := range refs {
		if !w.Value(r).IsSet() {
			return false
		}
	}
	return true
}

// drawWorld draws values within the bounds of their types, some unset.
func drawWorld(t *rapid.T) *world {
	w := newWorld()
	w.values["zalo.ten"] = text(rapid.StringN(0, 40, -1).Draw(t, "name"))
	for _, d := range symbols {
		v := d.value
		switch {
		case d.kind == expression.RefCondition:
			continue
		case rapid.IntRange(0, 9).Draw(t, d.name+" unset") == 0:
			v = value.Value{}
		case d.typ.Kind == value.Text:
			v.S = rapid.StringN(1, 60, -1).Draw(t, d.name)
		case d.typ.HasMax && (d.typ.Kind == value.Number || d.typ.Kind == value.Money):
			v.N = rapid.Int64Range(d.typ.Min, d.typ.Max).Draw(t, d.name)
		}
		w.values[d.name] = v
	}
	if !w.values["tre_em"].IsSet() {
		w.values["la_tre"] = value.Value{}
	}
	return w
}

// countingCompiler counts what reaches the compiler.
type countingCompiler struct {
	expression.Cache
	sources []string
}

func (c *countingCompiler) Compile(src string, scope *expression.Scope) (*expression.Expr, []expression.Problem) {
	c.sources = append(c.sources, src)
	return c.Cache.Compile(src, scope)
}

// TestBareNamesAreNotCompiled holds that only computed values reach the compiler, and that equal ones are one expression.
func TestBareNamesAreNotCompiled(t *testing.T) {
	t.Parallel()
	var c countingCompiler
	tmpl, problems := Parse(`{ho_ten} {zalo.ten} {don_vi.ten} {phi} {gia + 1} {gia + 1}`, newScope(t), &c)
	if problems != nil {
		t.Fatal(problems)
	}
	if got := strings.Join(c.sources, "|"); got != "gia + 1|gia + 1" {
		t.Errorf("compiled %s", got)
	}
	var computed []*expression.Expr
	for i := range tmpl.Parts {
		if tmpl.Parts[i].Expr != nil {
			computed = append(computed, tmpl.Parts[i].Expr)
		}
	}
	if len(computed) != 2 || computed[0] != computed[1] {
		t.Errorf("equal expressions are not one: %v", computed)
	}
}

// TestProblemsInside holds that the problems of an expression are placed in the sentence, counted in runes.
func TestProblemsInside(t *testing.T) {
	t.Parallel()
	src := `Đã ghi “ế”: { gia + tuoi_dan } và {ho_tne}`
	_, problems := Parse(src, newScope(t), nil)
	if len(problems) != 2 {
		t.Fatalf("got %v", problems)
	}
	runes := []rune(src)
	for i, want := range []string{"+", "ho_tne"} {
		p := problems[i]
		if got := string(runes[p.Offset : p.Offset+p.Length]); got != want {
			t.Errorf("problem %d underlines %q, want %q", i, got, want)
		}
	}
}
