package parse_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/parse"
)

const testdata = "../../testdata/parse"

// read parses a file by its kind, as the compiler does.
func read(path string, src []byte) (any, diag.List) {
	if strings.HasSuffix(path, "_test.flow") {
		return parse.Tests(path, src)
	}
	return parse.File(path, src)
}

func text(t testing.TB, list diag.List, lang diag.Lang, src []byte) string {
	t.Helper()
	var b strings.Builder
	if err := diag.WriteText(&b, list, lang, func(string) string { return string(src) }); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestFlowsParse: the files of the design parse without a finding, and so does every flow of the bundle.
func TestFlowsParse(t *testing.T) {
	t.Parallel()
	for _, pattern := range []string{testdata + "/examples/*.flow", "../../flows/*/*.flow"} {
		paths, err := filepath.Glob(pattern)
		if err != nil || len(paths) < 3 {
			t.Fatalf("%s: %d files, error %v", pattern, len(paths), err)
		}
		for _, path := range paths {
			src, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if _, found := read(path, src); len(found) > 0 {
				t.Errorf("%s", text(t, found, diag.Vietnamese, src))
			}
		}
	}
}

// TestTwentyMistakes: every mistake planted in one file is named in one run, on its own line, and nothing besides.
func TestTwentyMistakes(t *testing.T) {
	t.Parallel()
	_, found := parse.File("twenty.flow", load(t, testdata+"/err/twenty.flow"))
	lines := map[int]string{}
	for _, d := range found {
		if lines[d.Span.Line] != "" {
			t.Errorf("line %d has %s and %s", d.Span.Line, lines[d.Span.Line], d.Code)
		}
		lines[d.Span.Line] = d.Code
	}
	want := map[int]string{
		2: "C011", 3: "C030", 4: "C001", 7: "C008", 8: "C015", 9: "C009", 12: "C052", 14: "C001", 16: "C001", 21: "C003", 22: "C020",
		23: "C021", 24: "C022", 29: "C004", 31: "C002", 32: "C025", 34: "C005", 39: "C061", 42: "C001", 46: "C006", 51: "C039",
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("line: code (-want +got):\n%s", diff)
	}
}

// TestBounds: what is too much is refused with one finding that says so.
func TestBounds(t *testing.T) {
	t.Parallel()
	head := "luồng f \"F\"\n"
	tests := map[string]struct {
		src  string
		code string
		line int
	}{
		"file":      {src: head + strings.Repeat("# đầy\n", 1<<18), code: "C067", line: 1},
		"utf-16 le": {src: "\xff\xfel\x00", code: "C068", line: 1},
		"utf-16 be": {src: "\xfe\xff\x00l", code: "C068", line: 1},
		"old word":  {src: "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\n\n\xFF", code: "C083", line: 1},
		"pdf":       {src: "%PDF-1.7\n%\xE2\xE3\n1 0 obj\n", code: "C083", line: 1},
		"rich text": {src: "{\\rtf1\\ansi\n}", code: "C083", line: 1},
		"utf-8":     {src: head + "bước a\n  | Ch\xe0o\n  -> b\n", code: "C069", line: 3},
		"line":      {src: head + "bước a\n  | " + strings.Repeat("ơ", 4000) + "\n  kết thúc đạt\n", code: "C070", line: 3},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, found := parse.File("f.flow", []byte(tc.src))
			if len(found) != 1 || found[0].Code != tc.code || found[0].Span.Line != tc.line {
				t.Errorf("got %v, want one %s on line %d", found, tc.code, tc.line)
			}
		})
	}
}

// TestStepBound: the 2,000th step is read, the next one ends the reading.
func TestStepBound(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("luồng f \"F\"\n")
	for i := range parse.MaxSteps {
		fmt.Fprintf(&b, "bước b%d\n  kết thúc đạt\n", i)
	}
	file, found := parse.File("f.flow", []byte(b.String()))
	if len(found) > 0 || len(file.Steps) != parse.MaxSteps {
		t.Fatalf("%d steps, findings %v", len(file.Steps), found)
	}
	b.WriteString("bước cuoi\n  không đọc dòng này\n")
	file, found = parse.File("f.flow", []byte(b.String()))
	if len(found) != 1 || found[0].Code != "C064" || !file.Broken {
		t.Errorf("findings %v, broken %v", found, file.Broken)
	}
}

// TestNoiseIsBounded: a file of noise gives 500 findings and one that says there are more.
func TestNoiseIsBounded(t *testing.T) {
	t.Parallel()
	_, found := parse.File("f.flow", []byte("luồng f \"F\"\nbước a\n"+strings.Repeat("nhiễu loạn\n", 3000)))
	if len(found) != 501 || found[500].Code != "C065" {
		t.Errorf("%d findings, the last %s", len(found), found[len(found)-1].Code)
	}
}

// TestBroken: a hole in a step is marked on the step, one in the file on the file, and what is only misspelt marks neither.
func TestBroken(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		src        string
		file, step bool
	}{
		"fine":         {src: "bước a\n  kết thúc đạt\n"},
		"misspelt":     {src: "buoc a\n  ket thuc dat\n"},
		"out of order": {src: "bước a\n  kết thúc đạt\n  | Muộn.\n"},
		"lost line":    {src: "bước a\n  không hiểu gì\n  kết thúc đạt\n", step: true},
		"lost ending":  {src: "bước a\n  ->\n", step: true},
		"no ending":    {src: "bước a\n  | Chào.\n", step: true},
		"lost slot":    {src: "dữ liệu\n  x lạ \"X\"\n\nbước a\n  kết thúc đạt\n", file: true},
		"lost header":  {src: "  giữ lâu\n\nbước a\n  kết thúc đạt\n", file: true},
		"two steps":    {src: "bước a\n  kết thúc đạt\nbước a\n  kết thúc bỏ\n", file: true},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file, _ := parse.File("f.flow", []byte("luồng f \"F\"\n"+tc.src))
			if len(file.Steps) != 1 || file.Broken != tc.file || file.Steps[0].Broken != tc.step {
				t.Errorf("steps %d, file broken %v (want %v), step broken %v (want %v)",
					len(file.Steps), file.Broken, tc.file, file.Steps[0].Broken, tc.step)
			}
		})
	}
}

// TestKeywordSpellings: placement of the tone mark, case and composition make no other keyword.
func TestKeywordSpellings(t *testing.T) {
	t.Parallel()
	for _, spelling := range []string{"từ khóa", "từ khoá", "Từ Khóa", "TỪ KHÓA", "từ  khóa", "từ\tkhoá", norm.NFD.String("từ khóa")} {
		file, found := parse.File("f.flow", []byte("luồng f \"F\"\n  "+spelling+" \"a\"\n"))
		if found.HasErrors() || len(file.Keywords) != 1 {
			t.Errorf("%q: %v", spelling, found)
		}
	}
	file, found := parse.File("f.flow", []byte("luồng f \"F\"\nbước a\n  xoá hết\n  kết thúc đạt\n"))
	if len(found) > 0 || !file.Steps[0].Actions[0].Clear {
		t.Errorf("xoá hết: %v", found)
	}
}

// TestDecomposedColumns: in a line typed with the accents apart, places are those of the original.
func TestDecomposedColumns(t *testing.T) {
	t.Parallel()
	line := norm.NFD.String("  hỏi họ_tên")
	_, found := parse.File("f.flow", []byte("luồng f \"F\"\nbước a\n"+line+"\n  -> a\n"))
	if len(found) != 2 || found[0].Code != "C072" || found[0].Severity != diag.Warning || found[1].Code != "C008" {
		t.Fatalf("found %v", found)
	}
	runes := []rune(line)
	s := found[1].Span
	if got := string(runes[s.Column-1 : s.EndColumn-1]); norm.NFC.String(got) != "họ_tên" {
		t.Errorf("the span covers %q", got)
	}
}

// TestEditsRepair: where a finding has an edit, applying all edits leaves a file without these findings.
func TestEditsRepair(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"c001_no_accents", "c001_misspelt", "c008_name", "c008_spaces", "c030_foreign", "c082_names", "twenty"} {
		src := load(t, filepath.Join(testdata, "err", name+".flow"))
		_, found := parse.File(name+".flow", src)
		fixed := apply(string(src), found)
		_, left := parse.File(name+".flow", []byte(fixed))
		for _, d := range left {
			if d.Edit != nil && d.Code == "C001" {
				t.Errorf("%s: still there after its edit: %s", name, d.Message.VI)
			}
		}
		if len(left) >= len(found) {
			t.Errorf("%s: %d findings became %d:\n%s", name, len(found), len(left), fixed)
		}
	}
}

// apply makes the edits of a list, from the last to the first.
func apply(src string, found diag.List) string {
	lines := strings.Split(src, "\n")
	for _, d := range slices.Backward(found) {
		if d.Edit == nil {
			continue
		}
		s := d.Edit.Span
		runes := []rune(lines[s.Line-1])
		lines[s.Line-1] = string(runes[:s.Column-1]) + d.Edit.Text + string(runes[s.EndColumn-1:])
	}
	return strings.Join(lines, "\n")
}

// TestPathNames: the file name is held against the flow whatever folder and separator lead to it, and only for flow files.
func TestPathNames(t *testing.T) {
	t.Parallel()
	tests := []struct {
		path, head string
		fine       bool
	}{
		{"a/b/f.flow", "luồng f \"F\"", true},
		{`a\b\f.flow`, "luồng f \"F\"", true},
		{"g.flow", "luồng f \"F\"", false},
		{"g.flow", "luồng con f \"F\"", false},
		{"chat", "luồng f \"F\"", true},
		{"chung.flow", "chung f", true},
		{"chung_f.flow", "chung f", true},
		{"chung.flow", "chung chung", true},
		{"g.flow", "chung f", false},
	}
	for _, tc := range tests {
		_, found := parse.File(tc.path, []byte(tc.head+"\n"))
		if (len(found) == 0) != tc.fine {
			t.Errorf("%s with %s: %v", tc.path, tc.head, found)
		}
	}
}

// TestSentences: every code says something in both languages, with the same places for the author's words.
func TestSentences(t *testing.T) {
	t.Parallel()
	place := regexp.MustCompile(`\{[0-9]\}`)
	for _, code := range parse.Codes() {
		message, fix, ok := parse.Sentences(code)
		if !ok || message.VI == "" || message.EN == "" || fix.VI == "" || fix.EN == "" {
			t.Errorf("%s lacks a sentence", code)
		}
		for _, s := range []diag.Sentence{message, fix} {
			vi, en := place.FindAllString(s.VI, -1), place.FindAllString(s.EN, -1)
			slices.Sort(vi)
			slices.Sort(en)
			if !slices.Equal(slices.Compact(vi), slices.Compact(en)) {
				t.Errorf("%s: %q and %q name different things", code, s.VI, s.EN)
			}
		}
	}
	if _, _, ok := parse.Sentences("C999"); ok {
		t.Error("C999 is a code")
	}
}

// TestNoPlaceIsLeft: the words of every finding were put in.
func TestNoPlaceIsLeft(t *testing.T) {
	t.Parallel()
	place := regexp.MustCompile(`\{[0-9]\}`)
	for _, path := range glob(t, "err/*.flow", 40) {
		_, found := read(filepath.Base(path), load(t, path))
		for _, d := range found {
			for _, s := range []string{d.Message.VI, d.Message.EN, d.Fix.VI, d.Fix.EN} {
				if place.MatchString(s) || strings.Contains(s, "“”") {
					t.Errorf("%s: %s: %q", path, d.Code, s)
				}
			}
		}
	}
}

func BenchmarkParseTamTru(b *testing.B) {
	src := load(b, "../../flows/cu_tru/tam_tru.flow")
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		if _, found := parse.File("tam_tru.flow", src); len(found) > 0 {
			b.Fatal(found)
		}
	}
}
