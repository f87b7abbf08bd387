package explain

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/diag"
)

const good = "# X001\n\nVì sao: Vì thế\nnày.\n\nWhy: So\nit is.\n\nCùng báo: X002 X003\n\nKèm tệp: a.jpg 10, b.pdf 20\n\n" +
	"```sai\nmột\n\nhai\n```\n\n```đúng\nba\n```\n\nCách sửa: Sửa đi.\n"

func TestRead(t *testing.T) {
	t.Parallel()
	want := Page{
		Code: "X001", Reason: diag.Sentence{VI: "Vì thế này.", EN: "So it is."}, Mend: "Sửa đi.",
		Wrong: "một\n\nhai\n", Right: "ba\n", Beside: []string{"X002", "X003"}, Files: []string{"a.jpg 10", "b.pdf 20"},
	}
	for name, src := range map[string]string{"as written": good, "as Windows writes it": strings.ReplaceAll(good, "\n", "\r\n")} {
		got, err := read("X001", src)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestReadWithoutExample(t *testing.T) {
	t.Parallel()
	p, err := read("X001", "# X001\n\nVì sao: A.\n\nWhy: B.\n\nKhông có ví dụ: C.\n\nCách sửa: D.\n")
	if err != nil || p.Unshown != "C." || p.Wrong+p.Right != "" {
		t.Errorf("got %+v, error %v", p, err)
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ from, to, says string }{
		"another code":        {"# X001", "# X002", "first line"},
		"no heading":          {"# X001\n", "", "first line"},
		"a stray paragraph":   {"Why: ", "Wieso: ", "nothing opens"},
		"a reason twice":      {"Cách sửa: ", "Vì sao: ", "stands twice"},
		"no reason":           {"Vì sao: Vì thế\nnày.\n\n", "", "a reason in both languages"},
		"no English":          {"Why: So\nit is.\n\n", "", "a reason in both languages"},
		"no way to mend":      {"Cách sửa: Sửa đi.\n", "", "a way to mend"},
		"no right example":    {"```đúng\nba\n```\n\n", "", "a wrong and a right example"},
		"two wrong examples":  {"```đúng", "```sai", "is not expected"},
		"a block of no kind":  {"```đúng", "```flow", "is not expected"},
		"a reason and blocks": {"Cách sửa", "Không có ví dụ: X.\n\nCách sửa", "no example and gives one"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := read("X001", strings.Replace(good, tt.from, tt.to, 1))
			if err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("error %v, want one that says %q", err, tt.says)
			}
		})
	}
}

func TestFolded(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("nghiêng ", 40)
	out := folded(long)
	for line := range strings.Lines(out) {
		if n := len([]rune(strings.TrimSuffix(line, "\n"))); n > lineWidth || n < lineWidth-8 && !strings.HasSuffix(out, line) {
			t.Errorf("a line of %d columns: %q", n, line)
		}
	}
	if got := strings.Fields(out); !slices.Equal(got, strings.Fields(long)) {
		t.Error("words were lost or changed")
	}
	if got := folded(" một  hai "); got != "một hai\n" {
		t.Errorf("got %q", got)
	}
	if got := folded(strings.Repeat("x", 100)); got != strings.Repeat("x", 100)+"\n" {
		t.Errorf("a long word became %q", got)
	}
}

func TestNormal(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{" g003 ": "G003", "g3": "G003", "D81": "D081", "G": "G", "": "", "G0033": "G0033", "3": "3"} {
		if got := normal(typed); got != want {
			t.Errorf("normal(%q) = %q, want %q", typed, got, want)
		}
	}
}

func TestFileLine(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{"-- a.flow --\n": "a.flow", "  -- a b --": "a b", "-> het": "", "--": "", "-- a": ""} {
		if name, ok := fileLine(line); ok != (want != "") || ok && name != want {
			t.Errorf("fileLine(%q) = %q, %v", line, name, ok)
		}
	}
}
