package bind_test

import "testing"

const asksSo = "dữ liệu\n  so   số 1..9   \"Số\""

func TestD001Step(t *testing.T) {
	t.Parallel()
	lost := func(name, near string) []words {
		w := words{vi: "Luồng này không có bước “" + name + "”.", en: "This flow has no step “" + name + "”.", near: near}
		if near == "" {
			w.fixVI, w.fixEN = "Viết thêm “bước "+name+"”, hoặc đổi sang tên một bước đã có.", "Add “bước "+name+"”, or write the name of a step that exists."
		}
		return []words{w}
	}
	aFlow := func(name string) []words {
		return []words{{vi: "Luồng này không có bước “" + name + "”.", en: "This flow has no step “" + name + "”.",
			fixVI: "Đó là tên một luồng; viết: -> luồng " + name, fixEN: "That is the name of a flow; write: -> luồng " + name}}
	}
	const task = "tác vụ gui(ten chữ) lỗi kin"
	holds(t, "D001",
		example{"after an arrow", []string{thu(`bước dau
  | A.
  -> «hett»`)}, lost("hett", "het")},
		example{"accents in front", []string{thu(`bước dau
  | Ừ?
  [Đường về]   -> «heet»
  [B]   -> het`)}, lost("heet", "het")},
		example{"behind a question", []string{thu(asksSo, `bước dau
  | A?
  hỏi so
  -> «hte»`)}, lost("hte", "het")},
		example{"the name of a flow", []string{thu(`bước dau
  | A?
  [B]   -> «gap_can_bo»
  [C]   -> het`)}, aFlow("gap_can_bo")},
		example{"the name of this very flow", []string{thu(`bước dau
  | A?
  [B]   -> «thu»
  [C]   -> het`)}, aFlow("thu")},
		example{"behind a limit", []string{thu(asksSo, `bước dau
  | A?
  hỏi so
  sai 3 lần -> «hett»
  -> het`)}, lost("hett", "het")},
		example{"under a button", []string{thu(`bước dau
  | A?
  [Đi]   -> «dauu»
  [B]   -> het`)}, lost("dauu", "dau")},
		example{"behind nếu", []string{thu(asksSo, `bước dau
  | A?
  hỏi so
  -> xet

bước xet
  nếu so > 3   -> «xett»
  còn lại      -> het`)}, lost("xett", "xet")},
		example{"behind còn lại", []string{thu(asksSo, `bước dau
  | A?
  hỏi so
  -> xet

bước xet
  nếu so > 3   -> het
  còn lại      -> «hett»`)}, lost("hett", "het")},
		example{"behind được", []string{thu(task, `bước dau
  làm gui("A")
  được   -> «hett»
  lỗi    -> het`)}, lost("hett", "het")},
		example{"behind lỗi", []string{thu(task, `bước dau
  làm gui("A")
  được      -> het
  lỗi kin   -> «hett»
  lỗi       -> het`)}, lost("hett", "het")},
		example{"behind xong", []string{con("hoi"), thu(`bước dau
  gọi hoi()
  xong    -> «hett»
  bỏ dở   -> het`)}, lost("hett", "het")},
		example{"behind bỏ dở", []string{con("hoi"), thu(`bước dau
  gọi hoi()
  xong    -> het
  bỏ dở   -> «hett»`)}, lost("hett", "het")},
		example{"behind a silence", []string{thu(`bước dau
  | A?
  [B]   -> het
  im lặng 10 phút   -> «hett»`)}, lost("hett", "het")},
		example{"under a reminder", []string{thu(`bước dau
  | A?
  [B]   -> het
  im lặng 10 phút
    | Còn đó không?
    [Thôi]   -> «hett»`)}, lost("hett", "het")},
		example{"behind nghe", []string{thu("mọi bước\n  nghe \"hủy\"   -> «hett»", `bước dau
  | A?
  [B]   -> het`)}, lost("hett", "het")},
		example{"a silence of every step", []string{thu("mọi bước\n  im lặng 1 giờ   -> «hett»", `bước dau
  | A?
  [B]   -> het`)}, lost("hett", "het")},
		example{"behind rồi", []string{thu(asksSo, `bước dau
  | A?
  hỏi so
  -> xem

bước xem
  | {so}?
  [Sửa]   -> dau rồi «xemm»
  [Xong]   -> het`)}, lost("xemm", "xem")},
		example{"behind bắt đầu", []string{`luồng thu "Thử"
  bắt đầu «daau»

bước dau
  | A.
  kết thúc đạt
`}, lost("daau", "dau")},
		example{"behind khi quan tâm", []string{`luồng thu "Thử"
  khi quan tâm «daau»

bước dau
  | A.
  kết thúc đạt
`}, lost("daau", "dau")},
		example{"behind khi không hiểu", []string{`luồng thu "Thử"
  khi không hiểu «daau»

bước dau
  | A.
  kết thúc đạt
`}, lost("daau", "dau")},
		example{"nothing near", []string{thu(`bước dau
  | A.
  -> «ket_thuc_luon»`)}, lost("ket_thuc_luon", "")},
		example{"a step of another flow", []string{thu(`bước dau
  | A.
  -> «cuoi_cung»`), `luồng khac "Khác"

bước cuoi_cung
  | A.
  kết thúc đạt
`}, lost("cuoi_cung", "")},
		example{"each of two", []string{thu(`bước dau
  | A?
  [B]   -> «hett»
  [C]   -> «dauu»`)}, append(lost("hett", "het"), lost("dauu", "dau")...)},
		example{"itself and what comes later", []string{thu(`bước dau
  | A?
  [B]   -> dau
  [C]   -> het`)}, nil},
		example{"nothing to resolve", []string{thu(`bước dau
  | A?
  [B]   -> quay lại
  [C]   -> nhắc lại
  [D]   -> bắt đầu lại
  [E]   -> het`)}, nil},
	)
}

func TestD002Slot(t *testing.T) {
	t.Parallel()
	lost := func(name, near string) []words {
		w := words{vi: "Luồng này không khai dữ liệu “" + name + "”.", en: "This flow declares no slot “" + name + "”.", near: near}
		if near == "" {
			w.fixVI = "Khai dưới “dữ liệu”, ví dụ: " + name + "   chữ 1..50   \"…\"."
			w.fixEN = "Declare it under “dữ liệu”, for example: " + name + "   chữ 1..50   \"…\"."
		}
		return []words{w}
	}
	const machine = "dữ liệu\n  ma   chữ 1..9   máy   \"Mã\""
	const task = "tác vụ gui(ten chữ) trả (ma chữ)"
	holds(t, "D002",
		example{"asked", []string{thu(asksSo, `bước dau
  | {so}?
  hỏi «soo»
  -> het`)}, lost("soo", "so")},
		example{"set", []string{thu(asksSo, `bước dau
  tính «sp» = 3
  | {so}.
  -> het`)}, lost("sp", "so")},
		example{"taken from a task", []string{thu(task, machine, `bước dau
  làm gui("A") nhận «maa»
  được   -> xem
  lỗi    -> het

bước xem
  | {ma}.
  -> het`)}, lost("maa", "ma")},
		example{"taken from a sub-flow", []string{con("hoi", "dữ liệu\n  so   số 1..9   ra   \"Số\"", `bước dau
  | Mấy?
  hỏi so
  -> cuoi`),
			thu(asksSo, `bước dau
  gọi hoi() nhận «sso»
  xong    -> xem
  bỏ dở   -> het

bước xem
  | {so}.
  -> het`)}, lost("sso", "so")},
		example{"a slot of another flow", []string{thu(`bước dau
  | A?
  hỏi «tuoi»
  -> het`),
			`luồng khac "Khác"

dữ liệu
  tuoi   số 1..9   "Tuổi"

bước dau
  | A?
  hỏi tuoi
  -> het

bước het
  kết thúc đạt
`}, lost("tuoi", "")},
		example{"a fact is no slot", []string{thu("dữ kiện\n  phi   số 7   căn cứ \"A\"", `bước dau
  | {phi}?
  hỏi «phi»
  -> het`)}, []words{{
			vi: "Luồng này không khai dữ liệu “phi”.", en: "This flow declares no slot “phi”.",
			fixVI: "“phi” là dữ kiện, không hỏi hay điền được; khai một dữ liệu có tên khác.",
			fixEN: "“phi” is a fact and cannot be asked or set; declare a slot of another name.",
		}}},
		example{"declared", []string{thu(asksSo, `bước dau
  tính so = 3
  | {so}.
  -> het`)}, nil},
	)
}

func TestD003Flow(t *testing.T) {
	t.Parallel()
	lost := func(name, near string) []words {
		return []words{{vi: "Không có luồng nào tên “" + name + "”.", en: "There is no flow named “" + name + "”.", near: near}}
	}
	const khac = `luồng khac "Khác"

bước dau
  | A.
  kết thúc đạt
`
	holds(t, "D003",
		example{"at an end", []string{khac, thu(`bước dau
  | A.
  -> luồng «kac»`)}, lost("kac", "khac")},
		example{"under a button", []string{khac, thu(`bước dau
  | A?
  [B]   -> luồng «khacc»
  [C]   -> het`)}, lost("khacc", "khac")},
		example{"in a chung file", []string{khac, `chung a

mọi bước
  nghe "người"   -> luồng «khax»
`, thu(`bước dau
  | A.
  -> het`)}, lost("khax", "khac")},
		example{"a sub-flow is not suggested", []string{con("khong_ai"), thu(`bước dau
  gọi khong_ai()
  xong    -> het
  bỏ dở   -> luồng «khong_aii»`)}, lost("khong_aii", "")},
		example{"a step is no flow", []string{thu(`bước dau
  | A.
  -> luồng «het»`)}, lost("het", "")},
		example{"another flow", []string{khac, thu(`bước dau
  | A.
  -> luồng khac`)}, nil},
		example{"itself", []string{thu(`bước dau
  | A.
  -> luồng thu`)}, nil},
	)
}

func TestD004Sub(t *testing.T) {
	t.Parallel()
	lost := func(name, near string) []words {
		return []words{{vi: "Không có luồng con nào tên “" + name + "”.", en: "There is no sub-flow named “" + name + "”.", near: near}}
	}
	call := func(name string) string {
		return thu("bước dau\n  gọi " + name + `()
  xong    -> het
  bỏ dở   -> het`)
	}
	holds(t, "D004",
		example{"misspelt", []string{con("hoi_so"), call("«hoi_s0»")}, lost("hoi_s0", "hoi_so")},
		example{"alone", []string{call("«hoi_so»")}, lost("hoi_so", "")},
		example{"a task", []string{thu("tác vụ gui(ten chữ)", `bước dau
  gọi «gui»("A")
  xong    -> lam
  bỏ dở   -> het

bước lam
  làm gui("A")
  được   -> het
  lỗi    -> het`)}, lost("gui", "")},
		example{"its arguments are not counted", []string{con("hoi_so"), thu(`bước dau
  gọi «hoi_soo»(1, 2, 3)
  xong    -> het
  bỏ dở   -> het`)}, lost("hoi_soo", "hoi_so")},
		example{"there", []string{con("hoi_so"), call("hoi_so")}, nil},
	)
}

func TestD005Task(t *testing.T) {
	t.Parallel()
	lost := func(name, near string) []words {
		return []words{{vi: "Không có tác vụ nào tên “" + name + "”.", en: "There is no task named “" + name + "”.", near: near}}
	}
	do := func(name string) string {
		return "bước " + "dau\n  làm " + name + `("A")
  được   -> het
  lỗi    -> het`
	}
	const uses = `

bước lam
  làm gui_don("A")
  được   -> het
  lỗi    -> het`
	const declared = "tác vụ gui_don(ten chữ)"
	holds(t, "D005",
		example{"misspelt", []string{thu(declared, do("«gui_dom»")+uses)}, lost("gui_dom", "gui_don")},
		example{"nothing near", []string{thu(declared, do("«xoa»")+uses)}, lost("xoa", "")},
		example{"declared in a chung file", []string{`chung a

` + declared + "\n", thu(do("gui_don"))}, nil},
		example{"misspelt beside a chung file", []string{`chung a

` + declared + "\n", thu(do("«guidon»") + uses)}, lost("guidon", "gui_don")},
		example{"declared in another flow", []string{thu(do("gui_don")), `luồng khac "Khác"

` + declared + `

bước dau
  | A.
  kết thúc đạt
`}, nil},
	)
}

func TestD006When(t *testing.T) {
	t.Parallel()
	const slots = `dữ liệu
  tre   có/không   "Dưới 18"
  so    số 1..9    "Số"`
	const asks = `bước dau
  | {so}?
  hỏi tre
  -> noi

`
	lost := func(name, near string) []words {
		return []words{{
			vi: "Không có điều kiện hay dữ liệu có/không nào tên “" + name + "”.", en: "There is no condition or yes/no slot named “" + name + "”.", near: near,
		}}
	}
	other := func(name string) []words {
		return []words{{
			vi:    "Sau khi phải là một điều kiện hoặc dữ liệu có/không, “" + name + "” thì không phải.",
			en:    "After khi stands a condition or a yes/no slot, which “" + name + "” is not.",
			fixVI: "Đặt tên cho biểu thức ở phần điều kiện rồi dùng tên ấy.", fixEN: "Name the expression under điều kiện and use that name.",
		}}
	}
	at := func(line string) []string {
		return []string{thu(slots, asks+`bước noi
  | A.
`+line+"\n  -> het")}
	}
	holds(t, "D006",
		example{"before a sentence", at("  khi «tree» | Trẻ."), lost("tree", "tre")},
		example{"before a row", at(`  bảng
    khi «tree» * A: 1
    * B: 2`), lost("tree", "tre")},
		example{"before a point", at(`  danh sách
    khi «tree» * A
    * B`), lost("tree", "tre")},
		example{"before a picture", at("  khi «tree» ảnh \"a.png\" \"A\""), lost("tree", "tre")},
		example{"before a link", at("  khi «tree» [A]   mở \"https://a.vn\""), lost("tree", "tre")},
		example{"before a button", []string{thu(slots, asks+`bước noi
  | A?
  khi «tree» [A]   -> het
  [B]   -> het`)}, lost("tree", "tre")},
		example{"before an option", []string{thu(`dữ liệu
  viec   chọn   "Việc"
    mot   "Một"
    khi «tree» hai   "Hai"
  tre   có/không   "Trẻ"`,
			`bước dau
  | A?
  hỏi tre
  -> viec

bước viec
  | B?
  hỏi viec
  -> het`)}, lost("tree", "tre")},
		example{"before a button of a reminder", []string{thu(slots, asks+`bước noi
  | A?
  [B]   -> het
  im lặng 5 phút
    | Này.
    khi «tree» [C]   -> het`)}, lost("tree", "tre")},
		example{"before one of every step", []string{thu(slots, `mọi bước
  im lặng 5 phút
    | Này.
    khi «tree» [C]   -> het
    khi tre [D]   -> het`, asks+"bước noi\n  | A.\n  -> het")}, lost("tree", "tre")},
		example{"a slot in a chung file", []string{`chung a

mọi bước
  im lặng 5 phút
    | Này.
    khi «tre» [C]   -> nhắc lại
`, thu(slots, asks+"bước noi\n  | A.\n  -> het")}, lost("tre", "")},
		example{"a number", at("  khi «so» | Trẻ."), other("so")},
		example{"a fact, be it yes or no", []string{thu("dữ kiện\n  mo   có/không có   căn cứ \"A\"", `bước dau
  | A.
  khi «mo» | Mở.
  -> het`)}, other("mo")},
		example{"a condition over a fact", []string{thu("dữ kiện\n  mo   có/không có   đến 31/12/2026   căn cứ \"A\"", "điều kiện\n  dang   co(mo)", `bước dau
  | A.
  khi dang | Mở.
  -> het`)}, nil},
		example{"a yes/no slot", at("  khi tre | Trẻ."), nil},
		example{"a condition", []string{thu(slots, "điều kiện\n  lon   so > 3", asks+`bước noi
  | A.
  khi lon | Lớn.
  khi tre | Trẻ.
  -> het`)}, nil},
		example{"a condition of a chung file", []string{`chung a

dữ kiện
  gio   số 7   căn cứ "A"

điều kiện
  som   gio > 8 or gio < 8
`, thu(`bước dau
  | A.
  khi som | Sớm.
  -> het`)}, nil},
	)
}
