package flows_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl"
	"hoithoai/dsl/bind"
	"hoithoai/dsl/dossier"
	"hoithoai/dsl/golden"
	"hoithoai/dsl/tree"
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
	b := load(t).Bundle
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
			rows[s.Name] = append(rows[s.Name], said(s.Name, &it)...)
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

// said is what a note of sources, or one for the officer, adds to the table.
func said(flow string, it *dossier.Item) []string {
	switch it.Kind {
	case dossier.Source:
		act := it.Act
		if act == "" {
			act = "hồ sơ dữ kiện"
		}
		return []string{fmt.Sprintf("| %s | %s | %s | %s | %s |\n", flow, it.Step, cell(it.Text), cell(act), it.Sure)}
	case dossier.Note:
		return []string{fmt.Sprintf("| %s | %s | %s | cán bộ kiểm tra | ⚠ |\n", flow, it.Step, cell(it.Text))}
	}
	return nil
}

// TestListsSayWhereTheyStand fails for a step with a `danh sách` or a `bảng` that nobody could check: it reads no fact, and
// neither "# Nguồn: …" nor "# Cán bộ kiểm tra: …" stands above it. What only repeats what the office says of itself needs none.
func TestListsSayWhereTheyStand(t *testing.T) {
	t.Parallel()
	b := load(t).Bundle
	for _, miss := range unfounded(b) {
		t.Error(miss)
	}
}

// TestUnfounded shows that the test above can fail.
func TestUnfounded(t *testing.T) {
	t.Parallel()
	const text = `luồng thu "Thử"
  căn cứ "Nội quy"   hiệu lực 01/01/2026   rà soát 01/03/2027
  từ khóa "thử"
  bắt đầu khong

dữ kiện
  han   số 3   từ 01/01/2026   căn cứ "A [C S1]"

bước khong
  bảng
    * Lệ phí: không mất
  -> van_khong

# ghi chú
bước van_khong
  danh sách
    * Tờ khai
  -> nguon

# Nguồn: tờ khai [C S1]
bước nguon
  danh sách
    * Tờ khai
  -> kiem

# Cán bộ kiểm tra: còn đúng không
bước kiem
  danh sách
    * Tờ khai
  -> du_kien

bước du_kien
  bảng
    * Nơi nộp: tại đây
    * Thời hạn: {han} ngày
  -> don_vi

bước don_vi
  bảng
    * Địa chỉ: {don_vi.dia_chi}
  kết thúc đạt
`
	loaded, err := dsl.Load(fstest.MapFS{"thu.flow": {Data: []byte(text)}}, dsl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	b, found := bind.Bind(loaded.Files)
	if found.HasErrors() {
		t.Fatal(found)
	}
	want := []string{"thu, khong: a list without a source", "thu, van_khong: a list without a source"}
	if d := cmp.Diff(want, unfounded(b)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// unfounded names the steps whose lists have no source.
func unfounded(b *bind.Bundle) []string {
	founded := map[string]bool{}
	for _, f := range dossier.Facts(b) {
		for _, u := range f.Uses {
			founded[u.Flow+", "+u.Step] = true
		}
	}
	for _, s := range dossier.Sheets(b, 0) {
		for _, it := range s.Items {
			if it.Kind == dossier.Source || it.Kind == dossier.Note {
				founded[s.Name+", "+it.Step] = true
			}
		}
	}
	var out []string
	for _, f := range b.Flows {
		for _, s := range f.File.Steps {
			if name := f.File.Name.Text + ", " + s.Name.Text; lists(s) && !founded[name] {
				out = append(out, name+": a list without a source")
			}
		}
	}
	return out
}

// lists reports whether a step has a list of which a row says more than what the office says of itself.
func lists(s *tree.Step) bool {
	for _, l := range s.Body {
		for _, row := range l.Items {
			if !strings.Contains(row.Text.Text, "{don_vi.") {
				return true
			}
		}
	}
	return false
}

// cell is text that stands in a cell of a table.
func cell(s string) string { return strings.ReplaceAll(s, "|", "\\|") }
