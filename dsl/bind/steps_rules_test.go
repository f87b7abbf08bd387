package bind_test

import (
	"testing"
)

func TestD014AskMachine(t *testing.T) {
	t.Parallel()
	no := []words{{
		vi: "“ma” là dữ liệu máy, chỉ tác vụ mới điền, không hỏi người dân được.", en: "“ma” is set by tasks only (máy); it cannot be asked.",
		fixVI: "Bỏ chữ máy ở dòng khai, hoặc hỏi dữ liệu khác.", fixEN: "Remove máy from its declaration, or ask another slot.",
	}}
	flow := func(decl, body string) []string {
		return []string{thu("tác vụ gui(ten chữ) trả (ma chữ)", "dữ liệu\n  "+decl, body)}
	}
	const do = `bước gui
  làm gui("A") nhận ma
  được   -> het
  lỗi    -> het`
	holds(t, "D014",
		example{"asked", flow("‹ma   chữ 1..9   máy   \"Mã\"›", `bước dau
  | Mã?
  hỏi «ma»
  -> gui

`+do), no},
		example{"secret too", flow("‹ma   chữ 1..9   máy bảo mật   \"Mã\"›", `bước dau
  | Mã?
  hỏi «ma»
  -> gui

`+do), no},
		example{"taken", flow("ma   chữ 1..9   máy   \"Mã\"", do), nil},
		example{"asked, without máy", flow("ma   chữ 1..9   \"Mã\"", `bước dau
  | Mã?
  hỏi ma
  -> gui

`+do), nil},
	)
}

func TestD021NoSteps(t *testing.T) {
	t.Parallel()
	none := []words{{
		vi: "Luồng “thu” chưa có bước nào.", en: "The flow “thu” has no step.", fixVI: "Thêm một bước, ví dụ: bước chao.", fixEN: "Add a step, for example: bước chao.",
	}}
	holds(t, "D021",
		example{"a name alone", []string{"luồng «thu» \"Thử\"\n"}, none},
		example{"headers alone", []string{`luồng «thu» "Thử"
  từ khóa "thử"
`}, none},
		example{"a sub-flow", []string{"luồng con «thu» \"Thử\"\n"}, none},
		example{"a chung file needs none", []string{"chung a\n"}, nil},
		example{"one", []string{`luồng thu "Thử"

bước dau
  | A.
  kết thúc đạt
`}, nil},
	)
}

func TestD026Return(t *testing.T) {
	t.Parallel()
	no := func(step, to string) []words {
		return []words{{
			vi:    "Bước “" + step + "” không hỏi và không gọi, nên không có lúc nào để rồi sang “" + to + "”.",
			en:    "Step “" + step + "” neither asks nor calls, so nothing there leads on to “" + to + "”.",
			fixVI: "Chỉ viết -> " + step + ".", fixEN: "Write only -> " + step + ".",
		}}
	}
	flow := func(to string, step string) []string {
		return []string{con("hoi"), thu("tác vụ gui(so số)", asksSo, `bước hoi_so
  | Mấy?
  hỏi so
  -> xem

bước xem
  | {so}?
  [Sửa]   -> `+to+`
  [Xong]   -> gui

`+
			`bước gui
  làm gui(so)
  được   -> het
  lỗi    -> het

bước goi
  gọi hoi()
  xong    -> het
  bỏ dở   -> het

`+step)}
	}
	holds(t, "D026",
		example{"a step that speaks", flow("noi rồi «xem»", `bước ‹noi›
  | A.
  -> het`), no("noi", "xem")},
		example{"a menu", flow("noi rồi «xem»", `bước noi
  | A?
  [B]   -> het`), no("noi", "xem")},
		example{"a branch", flow("noi rồi «xem»", `bước noi
  nếu so > 3   -> het
  còn lại   -> xem`), no("noi", "xem")},
		example{"a step that ends", flow("noi rồi «het»", `bước noi
  | A.
  kết thúc bỏ`), no("noi", "het")},
		example{"a task", flow("gui rồi «xem»", `bước noi
  | A.
  -> het`), no("gui", "xem")},
		example{"a question", flow("hoi_so rồi xem", `bước noi
  | A.
  -> het`), nil},
		example{"a call", flow("goi rồi xem", `bước noi
  | A.
  -> het`), nil},
	)
}

func TestD031SetButton(t *testing.T) {
	t.Parallel()
	no := func(label string) []words {
		return []words{{
			vi: "Nút [" + label + "] = … chỉ đứng dưới hỏi.", en: "A button [" + label + "] = … stands only under hỏi.",
			fixVI: "Thêm hỏi, hoặc dùng -> để đi tới một bước.", fixEN: "Add hỏi, or use -> to go to a step.",
		}}
	}
	holds(t, "D031",
		example{"in a menu", []string{thu(`bước dau
  | A?
  «[Một]   = 3»
  [B]   -> het`)}, no("Một")},
		example{"under a reminder", []string{thu(asksSo, `bước dau
  | A?
  hỏi so
  -> het
  im lặng 10 phút
    | Còn đó không?
    «[Ba]   = 3»`)}, no("Ba")},
		example{"under a reminder of every step", []string{thu(`mọi bước
  im lặng 10 phút
    | Còn đó không?
    «[Ba]   = 3»`, `bước dau
  | A?
  [B]   -> het`)}, no("Ba")},
		example{"under a question", []string{thu(asksSo, `bước dau
  | A?
  hỏi so
  [Ba]   = 3
  -> het`)}, nil},
	)
}

func TestD055LinkAlone(t *testing.T) {
	t.Parallel()
	alone := []words{{
		vi: "Nút mở, gọi số cần một câu | trong cùng bước.", en: "A link needs a sentence (|) in its step.",
		fixVI: "Thêm một câu | ở trên nút.", fixEN: "Add a sentence | above the button.",
	}}
	at := func(body string) []string { return []string{thu("bước dau\n" + body + "\n  -> het")} }
	holds(t, "D055",
		example{"a page", at("  «[A]   mở \"https://a.vn\"»"), alone},
		example{"a number", at("  «[A]   gọi số \"113\"»"), alone},
		example{"under a picture", at("  ảnh \"a.png\" \"A\"\n  «[A]   mở \"https://a.vn\"»"), alone},
		example{"only the first of two", at("  «[A]   mở \"https://a.vn\"»\n  [B]   gọi số \"113\""), alone},
		example{"under a sentence", at("  | A.\n  [A]   mở \"https://a.vn\""), nil},
		example{"above a sentence", at("  [A]   mở \"https://a.vn\"\n  | A."), nil},
		example{"under a list", at(`  danh sách
    * A
  [A]   mở "https://a.vn"`), nil},
		example{"under a table", at(`  bảng
    * A: B
  [A]   mở "https://a.vn"`), nil},
	)
}

func TestD056TwoSilences(t *testing.T) {
	t.Parallel()
	twice := words{
		vi: "Ở đây đã có một im lặng sau cùng thời gian này.", en: "There is an im lặng after the same time here already.",
		fixVI: "Gộp hai dòng làm một, hoặc đổi thời gian.", fixEN: "Join the two, or change one of the times.",
	}
	const menu = `bước dau
  | A?
  [B]   -> het
`
	holds(t, "D056",
		example{"in a step", []string{thu(menu + `  ‹im lặng 10 phút›
    | Một.
  «im lặng 10 phút   -> het»`)}, []words{twice}},
		example{"in another unit", []string{thu(menu + `  ‹im lặng 1 giờ›
    | Một.
  «im lặng 60 phút   -> het»`)}, []words{twice}},
		example{"apart, and three of them", []string{thu(menu + `  ‹‹im lặng 1 ngày   -> het››
  im lặng 2 giờ
    | Hai.
  «im lặng 24 giờ   -> dau»
  «im lặng 1 ngày   -> dau»`)}, []words{twice, twice}},
		example{"in the steps of a flow", []string{thu(`mọi bước
  ‹im lặng 10 phút›
    | Một.
  «im lặng 10 phút   -> het»`, menu)}, []words{twice}},
		example{"in a chung file", []string{`chung a

mọi bước
  ‹im lặng 10 phút›
    | Một.
  «im lặng 10 phút   -> bắt đầu lại»
`, thu(menu)}, []words{twice}},
		example{"in two chung files", []string{`chung b

mọi bước
  «im lặng 10 phút   -> bắt đầu lại»
`, `chung a

mọi bước
  ‹im lặng 10 phút›
    | Một.
`, thu(menu)}, []words{twice}},
		example{"in a step and its flow", []string{thu("mọi bước\n  im lặng 10 phút   -> het", menu+"  im lặng 10 phút\n    | Một.")}, nil},
		example{"in a flow and a chung file", []string{`chung a

mọi bước
  im lặng 10 phút   -> bắt đầu lại
`, thu("mọi bước\n  im lặng 10 phút   -> het", menu)}, nil},
		example{"in two steps", []string{thu(menu + `  im lặng 10 phút   -> hai

bước hai
  | A?
  [B]   -> het
  im lặng 10 phút   -> het`)}, nil},
		example{"a minute apart", []string{thu(menu + `  im lặng 10 phút
    | Một.
  im lặng 11 phút   -> het`)}, nil},
	)
}
