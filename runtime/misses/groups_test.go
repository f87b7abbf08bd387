package misses_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"hoithoai/dsl/fold"
	"hoithoai/runtime/misses"
)

// TestGroupsLoseNothing: every miss stands in one group, in the order it came; the same words, however written, stand together, and
// larger groups come first.
func TestGroupsLoseNothing(t *testing.T) {
	t.Parallel()
	texts := rapid.SampledFrom([]string{"nuôi chó", "NUOI CHO", norm.NFD.String("nuôi chó"), "giấy nuôi chó", "thẻ đi câu", "đi câu", "", "???", "xin thẻ", "•••"})
	rapid.Check(t, func(t *rapid.T) {
		var all []misses.Miss
		for i, text := range rapid.SliceOfN(texts, 0, 30).Draw(t, "texts") {
			all = append(all, misses.Miss{ID: string(rune('0' + i)), Text: text})
		}
		groups, of, count := misses.Groups(all), map[string]int{}, 0
		for i, g := range groups {
			count += len(g.Misses)
			if len(g.Misses) == 0 || i > 0 && len(g.Misses) > len(groups[i-1].Misses) {
				t.Fatalf("group %d is empty or larger than the one before", i)
			}
			if !slices.IsSortedFunc(g.Misses, func(a, b misses.Miss) int { return int(a.ID[0]) - int(b.ID[0]) }) {
				t.Fatalf("group %d is not in the order it came: %v", i, g.Misses)
			}
			for _, m := range g.Misses {
				if at, ok := of[fold.Key(m.Text)]; ok && at != i {
					t.Fatalf("%q stands in groups %d and %d", m.Text, at, i)
				}
				of[fold.Key(m.Text)] = i
			}
		}
		if count != len(all) {
			t.Fatalf("%d misses in, %d out", len(all), count)
		}
	})
}

// TestMaskedTable: what could name somebody goes, what is asked stays.
func TestMaskedTable(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, want string }{
		{"gọi +84 912 345 678", "gọi +•••"},
		{"gọi 0912.345.678 nha", "gọi ••• nha"},
		{"gọi 0912-345-678 nha", "gọi ••• nha"},
		{"mail a.b@c.vn", "mail •••"},
		{"vào www.abc.com/x coi", "vào ••• coi"},
		{"hỏi mẫu ct07", "hỏi mẫu ct07"},
		{"đủ 14 tuổi, 2 con", "đủ 14 tuổi, 2 con"},
		{"\t\r\n", ""},
	} {
		if diff := cmp.Diff(tt.want, misses.Masked(tt.text)); diff != "" {
			t.Errorf("Masked(%q): %s", tt.text, diff)
		}
	}
}
