package check

// checkResults reports every `ra` slot that may be unset where its sub-flow ends with `đạt`: the caller counts on it.
func checkResults(p *pass) {
	for _, g := range p.graphs {
		a := p.assign(g)
		for _, bad := range a.bad {
			if bad.result {
				p.reportResult(a, bad)
			}
		}
	}
}

func (p *pass) reportResult(a *assign, bad badRead) {
	slot := a.g.flow.SlotOrder[a.refs[bad.bit].Index].Decl
	p.fail(bad.at,
		say("Luồng con kết thúc đạt ở bước `%s` mà `%s` (ra) có thể chưa có: %s.",
			"The sub-flow ends well in the step `%s` while `%s` (ra) may not be set: %s.",
			a.g.name(bad.node), slot.Name.Text, a.unsetWay(bad)),
		slotFix(slot), a.whereSet(slot)...)
}
