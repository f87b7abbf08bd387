package compile

import (
	"time"

	"hoithoai/dsl/bind"
	"hoithoai/dsl/expression"
	"hoithoai/dsl/program"
	"hoithoai/dsl/template"
	"hoithoai/dsl/tree"
)

// lowering is one flow, or the chung files (flow nil), on the way to its program.
type lowering struct {
	*compiler
	flow      *bind.Flow
	exprs     map[*tree.Expr]*expression.Expr
	templates map[*tree.Prose]template.Template
	whens     map[string]*expression.Expr
}

func (c *compiler) lowerFlow(f *bind.Flow) *program.Flow {
	l := &lowering{compiler: c, flow: f, exprs: f.Exprs, templates: f.Templates, whens: f.Whens}
	out := &program.Flow{
		Index: f.Index, Name: f.File.Name.Text, Title: f.File.Title.Text,
		Sub: f.File.Kind == tree.Sub, Anonymous: f.File.Anonymous != nil, Unkept: f.File.Unkept != nil, Emergency: f.File.Emergency != nil,
		Keep: keep(f.File), Keywords: texts(f.File.Keywords), Except: texts(f.File.Except), Examples: examples(f.File),
		Start: start(f), In: positions(f.Inputs()), Out: positions(f.Outputs()),
	}
	for _, s := range f.SlotOrder {
		out.Slots = append(out.Slots, l.slot(s))
	}
	for _, cond := range f.Conditions {
		out.Conditions = append(out.Conditions, program.Condition{Name: cond.Decl.Name.Text, Expr: cond.Expr})
	}
	if f.File.Always != nil {
		out.Always = l.always([]*tree.Always{f.File.Always})
	}
	for i, s := range f.File.Steps {
		out.Steps = append(out.Steps, l.step(i, s))
	}
	out.Machine = machine(out, c.lowered)
	return out
}

func keep(f *tree.File) time.Duration {
	if f.Keep == nil {
		return DefaultKeep
	}
	return f.Keep.For
}

func texts(in []tree.Str) []string {
	var out []string
	for _, s := range in {
		out = append(out, s.Text)
	}
	return out
}

func examples(f *tree.File) []string {
	var out []string
	for _, e := range f.Examples {
		out = append(out, e.Text)
	}
	return out
}

func positions(slots []*bind.Slot) []int {
	var out []int
	for _, s := range slots {
		out = append(out, s.Index)
	}
	return out
}

func (l *lowering) slot(s *bind.Slot) program.Slot {
	d := s.Decl
	out := program.Slot{
		Name: d.Name.Text, Type: s.Type, Label: d.Label.Text, Secret: d.Secret, Machine: d.Machine, Optional: d.Optional, Opening: d.Opening,
	}
	if d.Purpose != nil {
		out.Purpose = d.Purpose.Text
	}
	if len(s.Type.Options) == len(d.Options) {
		for _, o := range d.Options {
			out.When = append(out.When, l.when(o.When))
		}
	}
	return out
}

func start(f *bind.Flow) int {
	if f.Start == nil {
		return program.None
	}
	return stepIndex(f, f.Start.Name.Text)
}

func stepIndex(f *bind.Flow, name string) int {
	if i, ok := f.StepIndex[name]; ok {
		return i
	}
	return program.None
}

// slotIndex is the position of a slot of the flow, or program.None.
func (l *lowering) slotIndex(name string) int {
	if s := l.flow.Slots[name]; s != nil {
		return s.Index
	}
	return program.None
}

// when is the guard behind khi; nil where there is none.
func (l *lowering) when(n *tree.Name) *expression.Expr {
	if n == nil {
		return nil
	}
	return l.whens[n.Text]
}

func (l *lowering) text(p *tree.Prose) template.Template { return l.templates[p] }

func (l *lowering) lines(in []tree.Prose) []template.Template {
	var out []template.Template
	for i := range in {
		out = append(out, l.text(&in[i]))
	}
	return out
}

// target resolves a đích.
func (l *lowering) target(t *tree.Target) program.Target {
	if t == nil {
		return program.Target{Index: program.None, Return: program.None}
	}
	out := program.Target{Kind: targetKinds[t.Kind], Index: program.None, Return: program.None}
	switch t.Kind {
	case tree.ToFlow:
		out.Index = l.flowIndex(t.Name.Text)
	case tree.ToStep:
		out.Index = l.stepIndex(t.Name.Text)
		if t.Return != nil {
			out.Return = l.stepIndex(t.Return.Text)
		}
	}
	return out
}

func (l *lowering) stepIndex(name string) int {
	if l.flow == nil {
		return program.None
	}
	return stepIndex(l.flow, name)
}

var targetKinds = map[tree.TargetKind]program.TargetKind{
	tree.ToStep: program.ToStep, tree.ToFlow: program.ToFlow, tree.ToBack: program.ToBack,
	tree.ToRepeat: program.ToRepeat, tree.ToRestart: program.ToRestart,
}
