package expression_test

import (
	"fmt"

	"hoithoai/dsl/expression"
	"hoithoai/dsl/value"
)

// dwelling is the type of a choice of three options.
var dwelling = value.Type{Kind: value.Choice, Options: []value.Option{
	{Name: "thue", Label: "Nhà thuê"}, {Name: "nho", Label: "Ở nhờ"}, {Name: "nha", Label: "Nhà của tôi"},
}}

func dwellingScope() *expression.Scope {
	return &expression.Scope{Symbols: map[string]expression.Symbol{
		"cho_o": {Ref: expression.Ref{Kind: expression.RefSlot, Name: "cho_o"}, Type: dwelling, MayBeUnset: true},
		"phi":   {Ref: expression.Ref{Kind: expression.RefFact, Name: "phi"}, Type: value.Type{Kind: value.Money}},
	}}
}

func ExampleCompileAs() {
	x, _ := expression.CompileAs(`"nho"`, dwellingScope(), dwelling)
	v, err := x.Eval(desk{})
	fmt.Println(v.Kind == value.Choice, v.N, dwelling.Show(v), err)
	_, problems := expression.CompileAs(`"khach_san"`, dwellingScope(), dwelling)
	fmt.Println(problems[0].Code, problems[0].Message.EN)
	// Output:
	// true 1 Ở nhờ <nil>
	// B006 "khach_san" is not an option here.
}

func ExampleExpr_Always() {
	for _, src := range []string{`cho_o in ["thue", "nho", "nha"]`, `cho_o == "thue" and cho_o == "nho"`, `cho_o == "thue"`} {
		x, _ := expression.Compile(src, dwellingScope())
		fmt.Println(x.Always())
	}
	// Output:
	// true true
	// true false
	// false false
}

func ExampleExpr_Implies() {
	x, _ := expression.Compile(`co(cho_o) and phi > 0`, dwellingScope())
	fmt.Println(x.Implies()[0].Name, len(x.ImpliesNot()))
	// Output: cho_o 0
}

func ExampleCache() {
	var cache expression.Cache
	scope := dwellingScope()
	a, _ := cache.Compile(`phi > 0`, scope)
	b, _ := cache.Compile(`phi > 0`, scope)
	fmt.Println(a == b)
	// Output: true
}

func ExampleField() {
	name, ok := expression.Field("zalo", "ten")
	fmt.Println(ok, name.MayBeUnset, name.Type.MaxLen())
	_, ok = expression.Field("zalo", "so")
	fmt.Println(ok)
	// Output:
	// true true 40
	// false
}

func ExampleMask() {
	fmt.Println(expression.Mask(value.Value{Kind: value.Phone, S: "0912345678"}))
	fmt.Println(expression.Mask(value.Value{Kind: value.Text, S: "Nguyễn Thị Lan"}))
	// Output:
	// 0912•••678
	// •••
}

func ExampleRules() {
	for _, r := range expression.Rules() {
		if r.Code == expression.CodeThousands {
			fmt.Println(r.Summary.EN)
		}
	}
	// Output: Numbers in an expression have no points for thousands.
}
