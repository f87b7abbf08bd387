package diag_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/golden"
)

// The source that the findings below are drawn over: a tab, a combining mark, wide runes, an escape character, a long line.
var source = "\uFEFFluồng x \"X\"\r\n" +
	"\tho\u0309i viec\n" +
	"  [日本語] 日本 dau\n" +
	"  | đỏ\x1b[31m \u202Eđảo\n" +
	"  | " + strings.Repeat("dài ", 40) + "CHỖ NÀY " + strings.Repeat("dài ", 40) + "\n" +
	"cuối"

func span(line, from, to int) diag.Span {
	return diag.Span{File: "x.flow", Line: line, Column: from, EndLine: line, EndColumn: to}
}

func say(vi, en string) diag.Sentence { return diag.Sentence{VI: vi, EN: en} }

func sample() diag.List {
	return diag.List{
		{Code: "C001", Severity: diag.Error, Span: span(2, 2, 6), Message: say("Không có từ “hỏi”.", "There is no word “hỏi”."), Fix: say("Viết là “hỏi”.", "Write “hỏi”.")},
		{Code: "C002", Severity: diag.Warning, Span: span(3, 9, 11), Message: say("Hai ô một chữ.", "Two columns a character.")},
		{Code: "C003", Severity: diag.Error, Span: span(4, 5, 12), Message: say("Có ký tự\x1b[0m lạ.", "An odd\ncharacter.")},
		{Code: "C004", Severity: diag.Error, Span: span(5, 165, 172), Message: say("Dòng dài.", "A long line."), Related: []diag.Related{
			{Span: span(1, 1, 6), Message: say("Mở ở đây.", "Opened here.")},
			{Span: diag.Span{File: "y.flow", Line: 3, Column: 2, EndLine: 3, EndColumn: 4}, Message: say("Tệp khác.", "Another file.")},
		}},
		{Code: "C005", Severity: diag.Error, Span: span(6, 5, 5), Message: say("Thiếu ở cuối.", "Missing at the end.")},
		{Code: "C006", Severity: diag.Error, Span: diag.Span{File: "x.flow", Line: 3, Column: 3, EndLine: 4, EndColumn: 2}, Message: say("Nhiều dòng.", "Several lines.")},
		{Code: "C007", Severity: diag.Error, Span: span(99, 1, 2), Message: say("Ngoài tệp.", "Outside the file.")},
		{Code: "C008", Severity: diag.Error, Span: span(6, 40, 50), Message: say("Ngoài dòng.", "Outside the line.")},
	}
}

func shown(file string) string {
	if file == "x.flow" {
		return source
	}
	return ""
}

func TestWriteText(t *testing.T) {
	t.Parallel()
	for _, lang := range []diag.Lang{diag.Vietnamese, diag.English} {
		var b strings.Builder
		if err := diag.WriteText(&b, sample(), lang, shown); err != nil {
			t.Fatal(err)
		}
		golden.Assert(t, "testdata/text."+string(lang)+".golden", []byte(b.String()))
		if strings.ContainsAny(b.String(), "\x1b\r\u202E") {
			t.Error("a control character reaches the screen")
		}
	}
}

func TestWriteTextWithoutSource(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := diag.WriteText(&b, sample()[:1], diag.English, nil); err != nil {
		t.Fatal(err)
	}
	want := "x.flow:2:2: error C001: There is no word “hỏi”.\n      = fix: Write “hỏi”.\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWriteJSON(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := diag.WriteJSON(&b, sample()[:4], diag.Vietnamese); err != nil {
		t.Fatal(err)
	}
	golden.Assert(t, "testdata/json.golden", []byte(b.String()))

	var got []map[string]any
	if err := json.Unmarshal([]byte(b.String()), &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"code": "C001", "severity": "error", "file": "x.flow", "line": 2.0, "column": 2.0, "end_line": 2.0, "end_column": 6.0,
		"message": "Không có từ “hỏi”.", "fix": "Viết là “hỏi”.",
	}
	if diff := cmp.Diff(want, got[0]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got[1]["fix"] != "" {
		t.Errorf("without a fix: %v", got[1]["fix"])
	}
}

func TestWriteJSONEmpty(t *testing.T) {
	t.Parallel()
	for _, list := range []diag.List{nil, {}} {
		var b strings.Builder
		if err := diag.WriteJSON(&b, list, diag.English); err != nil {
			t.Fatal(err)
		}
		if b.String() != "[]\n" {
			t.Errorf("no findings are %q", b.String())
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

var errFull = errors.New("disk full")

func TestWriteErrors(t *testing.T) {
	t.Parallel()
	if err := diag.WriteText(full{}, sample(), diag.English, shown); !errors.Is(err, errFull) {
		t.Errorf("text: %v", err)
	}
	if err := diag.WriteJSON(full{}, sample(), diag.English); !errors.Is(err, errFull) {
		t.Errorf("json: %v", err)
	}
}

func TestSort(t *testing.T) {
	t.Parallel()
	at := func(file string, line, column int, code, message string) diag.Diagnostic {
		return diag.Diagnostic{Code: code, Span: diag.Span{File: file, Line: line, Column: column}, Message: say(message, "")}
	}
	l := diag.List{
		at("b", 1, 1, "C1", "6"), at("a", 2, 1, "C1", "5"), at("a", 1, 2, "C2", "3"), at("a", 1, 2, "C2", "4"), at("a", 1, 2, "C1", "2"), at("a", 1, 1, "C9", "1"),
	}
	l.Sort()
	for i, d := range l {
		if want := string(rune('1' + i)); d.Message.VI != want {
			t.Errorf("place %d holds %s", i+1, d.Message.VI)
		}
	}
}

func TestHasErrors(t *testing.T) {
	t.Parallel()
	warning, failure := diag.Diagnostic{Severity: diag.Warning}, diag.Diagnostic{Severity: diag.Error}
	if (diag.List{}).HasErrors() || (diag.List{warning}).HasErrors() || !(diag.List{warning, failure}).HasErrors() {
		t.Error("only an error is an error")
	}
}

func TestUnique(t *testing.T) {
	t.Parallel()
	first := diag.Diagnostic{Code: "C1", Span: span(1, 1, 2), Message: say("một", "")}
	again := diag.Diagnostic{Code: "C1", Span: span(1, 1, 2), Message: say("hai", "")}
	other := diag.Diagnostic{Code: "C2", Span: span(1, 1, 2)}
	wider := diag.Diagnostic{Code: "C1", Span: span(1, 1, 3)}
	in := diag.List{first, again, other, wider, first}
	if diff := cmp.Diff(diag.List{first, other, wider}, in.Unique()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(in) != 5 || in[1].Message.VI != "hai" {
		t.Error("the list itself was changed")
	}
}

func TestSentenceIn(t *testing.T) {
	t.Parallel()
	s := say("vi", "en")
	if s.In(diag.Vietnamese) != "vi" || s.In(diag.English) != "en" || s.In("fr") != "vi" {
		t.Error("anything but English is Vietnamese")
	}
}

// TestNoiseIsNotDrawn: what no person can read is not shown as a line; a line with a few odd characters is.
func TestNoiseIsNotDrawn(t *testing.T) {
	t.Parallel()
	for src, drawn := range map[string]bool{
		"\xFF\xFEl\x00u\x00": false, "PK\x03\x04\x14\x00": false, "\x00": false,
		"luồng \x00 x": true, "ch\xE0o anh": true, "\t\tx": true,
	} {
		var b strings.Builder
		found := diag.List{{Code: "C1", Span: span(1, 1, 1), Message: say("Hỏng.", "Broken.")}}
		if err := diag.WriteText(&b, found, diag.Vietnamese, func(string) string { return src }); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), "|") != drawn {
			t.Errorf("%q: drawn is %v:\n%s", src, !drawn, b.String())
		}
	}
}
