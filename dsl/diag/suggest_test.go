package diag_test

import (
	"testing"

	"pgregory.net/rapid"

	"hoithoai/dsl/diag"
)

func TestNearest(t *testing.T) {
	t.Parallel()
	names := []string{"hỏi", "bước", "còn lại", "lỗi", "ngay_hen", "ho_ten", "cho_o", "ma_hen", "a", "tệp", "nếu"}
	tests := []struct {
		word string
		want string
	}{
		{"hoi", "hỏi"},
		{"HỎI", "hỏi"},
		{"hỏii", "hỏi"},
		{"buoc", "bước"},
		{"bưcớ", "bước"},
		{"con lai", "còn lại"},
		{"conlai", "còn lại"},
		{"ngay_hem", "ngay_hen"},
		{"ngayhen", "ngay_hen"},
		{"ho_tem", "ho_ten"},
		{"họ_tên", "ho_ten"},
		{"b", ""},
		{"xyz", ""},
		{"", ""},
		{"…", ""},
		{"hoàn toàn khác", ""},
	}
	for _, tc := range tests {
		got, ok := diag.Nearest(tc.word, names)
		if got != tc.want || ok != (tc.want != "") {
			t.Errorf("Nearest(%q) = %q, %v, want %q", tc.word, got, ok, tc.want)
		}
	}
}

// TestNearestTies: among equally near words accents decide, then the order.
func TestNearestTies(t *testing.T) {
	t.Parallel()
	if got, _ := diag.Nearest("hỏi", []string{"hội", "hoi", "hỏi"}); got != "hỏi" {
		t.Errorf("accents: %q", got)
	}
	if got, _ := diag.Nearest("cat", []string{"bat", "rat"}); got != "bat" {
		t.Errorf("order: %q", got)
	}
	if _, ok := diag.Nearest("x", nil); ok {
		t.Error("nothing is near among nothing")
	}
}

func TestDistance(t *testing.T) {
	t.Parallel()
	tests := []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "abc", 0}, {"abc", "abd", 1}, {"abc", "ab", 1}, {"abc", "acb", 1}, {"abc", "cab", 2}, {"kitten", "sitting", 3},
	}
	for _, tc := range tests {
		if got := diag.Distance([]rune(tc.a), []rune(tc.b)); got != tc.want {
			t.Errorf("Distance(%q, %q) = %d, want %d", tc.a, tc.b, got, tc.want)
		}
	}
}

// TestDistanceLaws: it is symmetric, zero only for equals, at most the longer length and at least the difference of lengths.
func TestDistanceLaws(t *testing.T) {
	t.Parallel()
	word := rapid.SliceOfN(rapid.RuneFrom([]rune("abc")), 0, 8)
	rapid.Check(t, func(t *rapid.T) {
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		d := diag.Distance(a, b)
		if d != diag.Distance(b, a) {
			t.Fatal("not symmetric")
		}
		if (d == 0) != (string(a) == string(b)) {
			t.Fatalf("%q and %q are %d apart", string(a), string(b), d)
		}
		if d > max(len(a), len(b)) || d < len(a)-len(b) || d < len(b)-len(a) {
			t.Fatalf("%q and %q are %d apart", string(a), string(b), d)
		}
	})
}

func BenchmarkNearest(b *testing.B) {
	names := []string{"hỏi", "bước", "còn lại", "lỗi", "ngay_hen", "ho_ten", "cho_o", "ma_hen"}
	b.ReportAllocs()
	for b.Loop() {
		if got, _ := diag.Nearest("ngay_hem", names); got != "ngay_hen" {
			b.Fatal(got)
		}
	}
}
