package flows_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"hoithoai/dsl/bind"
	"hoithoai/dsl/dossier"
	"hoithoai/dsl/golden"
	"hoithoai/dsl/value"
)

// The table of sources stands between these lines of the guide.
const tableStart, tableEnd = "<!-- bảng nguồn -->\n", "<!-- hết bảng nguồn -->"

// confidence is the label of a source as facts write it: [C S4], [C2 S25], [M].
var confidence = regexp.MustCompile(`\s*\[([^\]]+)\]`)

// TestSourcesTable holds the guide's table of flow, branch, source and confidence to what the flows say today; -update writes it.
func TestSourcesTable(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(guide), tableStart)
	_, after, closed := strings.Cut(rest, tableEnd)
	if !ok || !closed {
		t.Fatalf("the guide has no place for the table between %q and %q", tableStart, tableEnd)
	}
	b, found := bind.Bind(load(t).Files)
	if found.HasErrors() {
		t.Fatal(found)
	}
	golden.Assert(t, "README.md", []byte(before+tableStart+table(t, b)+tableEnd+after))
}

func table(t *testing.T, b *bind.Bundle) string {
	t.Helper()
	var out strings.Builder
	out.WriteString("| luồng | nhánh | điều nói | nguồn | tin cậy |\n|---|---|---|---|---|\n")
	today, _ := value.DayNumber(2026, 11, 24)
	rows := map[string][]string{}
	for _, f := range dossier.Facts(b) {
		for _, u := range f.Uses {
			if u.Step != "" {
				rows[u.Flow] = append(rows[u.Flow], row(t, u, &f, today))
			}
		}
	}
	for _, s := range dossier.Sheets(b, today) {
		for _, it := range s.Items {
			if it.Kind == dossier.Note {
				rows[s.Name] = append(rows[s.Name], fmt.Sprintf("| %s | | %s | cán bộ kiểm tra | ⚠ |\n", s.Name, cell(it.Text)))
			}
		}
	}
	for _, f := range b.Flows {
		seen := map[string]bool{}
		for _, r := range rows[f.File.Name.Text] {
			if !seen[r] {
				out.WriteString(r)
			}
			seen[r] = true
		}
	}
	return out.String()
}

// row is one use of a fact. A source without a label fails: nobody could say how sure it is.
func row(t *testing.T, u dossier.Use, f *dossier.Fact, today int64) string {
	t.Helper()
	p, ok := f.On(today)
	if !ok {
		p = f.Periods[0]
	}
	m := confidence.FindStringSubmatch(p.Source)
	if m == nil {
		t.Errorf("the source of %s has no label such as [C S4]: %s", f.Name, p.Source)
		return ""
	}
	return fmt.Sprintf("| %s | %s | %s = %s | %s | %s |\n", u.Flow, u.Step, f.Name, p.Value, cell(confidence.ReplaceAllString(p.Source, "")), m[1])
}

// cell is text that stands in a cell of a table.
func cell(s string) string { return strings.ReplaceAll(s, "|", "\\|") }
