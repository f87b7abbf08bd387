// Package dossier answers for what flows say: from every fact to its source and to the sentences that use it, and from every
// flow to what an officer must look at before it is published. It is for people who check, not for the engine: it judges
// nothing (package check does) and prints nothing (the verbs facts and review do).
package dossier

import (
	"cmp"
	"slices"

	"hoithoai/dsl/bind"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// Fact is one dữ kiện with everything that is known of it.
type Fact struct {
	Name    string
	Kind    string   // its type as written: "tiền", "số"
	File    string   // path in the bundle
	Periods []Period // in order of validity
	Uses    []Use    // in order of file and line; never nil of a bundle without findings (D023)
}

// Period is one line of a fact.
type Period struct {
	Value    string // as residents read it; "" for chưa rõ
	From, To int64  // day numbers, both inclusive; value.FirstDay and value.LastDay where open
	Source   string
	Span     diag.Span
}

// Use is one place that reads a fact: a sentence, a label, an address, a condition, a computation.
type Use struct {
	Flow string // name of the flow or chung file
	Step string // "" outside steps
	Text string // as written, with its {…}
	Span diag.Span
}

// Facts returns every fact of a bundle, by name.
func Facts(b *bind.Bundle) []Fact {
	uses := usesOf(b)
	out := make([]Fact, 0, len(b.Facts))
	for i, f := range b.Facts {
		fact := Fact{Name: f.Name, Kind: f.Periods[0].Type.Keyword, File: f.File.Path, Uses: sorted(uses[i])}
		for n, line := range f.Periods {
			fact.Periods = append(fact.Periods, periodOf(f, line, n))
		}
		slices.SortFunc(fact.Periods, func(x, y Period) int { return cmp.Compare(x.From, y.From) })
		out = append(out, fact)
	}
	return out
}

func periodOf(f *bind.Fact, line *tree.Fact, n int) Period {
	from, to := bind.Validity(line)
	p := Period{From: from, To: to, Source: line.Basis.Text, Span: line.Span}
	if v := f.Values[n]; v.IsSet() {
		p.Value = f.Type.Show(v)
	}
	return p
}

// On returns the period that holds on a day; ok is false where none does.
func (f *Fact) On(day int64) (p Period, ok bool) {
	for _, p := range f.Periods {
		if p.From <= day && day <= p.To {
			return p, true
		}
	}
	return Period{}, false
}

// Changes returns the first day after day on which the fact has another value, or none any more; ok is false where it never
// changes again.
func (f *Fact) Changes(day int64) (next int64, ok bool) {
	for _, p := range f.Periods {
		switch {
		case p.From > day:
			return p.From, true
		case p.From <= day && day <= p.To && p.To < value.LastDay:
			return p.To + 1, true
		}
	}
	return 0, false
}

func sorted(uses []Use) []Use {
	slices.SortFunc(uses, func(a, b Use) int {
		return cmp.Or(cmp.Compare(a.Span.File, b.Span.File), cmp.Compare(a.Span.Line, b.Span.Line), cmp.Compare(a.Span.Column, b.Span.Column))
	})
	return slices.CompactFunc(uses, func(a, b Use) bool { return a.Span == b.Span })
}
