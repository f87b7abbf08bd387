package check

import "hoithoai/dsl/tree"

// longest is the length in runes of a sentence with its longest values. A sentence that did not compile counts as written.
func (g *graph) longest(p *tree.Prose) int {
	t, ok := g.flow.Templates[p]
	if !ok {
		return len([]rune(p.Text))
	}
	return t.MaxLen()
}
