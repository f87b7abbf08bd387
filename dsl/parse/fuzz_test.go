package parse_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/parse"
)

func seeds(f *testing.F, transcripts bool) {
	f.Helper()
	for _, pattern := range []string{"examples/*.flow", "ok/*.flow", "err/*.flow"} {
		for _, path := range glob(f, pattern, 3) {
			if strings.HasSuffix(path, "_test.flow") == transcripts {
				f.Add(load(f, path))
			}
		}
	}
	for _, s := range []string{"", "\n", "|", "[", "]", "->", "khi", "khi x", "\"", "“", "bước", "bước a\n[", "luồng", "\xff", "\xff\xfe", "\uFEFF", "\r", "…", "@", "Dân", "Dân:"} {
		f.Add([]byte(s))
	}
}

// FuzzParseFile: any bytes give a tree and findings whose places lie in the file, in the same way each time.
func FuzzParseFile(f *testing.F) {
	seeds(f, false)
	f.Fuzz(func(t *testing.T, src []byte) {
		tree, found := parse.File("f.flow", src)
		if tree == nil {
			t.Fatal("no tree")
		}
		checkAny(t, "f.flow", src, found)
		checkTree(t, dump(tree), found)
	})
}

// FuzzParseTests is FuzzParseFile for transcripts.
func FuzzParseTests(f *testing.F) {
	seeds(f, true)
	f.Fuzz(func(t *testing.T, src []byte) {
		tests, found := parse.Tests("f_test.flow", src)
		if tests == nil {
			t.Fatal("no tree")
		}
		checkAny(t, "f_test.flow", src, found)
		checkTree(t, dump(tests), found)
	})
}

func checkAny(t *testing.T, path string, src []byte, found diag.List) {
	t.Helper()
	if utf8.Valid(src) {
		checkFindings(t, path, src, found)
	}
	var b strings.Builder
	if err := diag.WriteText(&b, found, diag.English, func(string) string { return string(src) }); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(b.String(), "\x1b\r") {
		t.Errorf("a control character reaches the screen: %q", b.String())
	}
}

// checkTree: a tree without findings holds no empty name.
func checkTree(t *testing.T, dumped string, found diag.List) {
	t.Helper()
	if !found.HasErrors() && strings.Contains(dumped, "Text = \"\"") {
		t.Errorf("an empty text:\n%s", dumped)
	}
}

// FuzzEdits breaks one byte range of a good file: the rest of the file is still read.
func FuzzEdits(f *testing.F) {
	src := load(f, filepath.Join(testdata, "examples/tam_tru.flow"))
	f.Add(10, 20, "")
	f.Add(900, 3, "->")
	f.Add(1500, 0, "\n")
	f.Fuzz(func(t *testing.T, at, n int, text string) {
		if at < 0 || n < 0 || at > len(src) || n > len(src)-at || len(text) > 200 {
			t.Skip()
		}
		edited := append(append(append([]byte{}, src[:at]...), text...), src[at+n:]...)
		_, found := parse.File("tam_tru.flow", edited)
		checkAny(t, "tam_tru.flow", edited, found)
		found = slices.DeleteFunc(found, func(d diag.Diagnostic) bool { return d.Code == "C071" })
		if n < 40 && !strings.Contains(text, "\n") && utf8.Valid(edited) && len(found) > 5 {
			t.Errorf("one small edit gives %d findings:\n%s", len(found), textOf(found))
		}
	})
}

func textOf(found diag.List) string {
	var b strings.Builder
	for _, d := range found {
		b.WriteString(d.Code + " " + d.Message.VI + "\n")
	}
	return b.String()
}
