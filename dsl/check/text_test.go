package check

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/fold"
	"hoithoai/dsl/tree"

	"pgregory.net/rapid"
)

func TestFigures(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"Lệ phí 15.000 đồng mỗi người.", "15.000 đồng"},
		{"Lệ phí 7.000đ", "7.000đ"},
		{"Phạt 1,5 triệu", "1,5 triệu"},
		{"Phạt 500 nghìn, nộp tại trụ sở", "500 nghìn"},
		{"Phạt 500 ngàn.", "500 ngàn"},
		{"Nộp trong 7 ngày.", "7 ngày"},
		{"Hạn 12 THÁNG", "12 THÁNG"},
		{"Tối đa 2 năm", "2 năm"},
		{"Theo điều 28, khoản 3", "điều 28"},
		{"Gọi 113 ngay", ""},
		{"Tầng 2, phòng 7", ""},
		{"Trong {han} ngày", ""},
		{"Điều {dieu} khoản 3", ""},
		{"Lệ phí {phi}", ""},
		{"{7 ngày} 9 giờ", ""},
		{"Đường 3 Tháng 2", "3 Tháng"},
		{"Có 3 đứa trẻ", ""},
		{"Xem 2 năng lượng", ""},
		{"ngày 7", ""},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			t.Parallel()
			got := ""
			if at := figure.FindStringSubmatchIndex(withoutValues(tt.text)); at != nil {
				got = tt.text[at[2]:at[3]]
			}
			if got != tt.want {
				t.Errorf("found %q, want %q", got, tt.want)
			}
		})
	}
}

func TestWithinCountsRunes(t *testing.T) {
	t.Parallel()
	s := tree.Prose{Text: "Lệ phí 7.000 đồng", Span: diag.Span{File: "x.flow", Line: 3, Column: 5, EndLine: 3, EndColumn: 22}}
	from := strings.Index(s.Text, "7.000")
	want := diag.Span{File: "x.flow", Line: 3, Column: 12, EndLine: 3, EndColumn: 22}
	if got := within(&s, from, len(s.Text)); got != want {
		t.Errorf("within = %+v, want %+v", got, want)
	}
}

func TestWithoutValuesKeepsOffsets(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("a{}7 đé"))).Draw(t, "text")
		got := withoutValues(text)
		if len(got) != len(text) {
			t.Fatalf("length %d became %d", len(text), len(got))
		}
		if strings.Contains(got, "{") {
			t.Fatalf("%q still holds a value", got)
		}
		if !strings.Contains(text, "{") && got != text {
			t.Fatalf("%q without values became %q", text, got)
		}
	})
}

func TestLongestSentence(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text, want string
		words            int
	}{
		{"empty", "", "", 0},
		{"only spaces", "   ", "", 0},
		{"one", "Anh chị chờ", "Anh chị chờ", 3},
		{"the longer of two", "Chờ một chút. Cán bộ sẽ trả lời ngay!", "Cán bộ sẽ trả lời ngay!", 6},
		{"a number ends nothing", "Lệ phí 15.000 đồng nhé", "Lệ phí 15.000 đồng nhé", 5},
		{"a colon ends", "Gồm: tờ khai", "tờ khai", 2},
		{"an ellipsis ends", "Chờ… rồi gọi lại nhé", "rồi gọi lại nhé", 4},
		{"a mark at the end", "Xong.", "Xong.", 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			from, to, words := longestSentence(tt.text)
			if got := strings.TrimSpace(tt.text[from:to]); got != tt.want || words != tt.words {
				t.Errorf("longestSentence = %q with %d words, want %q with %d", got, words, tt.want, tt.words)
			}
		})
	}
}

// No word is lost or counted twice, whatever the text, and the search ends.
func TestSentencesHoldEveryWord(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("ab ớ.!?…;:\u00a0\n"))).Draw(t, "text")
		sum := 0
		for start := 0; start < len(text); {
			end := sentenceEnd(text, start)
			if end <= start {
				t.Fatalf("sentenceEnd(%q, %d) = %d does not move", text, start, end)
			}
			if !utf8.ValidString(text[start:end]) {
				t.Fatalf("sentenceEnd(%q, %d) = %d cuts a character", text, start, end)
			}
			sum += len(strings.Fields(text[start:end]))
			start = end
		}
		if want := len(strings.Fields(text)); sum != want {
			t.Fatalf("%q: %d words in sentences, %d in all", text, sum, want)
		}
	})
}

func TestTells(t *testing.T) {
	t.Parallel()
	tests := []struct {
		path, alt string
		want      bool
	}{
		{"mau/to_khai.jpg", "Tờ khai CT01 đã điền mẫu", true},
		{"mau/to_khai.jpg", "", false},
		{"mau/to_khai.jpg", "  …  ", false},
		{"mau/to_khai.jpg", "to_khai.jpg", false},
		{"mau/to_khai.jpg", "TO_KHAI", false},
		{"mau/to_khai.jpg", "Tờ khai", false},
		{"mau/to_khai.jpg", "mau/to_khai.jpg", false},
		{"mau/ct01.pdf", "Mẫu CT01", true},
	}
	for _, tt := range tests {
		t.Run(tt.alt, func(t *testing.T) {
			t.Parallel()
			line := &tree.Line{Path: tree.Str{Text: tt.path}, Alt: tree.Str{Text: tt.alt}}
			if got := tells(line); got != tt.want {
				t.Errorf("tells(%q for %q) = %v", tt.alt, tt.path, got)
			}
		})
	}
}

func TestStartsWith(t *testing.T) {
	t.Parallel()
	tests := []struct {
		a, b string
		want bool
	}{
		{"Nhà thuê", "nhà", true},
		{"Nhà thuê, nhà trọ", "nha thue", true},
		{"Nhà", "Nhà", false},
		{"Nhà thuê", "Nhà th", false},
		{"Nhà thuê", "thuê", false},
		{"Nhà", "", false},
		{"Nhà", "Nhà thuê", false},
	}
	for _, tt := range tests {
		t.Run(tt.a+"/"+tt.b, func(t *testing.T) {
			t.Parallel()
			if got := startsWith(fold.Key(tt.a), fold.Key(tt.b)); got != tt.want {
				t.Errorf("startsWith(%q, %q) = %v", tt.a, tt.b, got)
			}
		})
	}
}

func TestNumberOf(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{"1": 1, "12": 12, "0": 0, "-3": 3, "một": 0, "1 người": 0, "1.5": 0, "": 0, "99999999999999999999": 0} {
		if got := numberOf(fold.Key(text)); got != want {
			t.Errorf("numberOf(%q) = %d, want %d", text, got, want)
		}
	}
}

func TestSameTarget(t *testing.T) {
	t.Parallel()
	step := func(name, back string) *tree.Target {
		out := &tree.Target{Name: tree.Name{Text: name}}
		if back != "" {
			out.Return = &tree.Name{Text: back}
		}
		return out
	}
	tests := []struct {
		name string
		a, b *tree.Target
		want bool
	}{
		{"one step", step("a", ""), step("a", ""), true},
		{"two steps", step("a", ""), step("b", ""), false},
		{"an edit and a visit", step("a", "z"), step("a", ""), false},
		{"edits back to two steps", step("a", "y"), step("a", "z"), false},
		{"one edit", step("a", "z"), step("a", "z"), true},
		{"a step and a flow", step("a", ""), &tree.Target{Kind: tree.ToFlow, Name: tree.Name{Text: "a"}}, false},
		{"back and back", &tree.Target{Kind: tree.ToBack}, &tree.Target{Kind: tree.ToBack}, true},
		{"back and restart", &tree.Target{Kind: tree.ToBack}, &tree.Target{Kind: tree.ToRestart}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if sameTarget(tt.a, tt.b) != tt.want || sameTarget(tt.b, tt.a) != tt.want {
				t.Errorf("sameTarget is not %v", tt.want)
			}
		})
	}
}

func TestLength(t *testing.T) {
	t.Parallel()
	tests := []struct {
		of     time.Duration
		vi, en string
	}{
		{30 * time.Minute, "30 phút", "30 minutes"},
		{2 * time.Hour, "2 giờ", "2 hours"},
		{90 * time.Minute, "90 phút", "90 minutes"},
		{48 * time.Hour, "2 ngày", "2 days"},
		{49 * time.Hour, "49 giờ", "49 hours"},
	}
	for _, tt := range tests {
		if got := length(tt.of); got.VI != tt.vi || got.EN != tt.en {
			t.Errorf("length(%v) = %+v, want %q and %q", tt.of, got, tt.vi, tt.en)
		}
	}
}

func TestBytes(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{1 << 20: "1 MB", 5 << 20: "5 MB", 1<<20 + 1: "1025 KB", 1: "1 KB", 1500: "2 KB"} {
		if got := bytes(n).VI; got != want {
			t.Errorf("bytes(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestSayNestsSentences(t *testing.T) {
	t.Parallel()
	inner := say("%d bước", "%d steps", 3)
	got := say("Đi %s từ `%s`.", "Go %s from `%s`.", inner, "a")
	if want := (diag.Sentence{VI: "Đi 3 bước từ `a`.", EN: "Go 3 steps from `a`."}); got != want {
		t.Errorf("say = %+v, want %+v", got, want)
	}
	if got := join([]diag.Sentence{inner, say("rồi nghỉ", "then rest")}, ", "); got.VI != "3 bước, rồi nghỉ" || got.EN != "3 steps, then rest" {
		t.Errorf("join = %+v", got)
	}
}

func TestShorten(t *testing.T) {
	t.Parallel()
	hops := func(n int) []diag.Sentence {
		var out []diag.Sentence
		for i := range n {
			out = append(out, say("%d", "%d", i))
		}
		return out
	}
	tests := []struct {
		n    int
		want string
	}{{1, "0"}, {5, "0 1 2 3 4"}, {6, "0 … 2 3 4 5"}, {20, "0 … 16 17 18 19"}}
	for _, tt := range tests {
		if got := join(shorten(hops(tt.n)), " ").VI; got != tt.want {
			t.Errorf("shorten of %d hops = %q, want %q", tt.n, got, tt.want)
		}
	}
}

func TestHowNamesEveryOutcome(t *testing.T) {
	t.Parallel()
	for kind := edgeGo; kind <= edgeRemind; kind++ {
		e := &edge{kind: kind, n: 3, word: "chữ"}
		s := e.how()
		if strings.Contains(s.VI, "``") || strings.Contains(s.VI, "%!") || !strings.HasPrefix(s.VI, "qua ") || !strings.HasPrefix(s.EN, "by ") {
			t.Errorf("outcome %d is told as %+v", kind, s)
		}
	}
	general := &edge{kind: edgeFail}
	if got := general.how().VI; got != "qua `lỗi`" {
		t.Errorf("the general error is told as %q", got)
	}
}
