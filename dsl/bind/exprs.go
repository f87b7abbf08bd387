package bind

import (
	"hoithoai/dsl/diag"
	"hoithoai/dsl/expression"
	"hoithoai/dsl/template"
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// compile compiles an expression of a file for a place that wants a type, and keeps it; nil where it was refused.
func (b *binder) compile(s *scopes, e *tree.Expr, want value.Type) *expression.Expr {
	x, problems := b.cache.CompileAs(e.Text, s.scope, want)
	b.problems(s, tree.Prose(*e), problems)
	if x == nil || len(problems) > 0 {
		return nil
	}
	s.exprs[e] = x
	b.checkAnonExpr(s, x, e.Span)
	return x
}

// bindExpr compiles an expression of a step by what it is for.
func (b *binder) bindExpr(s *scopes, e *tree.Expr, at site) {
	want := b.wanted(s, at)
	if at.role == roleArg && want.Kind == value.Text && b.isChoice(s, e) {
		want = value.Type{} // a task receives a choice as the name of its option
	}
	x := b.compile(s, e, want)
	if x != nil && at.role == roleArg && x.Type.Kind == value.Choices && want.Kind == value.Unset {
		s.exprs[e] = x.Names()
	}
	b.checkStoryExpr(x, e, at)
	if x != nil && at.role == roleTest {
		b.checkAlways(e, x)
	}
}

// isChoice reports whether an argument is a choice by itself.
func (b *binder) isChoice(s *scopes, e *tree.Expr) bool {
	x, problems := b.cache.Compile(e.Text, s.scope)
	return len(problems) == 0 && (x.Type.Kind == value.Choice || x.Type.Kind == value.Choices)
}

// wanted is the type of the place an expression goes to; unset where that place is unknown.
func (b *binder) wanted(s *scopes, at site) value.Type {
	switch at.role {
	case roleTest:
		return value.Type{Kind: value.YesNo}
	case roleAssign:
		return slotType(s.flow, at.slot.Text)
	case roleAnswer:
		if at.end != nil && at.end.Kind == tree.Ask {
			return slotType(s.flow, at.end.Slot.Text)
		}
	case roleArg:
		return b.argType(at.end, at.arg)
	}
	return value.Type{}
}

func slotType(f *Flow, name string) value.Type {
	if f == nil || f.Slots[name] == nil {
		return value.Type{}
	}
	return f.Slots[name].Type
}

// argType is the type of the n-th parameter of what an ending calls.
func (b *binder) argType(end *tree.Ending, n int) value.Type {
	if end.Kind == tree.Do {
		if t := b.out.Task[end.Callee.Text]; t != nil && n < len(t.Params) {
			return b.out.Types[&t.Params[n].Type]
		}
		return value.Type{}
	}
	if f := b.out.ByName[end.Callee.Text]; f != nil {
		if in := f.Inputs(); n < len(in) {
			return in[n].Type
		}
	}
	return value.Type{}
}

// Inputs lists the slots that a caller fills (vào), by declaration.
func (f *Flow) Inputs() []*Slot { return f.slotsWhere(func(d *tree.Slot) bool { return d.In }) }

// Outputs lists the slots that go back to the caller (ra), by declaration.
func (f *Flow) Outputs() []*Slot { return f.slotsWhere(func(d *tree.Slot) bool { return d.Out }) }

func (f *Flow) slotsWhere(match func(*tree.Slot) bool) []*Slot {
	var out []*Slot
	for _, s := range f.SlotOrder {
		if match(s.Decl) {
			out = append(out, s)
		}
	}
	return out
}

// bindProse splits a sentence and keeps it.
func (b *binder) bindProse(s *scopes, p *tree.Prose) {
	t, problems := template.Parse(p.Text, s.scope, &b.cache)
	b.problems(s, *p, problems)
	if len(problems) == 0 {
		s.templates[p] = t
		b.checkStoryProse(t, p)
		b.checkAnonProse(s, t, p)
	}
}

// problems turns what is wrong with an expression or a sentence into diagnostics at their places.
func (b *binder) problems(s *scopes, src tree.Prose, problems []expression.Problem) {
	for _, p := range problems {
		if b.isConsequence(s, src.Text, p) {
			continue
		}
		b.found = append(b.found, diag.Diagnostic{Code: p.Code, Severity: diag.Error, Span: src.Columns.Part(src.Span, p.Offset, p.Length), Message: p.Message, Fix: p.Fix})
	}
}

// isConsequence reports whether a problem only repeats that a declaration was refused or a line could not be read.
func (b *binder) isConsequence(s *scopes, src string, p expression.Problem) bool {
	if p.Code != expression.CodeUnknownName {
		return false
	}
	runes := []rune(src)
	from, to := min(p.Offset, len(runes)), min(p.Offset+p.Length, len(runes))
	return b.gaps || b.isLost(s.file, string(runes[from:to]))
}
