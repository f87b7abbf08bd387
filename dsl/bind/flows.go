package bind

import (
	"hoithoai/dsl/expression"
	"hoithoai/dsl/template"
	"hoithoai/dsl/tree"
)

// declareFlow gives a flow its place; files come sorted by name.
func (b *binder) declareFlow(file *tree.File) {
	if first := b.out.ByName[file.Name.Text]; first != nil {
		b.twoFlows(file, first)
		return
	}
	f := &Flow{
		Index: len(b.out.Flows), File: file,
		Steps: map[string]*tree.Step{}, StepIndex: map[string]int{}, Slots: map[string]*Slot{},
		Exprs: map[*tree.Expr]*expression.Expr{}, Templates: map[*tree.Prose]template.Template{}, Whens: map[string]*expression.Expr{},
	}
	b.out.Flows = append(b.out.Flows, f)
	b.out.ByName[file.Name.Text] = f
}

// declareSteps indexes the steps and finds where the flow starts: `bắt đầu`, or the first step where none is named.
func (b *binder) declareSteps(f *Flow) {
	for i, s := range f.File.Steps {
		if f.Steps[s.Name.Text] != nil {
			continue // the parser has refused the second
		}
		f.Steps[s.Name.Text], f.StepIndex[s.Name.Text] = s, i
	}
	switch {
	case f.File.Start != nil:
		f.Start = f.Steps[f.File.Start.Text]
		b.checkStep(f, *f.File.Start)
	case len(f.File.Steps) > 0:
		f.Start = f.File.Steps[0]
	}
	b.checkHasSteps(f)
	for _, flag := range []*tree.Flag{f.File.OnFollow, f.File.Fallback} {
		if flag != nil && flag.Step != nil {
			b.checkStep(f, *flag.Step)
		}
	}
}
