package dsl_test

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"hoithoai/dsl"
	"hoithoai/dsl/diag"
)

// FuzzLoad loads one arbitrary file: whatever it holds, there is a program or an error that says why not, every finding lies in
// the file, and nothing panics.
func FuzzLoad(f *testing.F) {
	for _, dir := range []string{examples, "../testdata/load/everything"} {
		names, err := filepath.Glob(filepath.Join(dir, "*.flow"))
		if err != nil || len(names) == 0 {
			f.Fatalf("no seeds in %s: %v", dir, err)
		}
		for _, name := range names {
			src, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(src)
		}
	}
	f.Add([]byte("luồng a \"A\"\nbước\n -> luồng gap_can_bo\n  gọi a(\"{\") nhận a, a\n"))
	f.Add([]byte("chung a\ndữ kiện\n x chọn 3 căn cứ \"\"\nđiều kiện\n y y\nmọi bước\n nghe \"\" -> y rồi y"))
	f.Fuzz(func(t *testing.T, src []byte) {
		result, err := dsl.Load(fstest.MapFS{"thu.flow": {Data: src}}, dsl.Options{Day: 20000})
		if err != nil {
			t.Fatal(err)
		}
		if (result.Program == nil) != result.Diagnostics.HasErrors() {
			t.Errorf("program %v beside findings %v", result.Program != nil, codes(result.Diagnostics))
		}
		for _, d := range result.Diagnostics {
			checkFinding(t, d)
		}
	})
}

func checkFinding(t *testing.T, d diag.Diagnostic) {
	t.Helper()
	if d.Code == "" || d.Message.VI == "" || d.Message.EN == "" {
		t.Errorf("a finding says nothing: %+v", d)
	}
	s := d.Span
	if s.File == "" || s.Line < 1 || s.Column < 1 || s.EndLine < s.Line || s.EndLine == s.Line && s.EndColumn < s.Column {
		t.Errorf("%s stands nowhere: %+v", d.Code, s)
	}
}
