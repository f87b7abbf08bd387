package bind_test

import (
	"testing"
)

// plain is a flow of a name with headers, that says something and ends.
func plain(name, headers string) string {
	return "luồng " + name + " \"Thử\"\n" + headers + `
bước dau
  | A.
  kết thúc đạt
`
}

func TestD007TwoFlows(t *testing.T) {
	t.Parallel()
	twice := []words{{
		vi: "Đã có luồng “thu” trong tệp “thu.flow”.", en: "There is a flow “thu” already, in “thu.flow”.",
		fixVI: "Đổi tên một trong hai luồng.", fixEN: "Rename one of the two flows.",
	}}
	holds(t, "D007",
		example{"two", []string{plain("‹thu›", ""), plain("«thu»", "")}, twice},
		example{"a flow and a sub-flow", []string{plain("‹thu›", ""), `luồng con «thu» "Con"

bước dau
  kết thúc đạt
`}, twice},
		example{"nothing else is said of the second", []string{plain("‹thu›", "  từ khóa \"a\"\n"), plain("«thu»", `  từ khóa "a"
  bắt đầu mat
`)}, twice},
		example{"a flow and a chung file", []string{plain("thu", ""), "chung thu\n"}, nil},
		example{"a flow and a step", []string{plain("dau", "")}, nil},
	)
}

func TestD012TwoTasks(t *testing.T) {
	t.Parallel()
	twice := []words{{
		vi: "Đã có tác vụ “gui”.", en: "There is a task “gui” already.",
		fixVI: "Khai một lần trong tệp chung là đủ.", fixEN: "Declare it once, in a chung file.",
	}}
	const do = `bước dau
  làm gui("A")
  được   -> het
  lỗi    -> het`
	holds(t, "D012",
		example{"in one flow", []string{thu("tác vụ ‹gui›(ten chữ)", "tác vụ «gui»(so số)", do)}, twice},
		example{"in a flow and a chung file", []string{thu("tác vụ ‹gui›(ten chữ)", do), `chung a

tác vụ «gui»(ten chữ)
`}, twice},
		example{"in two flows", []string{`luồng a "A"

tác vụ ‹gui›(ten chữ)

bước dau
  | A.
  kết thúc đạt
`, thu("tác vụ «gui»(ten chữ)", do)}, twice},
		example{"one", []string{thu("tác vụ gui(ten chữ)", do)}, nil},
		example{"a task of the name of a flow", []string{thu("tác vụ thu(ten chữ)", `bước dau
  làm thu("A")
  được   -> het
  lỗi    -> het`)}, nil},
	)
}

func TestD028TwoFollow(t *testing.T) {
	t.Parallel()
	twice := words{
		vi: "Đã có luồng khác nhận khi quan tâm.", en: "Another flow has khi quan tâm already.",
		fixVI: "Giữ khi quan tâm ở một luồng.", fixEN: "Keep khi quan tâm in one flow.",
	}
	holds(t, "D028",
		example{"two", []string{plain("a", "  ‹khi quan tâm›\n"), plain("b", "  «khi quan tâm»\n")}, []words{twice}},
		example{"with steps", []string{plain("a", "  ‹khi quan tâm dau›\n"), plain("b", "  «khi quan tâm dau»\n")}, []words{twice}},
		example{"three", []string{plain("c", "  «khi quan tâm»\n"), plain("a", "  ‹‹khi quan tâm››\n"), plain("b", "  «khi quan tâm»\n")}, []words{twice, twice}},
		example{"one", []string{plain("a", "  khi quan tâm\n"), plain("b", "  khi không hiểu\n")}, nil},
	)
}

func TestD029TwoFallback(t *testing.T) {
	t.Parallel()
	twice := words{
		vi: "Đã có luồng khác nhận khi không hiểu.", en: "Another flow has khi không hiểu already.",
		fixVI: "Giữ khi không hiểu ở một luồng.", fixEN: "Keep khi không hiểu in one flow.",
	}
	holds(t, "D029",
		example{"two", []string{plain("a", "  ‹khi không hiểu›\n"), plain("b", "  «khi không hiểu»\n")}, []words{twice}},
		example{"one with a step", []string{plain("b", "  «khi không hiểu dau»\n"), plain("a", "  ‹khi không hiểu›\n")}, []words{twice}},
		example{"both in one flow", []string{plain("a", `  khi quan tâm
  khi không hiểu
`)}, nil},
	)
}

func TestD030TwoKeywords(t *testing.T) {
	t.Parallel()
	twice := func(word, flow string) words {
		return words{
			vi: "Từ khóa “" + word + "” đã dẫn vào luồng “" + flow + "”.", en: "The keyword “" + word + "” leads to the flow “" + flow + "” already.",
			fixVI: "Bỏ từ khóa ở một nơi.", fixEN: "Remove the keyword in one place.",
		}
	}
	holds(t, "D030",
		example{"in two flows", []string{plain("a", "  từ khóa \"‹tạm trú›\"\n"), plain("b", "  từ khóa \"«tạm trú»\"\n")}, []words{twice("tạm trú", "a")}},
		example{"without accents", []string{plain("a", "  từ khóa \"‹tạm trú›\"\n"), plain("b", "  từ khóa \"«Tam Tru»\"\n")}, []words{twice("Tam Tru", "a")}},
		example{"in one flow", []string{plain("a", "  từ khóa \"‹kt3›\", \"kt1\", \"«KT3»\"\n")}, []words{twice("KT3", "a")}},
		example{"on two lines", []string{plain("a", `  từ khóa "‹kt3›"
  từ khóa "«kt3»"
`)}, []words{twice("kt3", "a")}},
		example{"each of two", []string{plain("a", "  từ khóa \"‹một›\", \"‹hai›\"\n"), plain("b", "  từ khóa \"«hai»\", \"«mot»\"\n")}, []words{twice("hai", "a"), twice("mot", "a")}},
		example{"three, each after the first", []string{plain("c", "  từ khóa \"«kt3»\"\n"), plain("a", "  từ khóa \"‹‹kt3››\"\n"), plain("b", "  từ khóa \"«kt3»\"\n")},
			[]words{twice("kt3", "a"), twice("kt3", "a")}},
		example{"a part of another", []string{plain("a", "  từ khóa \"tạm trú\"\n"), plain("b", "  từ khóa \"đăng ký tạm trú\"\n")}, nil},
	)
}

func TestD037OnlySays(t *testing.T) {
	t.Parallel()
	no := func(word string) []words {
		return []words{{
			vi: "Luồng " + word + " chỉ được nói, mở liên kết, chuyển người hoặc kết thúc.", en: "A flow with " + word + " may only say, link, hand over or end.",
			fixVI: "Chuyển phần hỏi, chọn, gọi, làm sang luồng khác.", fixEN: "Move questions, choices, calls and tasks to another flow.",
		}}
	}
	flow := func(header, body string) string {
		return "luồng thu \"Thử\"\n  từ khóa \"cứu\"\n  " + header + `

` + body + `

bước het
  kết thúc đạt
`
	}
	const khac = `luồng khac "Khác"

bước dau
  | A.
  kết thúc đạt
`
	holds(t, "D037",
		example{"it asks", []string{flow("khẩn cấp", asksSo+`

bước dau
  | A?
  «hỏi so»
  -> het`)}, no("khẩn cấp")},
		example{"it offers", []string{flow("khẩn cấp", `bước dau
  | A?
  «[B]   -> het»`)}, no("khẩn cấp")},
		example{"it branches", []string{flow("không giữ", `dữ kiện
  x   số 7   căn cứ "A"

bước dau
  | {x}.
  «nếu x > 3   -> het»
  còn lại   -> dau`)}, no("không giữ")},
		example{"it does a task", []string{flow("không giữ", `tác vụ gui(ten chữ)

bước dau
  «làm gui("A")»
  được   -> het
  lỗi   -> het`)}, no("không giữ")},
		example{"it calls", []string{con("hoi"), flow("khẩn cấp", `bước dau
  «gọi hoi()»
  xong   -> het
  bỏ dở   -> het`)}, no("khẩn cấp")},
		example{"it computes", []string{flow("khẩn cấp", asksSo+`

bước dau
  tính so = 3
  | A.
  «-> het»`)}, no("khẩn cấp")},
		example{"it goes elsewhere", []string{khac, flow("khẩn cấp", `bước dau
  | A.
  «-> luồng khac»`)}, no("khẩn cấp")},
		example{"it starts again", []string{flow("khẩn cấp", `bước dau
  | A.
  «-> bắt đầu lại»`)}, no("khẩn cấp")},
		example{"both words", []string{flow("khẩn cấp\n  không giữ", `bước dau
  | A?
  «[B]   -> het»`)}, no("khẩn cấp")},
		example{"it says, links, hands over", []string{flow("khẩn cấp", `bước dau
  | A.
  [Gọi]   gọi số "113"
  -> hai

bước hai
  | B.
  chuyển người truc_ban`)}, nil},
		example{"an ordinary flow", []string{flow("khi quan tâm", `bước dau
  | A?
  [B]   -> het`)}, nil},
	)
}

func TestD038AnonZalo(t *testing.T) {
	t.Parallel()
	no := words{
		vi: "Luồng ẩn danh không được dùng tên người dân.", en: "A flow with ẩn danh must not use the person's name.",
		fixVI: "Bỏ zalo.… ở đây.", fixEN: "Remove zalo.… here.",
	}
	flow := func(body string) []string {
		return []string{`luồng thu "Thử"
  ‹ẩn danh›

` + body + `

bước het
  kết thúc đạt
`}
	}
	holds(t, "D038",
		example{"in a sentence", flow(`bước dau
  | Chào «{zalo.ten}» ạ.
  -> het`), []words{no}},
		example{"computed", flow(`bước dau
  | Chào «{che(zalo.ten)}» ạ.
  -> het`), []words{no}},
		example{"in a branch", flow(`bước dau
  | A.
  nếu «co(zalo.ten)»   -> het
  còn lại   -> dau`), []words{no}},
		example{"in help", flow(`bước dau
  | A?
  [B]   -> het
  trợ giúp
    | «{zalo.ten}» cần gì?`), []words{no}},
		example{"in a condition", flow(`điều kiện
  quen   «co(zalo.ten)»

bước dau
  | A.
  khi quen | B.
  -> het`), []words{no}},
		example{"of the office", []string{`luồng thu "Thử"
  ẩn danh

bước dau
  | Chào, đây là {don_vi.ten}.
  kết thúc đạt
`}, nil},
		example{"in another flow", []string{thu(`bước dau
  | Chào {zalo.ten} ạ.
  -> het`), plain("khac", "  ẩn danh\n")}, nil},
	)
}

func TestD039AnonPhone(t *testing.T) {
	t.Parallel()
	no := func(name string) []words {
		return []words{{
			vi: "Luồng ẩn danh không được bắt buộc để lại số điện thoại.", en: "A flow with ẩn danh must not insist on a telephone number.",
			fixVI: "Thêm chữ tùy ở dòng khai “" + name + "”.", fixEN: "Add tùy to the declaration of “" + name + "”.",
		}}
	}
	flow := func(header, decl, asked string) []string {
		return []string{"luồng thu \"Thử\"\n" + header + `
dữ liệu
  ` + decl + `

bước dau
  | A?
  hỏi ` + asked + `
  -> het

bước het
  kết thúc đạt
`}
	}
	const anon = "  ẩn danh\n"
	holds(t, "D039",
		example{"by its type", flow(anon, "‹goi   điện thoại   \"Gọi\"›", "«goi»"), no("goi")},
		example{"by its label", flow(anon, "‹goi   chữ 1..20   \"Số điện thoại\"›", "«goi»"), no("goi")},
		example{"by its name", flow(anon, "‹so_dien_thoai   chữ 1..20   \"Số\"›", "«so_dien_thoai»"), no("so_dien_thoai")},
		example{"that can be skipped", flow(anon, "goi   điện thoại   tùy   \"Gọi\"", "goi"), nil},
		example{"another number", flow(anon, "goi   số 1..9   \"Số người\"", "goi"), nil},
		example{"in another flow", flow("", "goi   điện thoại   \"Gọi\"", "goi"), nil},
	)
}

func TestD053SubTrigger(t *testing.T) {
	t.Parallel()
	no := words{
		vi: "Luồng con chỉ được gọi, không tự vào bằng tin nhắn được.", en: "A luồng con is only called; no message leads into it.",
		fixVI: "Bỏ dòng này, hoặc đổi thành luồng.", fixEN: "Remove this line, or make the flow a luồng.",
	}
	sub := func(headers string) []string {
		return []string{"luồng con hoi \"Con\"\n" + headers + `
bước dau
  | A.
  kết thúc đạt
`}
	}
	holds(t, "D053",
		example{"keywords", sub("  từ khóa \"«a»\", \"«b»\"\n"), []words{no, no}},
		example{"examples", sub(`
dân hỏi
  * «a b»
`), []words{no}},
		example{"a follow", sub("  «khi quan tâm»\n"), []words{no}},
		example{"a fallback", sub("  «khi không hiểu»\n"), []words{no}},
		example{"an emergency", sub("  «khẩn cấp»\n"), []words{no}},
		example{"an unkept one", sub("  «không giữ»\n"), []words{no}},
		example{"a basis, a term, a start", sub(`  căn cứ "A"   hiệu lực 01/01/2026
  giữ 2 giờ
  bắt đầu dau
`), nil},
		example{"a luồng may", []string{plain("thu", `  từ khóa "a"
  khi quan tâm
  khẩn cấp
`)}, nil},
	)
}

func TestD054SharedStep(t *testing.T) {
	t.Parallel()
	no := func(step string) words {
		return words{
			vi: "Tệp chung không có bước “" + step + "”.", en: "A chung file has no step “" + step + "”.",
			fixVI: "Dùng -> luồng …, quay lại, nhắc lại hoặc bắt đầu lại.", fixEN: "Use -> luồng …, quay lại, nhắc lại or bắt đầu lại.",
		}
	}
	chung := func(lines string) []string {
		return []string{`chung a

mọi bước
` + lines + "\n", plain("thu", "")}
	}
	holds(t, "D054",
		example{"behind nghe", chung("  nghe \"hủy\"   -> «dau»"), []words{no("dau")}},
		example{"behind a silence", chung("  im lặng 1 giờ   -> «dau»"), []words{no("dau")}},
		example{"under a reminder", chung(`  im lặng 1 giờ
    | Còn đó không?
    [Đi]   -> «dau»`), []words{no("dau")}},
		example{"with a return", chung("  nghe \"hủy\"   -> «dau rồi dau»"), []words{no("dau")}},
		example{"every other target", chung(`  nghe "hủy"   -> bắt đầu lại
  nghe "lùi"   -> quay lại
  nghe "gì"   -> nhắc lại
  nghe "thử"   -> luồng thu`), nil},
	)
}
