package check

import (
	"testing"
)

func TestG003Places(t *testing.T) {
	t.Parallel()
	gap := func(vi, en string) []words {
		return []words{{
			vi: vi, en: en, fixVI: "Thêm `còn lại -> BƯỚC` vào cuối, hoặc một nhánh cho trường hợp đó.",
			fixEN: "Add `còn lại -> STEP` at the end, or a branch for that case.",
		}}
	}
	sure := func(left string) []words {
		return gap("Các nhánh ở bước `b` thiếu trường hợp "+left+".", "The branches of the step `b` leave over the case "+left+".")
	}
	branch := func(slot, arms string) string {
		return `
dữ liệu
  ` + slot + `

bước a
  | Gì?
  hỏi x
  -> b

bước b
` + arms + "\n" + ending
	}
	const viec = `x chọn "Việc"
    moi "Mới"
    cu "Cũ"
    khac "Khác"`
	holds(t, "G003", Options{},
		example{"an option", branch(viec, "  «nếu x == \"moi\" -> z»\n  nếu x == \"cu\" -> z"), sure("x = \"khac\"")},
		example{"a number in the middle", branch("x số 0..9 \"Số\"", "  «nếu x < 5 -> z»\n  nếu x > 5 -> z"), sure("x = 5")},
		example{"the last number", branch("x số 0..9 \"Số\"", "  «nếu x < 9 -> z»"), sure("x = 9")},
		example{"no", branch("x có/không \"Có\"", "  «nếu x -> z»"), sure("x = Không")},
		example{"every option", branch(viec, "  nếu x == \"moi\" -> z\n  nếu x in [\"cu\", \"khac\"] -> z"), nil},
		example{"every number", branch("x số 0..9 \"Số\"", "  nếu x < 5 -> z\n  nếu x >= 5 -> z"), nil},
		example{"yes and no", branch("x có/không \"Có\"", "  nếu x -> z\n  nếu not x -> z"), nil},
		example{"with còn lại", branch("x số 0..9 \"Số\"", "  nếu x < 5 -> z\n  còn lại -> z"), nil},
	)
}

func TestG004Places(t *testing.T) {
	t.Parallel()
	arm := func(e string) words {
		return words{
			vi: "Nhánh `nếu " + e + "` không bao giờ chạy: các nhánh trên đã lấy hết trường hợp của nó.", en: "The branch `nếu " + e + "` never runs: those above take all its cases.",
			fixVI: "Đưa nhánh này lên trên, hoặc xóa đi.", fixEN: "Move it up, or delete it.",
		}
	}
	rest := words{
		vi: "`còn lại` ở bước `b` không bao giờ chạy: các nhánh trên đã bao hết mọi trường hợp.", en: "`còn lại` in the step `b` never runs: the branches above cover every case.",
		fixVI: "Xóa `còn lại`, hoặc bỏ bớt nhánh cuối.", fixEN: "Delete `còn lại`, or the last branch.",
	}
	branch := func(arms string) string {
		return `
dữ liệu
  x số 0..9 "Số"

bước a
  | Gì?
  hỏi x
  -> b

bước b
` + arms + "\n" + ending
	}
	holds(t, "G004", Options{},
		example{"a narrower one below", branch(`  nếu x > 3 -> z
  «nếu x > 5 -> z»
  còn lại -> z`), []words{arm("x > 5")}},
		example{"the same again", branch(`  nếu x > 3 -> z
  «nếu x > 3 -> z»
  còn lại -> z`), []words{arm("x > 3")}},
		example{"covered by two", branch(`  nếu x > 5 -> z
  nếu x < 3 -> z
  «nếu x < 2 or x > 7 -> z»
  còn lại -> z`), []words{arm("x < 2 or x > 7")}},
		example{"còn lại", branch(`  nếu x > 5 -> z
  nếu x <= 5 -> z
  còn lại -> «z»`), []words{rest}},
		example{"a wider one below", branch(`  nếu x > 5 -> z
  nếu x > 3 -> z
  còn lại -> z`), nil},
	)
}

func TestG007Places(t *testing.T) {
	t.Parallel()
	unset := func(vi, en string) words {
		return words{
			vi: "`x` có thể chưa có ở bước " + vi + ".", en: "`x` may not be set in the step " + en + ".",
			fixVI: "Hỏi `x` trên mọi đường tới đây, hoặc đặt sau `nếu co(x)`.", fixEN: "Ask `x` on every way to here, or put this behind `nếu co(x)`.",
		}
	}
	const decl = `
dữ liệu
  ‹x số 0..9 "Số"›
`
	const plain = `
dữ liệu
  x số 0..9 "Số"
`
	holds(t, "G007", Options{},
		example{"at the start", decl + `
bước a
  | Số «{x}».
  -> b

bước b
  | Mấy?
  ‹hỏi x›
  -> z
` + ending,
			[]words{unset("`a`: hội thoại bắt đầu ở đây", "`a`: the conversation begins here")}},
		example{"on one of two ways", decl + `
bước a
  | Gì?
  [Hỏi] -> b
  [Thôi] -> c

bước b
  | Mấy?
  ‹hỏi x›
  -> c

bước c
  | Số «{x}».
  -> z
` + ending,
			[]words{unset("`c`: đi từ bước `a` qua [Thôi] tới `c` thì chưa có", "`c`: there is nothing yet on the way from the step `a` by [Thôi] to `c`")}},
		example{"cleared here", `
dữ liệu
  ‹x số 0..9 "Số"›

bước a
  | Mấy?
  ‹hỏi x›
  -> b

bước b
  xóa hết
  | Số «{x}».
  -> z
` + ending,
			[]words{unset("`b`: chính bước này xóa nó", "`b`: this very step clears it")}},
		example{"through a condition that is shown", `
dữ liệu
  ‹x số 0..9 "Số"›

điều kiện
  lon x > 3

bước a
  | Có nhiều không: «{lon}».
  -> b

bước b
  | Mấy?
  ‹hỏi x›
  -> z
` + ending, []words{unset("`a`: hội thoại bắt đầu ở đây", "`a`: the conversation begins here")}},
		example{"asked on every way", plain + `
bước a
  | Mấy?
  hỏi x
  -> b

bước b
  | Số {x}.
  -> z
` + ending, nil},
		example{"asked for first", plain + `
điều kiện
  biet co(x)

bước a
  khi biet | Số {x}.
  | Mấy?
  hỏi x
  -> z
` + ending, nil},
		example{"behind nếu co", plain + `
bước a
  | Gì?
  [Hỏi] -> b
  [Thôi] -> c

bước b
  | Mấy?
  hỏi x
  -> c

bước c
  nếu co(x) -> d
  còn lại -> z

bước d
  | Số {x}.
  -> z
` + ending, nil},
	)
}

func TestG008Places(t *testing.T) {
	t.Parallel()
	const call = `
bước a
  gọi hoi() nhận m
  xong -> b
  bỏ dở -> z

bước b
  | Số {m}.
  -> z
` + ending
	sub := func(body string) string {
		return `
dữ liệu
  m số 0..9 "Số"
` + call + `
-- hoi.flow --
luồng con hoi "Hỏi"

dữ liệu
  ‹x số 0..9 ra "Số"›
` + body
	}
	missing := []words{{
		vi:    "Luồng con kết thúc đạt ở bước `cuoi` mà `x` (ra) có thể chưa có: đi từ bước `hoi` qua [Thôi] tới `cuoi` thì chưa có.",
		en:    "The sub-flow ends well in the step `cuoi` while `x` (ra) may not be set: there is nothing yet on the way from the step `hoi` by [Thôi] to `cuoi`.",
		fixVI: "Hỏi `x` trên mọi đường tới đây, hoặc đặt sau `nếu co(x)`.", fixEN: "Ask `x` on every way to here, or put this behind `nếu co(x)`.",
	}}
	holds(t, "G008", Options{},
		example{"a way around the question", sub(`
bước hoi
  | Mấy?
  ‹hỏi x›
  [Thôi] -> cuoi
  -> cuoi

bước cuoi
  «kết thúc đạt»
`), missing},
		example{"that ends with bỏ", `
dữ liệu
  m số 0..9 "Số"
` + call + `
-- hoi.flow --
luồng con hoi "Hỏi"

dữ liệu
  x số 0..9 ra "Số"

bước hoi
  | Mấy?
  hỏi x
  [Thôi] -> bo
  -> cuoi

bước cuoi
  kết thúc đạt

bước bo
  kết thúc bỏ
`, nil},
	)
}

func TestG012Places(t *testing.T) {
	t.Parallel()
	stale := words{
		vi:    "Sửa ở bước `a` rồi về `d` thì sót: `x` quyết định nhánh ở bước `b` nằm giữa.",
		en:    "Editing in `a` and returning to `d` leaves stale answers: `x` decides the branch in `b` between them.",
		fixVI: "Viết `-> a`, không có `rồi`.", fixEN: "Write `-> a`, without `rồi`.", edit: "a",
	}
	bundle := func(arm, edit string) string {
		return `
dữ liệu
  x số 0..9 "Số"
  y số 0..9 "Hai"

điều kiện
  lon x > 3

bước a
  | Mấy?
  hỏi x
  -> b

bước b
  ` + arm + `
  còn lại -> d

` +
			`bước c
  | Mấy nữa?
  hỏi y
  -> d

bước d
  | Đúng chưa?
  [Sửa] -> ` + edit + `
  [Rồi] -> z
` + ending
	}
	holds(t, "G012", Options{},
		example{"a branch in between", bundle("‹nếu x > 3 -> c›", "«a rồi d»"), []words{stale}},
		example{"through a condition", bundle("‹nếu lon -> c›", "«a rồi d»"), []words{stale}},
		example{"another slot decides", bundle("nếu co(y) -> c", "a rồi d"), nil},
		example{"the branch is not in between", bundle("nếu x > 3 -> c", "c rồi d"), nil},
		example{"only behind the step it returns to", `
dữ liệu
  x số 0..9 "Số"

bước a
  | Mấy?
  hỏi x
  -> d

bước d
  | Đúng chưa?
  [Sửa] -> a rồi d
  [Tiếp] -> b

bước b
  nếu x > 3 -> d
  còn lại -> z
` + ending, nil},
		example{"without returning", bundle("nếu x > 3 -> c", "a"), nil},
	)
}

// TestG007ReadsOfHelp: what help reads must be set too, in a step as for all of them.
func TestG007ReadsOfHelp(t *testing.T) {
	t.Parallel()
	unset := []words{{
		vi: "`x` có thể chưa có ở bước `a`: hội thoại bắt đầu ở đây.", en: "`x` may not be set in the step `a`: the conversation begins here.",
		fixVI: "Hỏi `x` trên mọi đường tới đây, hoặc đặt sau `nếu co(x)`.", fixEN: "Ask `x` on every way to here, or put this behind `nếu co(x)`.",
	}}
	const slot = `
dữ liệu
  x số 0..9 "Số"
`
	const after = `
bước b
  | Gì?
  [Đi] -> z
`
	holds(t, "G007", Options{},
		example{"of the step that asks", slot + `
bước a
  | Mấy?
  hỏi x
  -> b
  trợ giúp
    | Đã có «{x}».
` + after + ending, unset},
		example{"of every step", slot + `
mọi bước
  trợ giúp
    | Đã có «{x}».

bước a
  | Mấy?
  hỏi x
  -> b
` + after + ending, unset},
		example{"of a step behind it", slot + `
bước a
  | Mấy?
  hỏi x
  -> b
` + after + `  trợ giúp
    | Đã có {x}.
` + ending, nil},
		example{"in sai", slot + `
bước a
  | Mấy?
  hỏi x
  sai
    | Chưa có «{x}».
  -> b
` + after + ending, unset},
	)
}

// TestG007ReadsOfReminders: what a reminder of every step reads must be set at every step that waits.
func TestG007ReadsOfReminders(t *testing.T) {
	t.Parallel()
	unset := []words{{
		vi: "`x` có thể chưa có ở bước `a`: hội thoại bắt đầu ở đây.", en: "`x` may not be set in the step `a`: the conversation begins here.",
		fixVI: "Hỏi `x` trên mọi đường tới đây, hoặc đặt sau `nếu co(x)`.", fixEN: "Ask `x` on every way to here, or put this behind `nếu co(x)`.",
	}}
	always := func(line, body string) string {
		return `
dữ liệu
  x có/không "Có"

điều kiện
  biet co(x) and x

mọi bước
  im lặng 5 phút
    | Này.
` + line + `

bước a
` + body + `
bước b
  | Gì?
  [Đi] -> z
` + ending
	}
	const asks = `  | Có không?
  hỏi x
  -> b
`
	holds(t, "G007", Options{},
		example{"a condition", always("    khi «x» [Đọc] -> z", asks), unset},
		example{"a sentence", always("    | Có «{x}».", asks), unset},
		example{"a condition that asks first", always("    khi biet [Đọc] -> z", asks), nil},
	)
}
