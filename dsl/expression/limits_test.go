package expression

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestTooDeep(t *testing.T) {
	t.Parallel()
	open := func(n int) string { return strings.Repeat("(", n) }
	for _, tc := range []struct {
		src  string
		want int
	}{
		{``, -1},
		{open(MaxNesting), -1},
		{open(MaxNesting + 1), MaxNesting},
		{strings.Repeat("()", 500), -1},
		{`"` + open(100) + `"`, -1},
		{`'` + open(100) + `'`, -1},
		{`"\"` + open(100) + `"`, -1},
		{`""` + open(40), 2 + MaxNesting},
		{"`" + open(40) + "`", -1},
		{strings.Repeat("[", 20) + strings.Repeat("{", 20), MaxNesting},
		{`"` + open(100), -1},
		{`"\`, -1},
	} {
		if got := tooDeep([]rune(tc.src)); got != tc.want {
			t.Errorf("tooDeep(%.40q) = %d, want %d", tc.src, got, tc.want)
		}
	}
}

// TestLiteralsSurvive draws texts: whatever an author writes between quotes reaches the comparison byte for byte, directly
// and through the source given to the machine.
func TestLiteralsSurvive(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	rapid.Check(t, func(rt *rapid.T) {
		s := rapid.StringN(0, 40, 120).Draw(rt, "text")
		x, problems := Compile(`ho_ten == `+quote(s), scope)
		if problems != nil {
			rt.Fatalf("%q: %v", s, problems)
		}
		w := newWorld()
		w.values["ho_ten"] = text(s)
		assertBothWays(rt, x, w)
		if ok, err := x.Bool(w); !ok || err != nil {
			rt.Fatalf("%q is not equal to itself: %v, %v", s, ok, err)
		}
		w.values["ho_ten"] = text(s + "x")
		if ok, err := x.Bool(w); ok || err != nil {
			rt.Fatalf("%q equals something longer: %v, %v", s, ok, err)
		}
	})
}

// TestEmit holds what is given to expr-lang: no name of an author, a check before every test, conditions as values.
func TestEmit(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	for _, tc := range []struct{ src, want string }{
		{`tuoi_dan`, `v0`},
		{`tuoi_dan + 1`, `(v0 + (1))`},
		{`cho_o == "nho"`, `((v0 != nil or unset(0)) and (v0 == (1)))`},
		{`cho_o in ["thue", "nha"]`, `((v0 != nil or unset(0)) and (v0 == (0) or v0 == (3)))`},
		{`co(tre_em) and tre_em`, `((v0 != nil) and ((v0 != nil or unset(0)) and v0))`},
		{`not tre_em or dong_y`, `((not ((v0 != nil or unset(0)) and v0)) or ((v1 != nil or unset(1)) and v1))`},
		{`lam_tron(co_ban * 1.35 + tuoi_dan * 2)`, `round(((v0 * (135)) + ((v1 * (2)) * 100)), 100)`},
		{`ho_ten + "!"`, `join(v0, "!")`},
		{`tuoi(ngay_sinh) > 3`, `((v0 != nil or unset(0)) and ((3) < f0(v0, e)))`},
		{`ho_ten matches "^é\\d"`, `((v0 != nil or unset(0)) and (v0 matches "^\u00e9\\d"))`},
		{`vao_ngay(phi, ngay_hen)`, `f0((16), v0, e)`},
		{`true`, `true`},
		{`can_giay_thue`, `((v0 != nil or unset(0)) and v0)`},
	} {
		x, problems := Compile(tc.src, scope)
		if problems != nil {
			t.Fatal(problems)
		}
		if got, _ := emit(x.root); got != tc.want {
			t.Errorf("%s\n got %s\nwant %s", tc.src, got, tc.want)
		}
	}
}

// TestConcurrentEval runs one expression from many goroutines; the race detector watches.
func TestConcurrentEval(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	x, problems := Compile(`tuoi(ngay_sinh) > 3 and ho_ten matches "Lan"`, scope)
	if problems != nil {
		t.Fatal(problems)
	}
	for range 8 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			w := newWorld()
			for i := range 200 {
				w.values["ho_ten"] = text([]string{"Lan", "Mai"}[i%2])
				if ok, err := x.Bool(w); err != nil || ok != (i%2 == 0) {
					t.Fatalf("%d: %v, %v", i, ok, err)
				}
			}
		})
	}
}

// TestBenchForgets holds that nothing of a person stays behind in a pooled machine.
func TestBenchForgets(t *testing.T) {
	scope, _ := newScope()
	x, problems := Compile(`ho_ten + tinh`, scope)
	if problems != nil {
		t.Fatal(problems)
	}
	var kept *bench
	x.vm.pool.New = func() any {
		kept = &bench{env: map[string]any{}}
		kept.vm.MemoryBudget = vmMemory
		return kept
	}
	if _, err := x.Eval(newWorld()); err != nil {
		t.Fatal(err)
	}
	if kept == nil || len(kept.env) != 0 {
		t.Fatalf("the environment still holds %v", kept)
	}
	for _, v := range kept.vm.Stack[:cap(kept.vm.Stack)] {
		if v != nil {
			t.Errorf("the stack still holds %v", v)
		}
	}
}

// TestDirectPathDoesNotAllocate holds the hot path.
func TestDirectPathDoesNotAllocate(t *testing.T) {
	scope, _ := newScope()
	env := newWorldBench()
	for _, src := range []string{
		`cho_o in ["thue", "nho"]`, `tuoi_dan >= 50`, `lam_tron(co_ban * 1.35 + tuoi_dan * 2)`, `ca_hai and not tre_em`, `ngay_hen > hom_nay()`, `tinh == "hue"`, `co(so_con) and so_con > 1`,
	} {
		x, problems := Compile(src, scope)
		if problems != nil {
			t.Fatal(problems)
		}
		if n := testing.AllocsPerRun(100, func() {
			if _, err := x.Eval(env); err != nil {
				t.Fatal(err)
			}
		}); n != 0 || x.vm != nil {
			t.Errorf("%s: %v allocations, machine %v", src, n, x.vm != nil)
		}
	}
}
