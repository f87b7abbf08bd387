package bind

import (
	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
)

// checkTestSub: `giả gọi x` stands for a sub-flow of the bundle; a luồng is never called. It returns nil where there is none.
func (t *testBinder) checkTestSub(name tree.Name) *Flow {
	f := t.bundle.ByName[name.Text]
	switch {
	case f == nil && !t.bundle.headless && !t.bundle.misnamed(name.Text):
		t.found = append(t.found, unknown(codeTestSub, name,
			say("Không có luồng con nào tên “%s” để giả.", "There is no sub-flow named “%s” to answer for.", name.Text), t.bundle.names(tree.Sub)))
	case f != nil && f.File.Kind != tree.Sub:
		t.found = append(t.found, diag.Diagnostic{
			Code: codeTestSub, Severity: diag.Error, Span: name.Span,
			Message: say("“%s” là luồng, không luồng nào gọi nên không giả gọi được.", "“%s” is a luồng, which nothing calls, so giả gọi cannot stand for it.", name.Text),
			Fix:     say("Bỏ dòng này, hoặc viết tên một luồng con.", "Remove this line, or name a luồng con."),
			Related: []diag.Related{declaredAt(f)},
		})
		return nil
	}
	return f
}
