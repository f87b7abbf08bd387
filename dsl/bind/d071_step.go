package bind

import (
	"slices"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
)

// checkTestStep: `@ x` names a step of some flow. A test may wander into any flow, so it need not be one of the flow under test,
// but that flow's steps are suggested first. Where the flow itself is not in the bundle, its steps are not missed.
func (t *testBinder) checkTestStep(test *tree.Test, name tree.Name) {
	f := t.bundle.ByName[test.Flow.Text]
	if f == nil || t.stepsAreOpen() || t.hasStep(name.Text) {
		return
	}
	candidates := keys(f.Steps)
	if _, ok := diag.Nearest(name.Text, candidates); !ok {
		candidates = t.steps()
	}
	t.found = append(t.found, unknown(codeTestStep, name, say("Không luồng nào có bước “%s”.", "No flow has a step “%s”.", name.Text), candidates))
}

func (t *testBinder) hasStep(name string) bool {
	return slices.ContainsFunc(t.bundle.Flows, func(f *Flow) bool { return f.Steps[name] != nil })
}

func (t *testBinder) steps() []string {
	var out []string
	for _, f := range t.bundle.Flows {
		out = append(out, keys(f.Steps)...)
	}
	return out
}

// stepsAreOpen reports whether a line that could not be read may open a step.
func (t *testBinder) stepsAreOpen() bool {
	return t.bundle.headless || slices.ContainsFunc(t.bundle.Flows, func(f *Flow) bool { return f.File.Broken })
}
