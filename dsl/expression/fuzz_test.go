package expression

import (
	"errors"
	"testing"
)

// FuzzCompile holds for any source: Compile does not panic, its problems point into the source and speak both languages,
// and what it accepts evaluates to its declared kind (or meets an unset value), the same directly and on the machine.
func FuzzCompile(f *testing.F) {
	for _, tc := range evaluations {
		f.Add(tc.src)
	}
	for _, tc := range refused {
		f.Add(tc.src)
	}
	for _, src := range attacks {
		f.Add(src)
	}
	scope, _ := newScope()
	f.Fuzz(func(t *testing.T, src string) {
		x, problems := Compile(src, scope)
		if (x == nil) == (len(problems) == 0) {
			t.Fatalf("%q: %v and %v", src, x, problems)
		}
		for _, p := range problems {
			assertInside(t, src, p)
		}
		if x == nil {
			return
		}
		assertBothWays(t, x, newWorld())
		v, err := x.Eval(newWorld())
		if err == nil && v.Kind != x.Type.Kind {
			t.Fatalf("%q gives %v, declared %v", src, v.Kind, x.Type.Kind)
		}
		empty := newWorld()
		empty.values = nil
		if _, err := x.Eval(empty); err != nil && !errors.Is(err, ErrUnset) {
			t.Fatalf("%q without values: %v", src, err)
		}
		if needs := x.Needs(); len(needs) == 0 {
			if _, err := x.Eval(empty); err != nil && len(x.Reads) > 0 && !readsFact(x) {
				t.Fatalf("%q needs nothing, but: %v", src, err)
			}
		}
	})
}

// readsFact says whether x may meet a fact of the test scope that is declared as always set (phi), but is not set here.
func readsFact(x *Expr) bool {
	for _, r := range x.Reads {
		if r.Kind == RefFact {
			return true
		}
	}
	return false
}
