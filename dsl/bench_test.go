package dsl_test

import (
	"os"
	"testing"

	"hoithoai/dsl"
)

func BenchmarkLoadExamples(b *testing.B) {
	fsys := os.DirFS(examples)
	b.ReportAllocs()
	for b.Loop() {
		r, err := dsl.Load(fsys, dsl.Options{})
		if err != nil || r.Program == nil {
			b.Fatalf("no program: %v %v", err, codes(r.Diagnostics))
		}
	}
}

func BenchmarkPack(b *testing.B) {
	r, err := dsl.Load(os.DirFS(examples), dsl.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if len(dsl.Pack(r.Sources)) == 0 {
			b.Fatal("empty pack")
		}
	}
}
