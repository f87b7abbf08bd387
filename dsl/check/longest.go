package check

import (
	"unicode/utf8"

	"hoithoai/dsl/bind"
	"hoithoai/dsl/expression"
	"hoithoai/dsl/template"
	"hoithoai/dsl/tree"
)

// longest is the length in runes of a sentence with its longest values. The values of facts are known; those of slots are as
// long as their types allow. A sentence that did not compile counts as written.
func (g *graph) longest(p *tree.Prose) int {
	t, ok := g.flow.Templates[p]
	if !ok {
		return utf8.RuneCountInString(p.Text)
	}
	n := t.MaxLen()
	for i := range t.Parts {
		part := &t.Parts[i]
		if part.IsRef && part.Ref.Kind == expression.RefFact && part.Ref.Index < len(g.facts) {
			alone := template.Template{Parts: t.Parts[i : i+1]}
			n += longestPeriod(g.facts[part.Ref.Index]) - alone.MaxLen()
		}
	}
	return n
}

// longestPeriod is the length of the longest value a fact has, or of what stands for one that it has not.
func longestPeriod(f *bind.Fact) int {
	n := utf8.RuneCountInString(template.Confirm)
	for _, v := range f.Values {
		n = max(n, utf8.RuneCountInString(f.Type.Show(v)))
	}
	return n
}
