package bind

import (
	"hoithoai/dsl/diag"
	"hoithoai/dsl/expression"
	"hoithoai/dsl/template"
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// checkStory: a kể is asked for and goes to a task. No task fills it, no other flow gives or takes it, and it is bảo mật (D083).
func (b *binder) checkStory(decl *tree.Slot) {
	if decl.Machine || decl.In || decl.Out {
		b.strayStory(decl.Span)
	}
	if !decl.Secret {
		b.openStory(decl)
	}
}

// checkStoryResults: a task gives no kể back.
func (b *binder) checkStoryResults(t *tree.Task) {
	for i := range t.Results {
		if r := &t.Results[i]; b.out.Types[&r.Type].Kind == value.Story {
			b.strayStory(r.Type.Span)
		}
	}
}

// checkStoryExpr: no expression gives a kể but the argument of a task.
func (b *binder) checkStoryExpr(x *expression.Expr, e *tree.Expr, at site) {
	if x == nil || x.Type.Kind != value.Story || at.role == roleArg && at.end.Kind == tree.Do {
		return
	}
	b.strayStory(e.Span)
}

// checkStoryProse: a kể stands in no sentence.
func (b *binder) checkStoryProse(t template.Template, p *tree.Prose) {
	for _, part := range t.Parts {
		if part.IsRef && part.Type.Kind == value.Story {
			b.strayStory(p.Columns.Part(p.Span, part.Offset, part.Length))
		}
	}
}

func (b *binder) strayStory(at diag.Span) {
	b.fail(codeStory, at, say("Lời kể chỉ hỏi rồi đưa vào tác vụ.", "A kể is asked for and given to a task, nothing else."),
		say("Đưa vào tác vụ bằng làm; muốn biết đã kể chưa thì dùng co(…).", "Give it to a task with làm; ask co(…) whether it was told."))
}
