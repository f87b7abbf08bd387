package rehearsal

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestMatches(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		pattern, text string
		want          bool
	}{
		{"Chào anh.", "Chào anh.", true},
		{"Chào  anh.", " Chào\nanh. ", true},
		{"Chào anh.", "Chào anh", false},
		{"Chào …", "Chào anh, đây là phường.", true},
		{"Chào …", "Chào", true}, // an empty run
		{"Chào …", "Xin Chào anh", false},
		{"… phường.", "Chào, đây là phường.", true},
		{"… phường.", "phường. Hết", false},
		{"Chào … là … phường.", "Chào anh, đây là công an phường.", true},
		{"Chào … là … phường.", "Chào anh, đây là công an xã.", false},
		{"a … a", "a", false}, // one text does not do for both ends
		{"a … a", "aa", true},
		{"a … b … c", "a c b", false},
		{"a … b … b", "a b", false},
		{"a … b … b", "a b b", true},
		{"a … b", "a b b", true},
		{"…", "", true},
		{"…", "mọi điều", true},
		{"… …", "mọi điều", true},
		{"Chua", "Chưa", false}, // what the bot says is compared with its accents
		{"", "", true},
		{"", "x", false},
	} {
		if got := matches(tc.pattern, tc.text); got != tc.want {
			t.Errorf("matches(%q, %q) = %v", tc.pattern, tc.text, got)
		}
	}
}

// A pattern made of a text by putting gaps for some of its words matches it; any text matches itself.
func TestGapsMatch(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "ab", "ba", "á", "."}), 1, 8).Draw(t, "words")
		pattern := slices.Clone(words)
		for i := range pattern {
			if rapid.Bool().Draw(t, "gap") {
				pattern[i] = gap
			}
		}
		text := strings.Join(words, " ")
		if !matches(text, text) || !matches(strings.Join(pattern, " "), text) {
			t.Fatalf("%q does not match %q", pattern, text)
		}
		if alien := text + " z"; matches(text, alien) {
			t.Fatalf("%q matches %q", text, alien)
		}
	})
}

func TestLabels(t *testing.T) {
	t.Parallel()
	for line, want := range map[string][]string{
		"[A]":                      {"A"},
		" [A] [B  C][D] ":          {"A", "B C", "D"},
		"[]":                       {""},
		"[A] và [B]":               nil,
		"Bấm [A]":                  nil,
		"[A":                       nil,
		"":                         nil,
		"[Đồng ý] [Không, cảm ơn]": {"Đồng ý", "Không, cảm ơn"},
	} {
		got, ok := labels(line)
		if ok != (want != nil) || ok && !slices.Equal(got, want) {
			t.Errorf("labels(%q) = %q, %v", line, got, ok)
		}
	}
}
