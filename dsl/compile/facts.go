package compile

import (
	"cmp"
	"math"
	"slices"

	"hoithoai/dsl/bind"
	"hoithoai/dsl/program"
	"hoithoai/dsl/tree"
)

// fact lowers a fact, its periods in order of validity.
func fact(f *bind.Fact) *program.Fact {
	out := &program.Fact{Name: f.Name, Type: f.Type}
	for i, decl := range f.Periods {
		p := program.Period{Value: f.Values[i], From: math.MinInt64, To: math.MaxInt64, Source: decl.Basis.Text}
		from, to := bind.Validity(decl)
		if decl.From != nil {
			p.From = from
		}
		if decl.To != nil {
			p.To = to
		}
		out.Periods = append(out.Periods, p)
	}
	slices.SortStableFunc(out.Periods, func(a, b program.Period) int { return cmp.Compare(a.From, b.From) })
	return out
}

func (c *compiler) lowerTask(index int, t *tree.Task) *program.Task {
	out := &program.Task{
		Index: index, Name: t.Name.Text, Params: c.params(t.Params), Results: c.params(t.Results),
		Timeout: cmp.Or(t.Timeout, DefaultTimeout), Irreversible: t.Irreversible,
	}
	for _, e := range t.Errors {
		out.Errors = append(out.Errors, e.Text)
	}
	return out
}

func (c *compiler) params(params []tree.Param) []program.Param {
	var out []program.Param
	for i := range params {
		p := &params[i]
		out = append(out, program.Param{Name: p.Name.Text, Type: c.bundle.Types[&p.Type], Secret: p.Secret, Optional: p.Optional})
	}
	return out
}
