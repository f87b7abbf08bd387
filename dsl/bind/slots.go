package bind

import (
	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// declareSlots reads the dữ liệu of a flow.
func (b *binder) declareSlots(f *Flow) {
	for _, decl := range f.File.Slots {
		if first := b.takenBy(f, decl.Name.Text); first != nil {
			b.twoData(decl.Name, *first)
			continue
		}
		b.declareSlot(f, decl)
	}
	b.checkManySlots(f)
}

func (b *binder) declareSlot(f *Flow, decl *tree.Slot) {
	b.checkModifiers(f, decl)
	typ, ok := b.slotType(decl)
	if !ok {
		b.lose(f.File, decl.Name.Text)
		return
	}
	b.checkOpening(f, decl, typ)
	slot := &Slot{Index: len(f.SlotOrder), Decl: decl, Type: b.keep(&decl.Type, typ)}
	f.Slots[decl.Name.Text] = slot
	f.SlotOrder = append(f.SlotOrder, slot)
}

// slotType is the type of a slot with its options.
func (b *binder) slotType(decl *tree.Slot) (value.Type, bool) {
	typ, ok := b.typeOf(&decl.Type)
	if !ok || !b.checkOptions(decl, typ) {
		return value.Type{}, false
	}
	switch typ.Kind {
	case value.Choice:
		typ.Options = b.options(decl)
	case value.Choices:
		typ.Options = b.options(decl)
		return typ, b.checkChoices(decl, typ)
	case value.Story:
		b.checkStory(decl)
	}
	return typ, true
}

// options are those of a chọn, by declaration; a second one of a name keeps its place, so that positions match the tree.
func (b *binder) options(decl *tree.Slot) []value.Option {
	seen := map[string]*tree.Option{}
	var out []value.Option
	for _, o := range decl.Options {
		if first := seen[o.Name.Text]; first != nil {
			b.twoOptions(o, first)
		}
		seen[o.Name.Text] = o
		option := value.Option{Name: o.Name.Text, Label: o.Label.Text}
		for _, s := range o.Synonyms {
			option.Synonyms = append(option.Synonyms, s.Text)
		}
		out = append(out, option)
	}
	return out
}

// takenBy returns where a name of data already means something in a flow, nil where it is free.
func (b *binder) takenBy(f *Flow, name string) *diag.Span {
	if s := f.Slots[name]; s != nil {
		return &s.Decl.Name.Span
	}
	return b.factNamed(name)
}

func (b *binder) factNamed(name string) *diag.Span {
	for _, fact := range b.out.Facts {
		if fact.Name == name {
			return &fact.Periods[0].Name.Span
		}
	}
	return nil
}
