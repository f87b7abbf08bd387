package check

import (
	"hoithoai/dsl/diag"
	"hoithoai/dsl/expression"
	"hoithoai/dsl/tree"
)

// checkAssigned reports everything that is read where some way leads without it being set (design/language.md, Meaning 3).
func checkAssigned(p *pass) {
	for _, g := range p.graphs {
		a := p.assign(g)
		for _, bad := range a.bad {
			if !bad.result {
				p.reportUnset(a, bad)
			}
		}
	}
}

func (p *pass) reportUnset(a *assign, bad badRead) {
	ref := a.refs[bad.bit]
	step := a.g.name(bad.node)
	switch ref.Kind {
	case expression.RefFact:
		name := p.bundle.Facts[ref.Index].Name
		p.fail(bad.at,
			say("Bước `%s` tính với dữ kiện `%s`, mà dữ kiện này có ngày chưa rõ.",
				"The step `%s` computes with the fact `%s`, which is not known on every day.", step, name),
			guardFix(name))
	case expression.RefZalo:
		p.fail(bad.at,
			say("Bước `%s` tính với `zalo.%s`, mà người dân có thể không để.",
				"The step `%s` computes with `zalo.%s`, which a person may not have.", step, ref.Name),
			guardFix("zalo."+ref.Name))
	default:
		p.reportUnsetSlot(a, bad)
	}
}

func guardFix(name string) diag.Sentence {
	return say("Hỏi trước bằng `co(%s)`.", "Ask first with `co(%s)`.", name)
}

func (p *pass) reportUnsetSlot(a *assign, bad badRead) {
	slot := a.g.flow.SlotOrder[a.refs[bad.bit].Index].Decl
	p.fail(bad.at,
		say("`%s` có thể chưa có ở bước `%s`: %s.", "`%s` may not be set in the step `%s`: %s.",
			slot.Name.Text, a.g.name(bad.node), a.unsetWay(bad)),
		slotFix(slot), a.whereSet(slot)...)
}

// unsetWay tells the way on which nothing sets it.
func (a *assign) unsetWay(bad badRead) diag.Sentence {
	hops := a.way(bad.node, bad.bit)
	if hops == nil {
		return say("chính bước này xóa nó", "this very step clears it")
	}
	if len(hops) == 1 {
		return say("hội thoại bắt đầu ở đây", "the conversation begins here")
	}
	return say("đi %s %s thì chưa có", "there is nothing yet on the way %s %s", hops[0], join(hops[1:], ", "))
}

func slotFix(slot *tree.Slot) diag.Sentence {
	name := slot.Name.Text
	if slot.Machine {
		return say("Chỉ đọc `%s` sau khi tác vụ đã `được`, hoặc đặt sau `nếu co(%s)`.",
			"Read `%s` only after the task was `được`, or behind `nếu co(%s)`.", name, name)
	}
	if slot.Optional {
		return say("Câu hỏi này bỏ qua được (tùy): khai điều kiện `co_%s co(%s)` rồi viết `khi co_%s` trước dòng này; đưa cho tác vụ thì khai tham số là tùy.",
			"The question can be skipped (tùy): declare the condition `co_%s co(%s)` and write `khi co_%s` before this line; for a task, declare its parameter tùy.", name, name, name)
	}
	return say("Hỏi `%s` trên mọi đường tới đây, hoặc đặt sau `nếu co(%s)`.",
		"Ask `%s` on every way to here, or put this behind `nếu co(%s)`.", name, name)
}

// whereSet points at the declaration and at the first step that asks.
func (a *assign) whereSet(slot *tree.Slot) []diag.Related {
	out := []diag.Related{{Span: slot.Span, Message: say("`%s` khai ở đây.", "`%s` is declared here.", slot.Name.Text)}}
	for _, step := range a.g.flow.File.Steps {
		if step.End != nil && step.End.Kind == tree.Ask && step.End.Slot.Text == slot.Name.Text {
			return append(out, diag.Related{Span: step.End.Span,
				Message: say("`%s` được hỏi ở đây.", "`%s` is asked here.", slot.Name.Text)})
		}
	}
	return out
}
