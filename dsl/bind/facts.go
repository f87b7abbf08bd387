package bind

import (
	"cmp"
	"slices"

	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// declareFacts gathers the facts of all files: a fact is of the whole bundle wherever it stands, so that one name never has
// two values.
func (b *binder) declareFacts() {
	byName := map[string]*Fact{}
	for _, file := range b.files {
		for _, decl := range file.Facts {
			b.declareFact(byName, file, decl)
		}
	}
	for _, f := range byName {
		b.out.Facts = append(b.out.Facts, f)
	}
	slices.SortFunc(b.out.Facts, func(x, y *Fact) int { return cmp.Compare(x.Name, y.Name) })
}

func (b *binder) declareFact(byName map[string]*Fact, file *tree.File, decl *tree.Fact) {
	typ, ok := b.factType(decl)
	if !ok {
		b.lose(nil, decl.Name.Text)
		return
	}
	f := byName[decl.Name.Text]
	switch {
	case f == nil:
		f = &Fact{Name: decl.Name.Text, Type: b.keep(&decl.Type, typ), File: file}
		byName[f.Name] = f
	case f.File != file:
		b.factApart(decl, f)
		return
	case f.Type.Kind != typ.Kind:
		b.factTypes(decl, f)
		return
	}
	b.checkDates(decl)
	f.Periods = append(f.Periods, decl)
	f.Values = append(f.Values, b.factValue(decl, f.Type))
}

// mayBeUnset reports whether the fact has no value on some day of its life: chưa rõ, a gap between two periods, or an end
// after which nothing follows. The days before its first period do not count: a law that is not yet in force is a finding of
// the day (group P), not of the expression.
func (f *Fact) mayBeUnset() bool {
	if slices.ContainsFunc(f.Values, func(v value.Value) bool { return !v.IsSet() }) {
		return true
	}
	spans := make([][2]int64, 0, len(f.Periods))
	for _, p := range f.Periods {
		from, to := Validity(p)
		spans = append(spans, [2]int64{from, to})
	}
	slices.SortFunc(spans, func(x, y [2]int64) int { return cmp.Compare(x[0], y[0]) })
	end := spans[0][1]
	for _, s := range spans[1:] {
		if end < value.LastDay && s[0] > end+1 {
			return true
		}
		end = max(end, s[1])
	}
	return end < value.LastDay
}

// Validity is the first and last day of a period as day numbers, both inclusive; an open end is the end of the calendar.
func Validity(p *tree.Fact) (from, to int64) {
	return dayOr(p.From, value.FirstDay), dayOr(p.To, value.LastDay)
}

func dayOr(d *tree.Date, open int64) int64 {
	if d == nil {
		return open
	}
	day, ok := value.DayNumber(d.Year, d.Month, d.Day)
	if !ok {
		return open
	}
	return day
}
