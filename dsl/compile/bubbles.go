package compile

import (
	"hoithoai/dsl/program"
	"hoithoai/dsl/template"
	"hoithoai/dsl/tree"
)

// writer gathers the lines of a step into bubbles: consecutive sentences, tables and lists are one; nói opens another; pictures
// and files are bubbles of their own. Links belong to the last bubble of words, or to the next where there is none yet.
type writer struct {
	*lowering
	out   []program.Bubble
	open  bool             // the last bubble takes further lines
	words int              // the last bubble of words, or program.None
	early []program.Button // links before any words
}

func (l *lowering) bubbles(body []*tree.Line) []program.Bubble {
	w := &writer{lowering: l, words: program.None}
	for _, line := range body {
		w.line(line)
	}
	return w.out
}

func (w *writer) line(line *tree.Line) {
	switch line.Kind {
	case tree.Say:
		w.add(program.Line{When: w.when(line.When), Text: w.text(&line.Text)})
	case tree.Table:
		w.items(line, program.Row)
	case tree.List:
		w.items(line, program.Point)
	case tree.Break:
		w.open = false
	case tree.Picture:
		w.media(program.Picture, line)
	case tree.Attach:
		w.media(program.Attachment, line)
	case tree.Link:
		w.link(w.button(line.Button, ""))
	}
}

func (w *writer) add(line program.Line) {
	if !w.open {
		w.out = append(w.out, program.Bubble{Kind: program.Words, Links: w.early})
		w.open, w.words, w.early = true, len(w.out)-1, nil
	}
	b := &w.out[w.words]
	b.Lines = append(b.Lines, line)
}

func (w *writer) items(line *tree.Line, style program.LineStyle) {
	for _, item := range line.Items {
		out := program.Line{Style: style, When: w.when(item.When), Text: w.text(&item.Text)}
		if item.Label != nil {
			label := w.text(item.Label)
			out.Label = &label
		}
		w.add(out)
	}
}

func (w *writer) media(kind program.BubbleKind, line *tree.Line) {
	w.open = false
	w.out = append(w.out, program.Bubble{
		Kind: kind, When: w.when(line.When), Path: line.Path.Text, Alt: template.Template{Text: line.Alt.Text},
	})
}

func (w *writer) link(b program.Button) {
	if w.words == program.None {
		w.early = append(w.early, b)
		return
	}
	w.out[w.words].Links = append(w.out[w.words].Links, b)
}
