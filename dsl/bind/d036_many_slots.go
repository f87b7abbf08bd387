package bind

// checkManySlots: a flow declares at most maxSlots slots.
func (b *binder) checkManySlots(f *Flow) {
	if len(f.SlotOrder) <= maxSlots {
		return
	}
	b.fail(codeManySlots, f.SlotOrder[maxSlots].Decl.Name.Span,
		say("Luồng khai %d dữ liệu, nhiều nhất là %d.", "The flow declares %d slots; %d is the most.", len(f.SlotOrder), maxSlots),
		say("Tách bớt thành luồng con.", "Move some of it into a sub-flow."))
}
