package parse

import (
	"slices"
	"strings"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/scan"
	"hoithoai/dsl/tree"
)

// Layout is a file as the formatter needs it: the tree that it means, and of every line that was read what its pieces are.
type Layout struct {
	File  *tree.File  // of a flow file
	Tests *tree.Tests // of a transcript file
	Found diag.List
	Rows  []*Row // in the order of the file; a line that was not reached, or is too long, has none
}

// Row is one line: how deep it stands, what it opens, and its pieces.
type Row struct {
	Line   int    // number in the file
	Text   string // the line as the parser read it, without the space around it
	Depth  int    // 0: opens something; 1: belongs to that; 2: belongs to a line above it
	Opens  Opening
	Unread bool // something on it was refused: its pieces may be wrong, its text is all there is
	Table  Table
	Rank   int  // place in the order of a step, 0 outside of it
	Late   bool // belongs above a line of a higher rank
	Split  bool // may be a step of its own that lost its "bước"
	Pieces []Piece

	start   int // where Text starts in the line
	pending int // the column that the next piece starts
}

// Opening says what a line opens.
type Opening uint8

// What a line opens.
const (
	OpensNothing Opening = iota
	OpensPart            // a file, a section, a step or a test
	OpensOneLine         // a section that is this line alone: tác vụ
)

// Table says with which lines around it a line shares columns.
type Table uint8

// The tables.
const (
	NoTable Table = iota
	BasisTable
	DataTable
	FactTable
	ConditionTable
	ListenTable
	ButtonTable
	BranchTable
	OutcomeTable
)

// PieceKind says how a piece of a line stands beside the next.
type PieceKind uint8

// The kinds of piece.
const (
	Word    PieceKind = iota // a keyword
	NameOf                   // a name
	Content                  // a string, an expression, a sentence, a label, a date: its text is not looked into
	Sign                     // a sign between pieces: , : ( ) { } = | * @ …
	Other                    // what no rule took note of; it stays as it is
)

// Piece is one piece of a line. Text is its canonical spelling, "" where it should not be there; [From, To) is its place in Row.Text.
type Piece struct {
	Kind   PieceKind
	From   int
	To     int
	Text   string
	Column int // the column of the table that starts here; 0: none
}

// Rows reads a flow file, or a transcript where isTests is set, and keeps what each piece of it is.
func Rows(path string, src []byte, isTests bool) *Layout {
	p := &parser{path: path, recording: true}
	source := scan.Split(path, src)
	out := &Layout{}
	if isTests {
		out.Tests = p.readTests(source)
	} else {
		out.File = p.readFile(source)
	}
	out.Found, out.Rows = p.sorted(), p.rows
	for _, r := range out.Rows {
		r.close()
	}
	return out
}

// cursor starts to read line, and a row where rows are kept.
func (p *parser) cursor(line *scan.Line) *cursor {
	c := newCursor(line)
	if p.recording {
		c.row = &Row{Line: line.Number, Text: line.Text[c.pos:c.end], Depth: 1, start: c.pos}
		p.rows = append(p.rows, c.row)
	}
	p.row = c.row
	return c
}

// opens notes what the current line opens.
func (p *parser) opens(what Opening) {
	if p.row != nil {
		p.row.Opens, p.row.Depth = what, 0
	}
}

// nested notes that the current line belongs to one above it.
func (p *parser) nested() {
	if p.row != nil {
		p.row.Depth = 2
	}
}

// unread notes that something on the current line was refused.
func (p *parser) unread(at diag.Span) {
	if p.row != nil && p.row.Line == at.Line {
		p.row.Unread = true
	}
}

// mark notes that line.Text[from:to] is a piece whose canonical spelling is text. It replaces what was noted of the same place.
func (c *cursor) mark(kind PieceKind, from, to int, text string) {
	r := c.row
	if r == nil || from >= to {
		return
	}
	from, to = from-r.start, to-r.start
	r.Pieces = slices.DeleteFunc(r.Pieces, func(p Piece) bool { return p.From < to && from < p.To })
	r.Pieces = append(r.Pieces, Piece{kind, from, to, text, r.pending})
	r.pending = 0
}

// table says with which lines around it this one shares columns.
func (c *cursor) table(t Table) {
	if c.row != nil {
		c.row.Table = t
	}
}

// column says that the next piece starts column n.
func (c *cursor) column(n int) {
	if c.row != nil && c.row.Table != NoTable {
		c.row.pending = n
	}
}

// columnHere says that the last piece started column n.
func (c *cursor) columnHere(n int) {
	if r := c.row; r != nil && r.Table != NoTable && len(r.Pieces) > 0 {
		r.Pieces[len(r.Pieces)-1].Column = n
	}
}

// close orders the pieces, fills in what was not noted, and drops columns that do not follow one another.
func (r *Row) close() {
	slices.SortFunc(r.Pieces, func(a, b Piece) int { return a.From - b.From })
	var out []Piece
	at, column := 0, 0
	for _, p := range append(r.Pieces, Piece{From: len(r.Text), To: len(r.Text)}) {
		out = append(out, r.gap(at, p.From)...)
		if p.Column <= column {
			p.Column = 0
		}
		column = max(column, p.Column)
		out, at = append(out, p), p.To
	}
	r.Pieces = out[:len(out)-1]
}

// gap is what stands between two pieces, if anything.
func (r *Row) gap(from, to int) []Piece {
	text := strings.TrimSpace(r.Text[from:to])
	if text == "" {
		return nil
	}
	from += strings.Index(r.Text[from:to], text)
	return []Piece{{Kind: Other, From: from, To: from + len(text), Text: text}}
}
