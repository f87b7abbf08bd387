package check

// checkPurpose demands of every bảo mật slot that a person fills what it is for: the law asks for it, and the data map is
// drawn from it.
func checkPurpose(p *pass) {
	for _, g := range p.graphs {
		for _, slot := range g.flow.SlotOrder {
			if !slot.Decl.Secret || slot.Decl.Purpose != nil {
				continue
			}
			p.fail(slot.Decl.Span,
				say("`%s` là bảo mật mà chưa nói để làm gì.", "`%s` is bảo mật and does not say what it is for.", slot.Decl.Name.Text),
				say("Thêm `để \"…\"` vào cuối dòng.", "Add `để \"…\"` at the end of the line."))
		}
	}
}
