package dossier

import (
	"slices"

	"hoithoai/dsl/bind"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/expression"
	"hoithoai/dsl/template"
	"hoithoai/dsl/tree"
)

// usesOf maps the index of every fact to the places that read it.
func usesOf(b *bind.Bundle) map[int][]Use {
	r := &reader{files: map[string]*tree.File{}, out: map[int][]Use{}}
	for _, f := range b.Shared {
		r.files[f.Path] = f
	}
	for _, f := range b.Flows {
		r.files[f.File.Path] = f.File
	}
	if c := b.Common; c != nil {
		r.texts(c.Templates, c.Exprs, c.Conditions)
	}
	for _, f := range b.Flows {
		r.texts(f.Templates, f.Exprs, f.Conditions)
	}
	return r.out
}

// reader gathers uses. What a chung file says is compiled into each flow and so is met more than once.
type reader struct {
	files map[string]*tree.File
	out   map[int][]Use
}

func (r *reader) texts(templates map[*tree.Prose]template.Template, exprs map[*tree.Expr]*expression.Expr, conditions []*bind.Condition) {
	for prose, t := range templates {
		for _, part := range t.Parts {
			if part.IsRef {
				r.note(part.Ref, prose.Span, prose.Text)
			}
			r.expr(part.Expr, prose.Span, prose.Text)
		}
	}
	named := map[*tree.Expr]string{}
	for _, c := range conditions {
		named[&c.Decl.Expr] = c.Decl.Name.Text + "   "
	}
	for e, x := range exprs {
		r.expr(x, e.Span, named[e]+e.Text)
	}
}

func (r *reader) expr(x *expression.Expr, at diag.Span, text string) {
	if x == nil {
		return
	}
	for _, ref := range x.Reads {
		r.note(ref, at, text)
	}
	for _, ref := range x.Tests {
		r.note(ref, at, text)
	}
}

func (r *reader) note(ref expression.Ref, at diag.Span, text string) {
	if ref.Kind != expression.RefFact && ref.Kind != expression.RefFactOn {
		return
	}
	u := Use{Text: text, Span: at}
	if f := r.files[at.File]; f != nil {
		u.Flow, u.Step = f.Name.Text, stepAt(f, at.Line)
	}
	r.out[ref.Index] = append(r.out[ref.Index], u)
}

// stepAt is the name of the step whose lines hold a line of its file; "" above the first step.
func stepAt(f *tree.File, line int) string {
	i, found := slices.BinarySearchFunc(f.Steps, line, func(s *tree.Step, line int) int { return s.Span.Line - line })
	switch {
	case found:
		return f.Steps[i].Name.Text
	case i == 0:
		return ""
	}
	return f.Steps[i-1].Name.Text
}
