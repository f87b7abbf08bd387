package expression

import "testing"

// benchmarks are the shapes that flows are full of.
var benchmarks = []string{
	`cho_o in ["thue", "nho"]`,
	`tuoi_dan >= 50`,
	`lam_tron(co_ban * 1.35 + tuoi_dan * 2)`,
	`ca_hai and not tre_em`,
	`ngay_hen > hom_nay()`,
	`so_may matches "^0[0-9]{9}$"`,
	`co_lam("cu_tru", ngay_hen)`,
}

// BenchmarkEval is what the engine pays.
func BenchmarkEval(b *testing.B) {
	scope, _ := newScope()
	env := newWorldBench()
	for _, src := range benchmarks {
		x, problems := Compile(src, scope)
		if problems != nil {
			b.Fatal(problems)
		}
		b.Run(src, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := x.Eval(env); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkBool is what a condition costs the engine.
func BenchmarkBool(b *testing.B) {
	scope, _ := newScope()
	env := newWorldBench()
	for _, src := range []string{`cho_o in ["thue", "nho"]`, `cho_o == "nho"`, `tuoi_dan >= 50`, `dong_y`, `can_giay_thue`} {
		x := compileAll(b, scope, src)[0]
		b.Run(src, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if ok, err := x.Bool(env); !ok || err != nil {
					b.Fatal(ok, err)
				}
			}
		})
	}
}

// BenchmarkMachine is the same on the virtual machine alone.
func BenchmarkMachine(b *testing.B) {
	scope, _ := newScope()
	env := newWorldBench()
	for _, src := range benchmarks {
		x, problems := Compile(src, scope)
		if problems != nil {
			b.Fatal(problems)
		}
		m, err := newMachine(x.root)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(src, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := m.run(x, env); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkCompile(b *testing.B) {
	scope, _ := newScope()
	for _, src := range benchmarks {
		b.Run(src, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, problems := Compile(src, scope); problems != nil {
					b.Fatal(problems)
				}
			}
		})
	}
}
