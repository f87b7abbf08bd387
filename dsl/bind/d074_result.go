package bind

import (
	"slices"

	"hoithoai/dsl/tree"
)

// checkTestResults: `{ x: … }` gives only what the task or sub-flow returns.
func (t *testBinder) checkTestResults(of tree.Name, fields []tree.Field, declared []string) {
	for _, f := range fields {
		if !slices.Contains(declared, f.Name.Text) {
			t.found = append(t.found, unknown(codeTestResult, f.Name, say("“%s” không trả “%s”.", "“%s” does not return “%s”.", of.Text, f.Name.Text), slices.Clone(declared)))
		}
	}
}
