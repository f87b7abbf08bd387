package template_test

import (
	"fmt"

	"hoithoai/dsl/expression"
	"hoithoai/dsl/office"
	"hoithoai/dsl/template"
	"hoithoai/dsl/value"
)

// guest is somebody of whom only the phone is known.
type guest struct{}

func (guest) Value(ref expression.Ref) value.Value {
	if ref.Kind == expression.RefSlot {
		return value.Value{Kind: value.Phone, S: "0912345678"}
	}
	return value.Value{}
}

func (guest) Today() (day int64, minute int) { return 20_781, 540 }

func (guest) Office() *office.Office { return nil }

func ExampleParse() {
	scope := &expression.Scope{Symbols: map[string]expression.Symbol{
		"may": {Ref: expression.Ref{Kind: expression.RefSlot, Name: "may"}, Type: value.Type{Kind: value.Phone}, MayBeUnset: true},
		"phi": {Ref: expression.Ref{Kind: expression.RefFact, Name: "phi"}, Type: value.Type{Kind: value.Money}, MayBeUnset: true},
	}}
	sentence, problems := template.Parse(`Chào {zalo.ten}, số {may} ghi ngày {hom_nay()}, phí {phi}.`, scope, nil)
	if problems != nil {
		fmt.Println(problems)
		return
	}
	text, err := sentence.Append(nil, guest{})
	fmt.Println(string(text), err)
	// Output: Chào, số 0912 345 678 ghi ngày 24/11/2026, phí cán bộ sẽ xác nhận. <nil>
}
