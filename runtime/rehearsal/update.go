package rehearsal

import (
	"slices"
	"strings"
)

// edit replaces the lines [from, to) of a file, counted from 0.
type edit struct {
	from, to int
	text     []string
}

// Update rewrites the Bot: lines of every failed turn of the outcomes with what the bot really says, and leaves every other
// line of the file as it is. Turns that pass keep their gaps. The result is the whole file.
func Update(source string, outcomes []Outcome) string {
	lines := strings.Split(source, "\n")
	var edits []edit
	for _, o := range outcomes {
		for _, t := range o.Turns {
			if t.Failed && len(t.Lines) > 0 {
				edits = append(edits, rewrite(lines, o, t)...)
			}
		}
	}
	slices.SortFunc(edits, func(a, b edit) int { return b.from - a.from })
	for _, e := range edits {
		lines = slices.Replace(lines, e.from, e.to, e.text...)
	}
	return strings.Join(lines, "\n")
}

// rewrite puts what the bot says in the place of the turn's first Bot: line and drops the others.
func rewrite(lines []string, o Outcome, t Turn) []edit {
	first := o.Test.Lines[t.Lines[0]].Span.Line - 1
	said := written(indent(lines[first]), t)
	if strings.HasSuffix(lines[first], "\r") {
		for i := range said {
			said[i] += "\r"
		}
	}
	edits := []edit{{first, first + 1, said}}
	for _, i := range t.Lines[1:] {
		n := o.Test.Lines[i].Span.Line - 1
		edits = append(edits, edit{n, n + 1, nil})
	}
	return edits
}

func indent(line string) string { return line[:len(line)-len(strings.TrimLeft(line, " \t"))] }

func written(indent string, t Turn) []string {
	var out []string
	for _, b := range t.Bubbles {
		out = append(out, indent+"Bot: "+spoken(b))
		if l := buttons(b); len(l) > 0 {
			out = append(out, indent+"Bot: "+drawn(l))
		}
	}
	return out
}
