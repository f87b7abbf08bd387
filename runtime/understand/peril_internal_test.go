package understand

import (
	"slices"
	"testing"
)

// perilNames are the kinds of danger that a message shows, in order.
func perilNames(l *lexicon, text string) []string {
	words := tokens(text)
	var found []int32
	for i := range words {
		found = l.perilsAt(words, i, found)
	}
	var names []string
	for _, n := range found {
		names = append(names, l.names[n])
	}
	slices.Sort(names)
	return names
}

func TestKindsOfDanger(t *testing.T) {
	t.Parallel()
	l := newLexicon()
	tests := []struct {
		text string
		want []string
	}{
		{"nó cầm dao", []string{"vu_khi"}},
		{"no cam ma tau", []string{"vu_khi"}},
		{"chém nhau máu me", []string{"bi_thuong", "danh_chem"}},
		{"dam nhau", []string{"danh_chem"}},
		{"dam cuoi", nil}, // a single word without its accents is any other
		{"đâm", []string{"danh_chem"}},
		{"khói đen, leo rào", []string{"dot_nhap", "khoi"}},
		{"té xuống sông rồi la cứu", []string{"duoi_nuoc", "keu_cuu"}},
		{"đăng ký tạm trú ở đâu", nil},
		{"", nil},
	}
	for _, tt := range tests {
		if got := perilNames(l, tt.text); !slices.Equal(got, tt.want) {
			t.Errorf("%q shows %v, want %v", tt.text, got, tt.want)
		}
	}
}

// TestTwoKindsAreNeeded: the same danger told twice is one sign.
func TestTwoKindsAreNeeded(t *testing.T) {
	t.Parallel()
	l := newLexicon()
	for text, want := range map[string]bool{
		"cầm dao chém người":           true,
		"khói mù mịt la cứu":           true,
		"cầm dao cầm kiếm cầm mã tấu":  false,
		"chém nhau đâm nhau":           false,
		"máu":                          false,
		"gia hạn tạm trú cho con":      false,
		"chay nha khoi nghi ngut":      true,
		"phòng cháy nộp hồ sơ ở đâu ạ": false,
	} {
		if _, _, got := l.endangered(tokens(text)); got != want {
			t.Errorf("endangered(%q) = %v: %v", text, got, perilNames(l, text))
		}
	}
}

// TestTheSignsAreSaid: where they stand and what they are, for match --why.
func TestTheSignsAreSaid(t *testing.T) {
	t.Parallel()
	l := newLexicon()
	words := tokens("trời ơi nó cầm mã tấu chém vợ kìa")
	a, b, ok := l.endangered(words)
	if !ok || l.names[a.kind] != "vu_khi" || spell(words[a.from:a.to]) != "cam ma tau" || l.names[b.kind] != "danh_chem" || spell(words[b.from:b.to]) != "chem" {
		t.Errorf("endangered = %v, %v, %v", a, b, ok)
	}
}

func TestSpreadWritesAlternativesOut(t *testing.T) {
	t.Parallel()
	for s, want := range map[string][]string{
		"a":         {"a"},
		"a b":       {"a b"},
		"a/b c/d_e": {"a c", "b c", "a d e", "b d e"},
		"":          nil,
		"  ":        nil,
	} {
		var got []string
		for _, words := range spread(s) {
			got = append(got, spell(words))
		}
		if !slices.Equal(got, want) {
			t.Errorf("spread(%q) = %q, want %q", s, got, want)
		}
	}
}
