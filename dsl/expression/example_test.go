package expression_test

import (
	"fmt"

	"hoithoai/dsl/expression"
	"hoithoai/dsl/office"
	"hoithoai/dsl/value"
)

// desk is the least an expression needs: two slots, a day and an office.
type desk struct{ age, base value.Value }

func (d desk) Value(ref expression.Ref) value.Value {
	if ref.Name == "tuoi_dan" {
		return d.age
	}
	return d.base
}

func (d desk) Today() (day int64, minute int) { return 20_781, 540 }

func (d desk) Office() *office.Office { return nil }

func newScope() *expression.Scope {
	bounded := func(lo, hi int64) value.Type {
		return value.Type{Kind: value.Number, Min: lo, Max: hi, HasMin: true, HasMax: true}
	}
	return &expression.Scope{Symbols: map[string]expression.Symbol{
		"tuoi_dan": {Ref: expression.Ref{Kind: expression.RefSlot, Name: "tuoi_dan"}, Type: bounded(18, 75), MayBeUnset: true},
		"co_ban":   {Ref: expression.Ref{Kind: expression.RefSlot, Index: 1, Name: "co_ban"}, Type: bounded(0, 100_000), MayBeUnset: true},
	}}
}

func ExampleCompile() {
	x, problems := expression.Compile(`lam_tron(co_ban * 1.35 + tuoi_dan * 2)`, newScope())
	if problems != nil {
		fmt.Println(problems)
		return
	}
	v, err := x.Eval(desk{age: value.Value{Kind: value.Number, N: 52}, base: value.Value{Kind: value.Number, N: 900}})
	fmt.Println(v.N, err)
	_, err = x.Eval(desk{base: value.Value{Kind: value.Number, N: 900}})
	fmt.Println(err)
	// Output:
	// 1319 <nil>
	// read tuoi_dan: value is not set
}

func ExampleCompile_problem() {
	_, problems := expression.Compile(`tuoi_dan > 18 && co_ban / 2 > 3`, newScope())
	for _, p := range problems {
		fmt.Println(p.Code, p.Offset, p.Message.VI, p.Fix.VI)
	}
	// Output: B004 14 Ở đây phải viết and, không phải &&. Viết and.
}

func ExampleCovers() {
	scope := newScope()
	young, _ := expression.Compile(`tuoi_dan < 50`, scope)
	old, _ := expression.Compile(`tuoi_dan > 50`, scope)
	v := expression.Covers([]*expression.Expr{young, old})
	fmt.Println(v.Decided, v.Gap)
	// Output: true tuoi_dan = 50
}

func ExampleExpr_Needs() {
	x, _ := expression.Compile(`co(tuoi_dan) and tuoi_dan > 30 and co_ban > 0`, newScope())
	for _, ref := range x.Needs() {
		fmt.Println(ref.Name)
	}
	// Output: co_ban
}
