package bind_test

import (
	"fmt"
	"testing"
)

func TestD009TwoData(t *testing.T) {
	t.Parallel()
	taken := func(name string) []words {
		return []words{{
			vi:    "Tên “" + name + "” đã dùng cho một dữ liệu, dữ kiện hoặc điều kiện khác.",
			en:    "The name “" + name + "” is taken by another slot, fact or condition.",
			fixVI: "Đổi tên một trong hai.", fixEN: "Rename one of the two.",
		}}
	}
	const says = `bước dau
  | {so}?
  hỏi so
  -> het`
	holds(t, "D009",
		example{"a slot after a fact", []string{thu("dữ liệu\n  «so»   số 1..9   \"Số\"", "dữ kiện\n  ‹so›   số 7   căn cứ \"A\"",
			`bước dau
  | {so}?
  [B]   -> het`)}, taken("so")},
		example{"a condition after a slot", []string{thu("dữ liệu\n  ‹so›   số 1..9   \"Số\"", "điều kiện\n  «so»   1 < 2", says)}, taken("so")},
		example{"a condition after a fact", []string{thu("dữ kiện\n  ‹mo›   số 7   căn cứ \"A\"", "điều kiện\n  «mo»   mo > 3", `bước dau
  | {mo}.
  -> het`)}, taken("mo")},
		example{"a condition after one of a chung file", []string{
			`chung a

dữ kiện
  gio   số 7   căn cứ "A"

điều kiện
  ‹som›   gio > 8
`,
			thu("điều kiện\n  «som»   gio > 9", `bước dau
  | {gio}.
  khi som | Sớm.
  -> het`)}, taken("som")},
		example{"a slot after a condition of a chung file", []string{
			`chung a

dữ kiện
  gio   số 7   căn cứ "A"

điều kiện
  ‹som›   gio > 8
`,
			thu("dữ liệu\n  «som»   có/không   \"Sớm\"", `bước dau
  | {gio}?
  hỏi som
  -> xem

bước xem
  khi som | Sớm.
  -> het`)}, taken("som")},
		example{"a slot of the name of a step", []string{thu("dữ liệu\n  dau   số 1..9   \"Số\"", `bước dau
  | A?
  hỏi dau
  -> het`)}, nil},
		example{"slots of two flows", []string{thu(asksSo, says), `luồng khac "Khác"

` + asksSo + `

` + says + `

bước het
  kết thúc đạt
`}, nil},
	)
}

func TestD010TwoOptions(t *testing.T) {
	t.Parallel()
	twice := func(name string) words {
		return words{
			vi: "Đã có lựa chọn “" + name + "”.", en: "There is an option “" + name + "” already.",
			fixVI: "Đổi tên một trong hai lựa chọn.", fixEN: "Rename one of the two options.",
		}
	}
	slot := func(options string) []string {
		return []string{thu(`dữ liệu
  viec   chọn   "Việc"
`+options, `bước dau
  | A?
  hỏi viec
  -> het`)}
	}
	holds(t, "D010",
		example{"two", slot("    ‹mot›   \"Một\"\n    «mot»   \"Hai\""), []words{twice("mot")}},
		example{"three, each after the one before", slot(`    ‹mot›   "Một"
    «‹mot›»   "Hai"
    «mot»   "Ba"`), []words{twice("mot"), twice("mot")}},
		example{"apart", slot(`    ‹mot›   "Một"
    hai   "Hai"
    «mot»   "Ba"`), []words{twice("mot")}},
		example{"labels alike are another matter", slot("    mot   \"Một\"\n    hai   \"Một\""), nil},
		example{"of two slots", []string{thu(`dữ liệu
  viec   chọn   "Việc"
    mot   "Một"
    hai   "Hai"
  noi    chọn   "Nơi"
    mot   "Một"
    hai   "Hai"`,
			`bước dau
  | A?
  hỏi viec
  -> noi

bước noi
  | B?
  hỏi noi
  -> het`)}, nil},
	)
}

func TestD022UnusedSlot(t *testing.T) {
	t.Parallel()
	unused := func(name string) []words {
		return []words{{
			vi: "Dữ liệu “" + name + "” đã khai mà không hỏi, không điền, không dùng ở đâu.", en: "The slot “" + name + "” is never asked, set or read.",
			fixVI: "Xóa dòng này, hoặc sửa tên ở nơi lẽ ra dùng nó.", fixEN: "Remove this line, or correct the name where it should be used.",
		}}
	}
	flow := func(mark, body string) []string {
		return []string{thu("dữ liệu\n  "+mark+`   số 1..9   "Số"
  viec   chọn   "Việc"
    mot   "Một"
    hai   "Hai"`, "bước dau\n"+body)}
	}
	holds(t, "D022",
		example{"never named", flow("«so»", `  | A?
  hỏi viec
  -> het`), unused("so")},
		example{"named in text only", flow("«so»", `  | Cho so nhé?
  hỏi viec
  phải viec == "mot"
    | so
  -> het`), unused("so")},
		example{"named as a text in an expression", []string{thu(`dữ liệu
  «so»   số 1..9   "Số"
  ten   chữ 1..9   "Tên"`, `bước dau
  | A?
  hỏi ten
  phải ten != "so"
    | B.
  -> het`)}, unused("so")},
		example{"named after a literal brace", flow("so", `  | {{so}} {so}?
  hỏi viec
  -> het`), nil},
		example{"in a phải", flow("so", `  tính so = 3
  | A?
  hỏi viec
  phải so > 2
    | B.
  -> het`), nil},
		example{"as an argument", []string{thu("tác vụ gui(so số)", asksSo, `bước dau
  làm gui(so)
  được   -> het
  lỗi    -> het`)}, nil},
		example{"taken", []string{thu("tác vụ gui(ten chữ) trả (so số)", "dữ liệu\n  so   số 1..9   máy   \"Số\"", `bước dau
  làm gui("A") nhận so
  được   -> het
  lỗi    -> het`)}, nil},
		example{"in the help of every step", []string{thu(asksSo, `mọi bước
  trợ giúp
    | Số {so}.`, `bước dau
  | A?
  [B]   -> het`)}, nil},
	)
}

func TestD023UnusedFact(t *testing.T) {
	t.Parallel()
	unused := []words{{
		warning: true, vi: "Dữ kiện “x” đã khai mà không câu nào dùng.", en: "Nothing reads the fact “x”.",
		fixVI: "Xóa dòng này, hoặc dùng {x} trong câu.", fixEN: "Remove this line, or use {x} in a sentence.",
	}}
	const y = "\n  y số 3 căn cứ \"A\""
	holds(t, "D023",
		example{"of a flow", facts("  «x» số 7 căn cứ \"A\""+y, "y"), unused},
		example{"of a chung file", []string{`chung a

dữ kiện
  «x» số 7 căn cứ "A"
`, thu(`bước dau
  | A.
  -> het`)}, unused},
		example{"once for all periods", facts("  «x» số 7 đến 31/12/2026 căn cứ \"A\"\n  x số 8 từ 01/01/2027 căn cứ \"A\""+y, "y"), unused},
		example{"read by a condition of a chung file", []string{`chung a

dữ kiện
  x số 7 căn cứ "A"

điều kiện
  som   x > 8
`, thu(`bước dau
  | A.
  khi som | B.
  -> het`)}, nil},
		example{"read on another day", facts("  x số 7 căn cứ \"A\"", "vao_ngay(x, hom_nay())"), nil},
	)
}

func TestD024UnusedCondition(t *testing.T) {
	t.Parallel()
	const fixVI, fixEN = "Xóa dòng này, hoặc viết khi trước câu cần nó.", "Remove this line, or write khi before the sentence that needs it."
	own := []words{{vi: "Điều kiện “lon” đã khai mà không dùng ở đâu.", en: "The condition “lon” is never used.", fixVI: fixVI, fixEN: fixEN}}
	shared := []words{{warning: true, vi: "Điều kiện “som” đã khai mà không luồng nào dùng.", en: "No flow uses the condition “som”.", fixVI: fixVI, fixEN: fixEN}}
	flow := func(conditions, body string) []string {
		return []string{thu(asksSo, "điều kiện\n"+conditions, `bước dau
  | A?
  hỏi so
  -> xem

bước xem
`+body)}
	}
	const chung = `chung a

dữ kiện
  gio   số 7   căn cứ "A"

điều kiện
  %s   gio > 8
`
	holds(t, "D024",
		example{"of a flow", flow("  «lon»   so > 3", "  | {so}.\n  -> het"), own},
		example{"of a chung file", []string{fmt.Sprintf(chung, "«som»"), thu(`bước dau
  | {gio}.
  -> het`)}, shared},
		example{"behind khi", flow("  lon   so > 3", "  khi lon | B.\n  -> het"), nil},
		example{"behind nếu", flow("  lon   so > 3", "  nếu lon   -> het\n  còn lại   -> dau"), nil},
		example{"read by another", flow("  lon   so > 3\n  rat_lon   lon and so > 5", "  khi rat_lon | B.\n  -> het"), nil},
		example{"of a chung file, read by a flow's own", []string{fmt.Sprintf(chung, "som"),
			thu(asksSo, "điều kiện\n  lon   som and so > 3", `bước dau
  | A?
  hỏi so
  -> xem

bước xem
  khi lon | B.
  -> het`)}, nil},
	)
}

func TestD025UnusedTask(t *testing.T) {
	t.Parallel()
	unused := []words{{
		warning: true, vi: "Tác vụ “gui” đã khai mà không luồng nào làm.", en: "No flow does the task “gui”.",
		fixVI: "Xóa dòng này, hoặc dùng làm gui(…).", fixEN: "Remove this line, or use làm gui(…).",
	}}
	holds(t, "D025",
		example{"of a flow", []string{thu("tác vụ «gui»(ten chữ)", `bước dau
  | A.
  -> het`)}, unused},
		example{"of a chung file", []string{`chung a

tác vụ «gui»(ten chữ)
`, thu(`bước dau
  | A.
  -> het`)}, unused},
		example{"done by another flow", []string{`chung a

tác vụ gui(ten chữ)
`, thu(`bước dau
  làm gui("A")
  được   -> het
  lỗi    -> het`)}, nil},
	)
}

func TestD046ConditionCircle(t *testing.T) {
	t.Parallel()
	circle := func(name string) words {
		return words{
			vi: "Điều kiện “" + name + "” đọc vòng về chính nó.", en: "The condition “" + name + "” reads itself in a circle.",
			fixVI: "Viết lại để không điều kiện nào phải chờ kết quả của chính nó.", fixEN: "Rewrite it so that no condition waits for its own result.",
		}
	}
	flow := func(conditions, when string) []string {
		return []string{thu(asksSo, "điều kiện\n"+conditions, `bước dau
  | A?
  hỏi so
  -> xem

bước xem
  | B.
  khi `+when+" | C.\n  -> het")}
	}
	holds(t, "D046",
		example{"itself", flow("  «a»   a or so > 3", "a"), []words{circle("a")}},
		example{"two", flow("  a   b or so > 3\n  «b»   a or so > 4", "a"), []words{circle("b")}},
		example{"three", flow(`  a   b
  b   c
  «c»   a and so > 4`, "a"), []words{circle("c")}},
		example{"of a chung file", []string{`chung k

dữ kiện
  gio   số 7   căn cứ "A"

điều kiện
  a   b or gio > 3
  «b»   a
`, thu(`bước dau
  | A.
  khi a | B.
  -> het`)}, []words{circle("b")}},
		example{"a diamond is none", flow(`  a   b or c
  b   d and so > 3
  c   d and so > 4
  d   so < 8`, "a"), nil},
		example{"in any order", flow(`  a   so > 3
  b   a and so < 8
  c   b or a`, "c"), nil},
	)
}

func TestB020Always(t *testing.T) {
	t.Parallel()
	const fixVI, fixEN = "Xem lại giá trị được so, hoặc bỏ hẳn điều kiện.", "Look again at what is compared, or remove the condition."
	never := []words{{vi: "Điều này lúc nào cũng sai.", en: "This is always false.", fixVI: fixVI, fixEN: fixEN}}
	always := []words{{vi: "Điều này lúc nào cũng đúng.", en: "This is always true.", fixVI: fixVI, fixEN: fixEN}}
	must := func(e string) []string {
		return []string{thu(asksSo, `bước dau
  | A?
  hỏi so
  phải `+e+`
    | B.
  -> het`)}
	}
	arm := func(e string) []string {
		return []string{thu(asksSo, `bước dau
  | A?
  hỏi so
  -> xet

bước xet
  nếu `+e+"   -> het\n  còn lại   -> dau")}
	}
	holds(t, "B020",
		example{"out of bounds", must("«so > 9»"), never},
		example{"within bounds", must("«so >= 1»"), always},
		example{"in a branch", arm("«so < 0»"), never},
		example{"against itself", arm("«so > 5 and so < 5»"), never},
		example{"in a condition, where it is declared", []string{thu(asksSo, "điều kiện\n  lon   «so > 9»", `bước dau
  | A?
  hỏi so
  -> xem

bước xem
  | B.
  khi lon | C.
  nếu lon   -> het
  còn lại   -> dau`)}, never},
		example{"both ways", must("so > 8"), nil},
		example{"a fact may change", []string{thu("dữ kiện\n  gio   số 7   căn cứ \"A\"", `bước dau
  | A.
  nếu gio > 8   -> het
  còn lại   -> dau`)}, nil},
	)
}
