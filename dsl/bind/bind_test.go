package bind_test

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hoithoai/dsl/bind"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/golden"
	"hoithoai/dsl/parse"
	"hoithoai/dsl/tree"
)

// cases holds one folder a rule: wrong.flow (or a folder wrong of several files) with its findings in wrong.out, and its right
// twin, which differs in little and is without findings.
const cases = "../../testdata/bind"

func TestRules(t *testing.T) {
	t.Parallel()
	for _, code := range folders(t, cases) {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			found, sources := bound(t, filepath.Join(cases, code, "wrong"))
			for _, d := range found {
				if d.Code != code {
					t.Errorf("%s:%d: got %s (%s), a wrong twin shows its own rule only", d.Span.File, d.Span.Line, d.Code, d.Message.VI)
				}
				if d.Message.VI == "" || d.Message.EN == "" || (d.Fix.VI == "") != (d.Fix.EN == "") {
					t.Errorf("%s: a sentence is missing in one language: %+v", d.Code, d)
				}
			}
			if len(found) == 0 {
				t.Errorf("no finding in the wrong twin of %s", code)
			}
			golden.Assert(t, filepath.Join(cases, code, "wrong.out"), printed(t, found, sources))
			if found, sources = bound(t, filepath.Join(cases, code, "right")); len(found) > 0 {
				t.Errorf("the right twin has findings:\n%s", printed(t, found, sources))
			}
		})
	}
}

// TestEveryRuleHasItsPair holds the table of rules, the files and the golden pairs together.
func TestEveryRuleHasItsPair(t *testing.T) {
	t.Parallel()
	have := folders(t, cases)
	seen := map[string]bool{}
	for _, rule := range bind.Rules() {
		if seen[rule.Code] {
			t.Errorf("%s stands twice in the table", rule.Code)
		}
		seen[rule.Code] = true
		if !slices.Contains(have, rule.Code) {
			t.Errorf("%s has no golden pair", rule.Code)
		}
		if files, err := filepath.Glob(strings.ToLower(rule.Code) + "_*.go"); err != nil || len(files) != 1 {
			t.Errorf("%s has %d files of its own (%v), want 1", rule.Code, len(files), err)
		}
		if rule.Summary.VI == "" || rule.Summary.EN == "" {
			t.Errorf("%s has no summary in one language", rule.Code)
		}
	}
}

func folders(t *testing.T, root string) []string {
	t.Helper()
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		if e.IsDir() {
			out = append(out, e.Name())
		}
	}
	return out
}

// bound parses and binds path.flow, or every file of the folder path. The texts must be free of syntax errors.
func bound(t *testing.T, path string) (diag.List, map[string]string) {
	t.Helper()
	sources := texts(t, path)
	files, tests, syntax := readAll(sources)
	for _, d := range syntax {
		t.Errorf("%s %s:%d:%d: %s %s", path, d.Span.File, d.Span.Line, d.Span.Column, d.Code, d.Message.VI)
	}
	b, found := bind.Bind(files)
	return append(found, bind.Tests(b, tests)...), sources
}

// readAll parses flow files and transcripts by path.
func readAll(sources map[string]string) (files []*tree.File, tests []*tree.Tests, syntax diag.List) {
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		if strings.HasSuffix(name, "_test.flow") {
			file, found := parse.Tests(name, []byte(sources[name]))
			tests, syntax = append(tests, file), append(syntax, found...)
			continue
		}
		file, found := parse.File(name, []byte(sources[name]))
		files, syntax = append(files, file), append(syntax, found...)
	}
	return files, tests, syntax
}

// texts reads path.flow, whose flow is always named thu, or the folder path.
func texts(t *testing.T, path string) map[string]string {
	t.Helper()
	if src, err := os.ReadFile(path + ".flow"); err == nil {
		return map[string]string{"thu.flow": string(src)}
	}
	out := map[string]string{}
	folder := os.DirFS(path)
	err := fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		src, err := fs.ReadFile(folder, name)
		out[name] = string(src)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// printed is what an author sees, in both languages.
func printed(t *testing.T, found diag.List, sources map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	source := func(file string) string { return sources[file] }
	for _, lang := range []diag.Lang{diag.Vietnamese, diag.English} {
		if err := diag.WriteText(&out, found, lang, source); err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes()
}
