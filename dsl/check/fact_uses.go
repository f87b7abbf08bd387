package check

import (
	"cmp"
	"slices"

	"hoithoai/dsl/bind"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/expression"
	"hoithoai/dsl/template"
	"hoithoai/dsl/tree"
)

// usesOf points at every sentence, label, address, condition and computation of the bundle that reads a fact, in the order of
// their places, each once: what a person must look at when the fact has no value.
func (p *pass) usesOf(f *bind.Fact) []diag.Related {
	at := slices.Index(p.bundle.Facts, f)
	var places []diag.Span
	if c := p.bundle.Common; c != nil {
		places = append(places, readersOf(at, c.Templates, c.Exprs, c.Conditions)...)
	}
	for _, flow := range p.bundle.Flows {
		places = append(places, readersOf(at, flow.Templates, flow.Exprs, flow.Conditions)...)
	}
	slices.SortFunc(places, bySpan)
	var out []diag.Related
	for _, place := range slices.Compact(places) {
		out = append(out, diag.Related{Span: place, Message: say("Chỗ này dùng `%s`.", "This uses `%s`.", f.Name)})
	}
	return out
}

// readersOf are the places in one set of compiled texts that read the fact of an index. A mọi bước of a chung file is compiled
// into each flow and so is met more than once.
func readersOf(fact int, templates map[*tree.Prose]template.Template, exprs map[*tree.Expr]*expression.Expr, conditions []*bind.Condition) []diag.Span {
	var out []diag.Span
	for prose, t := range templates {
		if slices.ContainsFunc(t.Parts, func(part template.Part) bool {
			return part.IsRef && isFact(part.Ref, fact) || readsFact(part.Expr, fact)
		}) {
			out = append(out, prose.Span)
		}
	}
	for e, x := range exprs {
		if readsFact(x, fact) {
			out = append(out, e.Span)
		}
	}
	for _, c := range conditions {
		if readsFact(c.Expr, fact) {
			out = append(out, c.Decl.Expr.Span)
		}
	}
	return out
}

// readsFact reports whether an expression reads the fact of an index itself; nil reads nothing.
func readsFact(x *expression.Expr, fact int) bool {
	return x != nil && slices.ContainsFunc(x.Reads, func(r expression.Ref) bool { return isFact(r, fact) })
}

func isFact(r expression.Ref, fact int) bool {
	return (r.Kind == expression.RefFact || r.Kind == expression.RefFactOn) && r.Index == fact
}

func bySpan(a, b diag.Span) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}
