package bind

import (
	"path"
	"slices"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
)

// checkFlow: `luồng x` must name a flow of the bundle (D003) that is no luồng con (D019).
func (b *binder) checkFlow(name tree.Name) {
	f := b.out.ByName[name.Text]
	switch {
	case f == nil && !b.headless && !b.out.misnamed(name.Text):
		b.unknown(codeFlow, name, say("Không có luồng nào tên “%s”.", "There is no flow named “%s”.", name.Text), b.out.names(tree.Flow))
	case f != nil && f.File.Kind == tree.Sub:
		b.goSub(name, f)
	}
}

// misnamed reports whether a file is named after the flow that is looked for and its flow is not: the parser has said so (C018),
// and that nothing has the name is no second mistake.
func (b *Bundle) misnamed(name string) bool {
	return slices.ContainsFunc(b.Flows, func(f *Flow) bool {
		return path.Base(f.File.Path) == name+".flow" && f.File.Name.Text != name
	})
}

// names lists the flows of one kind.
func (b *Bundle) names(kind tree.Kind) []string {
	var out []string
	for _, f := range b.Flows {
		if f.File.Kind == kind {
			out = append(out, f.File.Name.Text)
		}
	}
	return out
}

// declaredAt points at the opening line of a flow.
func declaredAt(f *Flow) diag.Related { return before(f.File.Name.Span) }
