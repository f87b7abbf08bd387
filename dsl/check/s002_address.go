package check

import (
	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
)

// checkAddresses refuses bảo mật values in the address of a `mở` or `gọi số`: an address is logged by others.
func checkAddresses(p *pass) {
	for _, g := range p.graphs {
		g.steps(func(step *tree.Step) {
			for _, c := range g.choices(step) {
				if c.button != nil && (c.button.Kind == tree.Open || c.button.Kind == tree.Phone) {
					p.reportAddress(g, c.button)
				}
			}
		})
	}
}

func (p *pass) reportAddress(g *graph, b *tree.Button) {
	t := g.flow.Templates[&b.Address]
	for i := range t.Parts {
		part := &t.Parts[i]
		if !part.Masked {
			continue
		}
		p.fail(b.Address.Columns.Part(b.Address.Span, part.Offset, part.Length),
			say("Dữ liệu bảo mật không được nằm trong địa chỉ của nút [%s].", "Data that is bảo mật must not be part of the address of the button [%s].", b.Label.Text),
			say("Bỏ khỏi địa chỉ.", "Take it out of the address."), g.secretsIn(part.Offset, b)...)
	}
}

// secretsIn points at the declaration of the slot that a part names, where it names one.
func (g *graph) secretsIn(offset int, b *tree.Button) []diag.Related {
	for _, part := range g.flow.Templates[&b.Address].Parts {
		if part.Offset == offset && part.IsRef && part.Ref.Index < len(g.flow.SlotOrder) {
			return []diag.Related{declared(g.flow.SlotOrder[part.Ref.Index].Decl)}
		}
	}
	return nil
}

func declared(slot *tree.Slot) diag.Related {
	return diag.Related{Span: slot.Span, Message: say("`%s` khai bảo mật ở đây.", "`%s` is declared bảo mật here.", slot.Name.Text)}
}
