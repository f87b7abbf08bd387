package engine

import (
	"hoithoai/dsl/expression"
	"hoithoai/dsl/office"
	"hoithoai/dsl/template"
	"hoithoai/dsl/value"
)

// Value implements expression.Env over the run x.at.
func (x *stepper) Value(ref expression.Ref) value.Value {
	switch ref.Kind {
	case expression.RefSlot:
		if x.at >= 0 && ref.Index < len(x.s.Runs[x.at].Slots) {
			return x.s.Runs[x.at].Slots[ref.Index]
		}
	case expression.RefFact:
		return x.p.Facts[ref.Index].On(x.day)
	case expression.RefFactOn:
		return x.p.Facts[ref.Index].On(ref.Day)
	case expression.RefCondition:
		return x.condition(ref.Index)
	case expression.RefZalo:
		if ref.Name == "ten" {
			return text(x.s.Name)
		}
	case expression.RefOffice:
		return text(x.e.cfg.Office.Fields[ref.Name])
	}
	return value.Value{}
}

// condition returns what a named condition says; unset where it reads something unset, which the reader then reports.
func (x *stepper) condition(i int) value.Value {
	if x.at < 0 {
		return value.Value{}
	}
	conditions := x.flowAt(x.at).Conditions
	if i >= len(conditions) {
		return value.Value{}
	}
	yes, err := conditions[i].Expr.Bool(x)
	if err != nil {
		return value.Value{}
	}
	v := value.Value{Kind: value.YesNo}
	if yes {
		v.N = 1
	}
	return v
}

func text(s string) value.Value {
	if s == "" {
		return value.Value{}
	}
	return value.Value{Kind: value.Text, S: s}
}

// Today implements expression.Env: the day of the event, so that every replay is exact.
func (x *stepper) Today() (day int64, minute int) { return x.day, x.minute }

// Office implements expression.Env.
func (x *stepper) Office() *office.Office { return x.e.cfg.Office }

// holds evaluates a khi; nil is always true.
func (x *stepper) holds(when *expression.Expr) (bool, error) {
	if when == nil {
		return true, nil
	}
	return when.Bool(x)
}

// text renders a sentence.
func (x *stepper) text(t *template.Template) (string, error) {
	if len(t.Parts) == 0 {
		return t.Text, nil
	}
	buf, err := t.Append(x.buf[:0], x)
	x.buf = buf
	return string(buf), err
}
