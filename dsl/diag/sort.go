package diag

import (
	"cmp"
	"slices"
)

// Sort orders the list in place by file, line, column and code; findings equal in all of these keep their order.
func (l List) Sort() {
	slices.SortStableFunc(l, func(a, b Diagnostic) int {
		return cmp.Or(
			cmp.Compare(a.Span.File, b.Span.File),
			cmp.Compare(a.Span.Line, b.Span.Line),
			cmp.Compare(a.Span.Column, b.Span.Column),
			cmp.Compare(a.Code, b.Code),
		)
	})
}

// HasErrors reports whether any finding blocks.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Severity == Error })
}

// Unique returns the list without the findings whose code and span an earlier one has; l itself is not changed.
func (l List) Unique() List {
	type key struct {
		code string
		span Span
	}
	seen := make(map[key]bool, len(l))
	out := make(List, 0, len(l))
	for _, d := range l {
		k := key{d.Code, d.Span}
		if !seen[k] {
			seen[k] = true
			out = append(out, d)
		}
	}
	return out
}
