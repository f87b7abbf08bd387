package bind_test

import (
	"testing"
)

func TestD049TaskType(t *testing.T) {
	t.Parallel()
	no := []words{{
		vi: "Tác vụ không nhận loại chọn.", en: "A task takes no chọn.",
		fixVI: "Ghi chữ: tác vụ nhận tên của lựa chọn.", fixEN: "Write chữ: the task receives the option's name.",
	}}
	holds(t, "D049",
		example{"what it takes", []string{thu("tác vụ gui(ten «chọn»)", `bước dau
  làm gui("A")
  được   -> het
  lỗi    -> het`)}, no},
		example{"what it returns", []string{thu("tác vụ gui(ten chữ) trả (viec «chọn»)", `bước dau
  làm gui("A")
  được   -> het
  lỗi    -> het`)}, no},
		example{"in a chung file", []string{`chung a

tác vụ gui(ten «chọn»)
`, thu(`bước dau
  làm gui("A")
  được   -> het
  lỗi    -> het`)}, no},
		example{"a choice as text", []string{thu("tác vụ gui(viec chữ)", `dữ liệu
  viec   chọn   "Việc"
    mot   "Một"
    hai   "Hai"`,
			`bước dau
  | Gì?
  hỏi viec
  -> gui

bước gui
  làm gui(viec)
  được   -> het
  lỗi    -> het`)}, nil},
	)
}

func TestD050TwoParams(t *testing.T) {
	t.Parallel()
	twice := func(name string) []words {
		return []words{{vi: "Tên “" + name + "” viết hai lần.", en: "The name “" + name + "” stands twice.", fixVI: "Bỏ hoặc đổi một tên.", fixEN: "Remove or rename one."}}
	}
	task := func(decl, args string) []string {
		return []string{thu("tác vụ gui"+decl, "bước dau\n  làm gui("+args+`)
  được   -> het
  lỗi    -> het`)}
	}
	holds(t, "D050",
		example{"parameters", task("(‹ten› chữ, «ten» số)", "\"A\", 3"), twice("ten")},
		example{"results", task("(ten chữ) trả (‹ma› chữ, «ma» chữ)", "\"A\""), twice("ma")},
		example{"errors", task("(ten chữ) lỗi ‹kin›, «kin»", "\"A\""), twice("kin")},
		example{"apart", task("(‹a› chữ, b chữ, «a» chữ)", "\"A\", \"B\", \"C\""), twice("a")},
		example{"a parameter, a result and an error", task("(ten chữ) trả (ten chữ) lỗi ten", "\"A\""), nil},
	)
}

func TestD051TaskError(t *testing.T) {
	t.Parallel()
	no := func(code, near string) []words {
		return []words{{vi: "Tác vụ “gui” không khai lỗi “" + code + "”.", en: "The task “gui” declares no error “" + code + "”.", near: near}}
	}
	flow := func(errors, lines string) []string {
		return []string{thu("tác vụ gui(ten chữ)"+errors, `bước dau
  làm gui("A")
  được   -> het
`+lines+"  lỗi   -> het")}
	}
	holds(t, "D051",
		example{"near one", flow(" lỗi het_cho, kin", "  lỗi «het_chu»   -> het\n"), no("het_chu", "het_cho")},
		example{"near none", flow(" lỗi het_cho, kin", "  lỗi «hong_may»   -> het\n"), no("hong_may", "")},
		example{"of a task without errors", flow("", "  lỗi «kin»   -> het\n"), no("kin", "")},
		example{"each of two", flow(" lỗi kin", `  lỗi «kim»   -> het
  lỗi «kit»   -> het
`), append(no("kim", "kin"), no("kit", "kin")...)},
		example{"declared", flow(" lỗi het_cho, kin", `  lỗi kin   -> het
  lỗi het_cho   -> het
`), nil},
	)
}

func TestD052TwoErrors(t *testing.T) {
	t.Parallel()
	twice := words{
		vi: "Lỗi này đã có dòng ở trên.", en: "This error has a line above already.", fixVI: "Bỏ một trong hai dòng.", fixEN: "Remove one of the two lines.",
	}
	flow := func(lines string) []string {
		return []string{thu("tác vụ gui(ten chữ) lỗi kin, day", `bước dau
  làm gui("A")
  được   -> het
`+lines)}
	}
	holds(t, "D052",
		example{"a code", flow(`  ‹lỗi kin   -> het›
  «lỗi kin   -> dau»
  lỗi   -> het`), []words{twice}},
		example{"the general one", flow("  ‹lỗi   -> het›\n  «lỗi   -> dau»"), []words{twice}},
		example{"three", flow(`  ‹lỗi kin   -> het›
  «‹lỗi kin   -> dau›»
  «lỗi kin   -> het»
  lỗi   -> het`), []words{twice, twice}},
		example{"one of each", flow(`  lỗi kin   -> het
  lỗi day   -> het
  lỗi   -> het`), nil},
	)
}
