package fold_test

import (
	"strings"
	"testing"

	"hoithoai/dsl/fold"
)

func BenchmarkKey(b *testing.B) {
	for _, c := range []struct{ name, in string }{
		{"folded", "nha thue nha tro"},
		{"label", "Nhà thuê, nhà trọ"},
		{"sentence", "Dạ em mới dọn tới ở trọ thì khai báo tạm trú ở đâu vậy ạ?"},
		{"long", strings.Repeat("Nhà thuê, nhà trọ. ", 100)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				fold.Key(c.in)
			}
		})
	}
}

func BenchmarkAppendKey(b *testing.B) {
	b.ReportAllocs()
	var buf [64]byte
	for b.Loop() {
		fold.AppendKey(buf[:0], "Nhà thuê, nhà trọ")
	}
}

func BenchmarkContains(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		fold.Contains("em moi don toi o tro thi khai bao tam tru o dau vay a", "tam tru")
	}
}

func BenchmarkClean(b *testing.B) {
	for _, c := range []struct{ name, in string }{
		{"ascii", "12 Le Loi, phuong 1"},
		{"vietnamese", "Số 12 đường Lê Lợi, phường Thới An"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				fold.Clean(c.in)
			}
		})
	}
}
