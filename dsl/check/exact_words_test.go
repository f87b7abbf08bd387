package check

import (
	"fmt"
	"strings"
	"testing"
)

func TestA001Places(t *testing.T) {
	t.Parallel()
	picture := func(path string) []words {
		return []words{{
			vi: "Ảnh `" + path + "` chưa có chữ thay thế cho người không xem được ảnh.", en: "The picture `" + path + "` has no words for who cannot see it.",
			fixVI: "Viết trong ngoặc kép thứ hai ảnh cho thấy gì.", fixEN: "Write in the second quotes what the picture shows.",
		}}
	}
	file := []words{{
		vi: "Tệp `mau/don.pdf` chưa có tên cho người đọc.", en: "The file `mau/don.pdf` has no name for readers.",
		fixVI: "Viết trong ngoặc kép thứ hai tệp có gì.", fixEN: "Write in the second quotes what the file holds.",
	}}
	at := func(line string) string {
		return `
bước a
  | Chào.
  ` + line + `
  -> z
` + ending
	}
	holds(t, "A001", Options{},
		example{"its path again", at("«ảnh \"mau/so_do.png\" \"mau/so_do.png\"»"), picture("mau/so_do.png")},
		example{"its name again", at("«ảnh \"mau/so_do.png\" \"SO_DO.PNG\"»"), picture("mau/so_do.png")},
		example{"its name without the ending", at("«ảnh \"mau/bando.png\" \"Bandô\"»"), picture("mau/bando.png")},
		example{"marks alone", at("«ảnh \"mau/so_do.png\" \"…\"»"), picture("mau/so_do.png")},
		example{"a file", at("«tệp \"mau/don.pdf\" \"don.pdf\"»"), file},
		example{"words", at("ảnh \"mau/so_do.png\" \"Sơ đồ đường tới trụ sở\""), nil},
		example{"words with its name", at("tệp \"mau/don.pdf\" \"Đơn mẫu don.pdf\""), nil},
	)
}

func TestA002Places(t *testing.T) {
	t.Parallel()
	long := func(n int) []words {
		return []words{{
			warning: true, vi: fmt.Sprintf("Câu dài %d chữ, khó đọc trên điện thoại.", n), en: fmt.Sprintf("The sentence has %d words and is hard to read on a telephone.", n),
			fixVI: "Tách thành các câu không quá 60 chữ.", fixEN: "Split it into sentences of at most 60 words.",
		}}
	}
	of := func(n int) string { return strings.TrimSuffix(strings.Repeat("chữ ", n), " ") + "." }
	at := func(line string) string {
		return `
bước a
  ` + line + `
  -> z
` + ending
	}
	holds(t, "A002", Options{},
		example{"one too many", at("| «" + of(61) + "»"), long(61)},
		example{"in a row", at("bảng\n    * A: «" + of(65) + "»"), long(65)},
		example{"in a point", at("danh sách\n    * «" + of(65) + "»"), long(65)},
		example{"as many as may be", at("| " + of(60)), nil},
		example{"two sentences", at("| " + of(50) + " " + of(50)), nil},
	)
}

func TestN001Places(t *testing.T) {
	t.Parallel()
	equal := func(a, b string) []words {
		return []words{{
			vi:    "Ở bước `a`, \"" + a + "\" và \"" + b + "\" giống nhau khi gõ không dấu, nên không biết người dân chọn cái nào.",
			en:    "In the step `a`, \"" + a + "\" and \"" + b + "\" are equal without accents, so nobody can tell which is meant.",
			fixVI: "Đặt lại một trong hai.", fixEN: "Rename one of them.",
		}}
	}
	begin := func(a, b string) []words {
		return []words{{
			warning: true,
			vi:      "Ở bước `a`, \"" + a + "\" và \"" + b + "\" mở đầu giống nhau, người gõ chưa hết dễ thành chọn nhầm.",
			en:      "In the step `a`, \"" + a + "\" and \"" + b + "\" begin alike; who types only the beginning may choose the wrong one.",
			fixVI:   "Đặt lại để hai câu khác nhau từ đầu.", fixEN: "Rename them so that they differ from the start.",
		}}
	}
	number := func(label, other string) []words {
		return []words{{
			vi: "\"" + label + "\" trùng với số thứ tự của lựa chọn \"" + other + "\".", en: "\"" + label + "\" is also the number of the choice \"" + other + "\".",
			fixVI: "Thêm chữ vào nhãn, ví dụ \"" + label + " người\".", fixEN: "Add a word to the label, such as \"" + label + " người\".",
		}}
	}
	menu := func(buttons string) string {
		return `
bước a
  | Gì?
` + buttons + `
bước b
  | B.
  -> z
` + ending
	}
	options := func(lines string) string {
		return `
dữ liệu
  x chọn "Việc"
` + lines + `
bước a
  | Gì?
  hỏi x
  -> z
` + ending
	}
	holds(t, "N001", Options{},
		example{"labels without accents", menu(`  [‹Tạm trú›] -> z
  [«Tam tru»] -> b
`), equal("Tạm trú", "Tam tru")},
		example{"options without accents", options(`    mot "‹Mới›"
    hai "«Môi»"
`), equal("Mới", "Môi")},
		example{"a synonym and a label", options(`    mot "Mới", "‹làm lại›"
    hai "«Làm lại»"
`), equal("làm lại", "Làm lại")},
		example{"one begins the other", menu(`  [‹Đăng ký›] -> z
  [«Đăng ký xe»] -> b
`), begin("Đăng ký", "Đăng ký xe")},
		example{"a number of another", menu(`  [«2»] -> z
  [Ba] -> b
`), number("2", "Ba")},
		example{"a beginning inside a word", menu(`  [An] -> z
  [Anh] -> b
`), nil},
		example{"different words", menu(`  [Đăng ký] -> z
  [Gia hạn] -> b
`), nil},
		example{"a number of its own", menu(`  [1] -> z
  [2] -> b
`), nil},
	)
}

func TestN002Places(t *testing.T) {
	t.Parallel()
	yes := func(phrase string) []words {
		return []words{{
			vi: "\"" + phrase + "\" là câu trả lời có/không, không đứng một mình trong `nghe` được.", en: "\"" + phrase + "\" answers yes or no and may not stand alone in `nghe`.",
			fixVI: "Viết dài hơn, ví dụ \"" + phrase + " không làm nữa\".", fixEN: "Write more, such as \"" + phrase + " không làm nữa\".",
		}}
	}
	both := []words{{
		vi:    "Ở bước `a`, \"Xem thêm\" vừa là lựa chọn vừa là câu `nghe` dẫn đi nơi khác.",
		en:    "In the step `a`, \"Xem thêm\" is a choice and also a `nghe` phrase that leads elsewhere.",
		fixVI: "Đặt lại nhãn, hoặc cho nút dẫn tới đúng nơi câu `nghe` dẫn tới.", fixEN: "Rename the label, or let the button lead where the phrase leads.",
	}}
	part := []words{{
		warning: true,
		vi:      "Ở bước `a`, gõ \"xem thêm\" để chọn \"Xem thêm giấy tờ\" thì câu `nghe` bắt mất.",
		en:      "In the step `a`, who types \"xem thêm\" for the choice \"Xem thêm giấy tờ\" is taken away by a `nghe` phrase.",
		fixVI:   "Đặt lại nhãn, hoặc viết câu `nghe` dài hơn.", fixEN: "Rename the label, or make the phrase longer.",
	}}
	value := []words{{
		vi: "Ở bước `a`, \"hôm nay\" là câu trả lời được cho `x` nhưng câu `nghe` bắt mất.", en: "In the step `a`, \"hôm nay\" would answer `x` but is taken by a `nghe` phrase.",
		fixVI: "Viết câu `nghe` dài hơn.", fixEN: "Make the phrase longer.",
	}}
	hears := func(phrase, body string) string {
		return `
mọi bước
  nghe "` + phrase + `" -> b

bước a
` + body + `
bước b
  | B.
  -> z
` + ending
	}
	asks := func(phrase, typ, mark string) string {
		return `
dữ liệu
  x ` + typ + " \"X\"\n" + hears(phrase, "  | Gì?\n  hỏi "+mark+`
  -> z
`)
	}
	holds(t, "N002", Options{},
		example{"no", hears("«thôi»", `  | Gì?
  [Đi] -> z
`), yes("thôi")},
		example{"yes", hears("«dạ»", `  | Gì?
  [Đi] -> z
`), yes("dạ")},
		example{"a label that leads elsewhere", hears("‹xem thêm›", `  | Gì?
  [«Xem thêm»] -> z
`), both},
		example{"a part of a label", hears("‹xem thêm›", `  | Gì?
  [«Xem thêm giấy tờ»] -> z
`), part},
		example{"a day", asks("‹hôm nay›", "ngày", "«x»"), value},
		example{"a label that leads there too", hears("xem thêm", `  | Gì?
  [Xem thêm] -> b
  [Đi] -> z
`), nil},
		example{"no with more words", hears("thôi không làm nữa", `  | Gì?
  [Đi] -> z
`), nil},
		example{"a free text", asks("xem thêm", "chữ 1..50", "x"), nil},
		example{"a phrase that is no number", asks("xem thêm", "số 0..9", "x"), nil},
	)
}

func TestN003Places(t *testing.T) {
	t.Parallel()
	two := func(text string) []words {
		return []words{{
			vi: "\"" + text + "\" dẫn tới cả luồng `khac` và luồng `thu`.", en: "\"" + text + "\" leads to the flow `khac` and to the flow `thu`.",
			fixVI: "Bỏ câu này ở một trong hai luồng.", fixEN: "Remove it from one of the two.",
		}}
	}
	bundle := func(own, other string) string {
		return own + `
bước a
  | A.
  -> z
` + ending + `
-- khac.flow --
luồng khac "Khác"
  căn cứ "A" hiệu lực 01/01/2026
` + other + `
bước a
  | A.
  kết thúc đạt
`
	}
	holds(t, "N003", Options{},
		example{"two examples", bundle(`
dân hỏi
  * «xin tạm trú»
`, `
dân hỏi
  * ‹Xin tam tru›
`), two("xin tạm trú")},
		example{"an example and a keyword", bundle(`
dân hỏi
  * «xin tạm trú»
`, "  từ khóa \"‹xin tạm trú›\"\n"), two("xin tạm trú")},
		example{"a phrase of the chung file", bundle(`
dân hỏi
  * «hủy bỏ hết»
`, ""), []words{{
			vi:    "\"hủy bỏ hết\" dẫn tới luồng `thu`, nhưng đang ở luồng khác thì câu `nghe` của tệp chung bắt mất.",
			en:    "\"hủy bỏ hết\" leads to the flow `thu`, but inside another flow a `nghe` of a chung file takes it.",
			fixVI: "Bỏ câu này ở một trong hai nơi.", fixEN: "Remove it from one of the two.",
		}}},
		example{"two of one flow", bundle(`
dân hỏi
  * xin tạm trú
  * Xin tam tru
`, ""), nil},
		example{"different ones", bundle(`
dân hỏi
  * xin tạm trú
`, `
dân hỏi
  * xin thường trú
`), nil},
	)
}

func TestP001Places(t *testing.T) {
	t.Parallel()
	none := func(name string) []words {
		return []words{{
			warning: true, vi: "`" + name + "` chưa có căn cứ.", en: "`" + name + "` names no legal basis.",
			fixVI: "Thêm `căn cứ \"…\" hiệu lực NGÀY rà soát NGÀY` dưới dòng đầu.", fixEN: "Add `căn cứ \"…\" hiệu lực DATE rà soát DATE` below the first line.",
		}}
	}
	beside := func(file string) string {
		return `
bước a
  | A.
  -> z
` + ending + `
-- khac.flow --
` + file
	}
	holds(t, "P001", Options{},
		example{"a luồng", beside(`«luồng khac "Khác"»

bước a
  | A.
  kết thúc đạt
`), none("khac")},
		example{"a chung file with facts", beside(`«chung khac»

dữ kiện
  phi số 7 căn cứ "A"
`), none("khac")},
		example{"a sub-flow with facts", beside(`«luồng con khac "Khác"»

dữ kiện
  phi số 7 căn cứ "A"

bước a
  kết thúc đạt
`), none("khac")},
		example{"a chung file without", beside(`chung khac

tác vụ gui(ten chữ)
`), nil},
		example{"a sub-flow without", beside(`luồng con khac "Khác"

bước a
  kết thúc đạt
`), nil},
		example{"a luồng with one", beside(`luồng khac "Khác"
  căn cứ "A" hiệu lực 01/01/2026

bước a
  | A.
  kết thúc đạt
`), nil},
	)
}

// onDay is a flow beside the others with one line of its own, checked on 24/11/2026.
func onDay(basis, facts string) string {
	return `
bước a
  | A.
  -> z
` + ending + `
-- khac.flow --
luồng khac "Khác"
  ` + basis + `

dữ kiện
` + facts + `
bước a
  | {phi}.
  kết thúc đạt
`
}

func TestP002Places(t *testing.T) {
	t.Parallel()
	past := words{
		warning: true, vi: "Căn cứ \"Luật A\" đã quá ngày rà soát 23/11/2026.", en: "The legal basis \"Luật A\" is past its review on 23/11/2026.",
		fixVI: "Đọc lại văn bản, sửa nội dung nếu cần, rồi ghi ngày rà soát mới.", fixEN: "Read it again, correct the content where needed and set a new date.",
	}
	early := words{
		warning: true, vi: "Căn cứ \"Luật A\" đến 25/11/2026 mới có hiệu lực.", en: "The legal basis \"Luật A\" is in force only from 25/11/2026.",
		fixVI: "Chỉ đưa luồng này vào dùng từ ngày đó.", fixEN: "Use this flow only from that day.",
	}
	const phi = "  phi số 7 căn cứ \"A\"\n"
	holds(t, "P002", Options{},
		example{"a day late", onDay("«căn cứ \"Luật A\" hiệu lực 01/01/2026 rà soát 23/11/2026»", phi), []words{past}},
		example{"a day early", onDay("«căn cứ \"Luật A\" hiệu lực 25/11/2026 rà soát 01/01/2030»", phi), []words{early}},
		example{"on the day of both", onDay("căn cứ \"Luật A\" hiệu lực 24/11/2026 rà soát 24/11/2026", phi), nil},
		example{"without a review", onDay("căn cứ \"Luật A\" hiệu lực 01/01/2026", phi), nil},
	)
}

func TestP003Places(t *testing.T) {
	t.Parallel()
	missing := words{
		warning: true, vi: "Dữ kiện `phi` không có giá trị ngày 24/11/2026.", en: "The fact `phi` has no value on 24/11/2026.",
		fixVI: "Thêm một dòng có giá trị từ ngày đó.", fixEN: "Add a line with the value from that day on.",
	}
	unknown := words{
		warning: true, vi: "Dữ kiện `phi` còn chưa rõ.", en: "The fact `phi` is not known yet.",
		fixVI: "Hỏi cán bộ phụ trách rồi ghi giá trị.", fixEN: "Ask the officer in charge and write the value.",
	}
	const basis = "căn cứ \"A\" hiệu lực 01/01/2026"
	holds(t, "P003", Options{},
		example{"it ended yesterday", onDay(basis, "  «phi số 7 đến 23/11/2026 căn cứ \"A\"»\n"), []words{missing}},
		example{"it begins tomorrow", onDay(basis, "  «phi số 7 từ 25/11/2026 căn cứ \"A\"»\n"), []words{missing}},
		example{"a gap, at the last line", onDay(basis, `  phi số 7 đến 23/11/2026 căn cứ "A"
  «phi số 8 từ 25/11/2026 căn cứ "B"»
`), []words{missing}},
		example{"not known", onDay(basis, "  «phi số chưa rõ căn cứ \"A\"»\n"), []words{unknown}},
		example{"not known later", onDay(basis, `  phi số 7 đến 24/11/2026 căn cứ "A"
  phi số chưa rõ từ 25/11/2026 căn cứ "B"
`), nil},
		example{"its last day", onDay(basis, "  phi số 7 đến 24/11/2026 căn cứ \"A\"\n"), nil},
		example{"its first day", onDay(basis, "  phi số 7 từ 24/11/2026 căn cứ \"A\"\n"), nil},
	)
}

func TestP004Places(t *testing.T) {
	t.Parallel()
	two := func(vi, en string) []words {
		return []words{{
			vi: "Dữ kiện `phi` có hai giá trị trong cùng một ngày" + vi + ".", en: "The fact `phi` has two values on one day" + en + ".",
			fixVI: "Sửa `từ` và `đến` để các thời gian nối tiếp nhau.", fixEN: "Correct `từ` and `đến` so that the periods follow each other.",
		}}
	}
	const basis = "căn cứ \"A\" hiệu lực 01/01/2026"
	holds(t, "P004", Options{},
		example{"by a day", onDay(basis, `  ‹phi số 7 đến 31/12/2026 căn cứ "A"›
  «phi số 8 từ 31/12/2026 căn cứ "B"»
`), two(" (ví dụ 31/12/2026)", " (such as 31/12/2026)")},
		example{"one inside the other", onDay(basis, `  ‹phi số 7 căn cứ "A"›
  «phi số 8 từ 01/03/2027 đến 02/03/2027 căn cứ "B"»
`), two(" (ví dụ 01/03/2027)", " (such as 01/03/2027)")},
		example{"both open", onDay(basis, `  ‹phi số 7 căn cứ "A"›
  «phi số 8 căn cứ "B"»
`), two("", "")},
		example{"one after the other", onDay(basis, `  phi số 7 đến 31/12/2026 căn cứ "A"
  phi số 8 từ 01/01/2027 căn cứ "B"
`), nil},
		example{"a gap", onDay(basis, `  phi số 7 đến 30/12/2026 căn cứ "A"
  phi số 8 từ 01/01/2027 căn cứ "B"
`), nil},
	)
}

func TestP005Places(t *testing.T) {
	t.Parallel()
	ends := func(day string) []words {
		return []words{{
			warning: true, vi: "Dữ kiện `phi` chỉ có giá trị tới hết " + day + ".", en: "The fact `phi` has a value only until " + day + ".",
			fixVI: "Thêm một dòng cho thời gian tiếp theo.", fixEN: "Add a line for the time after.",
		}}
	}
	const basis = "căn cứ \"A\" hiệu lực 01/01/2026"
	holds(t, "P005", Options{Ahead: 10},
		example{"today", onDay(basis, "  «phi số 7 đến 24/11/2026 căn cứ \"A\"»\n"), ends("24/11/2026")},
		example{"within ten days", onDay(basis, "  «phi số 7 đến 04/12/2026 căn cứ \"A\"»\n"), ends("04/12/2026")},
		example{"with a gap behind", onDay(basis, `  «phi số 7 đến 30/11/2026 căn cứ "A"»
  phi số 8 từ 02/12/2026 căn cứ "B"
`), ends("30/11/2026")},
		example{"after ten days", onDay(basis, "  phi số 7 đến 05/12/2026 căn cứ \"A\"\n"), nil},
		example{"with more to follow", onDay(basis, `  phi số 7 đến 30/11/2026 căn cứ "A"
  phi số 8 từ 01/12/2026 căn cứ "B"
`), nil},
		example{"open", onDay(basis, "  phi số 7 căn cứ \"A\"\n"), nil},
	)
}

func TestP006Places(t *testing.T) {
	t.Parallel()
	typed := func(text string) words {
		return words{
			warning: true, vi: "\"" + text + "\" viết thẳng trong câu, khi luật đổi sẽ sót.", en: "\"" + text + "\" is written into the sentence and will be missed when the law changes.",
			fixVI: "Khai trong `dữ kiện` kèm căn cứ, rồi viết {tên} ở đây.", fixEN: "Declare it under `dữ kiện` with its source and write {name} here.",
		}
	}
	at := func(body string) string {
		return `
bước a
` + body + "\n" + ending
	}
	holds(t, "P006", Options{},
		example{"money behind accents", at("  | Lệ phí «15.000 đồng» mỗi người.\n  -> z"), []words{typed("15.000 đồng")}},
		example{"two in a sentence", at("  | Phí «7.000đ», chờ «3 ngày».\n  -> z"), []words{typed("7.000đ"), typed("3 ngày")}},
		example{"an article", at("  | Theo «Điều 28» luật này.\n  -> z"), []words{typed("Điều 28")}},
		example{"in a table", at(`  bảng
    * Lệ phí: «20 nghìn»
  -> z`), []words{typed("20 nghìn")}},
		example{"in a reminder", at(`  | Gì?
  [Đi] -> z
  im lặng 10 phút
    | Còn «5 ngày» nữa.`), []words{typed("5 ngày")}},
		example{"in help", at(`  | Gì?
  [Đi] -> z
  trợ giúp
    | Mất «2 tháng».`), []words{typed("2 tháng")}},
		example{"a count is no figure", at("  | Có 3 giấy tờ, gọi 113.\n  -> z"), nil},
	)
}
