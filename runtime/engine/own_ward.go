package engine

import (
	"slices"
	"strings"

	"hoithoai/dsl/fold"
	"hoithoai/dsl/office"
	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
)

// ownWard is the office's own ward under its names of before (office.Office.OldWards): some that the catalogue does not know,
// and some that other wards have too.
type ownWard struct {
	label     string
	known     value.Type // a catalogue of this one ward
	districts []string   // folded, of the old names
}

// newOwnWard returns nil where the office names no old wards.
func newOwnWard(of *office.Office) *ownWard {
	name, ok := of.Field("phuong")
	if !ok || len(of.OldWards) == 0 {
		return nil
	}
	w := &ownWard{label: name, known: value.Type{
		Kind: value.Ward, Options: []value.Option{{Name: name, Label: name, Synonyms: of.OldWards}},
	}}
	w.known.Prepare()
	for _, old := range of.OldWards {
		if _, district, _ := strings.Cut(old, ","); fold.Key(district) != "" {
			w.districts = append(w.districts, fold.Key(district))
		}
	}
	return w
}

// names reports whether a text says in which district the old ward was, so that no other is meant.
func (w *ownWard) names(text string) bool {
	key := fold.Key(text)
	return slices.ContainsFunc(w.districts, func(d string) bool { return fold.Contains(key, d) })
}

// readWard reads a ward again that the catalogue does not know, or not alone, as one of the office's own names of before. What
// others may mean too is asked back, the office's own first.
func (x *stepper) readWard(slot *program.Slot, text string, v value.Value, p *value.Problem) (value.Value, *value.Problem) {
	if p == nil || x.e.ward == nil || slot.Type.Kind != value.Ward {
		return v, p
	}
	if _, not := x.e.ward.known.ReadText(text, value.Context{Today: x.day}); not != nil {
		return v, p
	}
	own := x.ownOption(slot)
	switch {
	case own == program.None:
		return v, p
	case p.Kind != value.Ambiguous || x.e.ward.names(text):
		return value.Value{Kind: value.Ward, S: slot.Type.Options[own].Name}, nil
	}
	return v, ownFirst(p, own, slot.Type.Options[own].Label)
}

// ownOption is the office's ward in the catalogue of the asked slot, or program.None.
func (x *stepper) ownOption(slot *program.Slot) int {
	for i, o := range slot.Type.Options {
		if o.Label == x.e.ward.label {
			return i
		}
	}
	return program.None
}

// ownFirst asks back with the office's ward before the others; of too many to name, with it alone.
func ownFirst(p *value.Problem, own int, label string) *value.Problem {
	q := *p
	q.Candidates = []int{own}
	for _, c := range p.Candidates {
		if c != own && len(p.Candidates) <= maxWards {
			q.Candidates = append(q.Candidates, c)
		}
	}
	if len(p.Candidates) > maxWards {
		q.Sentence = sayOwnWard(label)
	}
	return &q
}
