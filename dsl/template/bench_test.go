package template

import "testing"

// BenchmarkAppend renders into a buffer that is large enough: bare references allocate nothing.
func BenchmarkAppend(b *testing.B) {
	for _, src := range []string{
		`Chào anh/chị.`, `Chào {zalo.ten}, phí {gia}, ngày {ngay_hen}, {cho_o}.`, `Tổng {gia + 500}`, `{may_mat}`,
	} {
		tmpl, problems := Parse(src, newScope(b), nil)
		if problems != nil {
			b.Fatal(problems)
		}
		w := newWorld()
		dst := make([]byte, 0, 1024)
		b.Run(src, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := tmpl.Append(dst, w); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkParse(b *testing.B) {
	scope := newScope(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, problems := Parse(`Chào {zalo.ten}, phí {gia}, ngày {ngay_hen}, {cho_o}.`, scope, nil); problems != nil {
			b.Fatal(problems)
		}
	}
}

// TestAppendDoesNotAllocate holds the hot path: bare references into a buffer that is large enough.
func TestAppendDoesNotAllocate(t *testing.T) {
	tmpl := parse(t, `Chào {zalo.ten}, phí {gia}, ngày {ngay_hen}, {cho_o}, {may}, {tre_em}, {don_vi.ten}: {gia + 500}.`)
	w := newWorld()
	dst := make([]byte, 0, 1024)
	if n := testing.AllocsPerRun(100, func() {
		if _, err := tmpl.Append(dst, w); err != nil {
			t.Fatal(err)
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
