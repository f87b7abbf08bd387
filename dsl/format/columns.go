package format

import (
	"strings"

	"hoithoai/dsl/parse"
)

// The layout in numbers.
const (
	step      = 2  // spaces a level
	between   = 3  // spaces between columns, at least
	widest    = 48 // what is wider does not push the column of its neighbours
	widestLaw = 90 // the same for the name of a law
)

// texts writes the lines with their indentation.
func (m manner) texts(lines []line) []string {
	out := make([]string, len(lines))
	var g group
	for i := range lines {
		l := &lines[i]
		out[i] = m.plain(l)
		if !m.spelled {
			continue
		}
		if l.comment || isOutside(l) {
			if l.blank {
				g.flush(out)
			}
			continue
		}
		if !g.takes(l) {
			g.flush(out)
		}
		g.add(i, l)
	}
	g.flush(out)
	return out
}

// plain is a line that shares no column with another.
func (m manner) plain(l *line) string {
	switch {
	case l.row == nil && !l.comment:
		return l.text
	case l.comment:
		return indent(l.depth) + l.text
	}
	return indent(l.depth) + l.row.Text
}

// isOutside reports whether a line keeps its text and leaves the columns around it alone.
func isOutside(l *line) bool { return l.row == nil || l.row.Unread }

func indent(depth int) string { return strings.Repeat(" ", depth*step) }

// group is the lines that share columns.
type group struct {
	table parse.Table
	depth int
	rows  []aligned
}

// aligned is a line being written.
type aligned struct {
	index int // in the file
	cells []cell
	text  string
	end   int
	wide  bool
}

func (g *group) takes(l *line) bool {
	switch {
	case len(g.rows) == 0 || g.table == parse.NoTable || g.table != l.row.Table || l.blank:
		return false
	}
	return l.depth == g.depth || g.table == parse.DataTable
}

func (g *group) add(index int, l *line) {
	g.table, g.depth = l.row.Table, l.depth
	g.rows = append(g.rows, aligned{index: index, cells: cells(l.row)})
	r := &g.rows[len(g.rows)-1]
	r.write(l.depth*step, g.widest())
}

func (g *group) widest() int {
	if g.table == parse.BasisTable {
		return widestLaw
	}
	return widest
}

// write appends the next cell at column at.
func (r *aligned) write(at, widest int) {
	c := r.cells[0]
	r.cells = r.cells[1:]
	r.text += strings.Repeat(" ", at-r.end) + c.text
	r.end = at + width(c.text)
	r.wide = r.wide || width(c.text) > widest
}

// has reports whether the next cell starts column n.
func (r *aligned) has(n int) bool { return len(r.cells) > 0 && r.cells[0].column == n }

// flush writes the group into out.
func (g *group) flush(out []string) {
	const columns = 5
	start := 0
	for n := 1; n <= columns; n++ {
		for i := range g.rows {
			if r := &g.rows[i]; r.has(n) && !r.wide {
				start = max(start, r.end+between)
			}
		}
		for i := range g.rows {
			if r := &g.rows[i]; r.has(n) {
				r.write(max(start, r.end+between), g.widest())
			}
		}
	}
	for i := range g.rows {
		out[g.rows[i].index] = g.rows[i].text
	}
	g.rows = nil
}
