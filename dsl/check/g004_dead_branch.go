package check

import (
	"slices"

	"hoithoai/dsl/expression"
	"hoithoai/dsl/tree"
)

// checkDeadArm reports branches that can never run: those before take all their cases. Where a condition is always true or
// always false, that has been reported by itself, and what follows from it is not.
func checkDeadArm(p *pass) {
	for _, g := range p.graphs {
		g.steps(func(step *tree.Step) {
			if step.End == nil || step.End.Kind != tree.Branch {
				return
			}
			if arms, ok := g.arms(step.End); ok && !slices.ContainsFunc(arms, isConstant) {
				p.reportDead(step, expression.Covers(arms))
			}
		})
	}
}

func isConstant(x *expression.Expr) bool {
	constant, _ := x.Always()
	return constant
}

func (p *pass) reportDead(step *tree.Step, v expression.Verdict) {
	for _, i := range v.Dead {
		arm := step.End.Arms[i]
		p.fail(arm.Span,
			say("Nhánh `nếu %s` không bao giờ chạy: các nhánh trên đã lấy hết trường hợp của nó.",
				"The branch `nếu %s` never runs: those above take all its cases.", arm.Expr.Text),
			say("Đưa nhánh này lên trên, hoặc xóa đi.", "Move it up, or delete it."))
	}
	if v.Covered && step.End.Else != nil {
		p.fail(step.End.Else.Span,
			say("`còn lại` ở bước `%s` không bao giờ chạy: các nhánh trên đã bao hết mọi trường hợp.",
				"`còn lại` in the step `%s` never runs: the branches above cover every case.", step.Name.Text),
			say("Xóa `còn lại`, hoặc bỏ bớt nhánh cuối.", "Delete `còn lại`, or the last branch."))
	}
}
