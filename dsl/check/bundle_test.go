package check

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hoithoai/dsl/bind"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/parse"
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
	"hoithoai/dsl/ward"

	"github.com/rogpeppe/go-internal/txtar"
)

const corpus = "../../testdata/check"

// today is the day the golden files are checked on.
func today(t testing.TB) int64 {
	t.Helper()
	day, ok := value.DayNumber(2026, 11, 24)
	if !ok {
		t.Fatal("24/11/2026 is no day")
	}
	return day
}

// read turns sources into a bundle together with what parsing and binding found.
func read(t testing.TB, sources ...txtar.File) (*bind.Bundle, diag.List) {
	t.Helper()
	var files []*tree.File
	var found diag.List
	for _, s := range sources {
		file, list := parse.File(s.Name, s.Data)
		files = append(files, file)
		found = append(found, list...)
	}
	b, list := bind.With(files, bind.Options{Wards: wards})
	return b, append(found, list...)
}

// wards is the catalogue that every bundle without one of its own gets.
func wards() []value.Option {
	units, _ := ward.Parse(ward.Path, ward.Source(), nil)
	return units
}

// must is read for sources that are right as far as parsing and binding see; but names the codes that do not matter.
func must(t testing.TB, sources []txtar.File, but ...string) *bind.Bundle {
	t.Helper()
	b, found := read(t, sources...)
	for _, d := range found {
		if d.Severity == diag.Error && !slices.Contains(but, d.Code) {
			t.Errorf("%s:%d:%d: %s %s (%s)", d.Span.File, d.Span.Line, d.Span.Column, d.Code, d.Message.VI, d.Fix.VI)
		}
	}
	if t.Failed() {
		t.FailNow()
	}
	return b
}

// flow is one source file.
func flow(name, text string) txtar.File { return txtar.File{Name: name + ".flow", Data: []byte(text)} }

// base is the chung file and the flow to a person that most cases stand beside.
func base(t testing.TB) []txtar.File {
	t.Helper()
	var out []txtar.File
	for _, name := range []string{"chung.flow", "gap_can_bo.flow"} {
		data, err := os.ReadFile(filepath.Join(corpus, "base", name))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, txtar.File{Name: name, Data: data})
	}
	return out
}

// sources reads a case: one flow, or several in a txtar archive. The base stands beside it unless its comment says "alone".
func sources(t testing.TB, path string) []txtar.File {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	archive := txtar.Parse(data)
	if len(archive.Files) == 0 {
		return append(base(t), txtar.File{Name: "thu.flow", Data: data})
	}
	if strings.TrimSpace(string(archive.Comment)) == "alone" {
		return archive.Files
	}
	return append(base(t), archive.Files...)
}

// written shows findings in full, both languages, for golden files.
func written(list diag.List) []byte {
	var b strings.Builder
	for _, d := range list {
		fmt.Fprintf(&b, "%s %s %s\n", at(d.Span), d.Code, d.Severity)
		fmt.Fprintf(&b, "  vi: %s\n  en: %s\n", d.Message.VI, d.Message.EN)
		if d.Fix.VI != "" {
			fmt.Fprintf(&b, "  sửa: %s\n  fix: %s\n", d.Fix.VI, d.Fix.EN)
		}
		for _, r := range d.Related {
			fmt.Fprintf(&b, "  %s: %s | %s\n", at(r.Span), r.Message.VI, r.Message.EN)
		}
	}
	return []byte(b.String())
}

func at(s diag.Span) string {
	return fmt.Sprintf("%s:%d:%d-%d", s.File, s.Line, s.Column, s.EndColumn)
}

// only keeps the findings of one code.
func only(list diag.List, code string) diag.List {
	var out diag.List
	for _, d := range list {
		if d.Code == code {
			out = append(out, d)
		}
	}
	return out
}

// codes lists the codes of findings with their count, in order of appearance.
func codes(list diag.List) string {
	var out []string
	for _, d := range list {
		out = append(out, d.Code)
	}
	return strings.Join(out, " ")
}
