package diag_test

import (
	"fmt"
	"os"

	"hoithoai/dsl/diag"
)

func ExampleWriteText() {
	found := diag.List{{
		Code:     "C001",
		Severity: diag.Error,
		Span:     diag.Span{File: "tam_tru.flow", Line: 2, Column: 3, EndLine: 2, EndColumn: 6},
		Message:  diag.Sentence{VI: "Không có từ “hoi”.", EN: "There is no word “hoi”."},
		Fix:      diag.Sentence{VI: "Viết là “hỏi”.", EN: "Write “hỏi”."},
	}}
	source := func(string) string { return "bước viec\n  hoi viec\n" }
	if err := diag.WriteText(os.Stdout, found, diag.Vietnamese, source); err != nil {
		fmt.Println(err)
	}
	// Output:
	// tam_tru.flow:2:3: lỗi C001: Không có từ “hoi”.
	//     2 |   hoi viec
	//       |   ^^^
	//       = sửa: Viết là “hỏi”.
}
