package format

import (
	"strings"

	"github.com/mattn/go-runewidth"

	"hoithoai/dsl/parse"
)

// cell is a stretch of a line that starts a column.
type cell struct {
	column int
	text   string
}

// cells writes a row anew, cut where its columns start.
func cells(r *parse.Row) []cell {
	out := []cell{{}}
	var last *parse.Piece
	for i := range r.Pieces {
		p := &r.Pieces[i]
		if p.Text == "" {
			continue
		}
		current := &out[len(out)-1]
		switch {
		case last == nil:
		case p.Column > 0:
			out = append(out, cell{column: p.Column})
			current = &out[len(out)-1]
		case isApart(r, last, p):
			current.text += " "
		}
		current.text += p.Text
		last = p
	}
	return out
}

// isApart reports whether a space stands between two pieces.
func isApart(r *parse.Row, a, b *parse.Piece) bool {
	switch {
	case b.Kind == parse.Sign && strings.Contains(",:)", b.Text):
		return false
	case a.Kind == parse.Sign && a.Text == "(":
		return false
	case b.Kind == parse.Sign && b.Text == "(" && a.Kind == parse.NameOf:
		return false
	case a.Kind == parse.Sign && a.Text == "{" && b.Kind == parse.Sign && b.Text == "}":
		return false
	case a.Kind == parse.Sign && a.Text == "{", b.Kind == parse.Sign && b.Text == "}":
		return true
	case a.Kind == parse.Other || b.Kind == parse.Other:
		return strings.ContainsAny(r.Text[a.To:b.From], " \u00A0") || a.Kind == parse.Sign && a.Text == ","
	}
	return true
}

func width(s string) int { return runewidth.StringWidth(s) }
