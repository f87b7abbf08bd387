package bind_test

import (
	"fmt"
	"testing"
)

// did is a flow that does the task gui with arguments and takes what it returns.
func did(params, results, args, take, slots string) []string {
	if results != "" {
		results = " trả (" + results + ")"
	}
	if take != "" {
		take = " nhận " + take
	}
	return []string{thu("tác vụ gui("+params+")"+results, "dữ liệu\n"+slots, "bước dau\n  làm "+args+take+`
  được   -> het
  lỗi    -> het`)}
}

func TestD015ArgCount(t *testing.T) {
	t.Parallel()
	count := func(name string, want, got int) []words {
		w := words{
			vi:    fmt.Sprintf("“%s” cần %d giá trị trong ngoặc, ở đây có %d.", name, want, got),
			en:    fmt.Sprintf("Arguments of “%s”: %d are needed, %d are given.", name, want, got),
			fixVI: "Viết đủ giá trị, theo thứ tự đã khai.", fixEN: "Give one for each parameter, in their order.",
		}
		if got > want {
			w.fixVI = "Bỏ giá trị thừa, hoặc khai thêm ở nơi khai “" + name + "”."
			w.fixEN = "Leave out what is too much, or declare it where “" + name + "” is declared."
		}
		return []words{w}
	}
	hoi := con("hoi", `dữ liệu
  so   số 1..9   vào ra   "Số"
  ten   chữ 1..9   vào   "Tên"`, `bước dau
  | {ten}, {so}.
  -> cuoi`)
	call := func(args string) []string {
		return []string{hoi, thu("bước dau\n  gọi " + args + `
  xong    -> het
  bỏ dở   -> het`)}
	}
	holds(t, "D015",
		example{"too few for a task", []string{thu("tác vụ gui(ten chữ, so số)", `bước dau
  làm «gui»("A")
  được   -> het
  lỗi    -> het`)}, count("gui", 2, 1)},
		example{"none for a task", []string{thu("tác vụ gui(ten chữ, so số)", `bước dau
  làm «gui»()
  được   -> het
  lỗi    -> het`)}, count("gui", 2, 0)},
		example{"too many for a task", []string{thu("tác vụ gui(ten chữ)", `bước dau
  làm gui("A", «2», 3)
  được   -> het
  lỗi    -> het`)}, count("gui", 1, 3)},
		example{"too few for a sub-flow", call("«hoi»(3)"), count("hoi", 2, 1)},
		example{"too many for a sub-flow", call("hoi(3, \"An\", «\"B\"»)"), count("hoi", 2, 3)},
		example{"a comma in a text parts nothing", call("hoi(3, \"An, Bình\")"), nil},
		example{"as many as a task wants", []string{thu("tác vụ gui(ten chữ, so số)", `bước dau
  làm gui("A", 3)
  được   -> het
  lỗi    -> het`)}, nil},
		example{"none where none is wanted", []string{thu("tác vụ gui()", `bước dau
  làm gui()
  được   -> het
  lỗi    -> het`)}, nil},
	)
}

func TestD016TakeCount(t *testing.T) {
	t.Parallel()
	count := func(name string, returned, taken int) []words {
		return []words{{
			vi:    fmt.Sprintf("“%s” trả %d giá trị, nhận lại có %d tên.", name, returned, taken),
			en:    fmt.Sprintf("Results of “%s”: %d are returned, nhận names %d.", name, returned, taken),
			fixVI: "Nhận đủ, theo thứ tự đã khai, hoặc bỏ hẳn nhận.", fixEN: "Take all, in their order, or leave nhận out.",
		}}
	}
	const two = "  ma   chữ 1..9   máy   \"Mã\"\n  ngay   ngày   máy   \"Ngày\""
	hoi := con("hoi", "dữ liệu\n  so   số 1..9   ra   \"Số\"", `bước dau
  | Mấy?
  hỏi so
  -> cuoi`)
	holds(t, "D016",
		example{"one of two", did("ten chữ", "ma chữ, ngay ngày", "gui(\"A\")", "«ma»", "  ma   chữ 1..9   máy   \"Mã\""), count("gui", 2, 1)},
		example{"two of one", did("ten chữ", "ma chữ", "gui(\"A\")", "ma, «ngay»", two), count("gui", 1, 2)},
		example{"one of none", did("ten chữ", "", "gui(\"A\")", "«ma»", "  ma   chữ 1..9   máy   \"Mã\""), count("gui", 0, 1)},
		example{"two of a sub-flow's one", []string{hoi, thu(`dữ liệu
  so   số 1..9   "Số"
  hai   số 1..9   "Hai"`,
			`bước dau
  gọi hoi() nhận so, «hai»
  xong    -> het
  bỏ dở   -> het`)}, count("hoi", 1, 2)},
		example{"all", did("ten chữ", "ma chữ, ngay ngày", "gui(\"A\")", "ma, ngay", two), nil},
		example{"none", []string{thu("tác vụ gui(ten chữ) trả (ma chữ)", `bước dau
  làm gui("A")
  được   -> het
  lỗi    -> het`)}, nil},
	)
}

func TestD017TakeType(t *testing.T) {
	t.Parallel()
	other := func(result, name string) words {
		return words{
			vi: "“" + result + "” trả về loại khác với loại của “" + name + "”.", en: "“" + result + "” is of another type than “" + name + "”.",
			fixVI: "Khai hai bên cùng loại.", fixEN: "Declare both with one type.",
		}
	}
	one := func(result, decl string) []string { return did("ten chữ", result, "gui(\"A\")", "x", "  "+decl) }
	bad := func(result, decl string) []string { return did("ten chữ", result, "gui(\"A\")", "«x»", "  "+decl) }
	sub := func(options, take string) []string {
		return []string{con("hoi", `dữ liệu
  viec   chọn   ra   "Việc"
    mot   "Một"
    hai   "Hai"`, `bước dau
  | Gì?
  hỏi viec
  -> cuoi`),
			thu(`dữ liệu
  x   chọn   "Việc"
`+options, "bước dau\n  gọi hoi() nhận "+take+`
  xong    -> het
  bỏ dở   -> het`)}
	}
	holds(t, "D017",
		example{"a text into a number", bad("‹ma› chữ", "‹x   số 1..9   máy   \"X\"›"), []words{other("ma", "x")}},
		example{"a number into a text", bad("ma số", "x   chữ 1..9   máy   \"X\""), []words{other("ma", "x")}},
		example{"a number into money", bad("ma số", "x   tiền   máy   \"X\""), []words{other("ma", "x")}},
		example{"a text into a phone", bad("ma chữ", "x   điện thoại   máy   \"X\""), []words{other("ma", "x")}},
		example{"the other way round", did("ten chữ", "ma chữ, ngay ngày", "gui(\"A\")", "«ngay», «ma»", "  ma   chữ 1..9   máy   \"Mã\"\n  ngay   ngày   máy   \"Ngày\""),
			[]words{other("ma", "ngay"), other("ngay", "ma")}},
		example{"a choice of other options", sub("    mot   \"Một\"\n    ba   \"Ba\"", "«x»"), []words{other("viec", "x")}},
		example{"a choice in another order", sub("    hai   \"Hai\"\n    mot   \"Một\"", "«x»"), []words{other("viec", "x")}},
		example{"a choice of fewer options", sub("    mot   \"Một\"", "«x»"), []words{other("viec", "x")}},
		example{"a choice with other labels", sub("    mot   \"Việc một\"\n    hai   \"Việc hai\"", "x"), nil},
		example{"a phone into a text", one("ma điện thoại", "x   chữ 1..20   máy   \"X\""), nil},
		example{"bounds are held later", one("ma số 1..100", "x   số 1..9   máy   \"X\""), nil},
		example{"a day into a day", one("ma ngày", "x   ngày   máy   \"X\""), nil},
	)
}

func TestD018CallFlow(t *testing.T) {
	t.Parallel()
	no := func(name string) []words {
		return []words{{
			vi: "“" + name + "” là luồng, không gọi được như luồng con.", en: "“" + name + "” is a luồng and cannot be called like a luồng con.",
			fixVI: "Viết -> luồng " + name + " để sang hẳn luồng ấy.", fixEN: "Write -> luồng " + name + " to go there for good.",
		}}
	}
	call := func(name string) string {
		return "bước dau\n  gọi " + name + `()
  xong    -> het
  bỏ dở   -> het`
	}
	holds(t, "D018",
		example{"another", []string{`luồng ‹khac› "Khác"

bước dau
  | A.
  kết thúc đạt
`, thu(call("«khac»"))}, no("khac")},
		example{"itself", []string{thu(call("«thu»"))}, no("thu")},
		example{"from a sub-flow", []string{thu(`bước dau
  gọi hoi()
  xong    -> het
  bỏ dở   -> het`), con("hoi", `bước dau
  gọi «thu»()
  xong    -> cuoi
  bỏ dở   -> cuoi`)}, no("thu")},
		example{"a sub-flow", []string{con("hoi"), thu(call("hoi"))}, nil},
	)
}

func TestD019GoSub(t *testing.T) {
	t.Parallel()
	no := []words{{
		vi: "“hoi” là luồng con, không sang hẳn được.", en: "“hoi” is a luồng con; it cannot be gone to.",
		fixVI: "Dùng gọi hoi(…) để chạy rồi quay về.", fixEN: "Use gọi hoi(…), which comes back.",
	}}
	const hoi = `luồng con ‹hoi› "Con"

bước dau
  kết thúc đạt
`
	holds(t, "D019",
		example{"at an end", []string{hoi, thu(`bước dau
  | A.
  -> luồng «hoi»`)}, no},
		example{"under a button", []string{hoi, thu(`bước dau
  | A?
  [B]   -> luồng «hoi»
  [C]   -> het`)}, no},
		example{"from every step", []string{hoi, `chung a

mọi bước
  nghe "hỏi"   -> luồng «hoi»
`, thu(`bước dau
  | A.
  -> het`)}, no},
		example{"called", []string{con("hoi"), thu(`bước dau
  gọi hoi()
  xong    -> het
  bỏ dở   -> het`)}, nil},
	)
}

func TestD020Circle(t *testing.T) {
	t.Parallel()
	circle := func(path string) []words {
		return []words{{
			vi: "Các luồng con gọi vòng: " + path + ".", en: "These sub-flows call each other in a circle: " + path + ".",
			fixVI: "Bỏ một lần gọi để không luồng con nào gọi lại chính nó.", fixEN: "Remove one of the calls, so that none calls itself again.",
		}}
	}
	calls := func(name, callee string) string {
		return con(name, "bước dau\n  gọi "+callee+`()
  xong    -> cuoi
  bỏ dở   -> cuoi`)
	}
	holds(t, "D020",
		example{"itself", []string{calls("a", "«a»")}, circle("a → a")},
		example{"two", []string{calls("a", "b"), calls("b", "«a»")}, circle("a → b → a")},
		example{"three", []string{calls("c", "«a»"), calls("a", "b"), calls("b", "c")}, circle("a → b → c → a")},
		example{"behind a chain", []string{calls("a", "b"), calls("b", "c"), calls("c", "«b»")}, circle("b → c → b")},
		example{"a chain", []string{calls("a", "b"), calls("b", "c"), con("c")}, nil},
	)
}

func TestD027SubLeaves(t *testing.T) {
	t.Parallel()
	no := []words{{
		vi: "Luồng con không sang luồng khác được.", en: "A luồng con cannot go to another flow.",
		fixVI: "Viết kết thúc bỏ, rồi luồng gọi nó đi tiếp ở dòng bỏ dở.", fixEN: "Write kết thúc bỏ, and let the caller go on from bỏ dở.",
	}}
	khac := thu(`bước dau
  gọi hoi()
  xong    -> het
  bỏ dở   -> luồng thu`)
	holds(t, "D027",
		example{"at an end", []string{khac, con("hoi", `bước dau
  | A.
  -> «luồng thu»`)}, no},
		example{"under a button", []string{khac, con("hoi", `bước dau
  | A?
  [B]   -> «luồng thu»
  [C]   -> cuoi`)}, no},
		example{"behind nghe", []string{khac, con("hoi", "mọi bước\n  nghe \"ra\"   -> «luồng thu»", `bước dau
  | A?
  [C]   -> cuoi`)}, no},
		example{"it ends", []string{khac, con("hoi", `bước dau
  | A?
  [B]   -> bo
  [C]   -> cuoi

bước bo
  kết thúc bỏ`)}, nil},
		example{"a chung file may", []string{khac, con("hoi"), `chung a

mọi bước
  nghe "ra"   -> luồng thu
`}, nil},
	)
}
