package parse_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/golden"
	"hoithoai/dsl/parse"
)

func glob(t testing.TB, pattern string, least int) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(testdata, pattern))
	if err != nil || len(paths) < least {
		t.Fatalf("%s: %d files (want at least %d), error %v", pattern, len(paths), least, err)
	}
	return paths
}

func load(t testing.TB, path string) []byte {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// TestMistakes holds what is said of each file in testdata/parse/err against the .out beside it.
func TestMistakes(t *testing.T) {
	t.Parallel()
	for _, path := range glob(t, "err/*.flow", 40) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			src := load(t, path)
			_, found := read(filepath.Base(path), src)
			if len(found) == 0 {
				t.Fatal("no findings")
			}
			golden.Assert(t, strings.TrimSuffix(path, ".flow")+".out", []byte(text(t, found, diag.Vietnamese, src)))
		})
	}
}

// TestTrees holds the tree of each file in testdata/parse/ok and testdata/parse/examples against the .tree beside it.
func TestTrees(t *testing.T) {
	t.Parallel()
	for _, path := range append(glob(t, "ok/*.flow", 5), glob(t, "examples/*.flow", 3)...) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			src := load(t, path)
			tree, found := read(filepath.Base(path), src)
			if len(found) > 0 {
				t.Errorf("findings:\n%s", text(t, found, diag.Vietnamese, src))
			}
			golden.Assert(t, strings.TrimSuffix(path, ".flow")+".tree", []byte(dump(tree)))
		})
	}
}

// codesInCode are the codes that a golden file cannot show: they need more text than a person would read, or bytes that are no
// text. parse_test.go shows them.
var codesInCode = []string{"C064", "C065", "C067", "C068", "C069", "C070"}

// TestEveryCodeIsShown: no code is without a file that brings it about.
func TestEveryCodeIsShown(t *testing.T) {
	t.Parallel()
	shown := map[string]bool{}
	for _, path := range glob(t, "err/*.flow", 40) {
		_, found := read(filepath.Base(path), load(t, path))
		for _, d := range found {
			shown[d.Code] = true
		}
	}
	for _, code := range parse.Codes() {
		if !shown[code] && !slices.Contains(codesInCode, code) {
			t.Errorf("%s is brought about by no file in testdata/parse/err", code)
		}
	}
}

// TestSpansInside: every place that is reported lies in its file, in both languages with every word filled in.
func TestSpansInside(t *testing.T) {
	t.Parallel()
	for _, path := range glob(t, "err/*.flow", 40) {
		src := load(t, path)
		_, found := read(filepath.Base(path), src)
		checkFindings(t, filepath.Base(path), src, found)
	}
}

func checkFindings(t *testing.T, path string, src []byte, found diag.List) {
	t.Helper()
	lines := strings.Split(strings.TrimPrefix(string(src), "\uFEFF"), "\n")
	for _, d := range found {
		checkSpan(t, path, lines, d.Span)
		for _, r := range d.Related {
			checkSpan(t, path, lines, r.Span)
		}
		if d.Message.VI == "" || d.Message.EN == "" {
			t.Errorf("%s: %s without a sentence", path, d.Code)
		}
	}
}

func checkSpan(t *testing.T, path string, lines []string, s diag.Span) {
	t.Helper()
	if s.File != path || s.Line < 1 || s.Line > len(lines) || s.EndLine != s.Line || s.Column < 1 || s.EndColumn < s.Column {
		t.Errorf("%s: span %+v", path, s)
		return
	}
	if width := len([]rune(lines[s.Line-1])); s.EndColumn > width+1 {
		t.Errorf("%s: span %+v ends behind its line of %d", path, s, width)
	}
}

// dump writes a tree so that a person can read it: one node a line, its place, its fields that are set.
func dump(node any) string {
	var b strings.Builder
	dumpValue(&b, reflect.ValueOf(node), "", 0)
	return b.String()
}

func dumpValue(b *strings.Builder, v reflect.Value, label string, depth int) {
	for v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	indent := strings.Repeat("  ", depth) + label
	switch {
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			dumpValue(b, v.Index(i), label, depth)
		}
	case v.Kind() == reflect.Struct:
		fmt.Fprintf(b, "%s%s\n", indent, place(v))
		for i := range v.NumField() {
			if name := v.Type().Field(i).Name; name != "Span" && !v.Field(i).IsZero() {
				dumpValue(b, v.Field(i), name, depth+1)
			}
		}
	default:
		fmt.Fprintf(b, "%s = %#v\n", indent, v.Interface())
	}
}

// place is " line:column-end" of a node that has a span.
func place(v reflect.Value) string {
	f := v.FieldByName("Span")
	if !f.IsValid() {
		return ""
	}
	s, ok := f.Interface().(diag.Span)
	if !ok {
		return ""
	}
	return fmt.Sprintf(" %d:%d-%d", s.Line, s.Column, s.EndColumn)
}
