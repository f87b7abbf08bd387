package scan_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/scan"
)

type line struct {
	Number int
	Text   string
}

func lines(s *scan.Source) []line {
	var out []line
	for i := range s.Lines {
		out = append(out, line{s.Lines[i].Number, s.Lines[i].Text})
	}
	return out
}

func TestSplit(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		src      string
		want     []line
		comments []scan.Comment
		last     int
	}{
		"empty":        {src: "", last: 1},
		"one":          {src: "a", want: []line{{1, "a"}}, last: 1},
		"lines":        {src: "a\n\n  b\n", want: []line{{1, "a"}, {3, "  b"}}, last: 4},
		"crlf":         {src: "a\r\nb\r\n", want: []line{{1, "a"}, {2, "b"}}, last: 3},
		"bom":          {src: "\uFEFFa\n", want: []line{{1, "a"}}, last: 2},
		"tabs":         {src: "\ta\tb", want: []line{{1, " a b"}}, last: 1},
		"blank":        {src: " \t \n\u00A0\na", want: []line{{3, "a"}}, last: 3},
		"comment":      {src: "# một\n  #hai  \na # không phải\n", want: []line{{3, "a # không phải"}}, comments: []scan.Comment{{1, "# một"}, {2, "#hai"}}, last: 4},
		"decomposed":   {src: norm.NFD.String("hỏi việc"), want: []line{{1, "hỏi việc"}}, last: 1},
		"hidden":       {src: "h\u200Bỏi\u202E\x00", want: []line{{1, "hỏi"}}, last: 1},
		"emoji joiner": {src: "| 👩‍👩‍👧", want: []line{{1, "| 👩‍👩‍👧"}}, last: 1},
		"only hidden":  {src: "\u200B\n", last: 2},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := scan.Split("f", []byte(tc.src))
			if diff := cmp.Diff(tc.want, lines(s)); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tc.comments, s.Comments); diff != "" {
				t.Errorf("comments (-want +got):\n%s", diff)
			}
			if s.Last != tc.last {
				t.Errorf("last line %d, want %d", s.Last, tc.last)
			}
		})
	}
}

func at(line, from, to int) diag.Span {
	return diag.Span{File: "f", Line: line, Column: from, EndLine: line, EndColumn: to}
}

func TestProblems(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		src   string
		want  []scan.Problem
		lines int
	}{
		"utf-16 le":       {src: "\xFF\xFEa\x00", want: []scan.Problem{{scan.UTF16, at(1, 1, 1)}}},
		"utf-16 be":       {src: "\xFE\xFF\x00a", want: []scan.Problem{{scan.UTF16, at(1, 1, 1)}}},
		"word":            {src: "PK\x03\x04\x14", want: []scan.Problem{{scan.WordFile, at(1, 1, 1)}}},
		"old word":        {src: "\xD0\xCF\x11\xE0\xA1", want: []scan.Problem{{scan.OldWord, at(1, 1, 1)}}},
		"pdf":             {src: "%PDF-1.7\n", want: []scan.Problem{{scan.PDF, at(1, 1, 1)}}},
		"rich text":       {src: "{\\rtf1\\ansi", want: []scan.Problem{{scan.RichText, at(1, 1, 1)}}},
		"not utf-8":       {src: "ơ\nđ\xE0o\n\xFF", want: []scan.Problem{{scan.NotUTF8, at(2, 2, 3)}}},
		"too large":       {src: strings.Repeat("a", scan.MaxBytes+1), want: []scan.Problem{{scan.TooLarge, at(1, 1, 1)}}},
		"line fits":       {src: strings.Repeat("ơ", scan.MaxRunes), lines: 1},
		"line too long":   {src: "a\n" + strings.Repeat("ơ", scan.MaxRunes+1) + "\nb", want: []scan.Problem{{scan.TooLong, at(2, 1, scan.MaxRunes+2)}}, lines: 2},
		"hidden":          {src: "a\u200Bb\x01", want: []scan.Problem{{scan.Hidden, at(1, 2, 3)}, {scan.Hidden, at(1, 4, 5)}}, lines: 1},
		"decomposed once": {src: norm.NFD.String("aé\nớ"), want: []scan.Problem{{scan.Decomposed, at(1, 2, 4)}}, lines: 2},
		"replacement":     {src: "a\uFFFDb", lines: 1},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := scan.Split("f", []byte(tc.src))
			if diff := cmp.Diff(tc.want, s.Problems); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			if len(s.Lines) != tc.lines {
				t.Errorf("%d lines, want %d", len(s.Lines), tc.lines)
			}
		})
	}
}

// TestSpan: a place in a mended line is the place in the line the author sees.
func TestSpan(t *testing.T) {
	t.Parallel()
	tests := []struct{ src, piece string }{
		{"  hỏi việc", "việc"},
		{"\thỏi\tviệc", "việc"},
		{norm.NFD.String("  hỏi việc"), "việc"},
		{"h\u200Bỏi \u200Bviệc", "việc"},
		{norm.NFD.String("ớ") + "\u200B\t" + norm.NFD.String("việc") + " x", "việc"},
		{"日本 việc", "việc"},
	}
	for _, tc := range tests {
		s := scan.Split("f", []byte(tc.src))
		l := s.Lines[0]
		from := strings.Index(l.Text, tc.piece)
		if from < 0 {
			t.Fatalf("%q is not in %q", tc.piece, l.Text)
		}
		span := l.Span(from, from+len(tc.piece))
		got := string([]rune(tc.src)[span.Column-1 : span.EndColumn-1])
		if norm.NFC.String(got) != tc.piece {
			t.Errorf("%q: the span %d-%d covers %q, want %q", tc.src, span.Column, span.EndColumn, got, tc.piece)
		}
	}
}

// TestAnyText: whatever the text, each line is NFC without hidden characters, in order, and its places lie in the original.
func TestAnyText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		src := rapid.StringOf(rapid.RuneFrom([]rune("aơ\u0301\u0309\u031B\t\r\n #|ệ\u200B日🙂"))).Draw(t, "src")
		original := strings.Split(src, "\n")
		s := scan.Split("f", []byte(src))
		number := 0
		for i := range s.Lines {
			l := &s.Lines[i]
			if l.Number <= number || l.Number > len(original) {
				t.Fatalf("line %d after %d", l.Number, number)
			}
			number = l.Number
			if !norm.NFC.IsNormalString(l.Text) || strings.ContainsAny(l.Text, "\t\r\n\u200B") {
				t.Fatalf("line %d is %q", number, l.Text)
			}
			span := l.Span(0, len(l.Text))
			if n := utf8.RuneCountInString(original[number-1]); span.Column < 1 || span.EndColumn > n+1 || span.Column > span.EndColumn {
				t.Fatalf("line %d of %d runes has the span %+v", number, n, span)
			}
		}
	})
}

func FuzzSplit(f *testing.F) {
	for _, s := range []string{"", "a\r\n", "\uFEFF# x\n", "\xFF\xFE", "a\xC3", norm.NFD.String("ớ"), "\u200B\u0301"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		s := scan.Split("f", src)
		for i := range s.Lines {
			l := &s.Lines[i]
			if !utf8.ValidString(l.Text) || !norm.NFC.IsNormalString(l.Text) {
				t.Errorf("line %d is %q", l.Number, l.Text)
			}
			for offset := range l.Text {
				if span := l.Span(0, offset); span.EndColumn < span.Column {
					t.Errorf("line %d: %+v", l.Number, span)
				}
			}
		}
	})
}

func BenchmarkSplit(b *testing.B) {
	src := []byte(strings.Repeat("  | Anh/chị cần làm việc gì?\n", 100))
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		if s := scan.Split("f", src); len(s.Lines) != 100 {
			b.Fatal(len(s.Lines))
		}
	}
}

// TestColumns: the columns of a piece are given only where they do not follow one another.
func TestColumns(t *testing.T) {
	t.Parallel()
	l := scan.Split("f", []byte("ab "+norm.NFD.String("ớ")+" cd")).Lines[0]
	for _, tc := range []struct {
		from, to string
		want     []int
	}{
		{"ab", "b ", nil}, {"cd", "cd", nil}, {"ớ", "cd", []int{4, 7, 8, 9}}, {"b", "ớ", []int{2, 3, 4, 7}},
	} {
		from, to := strings.Index(l.Text, tc.from), strings.Index(l.Text, tc.to)+len(tc.to)
		if tc.to == "cd" {
			to = len(l.Text) - 1
		}
		if diff := cmp.Diff(tc.want, l.Columns(from, to)); diff != "" {
			t.Errorf("%q to %q (-want +got):\n%s", tc.from, tc.to, diff)
		}
	}
	plain := scan.Split("f", []byte("ab")).Lines[0]
	if plain.Columns(0, 2) != nil {
		t.Error("a plain line has columns")
	}
}
