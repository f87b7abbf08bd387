package dsl_test

import (
	"fmt"
	"testing/fstest"

	"hoithoai/dsl"
)

func ExampleLoad() {
	bundle := fstest.MapFS{"chao.flow": {Data: []byte(`luồng chao "Chào hỏi"
  căn cứ "Quy chế làm việc của đơn vị"   hiệu lực 01/01/2026   rà soát 01/01/2027
  từ khóa "xin chào"

bước chao
  | Chào {zalo.ten}. Đây là {don_vi.ten}.
  kết thúc đạt
`)}}
	result, err := dsl.Load(bundle, dsl.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range result.Diagnostics {
		fmt.Println(d.Severity, d.Code, d.Span.Line)
	}
	flow := result.Program.Flows[0]
	fmt.Println(flow.Name, flow.Title, len(flow.Steps), len(result.Program.Hash))
	// Output:
	// warning G009 1
	// chao Chào hỏi 1 64
}

func ExampleUnpack() {
	blob := dsl.Pack(map[string][]byte{"chao.flow": []byte("luồng chao \"Chào hỏi\"\n\nbước chao\n  | Xin chào.\n  kết thúc đạt\n")})
	fsys, err := dsl.Unpack(blob)
	if err != nil {
		fmt.Println(err)
		return
	}
	result, err := dsl.Load(fsys, dsl.Options{})
	fmt.Println(err, len(result.Files), result.Files[0].Name.Text)
	// Output:
	// <nil> 1 chao
}
