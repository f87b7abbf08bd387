package bind

import (
	"maps"

	"hoithoai/dsl/expression"
	"hoithoai/dsl/template"
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// scopes is what the names in one file mean, and where its compiled text goes.
type scopes struct {
	file      *tree.File
	flow      *Flow // nil in a chung file
	scope     *expression.Scope
	exprs     map[*tree.Expr]*expression.Expr
	templates map[*tree.Prose]template.Template
	whens     map[string]*expression.Expr
}

// scopes lists the files with their scopes, flows first.
func (b *binder) scopes() []*scopes {
	var out []*scopes
	for _, f := range b.out.Flows {
		out = append(out, &scopes{file: f.File, flow: f, scope: f.Scope, exprs: f.Exprs, templates: f.Templates, whens: f.Whens})
	}
	for _, file := range b.out.Shared {
		out = append(out, b.common(file))
	}
	return out
}

func (b *binder) common(file *tree.File) *scopes {
	c := b.out.Common
	return &scopes{file: file, scope: c.Scope, exprs: c.Exprs, templates: c.Templates, whens: c.Whens}
}

// declareConditions builds the scopes: facts, then the conditions of the chung files, then what each flow adds.
func (b *binder) declareConditions() {
	b.out.Common = &Common{
		Scope: &expression.Scope{Symbols: b.factSymbols()},
		Exprs: map[*tree.Expr]*expression.Expr{}, Templates: map[*tree.Prose]template.Template{}, Whens: map[string]*expression.Expr{},
	}
	c := b.out.Common
	shared := &conditions{binder: b, taken: b.factNamed}
	for _, file := range b.out.Shared {
		shared.add(b.common(file))
	}
	c.Conditions = shared.compile(nil)
	for _, f := range b.out.Flows {
		f.Scope = &expression.Scope{Symbols: maps.Clone(c.Scope.Symbols)}
		b.addSlots(f)
		own := &conditions{binder: b, taken: b.takenIn(f)}
		own.add(&scopes{file: f.File, flow: f, scope: f.Scope, exprs: f.Exprs})
		f.Conditions = own.compile(c.Conditions)
	}
}

func (b *binder) factSymbols() map[string]expression.Symbol {
	out := map[string]expression.Symbol{}
	for i, f := range b.out.Facts {
		out[f.Name] = expression.Symbol{
			Ref: expression.Ref{Kind: expression.RefFact, Index: i, Name: f.Name}, Type: f.Type, MayBeUnset: f.mayBeUnset(),
		}
	}
	return out
}

func (b *binder) addSlots(f *Flow) {
	for _, s := range f.SlotOrder {
		name := s.Decl.Name.Text
		if first, ok := f.Scope.Symbols[name]; ok && first.Ref.Kind == expression.RefCondition {
			b.twoData(s.Decl.Name, *b.commonAt(name))
		}
		f.Scope.Symbols[name] = expression.Symbol{
			Ref: expression.Ref{Kind: expression.RefSlot, Index: s.Index, Name: name}, Type: s.Type, MayBeUnset: true, Mask: s.Decl.Secret,
		}
	}
}

// conditionSymbol is a compiled condition as a name.
func conditionSymbol(name string, index int, x *expression.Expr) expression.Symbol {
	return expression.Symbol{
		Ref:  expression.Ref{Kind: expression.RefCondition, Index: index, Name: name},
		Type: value.Type{Kind: value.YesNo}, Cond: x,
	}
}
