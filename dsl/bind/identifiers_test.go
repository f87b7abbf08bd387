package bind

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestIdentifiers(t *testing.T) {
	t.Parallel()
	tests := []struct {
		src  string
		want []string
	}{
		{"", nil},
		{"x", []string{"x"}},
		{`cho_o in ["thue", "nho"]`, []string{"cho_o", "in"}},
		{"co(don_vi.nhan_tin) and a1>b", []string{"co", "don_vi", "and", "a1", "b"}},
		{`x == 'y z' or w`, []string{"x", "or", "w"}},
		{`"chưa đóng x`, nil},
		{"tuổi", []string{"tu", "i"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, identifiers(tt.src)); diff != "" {
			t.Errorf("identifiers(%q) (-want +got):\n%s", tt.src, diff)
		}
	}
}

func TestValuesIn(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want []string
	}{
		{"Chào anh/chị ten.", nil},
		{"Chào {ten}, phí {phi + 3}.", []string{"ten", "phi", "3"}},
		{"{mot", []string{"mot"}},
		{"}{mot}{", []string{"mot"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, valuesIn(tt.text)); diff != "" {
			t.Errorf("valuesIn(%q) (-want +got):\n%s", tt.text, diff)
		}
	}
}

func FuzzIdentifiers(f *testing.F) {
	f.Add(`cho_o in ["thue"] and {x`)
	f.Add("\xff\"{}")
	f.Fuzz(func(t *testing.T, src string) {
		for _, name := range append(identifiers(src), valuesIn(src)...) {
			if name == "" || !slices.ContainsFunc([]rune(name), isNameRune) {
				t.Errorf("%q in %q is no name", name, src)
			}
		}
	})
}
