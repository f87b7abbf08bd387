package check

import (
	"testing"
)

func TestG001Places(t *testing.T) {
	t.Parallel()
	lost := func(step string) words {
		return words{
			vi: "Không có đường nào dẫn tới bước `" + step + "`.", en: "No way leads to the step `" + step + "`.",
			fixVI: "Thêm `-> " + step + "` ở một bước khác, hoặc xóa bước này.", fixEN: "Add `-> " + step + "` to another step, or delete this one.",
		}
	}
	holds(t, "G001", Options{},
		example{"a step nobody names", `
bước a
  | Chào.
  -> z

«bước b»
  | Lạc.
  -> z
` + ending, []words{lost("b")}},
		example{"what only it leads to is its consequence", `
bước a
  | Chào.
  -> z

bước c
  | Sau.
  -> z

«bước b»
  | Lạc.
  -> c
` + ending, []words{lost("b")}},
		example{"two apart", `
bước a
  | Chào.
  -> z

«bước b»
  | Lạc.
  -> z

«bước c»
  | Lạc.
  -> z
` + ending, []words{lost("b"), lost("c")}},
		example{"a circle, at its first step", `
bước a
  | Chào.
  -> z

«bước b»
  | Một?
  [Tiếp] -> c

bước c
  | Hai?
  [Tiếp] -> b
` + ending, []words{lost("b")}},
		example{"itself alone", `
bước a
  | Chào.
  -> z

«bước b»
  | Một?
  [Lại] -> b
  [Xong] -> z
` + ending, []words{lost("b")}},
		example{"behind a branch", `
dữ liệu
  m số 0..9 "Số"

bước a
  | Mấy?
  hỏi m
  -> c

bước c
  nếu m > 3 -> b
  còn lại -> z

bước b
  | Nhiều.
  -> z
` + ending, nil},
		example{"where a follow enters", `
bước a
  | Chào.
  -> z
` + ending + `
-- chao.flow --
luồng chao "Chào"
  căn cứ "A" hiệu lực 01/01/2026
  khi quan tâm b

bước a
  | A.
  kết thúc đạt

bước b
  | B.
  kết thúc đạt
`, nil},
		example{"behind an edit", `
dữ liệu
  m số 0..9 "Số"

bước a
  | Xem {don_vi.ten}?
  [Sửa] -> b rồi c
  [Xong] -> z

bước b
  | Mấy?
  hỏi m
  -> z

bước c
  | Đã sửa.
  -> z
` + ending, nil},
	)
}

func TestG002Places(t *testing.T) {
	t.Parallel()
	const fixVI = "Cho một đường tới bước có `kết thúc` hoặc `chuyển người`, hoặc tới `luồng` khác."
	const fixEN = "Give it a way to a step with `kết thúc` or `chuyển người`, or to another `luồng`."
	one := words{
		vi: "Bước `b` là ngõ cụt: không có đường nào tới chỗ kết thúc, gặp người hay luồng khác.",
		en: "The step `b` is a dead end: no way leads to an end, a person or another flow.", fixVI: fixVI, fixEN: fixEN,
	}
	round := words{
		vi: "Từ bước `b` cuộc hội thoại quay vòng mãi trong 2 bước: không có đường nào tới chỗ kết thúc, gặp người hay luồng khác.",
		en: "From the step `b` the conversation goes round 2 steps for ever: no way leads to an end, a person or another flow.", fixVI: fixVI, fixEN: fixEN,
	}
	const a = `
bước a
  | Cần gì?
  [Một] -> b
  [Hai] -> z
`
	holds(t, "G002", Options{},
		example{"a step that leads to itself", a + `
«bước b»
  | Chờ.
  [Lại] -> b
` + ending, []words{one}},
		example{"repeating is no way out", a + `
«bước b»
  | Chờ.
  [Lại] -> nhắc lại
` + ending, []words{one}},
		example{"two steps", a + `
«bước b»
  | Chờ.
  [Tới] -> c

bước c
  | Chờ.
  [Về] -> b
` + ending, []words{round}},
		example{"an end behind one of them", a + `
bước b
  | Chờ.
  [Tới] -> c

bước c
  | Chờ.
  [Về] -> b
  [Xong] -> z
` + ending, nil},
		example{"a person", a + `
bước b
  | Chờ.
  chuyển người truc_ban
` + ending, nil},
		example{"another flow", a + `
bước b
  | Chờ.
  [Gặp] -> luồng gap_can_bo
` + ending, nil},
	)
}

func TestG005Places(t *testing.T) {
	t.Parallel()
	none := []words{{
		vi:    "Tác vụ `gui` ở bước `a` chưa nói đi đâu khi hỏng vì lý do khác hoặc quá giờ.",
		en:    "The task `gui` in the step `a` does not say where to go when it fails for another reason or times out.",
		fixVI: "Thêm dòng `lỗi -> BƯỚC` vào cuối bước.", fixEN: "Add a line `lỗi -> STEP` at the end of the step.",
	}}
	do := func(lines string) string {
		return `
tác vụ gui(ten chữ) lỗi kin

bước a
` + lines + "\n" + ending
	}
	holds(t, "G005", Options{},
		example{"only được", do("  «làm gui(\"A\")»\n  được -> z"), none},
		example{"only a code", do(`  «làm gui("A")»
  được -> z
  lỗi kin -> z`), none},
		example{"the general one", do(`  làm gui("A")
  được -> z
  lỗi -> z`), nil},
		example{"both", do(`  làm gui("A")
  được -> z
  lỗi kin -> z
  lỗi -> z`), nil},
	)
}

func TestG006Places(t *testing.T) {
	t.Parallel()
	round := func(route string) []words {
		return []words{{
			vi: "Vòng lặp không bao giờ chờ người dân: " + route + ".", en: "This cycle never waits for a person: " + route + ".",
			fixVI: "Cho một bước trong vòng hỏi người dân hoặc hiện nút, hoặc cho vòng một đường ra khác.", fixEN: "Let one step of the cycle ask or offer buttons, or send the cycle elsewhere.",
		}}
	}
	const asks = `
dữ liệu
  x số 0..9 "Số"

bước a
  | Gì?
  hỏi x
  -> b
`
	holds(t, "G006", Options{},
		example{"itself", asks + `
«bước b»
  | Chào.
  nếu x > 3 -> b
  còn lại -> z
` + ending, round("b -> b")},
		example{"two steps", asks + `
«bước b»
  | Chào.
  nếu x > 3 -> c
  còn lại -> z

‹bước c›
  | Lại.
  -> b
` + ending, round("b -> c -> b")},
		example{"a task is no rest", `
tác vụ gui(ten chữ)

«bước a»
  làm gui("A")
  được -> z
  lỗi -> a
` + ending, round("a -> a")},
		example{"a question in between", asks + `
bước b
  nếu x > 3 -> a
  còn lại -> z
` + ending, nil},
		example{"buttons in between", asks + `
bước b
  nếu x > 3 -> c
  còn lại -> z

bước c
  | Lại?
  [Ừ] -> b
` + ending, nil},
	)
}

func TestG010Places(t *testing.T) {
	t.Parallel()
	hidden := []words{{
		vi: "Ở bước `b` có lúc mọi nút đều ẩn, người dân không đi tiếp được.", en: "In the step `b` all buttons may be hidden, and nobody gets on.",
		fixVI: "Để một nút không có `khi`, hoặc cho các điều kiện bao hết mọi trường hợp.", fixEN: "Leave one button without `khi`, or let the conditions cover every case.",
	}}
	at := func(conditions, body string) string {
		return `
dữ liệu
  x số 0..9 "Số"

điều kiện
` + conditions + `
bước a
  | Mấy?
  hỏi x
  -> b

bước b
  | Gì?
` + body + ending
	}
	holds(t, "G010", Options{},
		example{"one under a condition", at("  lon x > 3\n", "  «khi lon [Đi] -> z»\n"), hidden},
		example{"two that leave a gap", at(`  lon x > 5
  nho x < 5
`, `  «khi lon [Đi] -> z»
  khi nho [Về] -> a
`), hidden},
		example{"a link is no answer", at("  lon x > 3\n", `  [Xem] mở "https://a.vn"
  «khi lon [Đi] -> z»
`), hidden},
		example{"two that cover", at(`  lon x > 5
  nho x <= 5
`, `  khi lon [Đi] -> z
  khi nho [Về] -> a
`), nil},
		example{"one always there", at("  lon x > 5\n", `  khi lon [Đi] -> z
  [Về] -> a
`), nil},
	)
}

func TestG011Places(t *testing.T) {
	t.Parallel()
	silent := []words{{
		vi: "Bước `b` chờ người dân mà không có câu `|` nào luôn hiện.", en: "The step `b` waits for a person without a `|` line that always shows.",
		fixVI: "Thêm một dòng `| …` không có `khi`.", fixEN: "Add a line `| …` without `khi`.",
	}}
	at := func(mark, body string) string {
		return `
dữ liệu
  x có/không "Có"

bước a
  | Có không?
  hỏi x
  -> b

` + mark + "\n" + body + ending
	}
	holds(t, "G011", Options{},
		example{"a menu alone", at("«bước b»", "  [Đi] -> z\n"), silent},
		example{"under a condition", at("«bước b»", `  khi x | Gì?
  [Đi] -> z
`), silent},
		example{"a table", at("«bước b»", `  bảng
    * A: B
  [Đi] -> z
`), silent},
		example{"a question", at("«bước b»", `  ảnh "a.png" "Sơ đồ"
  hỏi x
  -> z
`), silent},
		example{"one always and one sometimes", at("bước b", `  khi x | Này.
  | Gì?
  [Đi] -> z
`), nil},
		example{"nobody waits", at("bước b", `  khi x | Này.
  -> z
`), nil},
	)
}
