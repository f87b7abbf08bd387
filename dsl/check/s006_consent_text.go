package check

import (
	"strconv"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
)

// checkConsentText holds that one version of a consent has one text in the whole bundle: who agreed once is not asked again,
// so the same name and version must mean the same words.
func checkConsentText(p *pass) {
	type version struct {
		name string
		n    int
	}
	first := map[version]*tree.Step{}
	p.consents(func(_ *graph, step *tree.Step) {
		v := version{step.End.Consent.Text, step.End.Version}
		other := first[v]
		switch {
		case v.name == "" || v.n == 0:
		case other == nil:
			first[v] = step
		case wordsOf(other) != wordsOf(step):
			p.fail(step.End.Span,
				say("`đồng ý %s bản %s` có hai lời khác nhau trong bộ luồng.", "`đồng ý %s bản %s` has two texts in the bundle.", v.name, strconv.Itoa(v.n)),
				say("Viết giống nhau, hoặc tăng số bản ở lời mới.", "Write the same words, or give the new ones the next version."),
				diag.Related{Span: other.End.Span, Message: say("Lời kia ở đây.", "The other text stands here.")})
		}
	})
}
