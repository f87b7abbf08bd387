package bind_test

import (
	"fmt"
	"strings"
	"testing"
)

// slot is a flow that asks one slot of a type.
func slot(decl string) []string {
	return []string{thu("dữ liệu\n  x   "+decl, `bước dau
  | A?
  hỏi x
  -> het`)}
}

func TestD032Bounds(t *testing.T) {
	t.Parallel()
	none := func(typ string) []words {
		return []words{{vi: "Loại " + typ + " không có cỡ.", en: "The type " + typ + " has no bounds.", fixVI: "Bỏ phần a..b.", fixEN: "Remove a..b."}}
	}
	turned := func(wrong, right string) []words {
		return []words{{
			vi: "Cỡ " + wrong + " viết ngược.", en: "The bounds " + wrong + " are the wrong way round.", fixVI: "Viết " + right + ".", fixEN: "Write " + right + ".",
		}}
	}
	between := func(typ, low, high string) []words {
		return []words{{
			vi: "Cỡ của " + typ + " phải từ " + low + " đến " + high + ".", en: "The bounds of " + typ + " lie between " + low + " and " + high + ".",
			fixVI: "Sửa số nằm ngoài.", fixEN: "Correct the bound outside.",
		}}
	}
	holds(t, "D032",
		example{"a phone", slot("«điện thoại 1..9»   \"Gọi\""), none("điện thoại")},
		example{"yes or no", slot("«có/không 0..1»   \"Có\""), none("có/không")},
		example{"a place", slot("«vị trí 1..2»   \"Nơi\""), none("vị trí")},
		example{"a text turned round", slot("«chữ 9..1»   \"Tên\""), turned("9..1", "1..9")},
		example{"a number turned round", slot("«số 5..-5»   \"Số\""), turned("5..-5", "-5..5")},
		example{"an empty text", slot("«chữ 0..9»   \"Tên\""), between("chữ", "1", "4000")},
		example{"a text too long", slot("«chữ 1..4001»   \"Tên\""), between("chữ", "1", "4000")},
		example{"too many pictures", slot("«ảnh 1..21»   \"Ảnh\""), between("ảnh", "1", "20")},
		example{"no file at all", slot("«tệp 0..2»   \"Tệp\""), between("tệp", "1", "20")},
		example{"less than nothing", slot("«tiền -1..9»   \"Tiền\""), between("tiền", "0", "1000000000000000")},
		example{"more than can be counted", slot("«số 0..1000000000000001»   \"Số\""), between("số", "-1000000000000000", "1000000000000000")},
		example{"a parameter of a task", []string{thu("tác vụ gui(ten «chữ 9..1»)", `bước dau
  làm gui("A")
  được   -> het
  lỗi    -> het`)}, turned("9..1", "1..9")},
		example{"a fact", facts("  x «số 9..1» 3 căn cứ \"A\"", "x"), turned("9..1", "1..9")},
		example{"one value", slot("số 5..5   \"Số\""), nil},
		example{"the widest text", slot("chữ 1..4000   \"Tên\""), nil},
		example{"the most pictures", slot("ảnh 1..20   \"Ảnh\""), nil},
		example{"the widest number", slot("số -1000000000000000..1000000000000000   \"Số\""), nil},
		example{"the least money", slot("tiền 0..0   \"Tiền\""), nil},
		example{"none", slot("số   \"Số\""), nil},
	)
}

func TestD033NoOptions(t *testing.T) {
	t.Parallel()
	none := func(name string) []words {
		return []words{{
			vi: "Dữ liệu chọn “" + name + "” chưa có lựa chọn nào.", en: "The chọn slot “" + name + "” has no options.",
			fixVI: "Viết mỗi lựa chọn một dòng ở dưới: tên, rồi \"Nhãn\".", fixEN: "Write one option a line below: its name, then \"Label\".",
		}}
	}
	holds(t, "D033",
		example{"alone", slot("«chọn»   \"Việc\""), none("x")},
		example{"before another slot", []string{thu(`dữ liệu
  x   «chọn»   "Việc"
  so   số 1..9   "Số"`, `bước dau
  | {so}?
  hỏi x
  -> het`)}, none("x")},
		example{"what reads it is a consequence", []string{thu("dữ liệu\n  x   «chọn»   \"Việc\"", `bước dau
  | A?
  hỏi x
  -> noi

bước noi
  | Việc {x}.
  -> het`)}, none("x")},
		example{"one option is enough", slot("chọn   \"Việc\"\n    mot   \"Một\""), nil},
	)
}

// A chọn nhiều without options is as empty as a chọn.
func TestD033SeveralChoices(t *testing.T) {
	t.Parallel()
	holds(t, "D033", example{"several choices", slot("«chọn nhiều 1..2»   \"Việc\""), []words{{
		vi: "Dữ liệu chọn “x” chưa có lựa chọn nào.", en: "The chọn slot “x” has no options.",
		fixVI: "Viết mỗi lựa chọn một dòng ở dưới: tên, rồi \"Nhãn\".", fixEN: "Write one option a line below: its name, then \"Label\".",
	}}})
}

func TestD034Options(t *testing.T) {
	t.Parallel()
	stray := []words{{
		vi: "“x” không phải loại chọn nên không có lựa chọn.", en: "“x” is no chọn and has no options.",
		fixVI: "Đổi loại thành chọn, hoặc bỏ các dòng lựa chọn.", fixEN: "Change its type to chọn, or remove the options.",
	}}
	holds(t, "D034",
		example{"under a text", slot("‹chữ 1..9›   \"Việc\"\n    «mot   \"Một\"»"), stray},
		example{"only the first is underlined", slot(`‹số 1..9›   "Việc"
    «mot   "Một"»
    hai   "Hai"`), stray},
		example{"under yes or no", slot("‹có/không›   \"Việc\"\n    «mot   \"Một\"»"), stray},
		example{"under a choice", slot(`chọn   "Việc"
    mot   "Một"
    hai   "Hai"`), nil},
	)
}

func TestD035Type(t *testing.T) {
	t.Parallel()
	catalogue := []words{{
		vi: "Loại phường cần danh mục phường, xã, mà bộ luồng này chưa kèm.", en: "The type phường needs a catalogue of wards, which this bundle does not carry.",
		fixVI: "Kèm danh mục, hoặc hỏi bằng chữ hay chọn.", fixEN: "Add the catalogue, or ask by chữ or chọn.",
	}}
	holds(t, "D035",
		example{"a ward without a catalogue", slot("«phường»   \"Nơi ở\""), catalogue},
		example{"a result of a task", []string{thu("tác vụ gui(ten chữ) trả (noi «phường»)", `bước dau
  làm gui("A")
  được   -> het
  lỗi    -> het`)}, catalogue},
		example{"every other type", []string{thu(`dữ liệu
  a chữ 1..9 "A"
  b số "B"
  c tiền "C"
  d ngày "D"
  e điện thoại "E"
  g có/không "G"
  h ảnh 1..2 "H"
  i tệp 1..2 "I"
  k vị trí "K"
  l chọn "L"
    mot "Một"
  m chọn nhiều "M"
    mot "Một"
    hai "Hai"
  n kể 1..5 bảo mật tùy "N" để "xác minh"

tác vụ gui(n kể bảo mật tùy)`,
			`bước dau
  | {a} {b} {c} {d} {e} {g} {h} {i} {k} {l} {m}.
  làm gui(n)
  được   -> het
  lỗi    -> het`)}, nil},
	)
}

func TestD036ManySlots(t *testing.T) {
	t.Parallel()
	declare := func(n, marked int) string {
		var decl, reads strings.Builder
		for i := range n {
			name := fmt.Sprintf("x%d", i)
			fmt.Fprintf(&reads, " {%s}", name)
			if i == marked {
				name = "«" + name + "»"
			}
			fmt.Fprintf(&decl, "\n  %s   số 1..9   \"Số\"", name)
		}
		return thu("dữ liệu"+decl.String(), "bước dau\n  |"+reads.String()+"\n  -> het")
	}
	many := func(n int) []words {
		return []words{{
			vi: fmt.Sprintf("Luồng khai %d dữ liệu, nhiều nhất là 64.", n), en: fmt.Sprintf("The flow declares %d slots; 64 is the most.", n),
			fixVI: "Tách bớt thành luồng con.", fixEN: "Move some of it into a sub-flow.",
		}}
	}
	holds(t, "D036",
		example{"one too many", []string{declare(65, 64)}, many(65)},
		example{"many too many", []string{declare(70, 64)}, many(70)},
		example{"the most", []string{declare(64, -1)}, nil},
	)
}

func TestD047InOut(t *testing.T) {
	t.Parallel()
	only := []words{{
		vi: "Chỉ luồng con mới có dữ liệu vào, ra.", en: "Only a luồng con has slots that go in or out.",
		fixVI: "Bỏ chữ vào, ra, hoặc đổi thành luồng con.", fixEN: "Remove vào and ra, or make the flow a luồng con.",
	}}
	flow := func(decl string) string { return "dữ liệu\n  " + decl }
	const asks = `bước dau
  | A?
  hỏi x
  -> `
	holds(t, "D047",
		example{"in", []string{thu(flow("«x   số 1..9   vào   \"Số\"»"), asks+"het")}, only},
		example{"out", []string{thu(flow("«x   số 1..9   ra   \"Số\"»"), asks+"het")}, only},
		example{"both", []string{thu(flow("«x   số 1..9   vào ra   \"Số\"»"), asks+"het")}, only},
		example{"in a sub-flow", []string{con("hoi", flow("x   số 1..9   vào ra   \"Số\""), asks+"cuoi")}, nil},
	)
}

func TestD048Machine(t *testing.T) {
	t.Parallel()
	no := []words{{
		vi: "Dữ liệu máy chỉ do tác vụ điền, nên không đi cùng tùy hoặc vào.", en: "A slot that tasks set (máy) cannot be tùy or vào.",
		fixVI: "Bỏ bớt một chữ.", fixEN: "Remove one of the words.",
	}}
	sub := func(decl string) []string {
		return []string{con("hoi", "tác vụ gui(ten chữ) trả (x số)", "dữ liệu\n  "+decl, `bước dau
  làm gui("A") nhận x
  được   -> cuoi
  lỗi    -> cuoi`)}
	}
	holds(t, "D048",
		example{"that may be skipped", sub("«x   số 1..9   máy tùy   \"Số\"»"), no},
		example{"that a caller fills", sub("«x   số 1..9   máy vào   \"Số\"»"), no},
		example{"that goes out", sub("x   số 1..9   máy ra   \"Số\""), nil},
		example{"that is secret", sub("x   số 1..9   bảo mật máy   \"Số\""), nil},
	)
}
