package format_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"hoithoai/dsl/charset"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/format"
	"hoithoai/dsl/golden"
	"hoithoai/dsl/parse"
	"hoithoai/dsl/tree"
)

func load(t testing.TB, path string) []byte {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

func glob(t testing.TB, patterns ...string) []string {
	t.Helper()
	var out []string
	for _, pattern := range patterns {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			t.Fatalf("no file matches %s (%v)", pattern, err)
		}
		out = append(out, found...)
	}
	return out
}

// meaning is what a file says without where it says it; the comments stay in their order.
func meaning(path string, src []byte) any {
	if format.IsTranscript(path) {
		f, _ := parse.Tests(path, src)
		return f
	}
	f, _ := parse.File(path, src)
	return f
}

// placeless compares trees without the places of their words.
var placeless = cmp.Options{
	cmpopts.IgnoreTypes(diag.Span{}, tree.Columns{}),
	cmpopts.IgnoreFields(tree.Comment{}, "Line"),
	cmpopts.EquateEmpty(),
}

// laidOut lays out src and holds the result to everything that is promised of it.
func laidOut(t testing.TB, path string, src []byte) format.Result {
	t.Helper()
	r := format.Source(path, src)
	if again := format.Source(path, r.Text); string(again.Text) != string(r.Text) {
		t.Errorf("%s: a second time changes more (-once +twice):\n%s", path, cmp.Diff(string(r.Text), string(again.Text)))
	}
	if !r.Whole {
		if string(r.Text) != string(src) {
			t.Errorf("%s: a file that was not read has changed", path)
		}
		return r
	}
	if r.From == charset.UTF8 {
		if diff := cmp.Diff(meaning(path, src), meaning(path, r.Text), placeless, cmpopts.SortSlices(earlier)); diff != "" {
			t.Errorf("%s: the tree has changed (-before +after):\n%s", path, diff)
		}
	}
	checkText(t, path, r.Text)
	return r
}

func earlier(a, b tree.Comment) bool { return a.Text < b.Text }

// checkText: no trailing space, no blank line at either end, none twice.
func checkText(t testing.TB, path string, text []byte) {
	t.Helper()
	if len(text) == 0 {
		return
	}
	if text[len(text)-1] != '\n' || strings.HasPrefix(string(text), "\n") || strings.HasSuffix(string(text), "\n\n") {
		t.Errorf("%s: the ends of the file are not one line end: %q", path, text)
	}
	if strings.Contains(string(text), "\n\n\n") || strings.HasPrefix(string(text), "\uFEFF") {
		t.Errorf("%s: two blank lines or a byte order mark:\n%s", path, text)
	}
}

// TestFlows: our own flows are in their layout.
func TestFlows(t *testing.T) {
	t.Parallel()
	for _, path := range glob(t, "../../flows/*/*.flow", "../standard/*.flow") {
		src := load(t, path)
		if r := laidOut(t, path, src); string(r.Text) != string(src) {
			t.Errorf("%s is not laid out; hoithoai fmt -w does it (-is +should be):\n%s", path, cmp.Diff(string(src), string(r.Text)))
		}
	}
}

// TestEverything lays out every flow file of the tests, right and wrong.
func TestEverything(t *testing.T) {
	t.Parallel()
	for _, path := range glob(t, "../../testdata/*/*.flow", "../../testdata/*/*/*.flow") {
		t.Run(filepath.Base(filepath.Dir(path))+"/"+filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			laidOut(t, path, load(t, path))
		})
	}
}

// TestPairs lays out messy files and holds the text, and what is left to mend, to a file beside them.
func TestPairs(t *testing.T) {
	t.Parallel()
	for _, path := range glob(t, "testdata/*.flow") {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			r := laidOut(t, path, load(t, path))
			text := string(r.Text)
			for _, d := range r.Found {
				text += fmt.Sprintf("== %d:%d %s %s\n", d.Span.Line, d.Span.Column, d.Code, d.Message.VI)
			}
			golden.Assert(t, strings.TrimSuffix(path, ".flow")+".out", []byte(text))
		})
	}
}

// TestComments: every comment of a file is there afterwards, in order.
func TestComments(t *testing.T) {
	t.Parallel()
	src := load(t, "testdata/comments.flow")
	var before, after []string
	for _, list := range []struct {
		text []byte
		to   *[]string
	}{{src, &before}, {format.Source("comments.flow", src).Text, &after}} {
		for line := range strings.Lines(string(list.text)) {
			if line = strings.TrimSpace(line); strings.HasPrefix(line, "#") {
				*list.to = append(*list.to, line)
			}
		}
	}
	if diff := cmp.Diff(before, after); diff != "" || len(before) < 8 {
		t.Errorf("%d comments (-before +after):\n%s", len(before), diff)
	}
}

// TestEncodings: one flow as Notepad, Word, Unikey and a Mac save it gives one text.
func TestEncodings(t *testing.T) {
	t.Parallel()
	want := format.Source("hen_gap.flow", load(t, "../../testdata/charset/utf8.flow"))
	if len(want.Found) > 0 {
		t.Fatalf("the sample has errors: %v", want.Found)
	}
	refused := map[string]string{"ansi_lost.flow": "C086", "utf8_stray.flow": "C069"}
	for _, path := range glob(t, "../../testdata/charset/*.flow") {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			src := load(t, path)
			r := laidOut(t, "hen_gap.flow", src)
			if code, ok := refused[filepath.Base(path)]; ok {
				if r.Whole || len(r.Found) != 1 || r.Found[0].Code != code || string(r.Text) != string(src) {
					t.Errorf("whole %t, found %v, want the file as it is and %s", r.Whole, r.Found, code)
				}
				return
			}
			if diff := cmp.Diff(string(want.Text), string(r.Text)); diff != "" || !r.Whole || len(r.Found) > 0 {
				t.Errorf("found %v, text (-want +got):\n%s", r.Found, diff)
			}
		})
	}
}

func TestSmall(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ path, src, want string }{
		"empty":                {"a.flow", "", ""},
		"blank lines":          {"a.flow", "\n \r\n\t\n", ""},
		"only a comment":       {"a.flow", "\n\n   # một  ", "# một\n"},
		"no line end":          {"a.flow", "chung a", "chung a\n"},
		"byte order mark":      {"a.flow", "\uFEFFchung a\r\n", "chung a\n"},
		"hidden in a word":     {"a.flow", "chu\u200Bng a\n", "chung a\n"},
		"prose keeps spaces":   {"a.flow", "bước a\n|  hai  khoảng  \nkết thúc đạt", "bước a\n  | hai  khoảng\n  kết thúc đạt\n"},
		"smart inside plain":   {"a.flow", "chung a\ncăn cứ \"Luật “A”\" hiệu lực 1/7/2026", "chung a\n  căn cứ \"Luật “A”\"   hiệu lực 01/07/2026\n"},
		"plain inside smart":   {"a.flow", "chung a\ncăn cứ “Luật \"A\"” hiệu lực 1/7/2026", "chung a\n  căn cứ “Luật \"A\"”   hiệu lực 01/07/2026\n"},
		"arrows":               {"a.flow", "bước a\n–>   b", "bước a\n  -> b\n"},
		"a step named bước":    {"a.flow", "bước a\n-> bước b", "bước a\n  -> b\n"},
		"a line of nothing":    {"a.flow", "bước a\n  Xin   chào\n-> b", "bước a\n  Xin   chào\n  -> b\n"},
		"a call":               {"a.flow", "bước a\nlàm  dat ( x,y , co( z ) )nhận  m\nđược->b\nlỗi het_cho  → c", "bước a\n  làm dat(x, y, co( z )) nhận m\n  được          -> b\n  lỗi het_cho   -> c\n"},
		"a task":               {"a.flow", "chung a\ntác vụ  dat( a chữ 1..2 bảo mật,b số )trả( m chữ )lỗi x,y trong 10 giay", "chung a\n\ntác vụ dat(a chữ 1..2 bảo mật, b số) trả (m chữ) lỗi x, y trong 10 giây\n"},
		"tasks stand together": {"a.flow", "chung a\ntác vụ a()\ntác vụ b()\n\n\ntác vụ c()", "chung a\n\ntác vụ a()\ntác vụ b()\n\ntác vụ c()\n"},
		"a transcript":         {"a_test.flow", "hôm nay 1/7/2026 9:05\nthử a “x”\ngiả làm b=được {m:“1”,n : 2}\ndân:  chào\n...  30 phut\n@a\nMáy: b = lỗi  het", "hôm nay 01/07/2026 09:05\n\nthử a \"x\"\n  giả làm b = được { m: \"1\", n: 2 }\n  Dân: chào\n  … 30 phút\n  @ a\n  Máy: b = lỗi het\n"},
		"settings above":       {"a_test.flow", "  hôm nay 1/7/2026\n  giả zalo.ten=\"Lan\"\n  giả nữa", "hôm nay 01/07/2026\ngiả zalo.ten = \"Lan\"\ngiả nữa\n"},
		"a consent":            {"a.flow", "bước a\nđồng ý  tin  bản 1\ncó->b\nkhông  -> c", "bước a\n  đồng ý tin bản 1\n  có      -> b\n  không   -> c\n"},
		"a burst":              {"a_test.flow", "thử a \"x\"\nDân: một\ndân  tiếp :hai", "thử a \"x\"\n  Dân: một\n  Dân tiếp: hai\n"},
		"choices and a story":  {"a.flow", "luồng a \"A\"\ndữ liệu\nviec chọn nhiều 1..2 \"V\"\nmot \"M\"\nke kể 1..9 bảo mật \"K\"", "luồng a \"A\"\n\ndữ liệu\n  viec    chọn nhiều 1..2     \"V\"\n    mot   \"M\"\n  ke      kể 1..9   bảo mật   \"K\"\n"},
		"help on one line":     {"a.flow", "bước a\ntrợ giúp|Câu này.\n-> b", "bước a\n  -> b\n  trợ giúp | Câu này.\n"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if r := laidOut(t, tc.path, []byte(tc.src)); string(r.Text) != tc.want {
				t.Errorf("text (-want +got):\n%s", cmp.Diff(tc.want, string(r.Text)))
			}
		})
	}
}

// TestOrder: lines of a step that only stand in the wrong order are moved, with their sentences and comments; where a line may
// as well be a step that lost its "bước", nothing is.
func TestOrder(t *testing.T) {
	t.Parallel()
	moved := "bước a\n  sai\n    | Chọn lại.\n  # hỏi gì\n  hỏi x\n  | Anh/chị chọn.\n  -> b\n"
	stays := "bước a\n  | Một.\n  -> b\n  | Hai.\n  -> c\n"
	if r := laidOut(t, "a.flow", []byte(stays)); string(r.Text) != stays {
		t.Errorf("moved what may be a step:\n%s", r.Text)
	}
	src := "luồng a \"A\"\n  bắt đầu a\n\n" + strings.ReplaceAll(moved, "bước a\n  sai\n    | Chọn lại.\n  # hỏi gì\n  hỏi x\n  | Anh/chị chọn.\n", "bước a\n  hỏi x\n  # lời mời\n  | Anh/chị chọn.\n  sai 2 lần -> b\n  sai\n    | Chọn lại.\n")
	want := "luồng a \"A\"\n  bắt đầu a\n\nbước a\n  # lời mời\n  | Anh/chị chọn.\n  hỏi x\n  sai\n    | Chọn lại.\n  sai 2 lần -> b\n  -> b\n"
	r := laidOut(t, "a.flow", []byte(src))
	if diff := cmp.Diff(want, string(r.Text)); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
	if slices.ContainsFunc(r.Found, func(d diag.Diagnostic) bool { return d.Code == "C006" }) {
		t.Errorf("still out of order: %v", r.Found)
	}
}

// TestTooLong: a line that the parser leaves out is kept as it is.
func TestTooLong(t *testing.T) {
	t.Parallel()
	long := "     | " + strings.Repeat("dài ", 1100) + "hết"
	r := laidOut(t, "a.flow", []byte("bước a\n"+long+"\n   -> b\n"))
	if want := "bước a\n" + long + "\n  -> b\n"; string(r.Text) != want || !hasCode(r.Found, "C070") {
		t.Errorf("found %v, text:\n%.200s", r.Found, r.Text)
	}
}

// TestTooMany: lines behind the last finding that the parser takes are kept as they are.
func TestTooMany(t *testing.T) {
	t.Parallel()
	src := "bước a\n" + strings.Repeat("?\n", 600) + "      -> b\n"
	r := laidOut(t, "a.flow", []byte(src))
	if !strings.HasSuffix(string(r.Text), "\n      -> b\n") || strings.Count(string(r.Text), "?") != 600 {
		t.Errorf("the end of the file has changed:\n%s", r.Text)
	}
}

func hasCode(found diag.List, code string) bool {
	return slices.ContainsFunc(found, func(d diag.Diagnostic) bool { return d.Code == code })
}
