package program

// AsksSecret reports whether a step asks for a `bảo mật` slot: then what the person writes must not reach journal or logs.
func (p *Program) AsksSecret(flow, step int) bool {
	if flow < 0 || flow >= len(p.Flows) || step < 0 || step >= len(p.Flows[flow].Steps) {
		return false
	}
	f := p.Flows[flow]
	end := f.Steps[step].End
	return end.Kind == Ask && f.Slots[end.Slot].Secret
}
