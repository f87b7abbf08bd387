package dsl_test

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"hoithoai/dsl/expression"
	"hoithoai/dsl/program"
	"hoithoai/dsl/template"
	"hoithoai/dsl/value"
)

// dump writes a program down line by line, everything the engine reads, for golden files and comparisons.
type dump struct {
	bytes.Buffer
	p *program.Program
	f *program.Flow
}

func dumped(p *program.Program) []byte {
	d := &dump{p: p}
	d.line("hash %d hex digits", len(p.Hash))
	d.line("follow %s/%d fallback %s/%d emergency %v unkept %v", d.flowName(p.OnFollow), p.FollowStep, d.flowName(p.Fallback), p.FallbackStep, p.Emergency, p.Unkept)
	for _, name := range slices.Sorted(maps.Keys(p.Files)) {
		d.line("file %s %d bytes", name, len(p.Files[name]))
	}
	for i, f := range p.Facts {
		d.line("fact %d %s %s", i, f.Name, typ(f.Type))
		for _, q := range f.Periods {
			d.line("  %s from %d to %d by %s", shown(q.Value), q.From, q.To, q.Source)
		}
	}
	for _, t := range p.Tasks {
		d.line("task %d %s(%s) -> (%s) errors %v in %s irreversible %t", t.Index, t.Name, params(t.Params), params(t.Results), t.Errors, t.Timeout, t.Irreversible)
	}
	d.line("shared")
	d.always(&p.Shared)
	for _, f := range p.Flows {
		d.flow(f)
	}
	return d.Bytes()
}

func (d *dump) line(format string, args ...any) { fmt.Fprintf(d, format+"\n", args...) }

func (d *dump) flowName(i int) string {
	if i == program.None {
		return "-"
	}
	return d.p.Flows[i].Name
}

func (d *dump) flow(f *program.Flow) {
	d.f = f
	d.line("\nflow %d %s %q sub %t anonymous %t unkept %t emergency %t keep %s start %s", f.Index, f.Name, f.Title, f.Sub, f.Anonymous, f.Unkept, f.Emergency, f.Keep, f.Steps[f.Start].Name)
	d.line("  keywords %q except %q examples %q in %v out %v", f.Keywords, f.Except, f.Examples, f.In, f.Out)
	for i, s := range f.Slots {
		d.line("  slot %d %s %s %q for %q secret %t machine %t optional %t", i, s.Name, typ(s.Type), s.Label, s.Purpose, s.Secret, s.Machine, s.Optional)
		for j, o := range s.Type.Options {
			d.line("    %s %q %q%s", o.Name, o.Label, o.Synonyms, when(s.When[j]))
		}
	}
	for i, c := range f.Conditions {
		d.line("  condition %d %s = %s", i, c.Name, source(c.Expr))
	}
	d.always(&f.Always)
	for _, s := range f.Steps {
		d.step(s)
	}
	for _, t := range f.Machine.Transitions {
		d.line("  %s --%s--> %s", f.Machine.States[t.From], t.Event, f.Machine.States[t.To])
	}
}

func (d *dump) always(a *program.Always) {
	for _, l := range a.Listens {
		d.line("  hears %q -> %s%s", l.Phrases, d.target(l.Target), event(l.Event))
	}
	for _, h := range a.Help {
		d.line("  help %s", text(h))
	}
	d.silences(a.Silences)
}

func (d *dump) silences(silences []program.Silence) {
	for _, s := range silences {
		d.line("  silent %s%s", s.After, event(s.Event))
		if s.Target != nil {
			d.line("    -> %s", d.target(*s.Target))
		}
		for _, t := range s.Lines {
			d.line("    | %s", text(t))
		}
		d.buttons(s.Buttons)
	}
}

func (d *dump) target(t program.Target) string {
	out := []string{"step ", "flow ", "back", "repeat", "restart"}[t.Kind]
	switch {
	case t.Kind == program.ToFlow:
		out += d.flowName(t.Index)
	case t.Kind == program.ToStep && t.Index != program.None:
		out += d.f.Steps[t.Index].Name
	case t.Kind == program.ToStep:
		out += "none"
	}
	if t.Return != program.None {
		out += " then " + d.f.Steps[t.Return].Name
	}
	return out
}

func (d *dump) buttons(buttons []program.Button) {
	for _, b := range buttons {
		d.line("    [%s] %s%s%s", text(b.Label), d.press(b), when(b.When), event(b.Event))
	}
}

func (d *dump) press(b program.Button) string {
	switch b.Kind {
	case program.Set:
		return "= " + source(b.Value)
	case program.Open:
		return "opens " + text(b.Address)
	case program.Phone:
		return "calls " + text(b.Address)
	}
	return "-> " + d.target(b.Target)
}

func (d *dump) step(s *program.Step) {
	d.line("  step %d %s (%s:%d)", s.Index, s.Name, s.Span.File, s.Span.Line)
	for _, a := range s.Actions {
		d.line("    do clear %t slot %d = %s", a.Clear, a.Slot, source(a.Expr))
	}
	for _, b := range s.Bubbles {
		d.line("    bubble %d %s %s%s", b.Kind, b.Path, text(b.Alt), when(b.When))
		for _, l := range b.Lines {
			label := ""
			if l.Label != nil {
				label = text(*l.Label) + " :: "
			}
			d.line("      %d %s%s%s", l.Style, label, text(l.Text), when(l.When))
		}
		d.buttons(b.Links)
	}
	for _, h := range s.Help {
		d.line("    help %s", text(h))
	}
	d.ending(&s.End)
	d.silences(s.Silences)
}

func (d *dump) ending(e *program.Ending) {
	d.line("    ending %d slot %d callee %d take %v desk %q success %t", e.Kind, e.Slot, e.Callee, e.Take, e.Desk, e.Success)
	d.buttons(e.Buttons)
	for _, m := range e.Musts {
		d.line("    must %s", source(m.Expr))
		for _, l := range m.Lines {
			d.line("      | %s", text(l))
		}
	}
	for _, w := range e.Wrong {
		d.line("    wrong %s", text(w))
	}
	for _, a := range e.Args {
		d.line("    arg %s", source(a))
	}
	for _, a := range e.Arms {
		d.line("    if %s -> %s%s", source(a.Expr), d.target(a.Target), event(a.Event))
	}
	d.outcome("next", e.Next, e.NextEvent)
	d.outcome("limit", e.OnLimit, e.LimitEv)
	d.outcome("done", e.Done, e.DoneEv)
	d.outcome("quit", e.Quit, e.QuitEv)
	for _, f := range e.Fails {
		d.outcome("fails "+f.Code, f.Target, f.Event)
	}
}

func (d *dump) outcome(name string, t program.Target, ev string) {
	if t.Kind != program.ToStep || t.Index != program.None {
		d.line("    %s -> %s%s", name, d.target(t), event(ev))
	}
}

func event(name string) string {
	if name == "" {
		return ""
	}
	return " <" + name + ">"
}

func when(x *expression.Expr) string {
	if x == nil {
		return ""
	}
	return " when " + x.Source
}

func source(x *expression.Expr) string {
	if x == nil {
		return "-"
	}
	return x.Source
}

func text(t template.Template) string {
	if len(t.Parts) == 0 {
		return t.Text
	}
	var out strings.Builder
	for _, p := range t.Parts {
		switch {
		case p.Expr != nil:
			fmt.Fprintf(&out, "{= %s}", p.Expr.Source)
		case p.IsRef:
			fmt.Fprintf(&out, "{%d.%d.%s}", p.Ref.Kind, p.Ref.Index, p.Ref.Name)
		default:
			out.WriteString(p.Text)
		}
	}
	return out.String()
}

func typ(t value.Type) string {
	out := fmt.Sprint("kind ", t.Kind)
	if t.HasMin || t.HasMax {
		out += fmt.Sprintf(" %d..%d", t.Min, t.Max)
	}
	return out
}

func shown(v value.Value) string {
	if !v.IsSet() {
		return "unset"
	}
	return fmt.Sprintf("%d/%d/%s", v.Kind, v.N, v.S)
}

func params(in []program.Param) string {
	var out []string
	for _, p := range in {
		out = append(out, fmt.Sprintf("%s %s secret %t optional %t", p.Name, typ(p.Type), p.Secret, p.Optional))
	}
	return strings.Join(out, ", ")
}
