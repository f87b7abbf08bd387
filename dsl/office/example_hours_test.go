package office_test

import (
	"fmt"

	"hoithoai/dsl/office"
	"hoithoai/dsl/value"
)

func ExampleParseWeek() {
	week, err := office.ParseWeek("T2-T6 7h30-11h30 13h-17h; thứ bảy 7h30-11h30")
	fmt.Println(week, err)
	_, err = office.ParseWeek("thứ 2-thứ 8 07:30-11:30")
	fmt.Println(err)
	// Output:
	// thứ 2-thứ 6 07:30-11:30 13:00-17:00; thứ 7 07:30-11:30 <nil>
	// hours not understood: "thứ 8" is no day; write "thứ 2" … "thứ 7" or "chủ nhật"
}

func ExampleOffice_AddWorkingDays() {
	o := office.Demo()
	friday, _ := value.DayNumber(2026, 11, 27)
	year, month, day := value.Civil(o.AddWorkingDays(friday, 3))
	fmt.Printf("%02d/%02d/%d\n", day, month, year)
	// Output: 02/12/2026
}

func ExampleOffice_OpenAt() {
	o := office.Demo()
	saturday, _ := value.DayNumber(2026, 11, 28)
	fmt.Println(o.OpenAt("cu_tru", saturday, 8*60), o.OpenAt("can_cuoc", saturday, 8*60))
	// Output: true false
}
