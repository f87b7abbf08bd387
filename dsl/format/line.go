package format

import (
	"strings"

	"hoithoai/dsl/parse"
	"hoithoai/dsl/scan"
	"hoithoai/dsl/tree"
)

// line is one line of a file that is not blank.
type line struct {
	row     *parse.Row // nil: a comment, or a line that was not read
	comment bool
	text    string // of a comment, without the space around it; of a line that was not read, as it stands
	depth   int
	blank   bool // a blank line stands before it
}

// linesOf puts rows, comments and what was not read in the order of the file.
func linesOf(l *parse.Layout, src []byte) []line {
	rows := map[int]*parse.Row{}
	for _, r := range l.Rows {
		rows[r.Line] = r
	}
	comments := map[int]string{}
	for _, c := range commentsOf(l) {
		comments[c.Line] = c.Text
	}
	var out []line
	blank := false
	for i, text := range strings.Split(strings.TrimPrefix(string(src), "\uFEFF"), "\n") {
		next := line{row: rows[i+1], text: strings.TrimSuffix(text, "\r"), blank: blank}
		if c, ok := comments[i+1]; ok {
			next.comment, next.text = true, c
		}
		if blank = next.isBlank(); !blank {
			out = append(out, next.placed())
		}
	}
	return out
}

func (l line) placed() line {
	if l.row != nil {
		l.depth = l.row.Depth
	}
	return l
}

// isBlank reports whether nothing can be seen on the line.
func (l *line) isBlank() bool {
	if l.row != nil || l.comment {
		return false
	}
	if strings.TrimSpace(l.text) == "" {
		return true
	}
	read := scan.Split("", []byte(l.text))
	for _, p := range read.Problems {
		if p.Kind != scan.Hidden {
			return false
		}
	}
	return len(read.Lines)+len(read.Comments) == 0
}

// opens reports whether the line opens a section, a step or a test.
func (l *line) opens() bool { return l.row != nil && l.row.Opens != parse.OpensNothing }

// oneLine reports whether the line is a section by itself.
func (l *line) oneLine() bool { return l.row != nil && l.row.Opens == parse.OpensOneLine }

// inside is the depth of a comment that belongs to the section of l.
func (l *line) inside() int {
	switch {
	case l.row != nil && l.row.Opens == parse.OpensPart:
		return 1
	default:
		return min(l.depth, 1)
	}
}

func commentsOf(l *parse.Layout) []tree.Comment {
	if l.Tests != nil {
		return l.Tests.Comments
	}
	return l.File.Comments
}
