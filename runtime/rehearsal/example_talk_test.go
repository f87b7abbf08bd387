package rehearsal_test

import (
	"fmt"
	"os"

	"hoithoai/dsl"
	"hoithoai/dsl/office"
	"hoithoai/runtime/rehearsal"
)

// A talk is played line by line; its record is a transcript that passes.
func ExampleTalk() {
	loaded, err := dsl.Load(os.DirFS("testdata/bundle"), dsl.Options{})
	if err != nil || loaded.Program == nil {
		fmt.Println(err, loaded.Diagnostics)
		return
	}
	talk := rehearsal.NewTalk(rehearsal.Config{Program: loaded.Program, Office: office.Demo(), Start: began})
	for _, line := range []string{"đặt chỗ", "Lan", "[Không nói]"} {
		reply, err := talk.Line(line)
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, m := range reply.Messages {
			fmt.Println(rehearsal.Spoken(m))
		}
	}
	fmt.Println("--")
	fmt.Print(talk.Transcript())
	// Output:
	// Chào. Đây là Công an phường Thới An (mẫu), hôm nay 24/11/2026.
	// Anh/chị tên gì?
	// Tuổi của người đặt?
	// Đã thôi.
	// --
	// hôm nay 24/11/2026 08:30
	//
	// thử dat "ghi lại"
	//   Dân: đặt chỗ
	//   Bot: Chào. Đây là Công an phường Thới An (mẫu), hôm nay 24/11/2026.
	//   Bot: [Mở bản đồ]
	//   Bot: Anh/chị tên gì?
	//   Dân: Lan
	//   Bot: Tuổi của người đặt?
	//   Bot: [Không nói]
	//   Dân: [Không nói]
	//   Bot: Đã thôi.
}
