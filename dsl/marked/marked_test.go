package marked_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/marked"
)

func at(line, column, endLine, endColumn int) diag.Span {
	return diag.Span{File: "a.flow", Line: line, Column: column, EndLine: endLine, EndColumn: endColumn}
}

func TestRead(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text string
		want marked.Text
	}{
		"nothing":          {"", marked.Text{}},
		"no marks":         {"một\nhai", marked.Text{Source: "một\nhai"}},
		"runes":            {"một\n «ừ hai» ‹b›\n", marked.Text{Source: "một\n ừ hai b\n", Found: []diag.Span{at(2, 2, 2, 7)}, Also: []diag.Span{at(2, 8, 2, 9)}}},
		"the first column": {"«x»y", marked.Text{Source: "xy", Found: []diag.Span{at(1, 1, 1, 2)}}},
		"an empty place":   {"a«»b", marked.Text{Source: "ab", Found: []diag.Span{at(1, 2, 1, 2)}}},
		"two":              {"«a» «b»", marked.Text{Source: "a b", Found: []diag.Span{at(1, 1, 1, 2), at(1, 3, 1, 4)}}},
		"one in another":   {"«a ‹b› c»", marked.Text{Source: "a b c", Found: []diag.Span{at(1, 1, 1, 6)}, Also: []diag.Span{at(1, 3, 1, 4)}}},
		"the same twice":   {"‹‹a››", marked.Text{Source: "a", Also: []diag.Span{at(1, 1, 1, 2), at(1, 1, 1, 2)}}},
		"over two lines":   {"«a\nb»", marked.Text{Source: "a\nb", Found: []diag.Span{at(1, 1, 2, 2)}}},
		"crossing kinds":   {"«a‹b»c›", marked.Text{Source: "abc", Found: []diag.Span{at(1, 1, 1, 3)}, Also: []diag.Span{at(1, 2, 1, 4)}}},
		"never closed":     {"«a", marked.Text{Source: "a"}},
		"never opened":     {"a»b›", marked.Text{Source: "ab"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, marked.Read("a.flow", tt.text)); diff != "" {
				t.Errorf("text (-want +got):\n%s", diff)
			}
		})
	}
}

// TestReadFindsWhatStoodBetween marks a random word in a random text: its place holds the word again.
func TestReadFindsWhatStoodBetween(t *testing.T) {
	t.Parallel()
	part := rapid.StringOf(rapid.SampledFrom([]rune("ab ừ\n")))
	word := rapid.StringOfN(rapid.SampledFrom([]rune("xếy")), 1, 5, -1)
	rapid.Check(t, func(t *rapid.T) {
		before, in, after := part.Draw(t, "before"), word.Draw(t, "word"), part.Draw(t, "after")
		got := marked.Read("a.flow", before+"«"+in+"»"+after)
		if got.Source != before+in+after || len(got.Found) != 1 {
			t.Fatalf("got %+v", got)
		}
		s := got.Found[0]
		line := []rune(strings.Split(got.Source, "\n")[s.Line-1])
		if s.EndLine != s.Line || string(line[s.Column-1:s.EndColumn-1]) != in {
			t.Fatalf("%+v holds %q, want %q", s, string(line[s.Column-1:s.EndColumn-1]), in)
		}
	})
}
