package value_test

import (
	"fmt"

	"hoithoai/dsl/value"
)

func ExampleType_ReadText() {
	today, _ := value.DayNumber(2026, 11, 24)
	ctx := value.Context{Today: today}
	date := value.Type{Kind: value.Date, Min: today, HasMin: true}
	for _, text := range []string{"26/11", "ngày mai", "31/02", "thứ hai tới"} {
		v, problem := date.ReadText(text, ctx)
		if problem != nil {
			fmt.Println(problem.Sentence)
			continue
		}
		fmt.Println(date.Show(v))
	}
	// Output:
	// 26/11/2026
	// 25/11/2026
	// Lịch không có ngày 31/02; anh/chị cho biết ngày, tháng, năm, ví dụ 26/11/2026.
	// Anh/chị cho biết rõ ngày giúp, ví dụ 30/11/2026.
}

func ExampleType_ReadText_choice() {
	homes := value.Type{Kind: value.Choice, Options: []value.Option{
		{Name: "thue", Label: "Nhà thuê, nhà trọ"},
		{Name: "nho", Label: "Ở nhờ"},
		{Name: "nha", Label: "Nhà của tôi"},
	}}
	homes.Prepare()
	for _, text := range []string{"nha tro", "dạ số 2 ạ", "nhà", "ở nhơơ"} {
		v, problem := homes.ReadText(text, value.Context{})
		if problem != nil {
			fmt.Println(problem.Kind, problem.Candidates)
			continue
		}
		fmt.Println(v.S)
	}
	// Output:
	// thue
	// nho
	// ambiguous [0 2]
	// near miss [1]
}

func ExampleType_Parse() {
	fee := value.Type{Kind: value.Money}
	v, err := fee.Parse("15.000")
	fmt.Println(fee.Show(v), err)
	_, err = fee.Parse("mười lăm đô")
	fmt.Println(err)
	// Output:
	// 15.000 đ <nil>
	// parse "mười lăm đô": not a value of the type: not understood
}

func ExampleAge() {
	birth, _ := value.DayNumber(2008, 11, 25)
	today, _ := value.DayNumber(2026, 11, 24)
	fmt.Println(value.Age(birth, today), value.Age(birth, today+1))
	// Output: 17 18
}
