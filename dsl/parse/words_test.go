package parse

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hoithoai/dsl/scan"
)

func cursorAt(text string) *cursor {
	s := scan.Split("f", []byte(text))
	if len(s.Lines) == 0 {
		return newCursor(&scan.Line{Number: 1, File: "f"})
	}
	return newCursor(&s.Lines[0])
}

func TestAsciiName(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"họ_tên": "ho_ten", "Họ tên": "ho_ten", "hoTen": "ho_ten", "HO_TEN": "ho_ten", "HOTEN": "hoten", "ngày-hẹn": "ngay_hen",
		"a.b": "a_b", "1a": "a", "_a_": "a", "đường": "duong", "日本": "", "1..2": "", "…": "", "": "", "a1": "a1", "Tổ 5": "to_5",
		strings.Repeat("a", 100): strings.Repeat("a", maxName),
	}
	for in, want := range tests {
		if got := asciiName(in); got != want {
			t.Errorf("asciiName(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestAsciiNameIsAName: what is suggested can be used, or nothing is suggested, and a name stays itself.
func TestAsciiNameIsAName(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.RuneFrom([]rune("aBđ_ệ9-. 日/Ü"))).Draw(t, "s")
		name := asciiName(s)
		if name != "" && !isIdentifier(name) {
			t.Fatalf("asciiName(%q) = %q is no name", s, name)
		}
		if asciiName(name) != name && !strings.Contains(name, "__") {
			t.Fatalf("asciiName(%q) = %q does not stay", s, name)
		}
	})
}

func TestIsIdentifier(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"a": true, "ho_ten": true, "a1": true, "a_": true, "": false, "1a": false, "_a": false, "A": false, "họ": false, "a-b": false,
		"a b": false, strings.Repeat("a", maxName): true, strings.Repeat("a", maxName+1): false,
	} {
		if isIdentifier(name) != want {
			t.Errorf("isIdentifier(%q) is %v", name, !want)
		}
	}
}

func TestCanonical(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"huỷ": "hủy", "hủy": "hủy", "KHOÁ": "khóa", "xoá": "xóa", "tuỳ": "tùy", "soát": "soát", "thoại": "thoại", "hoàn": "hoàn",
		"": "", "a": "a", "ỏ": "ỏ", "có/không": "có/không",
	} {
		if got := canonical(in); got != want {
			t.Errorf("canonical(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestLexiconReadsLongest: a keyword that begins with another is read whole.
func TestLexiconReadsLongest(t *testing.T) {
	t.Parallel()
	tests := []struct {
		line string
		want verb
		rest string
	}{
		{"luồng con x", vSub, "x"},
		{"luồng conx", vFlow, "conx"},
		{"khi quan tâm x", vFollow, "x"},
		{"khi quan_tam x", vWhen, "quan_tam x"},
		{"không giữ", vUnkept, ""},
		{"giữ 3", vKeep, "3"},
		{"bắt đầu lại", vStart, "lại"},
		{"sai|x", vWrong, "|x"},
		{"xong->x", vDone, "->x"},
		{"hỏi", vAsk, ""},
		{"hỏix", noVerb, "hỏix"},
		{"", noVerb, ""},
	}
	for _, tc := range tests {
		c := cursorAt(tc.line)
		got := flowPhrases.read(c)
		c.skip()
		if got != tc.want || c.rest() != tc.rest {
			t.Errorf("%q is %d with %q left, want %d with %q", tc.line, got, c.rest(), tc.want, tc.rest)
		}
	}
}

// TestGuess: a misspelt keyword is taken only where its line looks like one.
func TestGuess(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"hoi viec": "hỏi", "buoc viec": "bước", "neu x -> y": "nếu", "con lai -> y": "còn lại", "anh \"a\" \"b\"": "ảnh",
		"Anh cần làm gì": "", "Nói với tôi": "", "Bảng giá hôm nay": "", "lam gi bay gio": "", "goi con()": "gọi", "gọii con()": "gọi",
		"ket thuc dat": "kết thúc", "ket thuc nhe": "", "chuyen nguoi truc_ban": "chuyển người", "Lỗi rồi": "", "xoa het": "xóa hết",
		"im lang 5 phut": "im lặng", "im lặng đi": "", "hỏii": "", "": "",
	}
	for line, want := range tests {
		g, ok := flowPhrases.guess(cursorAt(line), anyPhrase)
		if ok != (want != "") || g.phrase.text != want {
			t.Errorf("%q is taken for %q, want %q", line, g.phrase.text, want)
		}
	}
}

func TestLastArrow(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int{
		"a -> b": 2, "a -> b -> c": 7, `x == "a -> b" -> c`: 14, `x == "a -> b"`: -1, "a": -1, "": -1, "a → b": 2, "a --> b": 2,
		"a => b": 2, `'->' -> b`: 5, `"a\" -> b`: -1, "x >= 1 -> b": 7, "“a -> b” -> c": 13,
	} {
		if got := lastArrow(in); got != want {
			t.Errorf("lastArrow(%q) = %d, want %d", in, got, want)
		}
	}
}

func TestSplitTop(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][]string{
		"a": {"a"}, "a,b": {"a", "b"}, `"a,b",c`: {`"a,b"`, "c"}, "f(a,b),[c,d]": {"f(a,b)", "[c,d]"}, "a,": {"a", ""}, "“a,b”,c": {"“a,b”", "c"},
	} {
		var got []string
		for _, c := range splitTop(cursorAt(in)) {
			got = append(got, c.rest())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", in, diff)
		}
	}
}

func TestMatching(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int{"()": 1, "(a(b)c)d": 6, "(": -1, `(")")`: 4, "([)]": 3, "(a": -1, `("`: -1} {
		if got := matching(in); got != want {
			t.Errorf("matching(%q) = %d, want %d", in, got, want)
		}
	}
}

// TestPlainQuotes: only the quotes that open and close a string are rewritten, one rune for one rune.
func TestPlainQuotes(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`a == "b"`: `a == "b"`, "a == “b”": `a == "b"`, "a == ”b”": `a == "b"`, `a == "“b”"`: `a == "“b”"`, "“a": `"a`, `“a"`: `"a"`, "": "",
	} {
		got := plainQuotes(in)
		if got != want {
			t.Errorf("plainQuotes(%q) = %q, want %q", in, got, want)
		}
		if len([]rune(got)) != len([]rune(in)) {
			t.Errorf("plainQuotes(%q) moves columns", in)
		}
	}
}

func TestWhole(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int64{"0": 0, "12": 12, "-5": -5, "1.000": 1000, "1.000.000": 1000000} {
		if got, ok := whole(in); !ok || got != want {
			t.Errorf("whole(%q) = %d, %v", in, got, ok)
		}
	}
	for _, in := range []string{"", "a", "1,5", "1.00", "1.0000", "--1", "1-", "99999999999999999999", " 1"} {
		if got, ok := whole(in); ok {
			t.Errorf("whole(%q) = %d", in, got)
		}
	}
}

func TestBaseName(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"a.flow": "a", "x/a.flow": "a", `x\a.flow`: "a", "a": "", "a.txt": "", ".flow": "", "a_test.flow": "a_test"} {
		if got := baseName(in); got != want {
			t.Errorf("baseName(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestQuoteEach(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"a": `"a"`, "a, b": `"a", "b"`, "a,b”": `"a", "b"`} {
		if got := quoteEach(in); got != want {
			t.Errorf("quoteEach(%q) = %s, want %s", in, got, want)
		}
	}
}

// TestCursorWords: words end at spaces, punctuation and arrows, and their places are right.
func TestCursorWords(t *testing.T) {
	t.Parallel()
	c := cursorAt(`  hỏi  ngay-hen->"a" có/không[x`)
	var got []string
	for !c.done() {
		w := c.next()
		if w.text == "" {
			sign := string(c.rune())
			c.take(sign)
			got = append(got, sign)
			continue
		}
		s := c.wordSpan(w)
		if n := s.EndColumn - s.Column; n != len([]rune(w.text)) {
			t.Errorf("%q spans %d columns", w.text, n)
		}
		got = append(got, w.text)
	}
	want := []string{"hỏi", "ngay-hen", "-", ">", `"`, "a", `"`, "có/không", "[", "x"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
