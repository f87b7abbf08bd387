package parse_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/parse"
)

const testdata = "../../testdata/parse"

// read parses a file by its kind, as the compiler does.
func read(path string, src []byte) (any, diag.List) {
	if strings.HasSuffix(path, "_test.flow") {
		return parse.Tests(path, src)
	}
	return parse.File(path, src)
}

func text(t testing.TB, list diag.List, lang diag.Lang, src []byte) string {
	t.Helper()
	var b strings.Builder
	if err := diag.WriteText(&b, list, lang, func(string) string { return string(src) }); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestDesignExamples: the files of the design parse without a finding, and so does every flow of the bundle.
func TestFlowsParse(t *testing.T) {
	t.Parallel()
	for _, pattern := range []string{testdata + "/examples/*.flow", "../../flows/*/*.flow"} {
		paths, err := filepath.Glob(pattern)
		if err != nil || len(paths) < 3 {
			t.Fatalf("%s: %d files, error %v", pattern, len(paths), err)
		}
		for _, path := range paths {
			src, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if _, found := read(path, src); len(found) > 0 {
				t.Errorf("%s", text(t, found, diag.Vietnamese, src))
			}
		}
	}
}
