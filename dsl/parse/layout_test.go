package parse_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/parse"
)

// drawn writes a row as the formatter sees it: depth, table, what it opens, then the pieces with their columns.
func drawn(r *parse.Row) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d %d", r.Line, r.Depth)
	if r.Opens != parse.OpensNothing {
		fmt.Fprintf(&b, " opens%d", r.Opens)
	}
	if r.Unread {
		b.WriteString(" unread")
	}
	for _, p := range r.Pieces {
		b.WriteString(" <")
		if p.Column > 0 {
			fmt.Fprintf(&b, "%d:", p.Column)
		}
		b.WriteString(p.Text + ">")
	}
	return b.String()
}

func TestRows(t *testing.T) {
	t.Parallel()
	src := `LUỒNG a “A”
dữ liệu:
viec chọn "Việc"
moi: "Mới","làm mới"
ke số 1..9 bao mat "K" để "x"
tác vụ t(a chữ) lỗi x
bước a
Xin chào.
|Lời  nói.
sai 3 lần→ bước b
`
	want := []string{
		"1 0 opens1 <luồng> <a> <\"A\">",
		"2 0 opens1 <dữ liệu> <>",
		"3 1 <viec> <1:chọn> <3:\"Việc\">",
		"4 2 <moi> <> <1:\"Mới\"> <,> <\"làm mới\">",
		"5 1 <ke> <1:số> <1..9> <2:bảo mật> <3:\"K\"> <4:để> <\"x\">",
		"6 0 opens2 <tác vụ> <t> <(> <a> <chữ> <)> <lỗi> <x>",
		"7 0 opens1 <bước> <a>",
		"8 1 unread <Xin chào.>",
		"9 1 <|> <Lời  nói.>",
		"10 1 <sai> <3 lần→ bước b>",
	}
	var got []string
	for _, r := range parse.Rows("a.flow", []byte(src), false).Rows {
		got = append(got, drawn(r))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

// TestRowsLoseNothing: the pieces of a row are all that stands on its line, in order, and reading rows reads the same tree and
// the same findings as reading the file.
func TestRowsLoseNothing(t *testing.T) {
	t.Parallel()
	for _, pattern := range []string{"examples/*.flow", "ok/*.flow", "err/*.flow"} {
		for _, path := range glob(t, pattern, 3) {
			t.Run(filepath.Base(path), func(t *testing.T) {
				t.Parallel()
				src := load(t, path)
				isTests := strings.HasSuffix(path, "_test.flow")
				l := parse.Rows(path, src, isTests)
				for _, r := range l.Rows {
					checkPieces(t, r)
				}
				if isTests {
					f, found := parse.Tests(path, src)
					compare(t, f, l.Tests, found, l.Found)
					return
				}
				f, found := parse.File(path, src)
				compare(t, f, l.File, found, l.Found)
			})
		}
	}
}

func compare(t *testing.T, tree, other, found, otherFound any) {
	t.Helper()
	if diff := cmp.Diff(tree, other) + cmp.Diff(found, otherFound); diff != "" {
		t.Errorf("rows read otherwise:\n%s", diff)
	}
}

func checkPieces(t *testing.T, r *parse.Row) {
	t.Helper()
	at, column := 0, 0
	for _, p := range r.Pieces {
		if p.From < at || p.To <= p.From || strings.TrimSpace(r.Text[at:p.From]) != "" {
			t.Errorf("line %d: something is lost before %q: %+v", r.Line, r.Text[p.From:p.To], r.Pieces)
			return
		}
		if p.Column > 0 && p.Column <= column {
			t.Errorf("line %d: column %d follows %d", r.Line, p.Column, column)
		}
		at, column = p.To, max(column, p.Column)
	}
	if strings.TrimSpace(r.Text[at:]) != "" {
		t.Errorf("line %d: %q is lost", r.Line, r.Text[at:])
	}
}
