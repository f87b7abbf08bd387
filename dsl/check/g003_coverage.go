package check

import (
	"hoithoai/dsl/diag"
	"hoithoai/dsl/expression"
	"hoithoai/dsl/tree"
)

// checkCoverage demands of every branch without `còn lại` that its arms take every case, and names one that is left over.
func checkCoverage(p *pass) {
	for _, g := range p.graphs {
		g.steps(func(step *tree.Step) {
			end := step.End
			if end == nil || end.Kind != tree.Branch || end.Else != nil {
				return
			}
			arms, ok := g.arms(end)
			if v := expression.Covers(arms); ok && !v.Covered {
				p.reportGap(step, v)
			}
		})
	}
}

// arms are the compiled conditions of a branch; ok is false where one did not compile.
func (g *graph) arms(end *tree.Ending) (arms []*expression.Expr, ok bool) {
	for _, arm := range end.Arms {
		x := g.flow.Exprs[&arm.Expr]
		if x == nil {
			return nil, false
		}
		arms = append(arms, x)
	}
	return arms, true
}

func (p *pass) reportGap(step *tree.Step, v expression.Verdict) {
	p.fail(step.End.Span, gapMessage(step.Name.Text, v),
		say("Thêm `còn lại -> BƯỚC` vào cuối, hoặc một nhánh cho trường hợp đó.", "Add `còn lại -> STEP` at the end, or a branch for that case."))
}

func gapMessage(step string, v expression.Verdict) diag.Sentence {
	switch {
	case v.Gap == "":
		return say("Các nhánh ở bước `%s` chưa chắc bao hết mọi trường hợp.", "The branches of the step `%s` may leave a case over.", step)
	case v.Decided:
		return say("Các nhánh ở bước `%s` thiếu trường hợp %s.", "The branches of the step `%s` leave over the case %s.", step, v.Gap)
	}
	return say("Các nhánh ở bước `%s` có thể thiếu trường hợp, ví dụ %s.", "The branches of the step `%s` may leave over a case such as %s.", step, v.Gap)
}
