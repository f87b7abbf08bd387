package redact_test

import (
	"fmt"

	"hoithoai/runtime/redact"
)

func ExampleText() {
	fmt.Println(redact.Text("Căn cước 079 203 012 345, gọi tôi số 0912 345 678, mất 5.000.000 đ."))
	// Output: Căn cước •••, gọi tôi số 0912 345 678, mất 5.000.000 đ.
}
