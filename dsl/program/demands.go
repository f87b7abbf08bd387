package program

import (
	"slices"

	"hoithoai/dsl/expression"
	"hoithoai/dsl/template"
)

// Demands is what a program asks of the office that speaks it.
type Demands struct {
	Fields []string // don_vi.* that are read and nowhere asked with co(…): the office must have them
	Desks  []string // of chuyển người
}

// Demands walks the whole program; both lists are sorted.
func (p *Program) Demands() Demands {
	d := &demander{read: map[string]bool{}, asked: map[string]bool{}, desks: map[string]bool{}}
	for _, f := range p.Flows {
		d.flow(f)
	}
	d.always(&p.Shared)
	for name := range d.asked {
		delete(d.read, name)
	}
	return Demands{Fields: sorted(d.read), Desks: sorted(d.desks)}
}

type demander struct{ read, asked, desks map[string]bool }

func sorted(set map[string]bool) []string {
	out := make([]string, 0, len(set))
	for name := range set {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

func (d *demander) flow(f *Flow) {
	for i := range f.Conditions {
		d.expr(f.Conditions[i].Expr)
	}
	for _, s := range f.Slots {
		d.exprs(s.When)
	}
	for _, s := range f.Steps {
		d.step(s)
	}
	d.always(&f.Always)
}

func (d *demander) step(s *Step) {
	for _, a := range s.Actions {
		d.expr(a.Expr)
	}
	for i := range s.Bubbles {
		d.bubble(&s.Bubbles[i])
	}
	d.texts(s.Help)
	d.silences(s.Silences)
	d.ending(&s.End)
}

func (d *demander) bubble(b *Bubble) {
	d.expr(b.When)
	d.text(&b.Alt)
	d.buttons(b.Links)
	for i := range b.Lines {
		l := &b.Lines[i]
		d.expr(l.When)
		d.text(&l.Text)
		if l.Label != nil {
			d.text(l.Label)
		}
	}
}

func (d *demander) ending(e *Ending) {
	if e.Kind == Human {
		d.desks[e.Desk] = true
	}
	d.buttons(e.Buttons)
	d.texts(e.Wrong)
	d.exprs(e.Args)
	for _, m := range e.Musts {
		d.expr(m.Expr)
		d.texts(m.Lines)
	}
	for _, a := range e.Arms {
		d.expr(a.Expr)
	}
}

func (d *demander) always(a *Always) {
	d.texts(a.Help)
	d.silences(a.Silences)
}

func (d *demander) silences(list []Silence) {
	for i := range list {
		d.texts(list[i].Lines)
		d.buttons(list[i].Buttons)
	}
}

func (d *demander) buttons(list []Button) {
	for i := range list {
		b := &list[i]
		d.expr(b.When)
		d.expr(b.Value)
		d.text(&b.Label)
		d.text(&b.Address)
	}
}

func (d *demander) texts(list []template.Template) {
	for i := range list {
		d.text(&list[i])
	}
}

func (d *demander) text(t *template.Template) {
	for _, part := range t.Parts {
		if part.IsRef {
			d.ref(part.Ref)
		}
		d.expr(part.Expr)
	}
}

func (d *demander) exprs(list []*expression.Expr) {
	for _, x := range list {
		d.expr(x)
	}
}

func (d *demander) expr(x *expression.Expr) {
	if x == nil {
		return
	}
	for _, r := range x.Reads {
		d.ref(r)
	}
	for _, r := range x.Tests {
		if r.Kind == expression.RefOffice {
			d.asked[r.Name] = true
		}
	}
}

func (d *demander) ref(r expression.Ref) {
	if r.Kind == expression.RefOffice {
		d.read[r.Name] = true
	}
}
