package bind_test

import (
	"strings"
	"testing"
)

// facts are the lines of dữ kiện in a flow that reads the names.
func facts(lines string, reads ...string) []string {
	return []string{thu("dữ kiện\n"+lines, "bước dau\n  | {"+strings.Join(reads, "}, {")+"}.\n  -> het")}
}

func TestD011FactType(t *testing.T) {
	t.Parallel()
	apart := func(first, second string) []words {
		return []words{{
			vi:    "Dữ kiện “x” đã khai là " + first + ", ở đây lại là " + second + ".",
			en:    "The fact “x” was declared as " + first + " and is " + second + " here.",
			fixVI: "Các dòng cùng tên phải cùng loại.", fixEN: "Lines of one name have one type.",
		}}
	}
	holds(t, "D011",
		example{"money, then a number", facts("  ‹x tiền 7.000 đến 31/12/2026 căn cứ \"A\"›\n  x «số» 8 từ 01/01/2027 căn cứ \"A\"", "x"), apart("tiền", "số")},
		example{"text, then a date", facts("  ‹x chữ \"A\" đến 31/12/2026 căn cứ \"A\"›\n  x «ngày» 01/01/2027 từ 01/01/2027 căn cứ \"A\"", "x"), apart("chữ", "ngày")},
		example{"of one kind", facts("  x số 7 đến 31/12/2026 căn cứ \"A\"\n  x số 8 từ 01/01/2027 căn cứ \"A\"", "x"), nil},
		example{"not known at first", facts("  x tiền chưa rõ đến 31/12/2026 căn cứ \"A\"\n  x tiền 8.000 từ 01/01/2027 căn cứ \"A\"", "x"), nil},
	)
}

func TestD013FactApart(t *testing.T) {
	t.Parallel()
	apart := []words{{
		vi: "Dữ kiện “x” đã khai trong tệp “khac.flow”.", en: "The fact “x” is declared already, in “khac.flow”.",
		fixVI: "Gộp các dòng về một tệp, hoặc đổi tên.", fixEN: "Bring its lines together in one file, or rename it.",
	}}
	khac := func(fact string) string {
		return `luồng khac "Khác"

dữ kiện
  ` + fact + ` căn cứ "A"

bước dau
  | {x}.
  kết thúc đạt
`
	}
	holds(t, "D013",
		example{"in two flows", []string{khac("‹x› số 7"), facts("  «x» số 8 căn cứ \"A\"", "x")[0]}, apart},
		example{"in a flow and a chung file", []string{khac("‹x› số 7"), `chung a

dữ kiện
  «x» số 8 căn cứ "A"
`, thu(`bước dau
  | {x}.
  -> het`)}, apart},
		example{"one read by two", []string{khac("x số 7"), thu(`bước dau
  | {x}.
  -> het`)}, nil},
	)
}

func TestD043FactValue(t *testing.T) {
	t.Parallel()
	no := func(text, typ string) []words {
		return []words{{
			vi: "“" + text + "” không phải một giá trị loại " + typ + ".", en: "“" + text + "” is no value of type " + typ + ".",
			fixVI: "Viết như 15.000 (tiền), 3 (số), 01/07/2026 (ngày), có hoặc không; chữ thì đặt trong ngoặc kép.",
			fixEN: "Write it like 15.000 (tiền), 3 (số), 01/07/2026 (ngày), có or không; text stands in quotes.",
		}}
	}
	holds(t, "D043",
		example{"no number", facts("  x số «nhieu» căn cứ \"A\"", "x"), no("nhieu", "số")},
		example{"out of its bounds", facts("  x số 1..5 «7» căn cứ \"A\"", "x"), no("7", "số")},
		example{"no such day", facts("  x ngày «31/02/2026» căn cứ \"A\"", "x"), no("31/02/2026", "ngày")},
		example{"no phone", facts("  x điện thoại «12» căn cứ \"A\"", "x"), no("12", "điện thoại")},
		example{"neither yes nor no", facts("  x có/không «nua» căn cứ \"A\"", "x"), no("nua", "có/không")},
		example{"a second period", facts("  x số 7 đến 31/12/2026 căn cứ \"A\"\n  x số «nhieu» từ 01/01/2027 căn cứ \"A\"", "x"), no("nhieu", "số")},
		example{"each as it should be", facts(`  a số 7 căn cứ "A"
  b tiền 15.000 căn cứ "A"
  c ngày 01/07/2026 căn cứ "A"
  d có/không có căn cứ "A"
  e chữ "lễ" căn cứ "A"
  g điện thoại "0912 345 678" căn cứ "A"
  h số chưa rõ căn cứ "A"`,
			"a", "b", "c", "d", "e", "g", "h"), nil},
	)
}

func TestD044FactDates(t *testing.T) {
	t.Parallel()
	turned := []words{{
		vi: "Ngày đến trước ngày từ.", en: "The period ends before it begins.",
		fixVI: "Đổi chỗ hai ngày, hoặc sửa ngày sai.", fixEN: "Swap the two days, or correct the wrong one.",
	}}
	holds(t, "D044",
		example{"by a year", facts("  x số 7 từ 01/01/2027 đến «01/01/2026» căn cứ \"A\"", "x"), turned},
		example{"by a day", facts("  x số 7 từ 02/01/2026 đến «01/01/2026» căn cứ \"A\"", "x"), turned},
		example{"a second period", facts("  x số 7 đến 31/12/2025 căn cứ \"A\"\n  x số 8 từ 02/01/2026 đến «01/01/2026» căn cứ \"A\"", "x"), turned},
		example{"one day", facts("  x số 7 từ 01/01/2026 đến 01/01/2026 căn cứ \"A\"", "x"), nil},
		example{"open on either side", facts("  x số 7 từ 01/01/2026 căn cứ \"A\"\n  y số 7 đến 01/01/2026 căn cứ \"A\"", "x", "y"), nil},
	)
}

func TestD045FactKind(t *testing.T) {
	t.Parallel()
	no := func(typ string) []words {
		return []words{{
			vi: "Dữ kiện không thể là " + typ + ".", en: "A fact cannot be " + typ + ".",
			fixVI: "Dùng chữ, số, tiền, ngày, điện thoại hoặc có/không.", fixEN: "Use chữ, số, tiền, ngày, điện thoại or có/không.",
		}}
	}
	holds(t, "D045",
		example{"a place", facts("  x «vị trí» \"A\" căn cứ \"A\"", "x"), no("vị trí")},
		example{"pictures", facts("  x «ảnh 1..2» \"A\" căn cứ \"A\"", "x"), no("ảnh")},
		example{"files", facts("  x «tệp» \"A\" căn cứ \"A\"", "x"), no("tệp")},
		example{"a choice", facts("  x «chọn» \"A\" căn cứ \"A\"", "x"), no("chọn")},
	)
}
