package zalo_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"hoithoai/runtime/zalo"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestSplitPlaces(t *testing.T) {
	t.Parallel()
	word := strings.Repeat("à", 1000)
	family := "👨\u200d👩\u200d👧" // one character of five runes and eight UTF-16 units
	tests := []struct {
		name, text string
		want       []string
	}{
		{"nothing", " \n ", nil},
		{"short", " xin chào \n", []string{"xin chào"}},
		{"exactly the limit", strings.Repeat("à", 1800), []string{strings.Repeat("à", 1800)}},
		{"one above", strings.Repeat("à", 1801), []string{strings.Repeat("à", 1800), "à"}},
		{"paragraph before line", word + "\n\n" + "một\nhai. " + word, []string{word, "một\nhai. " + word}},
		{"line before sentence", word + "\nmột. " + word, []string{word, "một. " + word}},
		{"sentence before word", word + ". một hai " + word, []string{word + ".", "một hai " + word}},
		{"word", word + " " + word, []string{word, word}},
		{"a word that ends at the limit", strings.Repeat("à", 1800) + " b", []string{strings.Repeat("à", 1800), "b"}},
		{"a mark too early to use", "a. " + strings.Repeat("à ", 1000), []string{"a. " + strings.TrimSpace(strings.Repeat("à ", 898)) + " à", strings.TrimSpace(strings.Repeat("à ", 101))}},
		{"astral letters count twice", strings.Repeat("👍", 1001), []string{strings.Repeat("👍", 1000), "👍"}},
		{"a family stays together", strings.Repeat("x", 1797) + family, []string{strings.Repeat("x", 1797), family}},
		{"accents stay on their letter", strings.Repeat("x", 1799) + "e\u0302\u0301", []string{strings.Repeat("x", 1799), "e\u0302\u0301"}},
		{"a flag stays whole", strings.Repeat("x", 1799) + "🇻🇳", []string{strings.Repeat("x", 1799), "🇻🇳"}},
		{"no space under an accent", strings.Repeat("x", 1700) + " \u0301" + strings.Repeat("y", 200), []string{strings.Repeat("x", 1700) + " \u0301" + strings.Repeat("y", 98), strings.Repeat("y", 102)}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, zalo.Split(tt.text)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSplitOneHugeCharacter(t *testing.T) {
	t.Parallel()
	huge := "e" + strings.Repeat("\u0301", 4000)
	pieces := zalo.Split(huge)
	if len(pieces) != 3 || strings.Join(pieces, "") != huge {
		t.Errorf("%d pieces", len(pieces))
	}
	checkPieces(t, huge, pieces)
}

// failer is what testing.T, rapid.T and testing.F share.
type failer interface{ Errorf(string, ...any) }

// checkPieces holds what Split promises of any text.
func checkPieces(t failer, text string, pieces []string) {
	for _, p := range pieces {
		if p == "" || utf8.RuneCountInString(p) > 1800 || len(utf16.Encode([]rune(p))) > 2000 {
			t.Errorf("piece of %d runes, %d units", utf8.RuneCountInString(p), len(utf16.Encode([]rune(p))))
		}
	}
	if bare(strings.Join(pieces, "")) != bare(strings.ToValidUTF8(text, "\uFFFD")) {
		t.Errorf("something beside white space was lost or added:\n%q\n%q", text, pieces)
	}
}

// bare drops white space, which cuts may drop.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func TestSplitProperty(t *testing.T) {
	t.Parallel()
	part := rapid.SampledFrom([]string{
		"xin chào ", "e\u0302\u0301", "👨\u200d👩\u200d👧", "🇻🇳", "\n\n", "\n", ". ", ", ", "Ồ! ", strings.Repeat("nghiêng", 40), " ", "𠀀𠀁",
		strings.Repeat("👍", 300),
	})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(part, 0, 120).Draw(t, "parts"), "")
		pieces := zalo.Split(text)
		checkPieces(t, text, pieces)
		whole := clusters(text)
		for _, p := range pieces {
			for _, c := range clusters(p) {
				if !slices.Contains(whole, c) {
					t.Fatalf("%q was cut out of a character", c)
				}
			}
		}
	})
}

// clusters returns the different characters of s as people see them.
func clusters(s string) []string {
	var out []string
	for g := graphemes.FromString(s); g.Next(); {
		if !slices.Contains(out, g.Value()) {
			out = append(out, g.Value())
		}
	}
	return out
}

func FuzzSplit(f *testing.F) {
	f.Add("xin chào")
	f.Add(strings.Repeat("Đăng ký tạm trú. ", 300))
	f.Add(strings.Repeat("👨\u200d👩\u200d👧", 400))
	f.Add("e" + strings.Repeat("\u0301", 2000) + " x")
	f.Add(strings.Repeat("x ", 1000) + "\xcc " + strings.Repeat("y", 1000) + "\x81")
	f.Add(strings.Repeat("x", 1799) + "\r\n\r\n" + strings.Repeat("\xff", 1900))
	f.Fuzz(func(t *testing.T, text string) {
		pieces := zalo.Split(text)
		checkPieces(t, text, pieces)
		if slices.ContainsFunc(pieces, func(p string) bool { return !utf8.ValidString(p) }) {
			t.Errorf("a piece is no UTF-8")
		}
	})
}

func BenchmarkSplit(b *testing.B) {
	text := strings.Repeat("Anh/chị mang theo căn cước và giấy tờ chứng minh chỗ ở. ", 80)
	b.ReportAllocs()
	for b.Loop() {
		if len(zalo.Split(text)) < 2 {
			b.Fatal("not split")
		}
	}
}
