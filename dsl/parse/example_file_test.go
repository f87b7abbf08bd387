package parse_test

import (
	"fmt"

	"hoithoai/dsl/parse"
)

func ExampleFile() {
	src := []byte(`luồng chao "Chào hỏi"
  từ khóa "chào", "xin chào"

bước chao
  | Chào anh/chị.
  [Gặp cán bộ] -> luồng gap_can_bo
  [Xong]       -> het

buoc het
  kết thúc đạt
`)
	file, found := parse.File("chao_hoi/chao.flow", src)
	for _, step := range file.Steps {
		fmt.Println(step.Name.Text, len(step.End.Buttons))
	}
	for _, d := range found {
		fmt.Println(d.Span.Line, d.Code, d.Message.EN, d.Fix.EN)
	}
	// Output:
	// chao 2
	// het 0
	// 9 C001 There is no word “buoc”. Write “bước”.
}

func ExampleTests() {
	src := []byte(`hôm nay 24/11/2026 09:00

thử chao "gặp cán bộ"
  Dân: xin chào
  Bot: Chào anh/chị.
  Dân: [Gặp cán bộ]
`)
	tests, found := parse.Tests("chao_hoi/chao_test.flow", src)
	for _, line := range tests.Tests[0].Lines {
		fmt.Println(line.Kind, line.Text.Text)
	}
	fmt.Println(len(found))
	// Output:
	// 1 xin chào
	// 2 Chào anh/chị.
	// 1 [Gặp cán bộ]
	// 0
}
