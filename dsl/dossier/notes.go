package dossier

import (
	"regexp"
	"slices"
	"strings"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/fold"
	"hoithoai/dsl/tree"
)

// What opens a comment that is meant for the officer, and one that says where the sentences of a step come from.
const noteMark, sourceMark = "can bo kiem tra", "nguon"

func notes(f *tree.File) []Item {
	var out []Item
	for _, c := range f.Comments {
		if text, ok := marked(c, noteMark); ok {
			out = append(out, Item{Kind: Note, Text: text, Step: stepOf(f, c.Line), Span: spanOf(f, c)})
		}
	}
	return out
}

// sources reads every "# Nguồn: …", one item for each part between semicolons.
func sources(f *tree.File) []Item {
	var out []Item
	for _, c := range f.Comments {
		text, ok := marked(c, sourceMark)
		if !ok {
			continue
		}
		for part := range strings.SplitSeq(text, ";") {
			if it, ok := sourced(part); ok {
				it.Step, it.Span = stepOf(f, c.Line), spanOf(f, c)
				out = append(out, it)
			}
		}
	}
	return out
}

// marked returns what a comment says after the word that opens it, which may be written without accents.
func marked(c tree.Comment, mark string) (text string, ok bool) {
	text = strings.TrimSpace(strings.TrimLeft(c.Text, "# \t"))
	head, after, found := strings.Cut(text, ":")
	if mark == sourceMark && (!found || fold.Key(head) != mark) || !strings.HasPrefix(fold.Key(text), mark) {
		return "", false
	}
	if found {
		text = strings.TrimSpace(after)
	}
	return text, true
}

// The end of a part of a note of sources: `giấy cho thuê không công chứng (NĐ 154/2024 Đ5) [C S6]`.
var (
	sureAtEnd = regexp.MustCompile(`\s*\[([^\[\]]+)\]\.?$`)
	actAtEnd  = regexp.MustCompile(`\s*\(([^()]+)\)$`)
)

// sourced takes a part of a note of sources apart; ok is false where it says nothing.
func sourced(part string) (it Item, ok bool) {
	it = Item{Kind: Source, Text: strings.TrimSpace(part)}
	if m := sureAtEnd.FindStringSubmatchIndex(it.Text); m != nil {
		it.Text, it.Sure = it.Text[:m[0]], it.Text[m[2]:m[3]]
	}
	if m := actAtEnd.FindStringSubmatchIndex(it.Text); m != nil {
		it.Text, it.Act = it.Text[:m[0]], it.Text[m[2]:m[3]]
	}
	return it, it.Text != ""
}

func spanOf(f *tree.File, c tree.Comment) diag.Span {
	return diag.Span{File: f.Path, Line: c.Line, Column: 1, EndColumn: 1}
}

// stepOf is the step a comment is about: the one directly under it, more comments between them or not, else the one that it
// stands in; "" above the steps.
func stepOf(f *tree.File, line int) string {
	next := line + 1
	for slices.ContainsFunc(f.Comments, func(c tree.Comment) bool { return c.Line == next }) {
		next++
	}
	for _, s := range f.Steps {
		if s.Span.Line == next {
			return s.Name.Text
		}
	}
	return stepAt(f, line)
}
