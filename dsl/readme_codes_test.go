package dsl_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"hoithoai/dsl"
	"hoithoai/dsl/golden"
)

// The marks around the generated table of the reference.
const (
	codesBegin = "<!-- codes: made by go test ./dsl -run Codes -update -->\n"
	codesEnd   = "<!-- end of codes -->\n"
)

// groups are the headings of the table, by the letter of the code.
var groups = []struct{ letter, name string }{
	{"C", "syntax"}, {"D", "names and declarations"}, {"B", "expressions and sentences"}, {"G", "graph"}, {"Z", "limits of Zalo"},
	{"N", "language"}, {"P", "content"}, {"S", "privacy"}, {"A", "access"},
}

func codeTable() string {
	var out strings.Builder
	rules := dsl.Rules()
	for _, g := range groups {
		fmt.Fprintf(&out, "\n**%s** – %s\n\n| code | demands, or says | tiếng Việt |\n|---|---|---|\n", g.letter, g.name)
		for _, r := range rules {
			if strings.HasPrefix(r.Code, g.letter) {
				fmt.Fprintf(&out, "| %s | %s | %s |\n", r.Code, cell(r.Summary.EN), cell(r.Summary.VI))
			}
		}
	}
	return out.String() + "\n"
}

func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }

// TestReadmeCodes holds the table of codes of the reference equal to the code; -update rewrites it.
func TestReadmeCodes(t *testing.T) {
	t.Parallel()
	src, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(src), codesBegin)
	_, after, end := strings.Cut(rest, codesEnd)
	if !ok || !end {
		t.Fatal("the marks of the table are missing")
	}
	golden.Assert(t, readme, []byte(before+codesBegin+codeTable()+codesEnd+after))
}

// TestRulesAreComplete holds that every code written in the source of the language is in the catalogue, once, under a group of
// the table, with a sentence in both languages.
func TestRulesAreComplete(t *testing.T) {
	t.Parallel()
	known, table := map[string]bool{}, codeTable()
	for _, r := range dsl.Rules() {
		if known[r.Code] {
			t.Errorf("%s is listed twice", r.Code)
		}
		known[r.Code] = true
		if r.Summary.VI == "" || r.Summary.EN == "" || strings.Contains(r.Summary.VI+r.Summary.EN, "%!") {
			t.Errorf("%s says %+v", r.Code, r.Summary)
		}
		if !strings.Contains(table, "| "+r.Code+" |") {
			t.Errorf("%s is of no group", r.Code)
		}
	}
	written := regexp.MustCompile(`"([A-Z]\d{3})"`)
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		src, err := os.ReadFile(path)
		for _, m := range written.FindAllStringSubmatch(string(src), -1) {
			if !known[m[1]] {
				t.Errorf("%s names %s, which is in no catalogue", path, m[1])
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestReadmeNamesEverything holds that no keyword, function or field of the language is missing in the reference.
func TestReadmeNamesEverything(t *testing.T) {
	t.Parallel()
	doc, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	for _, source := range []struct {
		file  string
		names *regexp.Regexp
		least int
	}{
		{"parse/verbs.go", regexp.MustCompile(`\{text: "([^"]+)", verb:`), 50},
		{"parse/typerefs.go", regexp.MustCompile(`"([^" ]+(?: [^" ]+)?)",`), 13},
		{"parse/names.go", regexp.MustCompile(`"([a-z_]+)": true`), 16},
		{"expression/functions.go", regexp.MustCompile(`(?m)^\t"([a-z_]+)":`), 13},
		{"office/fields.go", regexp.MustCompile(`(?m)^\t\{"([a-z_]+)", (?:true|false)\}`), 14},
	} {
		src, err := os.ReadFile(filepath.FromSlash(source.file))
		if err != nil {
			t.Fatal(err)
		}
		found := source.names.FindAllStringSubmatch(string(src), -1)
		if len(found) < source.least {
			t.Errorf("%s: only %d names were found", source.file, len(found))
		}
		for _, m := range found {
			if !strings.Contains(string(doc), m[1]) {
				t.Errorf("%s: %s is missing in %s", source.file, m[1], readme)
			}
		}
	}
}
