package fold_test

import (
	"fmt"

	"hoithoai/dsl/fold"
)

func ExampleKey() {
	fmt.Println(fold.Key("Dạ, Đăng ký!!"))
	fmt.Println(fold.Key("Ngày 26/11, lúc 7:30; 15.000đ."))
	// Output:
	// da dang ky
	// ngay 26/11 luc 7:30 15.000d
}

func ExampleContains() {
	key := fold.Key("Em mới dọn tới, khai tạm trú sao ạ?")
	fmt.Println(fold.Contains(key, fold.Key("Tạm trú")), fold.Contains(key, fold.Key("tạm")), fold.Contains(key, "tam t"))
	// Output: true true false
}

func ExampleClean() {
	fmt.Printf("%q\n", fold.Clean("  Nguye\u0302\u0303n\u200b Va\u0306n A\u202e\r\n"))
	// Output: "Nguyễn Văn A"
}
