package office_test

import (
	"testing"

	"hoithoai/dsl/office"
)

func BenchmarkOpenAt(b *testing.B) {
	o := office.Demo()
	b.ReportAllocs()
	for b.Loop() {
		o.OpenAt("cu_tru", 20781, 600)
	}
}

func BenchmarkAddWorkingDays(b *testing.B) {
	o := office.Demo()
	b.ReportAllocs()
	for b.Loop() {
		o.AddWorkingDays(20781, 20)
	}
}
