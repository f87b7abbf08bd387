package check

import "hoithoai/dsl/diag"

// Rule is one check. One rule is one file, with a golden pair under testdata/check/<Code>.
type Rule struct {
	// Code is stable for ever.
	Code string
	// Name is the rule's short English name, used in timings.
	Name string
	// Summary is what the rule demands, in one sentence.
	Summary diag.Sentence
	// Run reports what it finds through the pass.
	Run func(*pass)
}

// Rules lists every rule in the order they run.
func Rules() []Rule { return rules() }

// rules is the fixed list: explicit, so that its order is a decision and not an accident of linking.
func rules() []Rule {
	return []Rule{}
}
