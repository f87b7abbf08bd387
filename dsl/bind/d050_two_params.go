package bind

import "hoithoai/dsl/tree"

// checkParamNames: no two parameters, and no two results, of one name.
func (b *binder) checkParamNames(params []tree.Param) {
	names := make([]tree.Name, 0, len(params))
	for _, p := range params {
		names = append(names, p.Name)
	}
	b.checkDistinct(names)
}

// checkErrorNames: no two errors of one name.
func (b *binder) checkErrorNames(t *tree.Task) { b.checkDistinct(t.Errors) }

func (b *binder) checkDistinct(names []tree.Name) {
	seen := map[string]tree.Name{}
	for _, n := range names {
		if first, ok := seen[n.Text]; ok {
			b.fail(codeTwoParams, n.Span, say("Tên “%s” viết hai lần.", "The name “%s” stands twice.", n.Text),
				say("Bỏ hoặc đổi một tên.", "Remove or rename one."), before(first.Span))
		}
		seen[n.Text] = n
	}
}
