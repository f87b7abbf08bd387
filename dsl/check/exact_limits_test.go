package check

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestS001Places(t *testing.T) {
	t.Parallel()
	none := []words{{
		vi: "`x` là bảo mật mà chưa nói để làm gì.", en: "`x` is bảo mật and does not say what it is for.",
		fixVI: "Thêm `để \"…\"` vào cuối dòng.", fixEN: "Add `để \"…\"` at the end of the line.",
	}}
	slot := func(decl string) string {
		return `
dữ liệu
  ` + decl + `

bước a
  | Gì?
  hỏi x
  -> z
` + ending
	}
	holds(t, "S001", Options{},
		example{"a text", slot("«x chữ 1..9 bảo mật \"X\"»"), none},
		example{"a phone", slot("«x điện thoại bảo mật tùy \"X\"»"), none},
		example{"with its purpose", slot("x chữ 1..9 bảo mật \"X\" để \"liên hệ\""), nil},
		example{"open", slot("x chữ 1..9 \"X\""), nil},
	)
}

func TestS002Places(t *testing.T) {
	t.Parallel()
	no := func(label string) words {
		return words{
			vi: "Dữ liệu bảo mật không được nằm trong địa chỉ của nút [" + label + "].", en: "Data that is bảo mật must not be part of the address of the button [" + label + "].",
			fixVI: "Bỏ khỏi địa chỉ.", fixEN: "Take it out of the address.",
		}
	}
	at := func(decl, body string) string {
		return `
dữ liệu
  ` + decl + `

bước a
  | Gì?
  hỏi x
  -> b

bước b
  | Xem.
` + body + `
  -> z
` + ending
	}
	const secret = "‹x chữ 1..9 bảo mật \"X\" để \"liên hệ\"›"
	holds(t, "S002", Options{},
		example{"of a page", at(secret, "  [Xem] mở \"https://a.vn/?q=«{x}»&b=1\""), []words{no("Xem")}},
		example{"of a telephone", at(secret, "  [Gọi] gọi số \"«{x}»\""), []words{no("Gọi")}},
		example{"computed", at("x chữ 1..9 bảo mật \"X\" để \"liên hệ\"", "  [Xem] mở \"https://a.vn/{che(x)}\""), nil},
		example{"an open one", at("x chữ 1..9 \"X\"", "  [Xem] mở \"https://a.vn/{x}\""), nil},
		example{"in a sentence", at("x chữ 1..9 bảo mật \"X\" để \"liên hệ\"", "  | Chào {x}."), nil},
	)
}

func TestS003Places(t *testing.T) {
	t.Parallel()
	fix := func(name string) (string, string) {
		return "Khai `" + name + "` là bảo mật, hoặc chép phần không bảo mật.", "Declare `" + name + "` as bảo mật, or copy what is not."
	}
	copied := func(name string) []words {
		vi, en := fix(name)
		return []words{{
			vi: "Dữ liệu bảo mật được chép sang `" + name + "`, mà `" + name + "` không khai bảo mật.",
			en: "Data that is bảo mật is copied to `" + name + "`, and `" + name + "` is not declared so.", fixVI: vi, fixEN: en,
		}}
	}
	given := func(name string) []words {
		vi, en := fix(name)
		return []words{{
			vi: "Dữ liệu bảo mật được đưa vào `" + name + "`, mà `" + name + "` không khai bảo mật.",
			en: "Data that is bảo mật is given to `" + name + "`, and `" + name + "` is not declared so.", fixVI: vi, fixEN: en,
		}}
	}
	taken := func(from, into string) []words {
		vi, en := fix(into)
		return []words{{
			vi: "`" + from + "` là bảo mật mà được nhận vào `" + into + "` không khai bảo mật.",
			en: "`" + from + "` is bảo mật and is taken into `" + into + "`, which is not declared so.", fixVI: vi, fixEN: en,
		}}
	}
	const secret = "  x chữ 1..9 bảo mật \"X\" để \"liên hệ\"\n"
	flow := func(task, slots, body string) string {
		return "\n" + task + `
dữ liệu
` + secret + slots + `
bước a
  | Gì?
  hỏi x
  -> b

bước b
` + body + ending
	}
	const after = `  được -> z
  lỗi -> z
`
	holds(t, "S003", Options{},
		example{"into a slot", flow("", "  ‹y chữ 1..9 \"Y\"›\n", `  tính y = «x»
  | {y}.
  -> z
`), copied("y")},
		example{"into a secret slot", flow("", "  y chữ 1..9 bảo mật \"Y\" để \"nhớ\"\n", `  tính y = x
  | {y}.
  -> z
`), nil},
		example{"into a task", flow("tác vụ gui(‹ten› chữ)\n", "", "  làm gui(«x»)\n"+after), given("ten")},
		example{"the second parameter", flow("tác vụ gui(so số, ‹ten› chữ)\n", "", "  làm gui(3, «x»)\n"+after), given("ten")},
		example{"into a secret parameter", flow("tác vụ gui(ten chữ bảo mật)\n", "", "  làm gui(x)\n"+after), nil},
		example{"out of a task", flow("tác vụ gui(ten chữ bảo mật) trả (‹ma› chữ bảo mật)\n", "  m chữ 1..9 \"M\"\n", "  làm gui(x) nhận «m»\n"+after), taken("ma", "m")},
		example{"an open result", flow("tác vụ gui(ten chữ bảo mật) trả (ma chữ)\n", "  m chữ 1..9 \"M\"\n", "  làm gui(x) nhận m\n"+after), nil},
		example{"whether it is set is no secret", flow("", "  y có/không \"Y\"\n", `  tính y = co(x)
  | {y}.
  -> z
`), nil},
	)
}

// run repeats a text to exactly n runes.
func run(text string, n int) string { return string([]rune(strings.Repeat(text, n))[:n]) }

func TestZ001Places(t *testing.T) {
	t.Parallel()
	two := func(n int) []words {
		return []words{{
			warning: true, vi: fmt.Sprintf("Lời ở bước `a` có thể dài %d ký tự, sẽ bị gửi thành hai tin.", n), en: fmt.Sprintf("The text of the step `a` may be %d characters long and would be sent as two messages.", n),
			fixVI: "Rút gọn còn không quá 1800 ký tự, hoặc tách bằng `nói`.", fixEN: "Shorten it to at most 1800 characters, or split it with `nói`.",
		}}
	}
	three := func(n int) []words {
		return []words{{
			vi: fmt.Sprintf("Lời ở bước `a` có thể dài %d ký tự, phải gửi thành ba tin trở lên.", n), en: fmt.Sprintf("The text of the step `a` may be %d characters long and would need three messages or more.", n),
			fixVI: "Rút gọn, hoặc tách bằng `nói` (mỗi tin không quá 1800 ký tự).", fixEN: "Shorten it, or split it with `nói` (at most 1800 characters each).",
		}}
	}
	at := func(body string) string {
		return `
bước a
` + body + `
  -> z
` + ending
	}
	holds(t, "Z001", Options{},
		example{"one too long", at("  «| " + run("ừ ", 1801) + "»"), two(1801)},
		example{"twice and one more", at("  «| " + run("ừ", 3601) + "»"), three(3601)},
		example{"just twice", at("  «| " + run("ừ", 3600) + "»"), two(3600)},
		example{"together with the next line", at("  «| " + run("ừ", 900) + "»\n  | " + run("à", 900)), two(1801)},
		example{"split", at("  | " + run("ừ", 900) + `
  nói
  | ` + run("à", 900)), nil},
		example{"just as long as may be", at("  | " + run("ừ", 1800)), nil},
	)
}

func TestZ002Places(t *testing.T) {
	t.Parallel()
	const fixVI, fixEN = "Rút gọn nhãn, phần giải thích để vào câu `|`.", "Shorten the label and explain in a `|` sentence."
	never := func(n int) words {
		return words{vi: fmt.Sprintf("Nhãn dài %d ký tự, nút chỉ nhận 100.", n), en: fmt.Sprintf("The label is %d characters long, a button takes 100.", n), fixVI: fixVI, fixEN: fixEN}
	}
	narrow := func(n int) words {
		return words{warning: true, vi: fmt.Sprintf("Nhãn dài %d ký tự, điện thoại nhỏ chỉ hiện khoảng 35.", n), en: fmt.Sprintf("The label is %d characters long, a small telephone shows about 35.", n), fixVI: fixVI, fixEN: fixEN}
	}
	menu := func(label string) string {
		return `
bước a
  | Gì?
  [` + label + "] -> z\n" + ending
	}
	holds(t, "Z002", Options{},
		example{"a button", menu("«" + run("ừ", 101) + "»"), []words{never(101)}},
		example{"narrow", menu("«" + run("ừ", 36) + "»"), []words{narrow(36)}},
		example{"just what is taken", menu("«" + run("ừ", 100) + "»"), []words{narrow(100)}},
		example{"just what is shown", menu(run("ừ", 35)), nil},
		example{"an option", `
dữ liệu
  x chọn "Việc"
    mot "«` + run("ừ", 40) + `»"
    hai "Hai"

bước a
  | Gì?
  hỏi x
  -> z
` + ending, []words{narrow(40)}},
		example{"a link", `
bước a
  | Gì?
  [«` + run("ừ", 50) + `»] mở "https://a.vn"
  [Đi] -> z
` + ending, []words{narrow(50)}},
		example{"a reminder", `
bước a
  | Gì?
  [Đi] -> z
  im lặng 5 phút
    | Này.
    [«` + run("ừ", 60) + "»] -> z\n" + ending, []words{narrow(60)}},
		example{"a reminder of every step", `
mọi bước
  im lặng 5 phút
    | Này.
    [«` + run("ừ", 60) + `»] -> z

bước a
  | Gì?
  [Đi] -> z
` + ending, []words{narrow(60)}},
	)
}

func TestZ003Places(t *testing.T) {
	t.Parallel()
	many := func(n int) []words {
		return []words{{
			vi: fmt.Sprintf("Bước `a` có thể hiện %d nút và lựa chọn; nhiều nhất là 10.", n), en: fmt.Sprintf("The step `a` may show %d buttons and options; at most 10 are possible.", n),
			fixVI: "Chia thành hai câu hỏi, câu đầu hỏi nhóm.", fixEN: "Make two questions of it, the first about groups.",
		}}
	}
	buttons := func(n int) string {
		var out strings.Builder
		for i := range n {
			fmt.Fprintf(&out, "  [Nút %c] -> z\n", 'A'+i)
		}
		return out.String()
	}
	asks := func(mark string, options, more int) string {
		var out strings.Builder
		for i := range options {
			fmt.Fprintf(&out, "    o%d \"Mục %c\"\n", i, 'A'+i)
		}
		return `
dữ liệu
  x chọn tùy "Việc"
` + out.String() + "\n" + mark + `
  | Gì?
  hỏi x
` + buttons(more) + "  -> z\n" + ending
	}
	says := many(11)
	holds(t, "Z003", Options{},
		example{"eleven buttons", `
«bước a»
  | Gì?
` + buttons(11) + ending, says},
		example{"ten buttons", `
bước a
  | Gì?
` + buttons(10) + ending, nil},
		example{"options, a button and the one that skips", asks("«bước a»", 9, 1), says},
		example{"options and the one that skips", asks("bước a", 9, 0), nil},
	)
}

func TestZ004Places(t *testing.T) {
	t.Parallel()
	never := func(vi, en string) []words {
		return []words{{
			vi:    "Im lặng " + vi + " thì không gửi được nữa: chỉ gửi được trong 7 ngày từ lần người dân nhắn cuối.",
			en:    "After " + en + " of silence nothing can be sent: the window is 7 days from the person's last message.",
			fixVI: "Đặt thời gian ngắn hơn.", fixEN: "Choose a shorter time.",
		}}
	}
	billed := func(vi, en string) []words {
		return []words{{
			warning: true, vi: "Tin nhắc sau " + vi + " bị tính phí: chỉ miễn phí trong 2 ngày từ lần người dân nhắn cuối.",
			en:    "A reminder after " + en + " is billed: only 2 days from the person's last message are free.",
			fixVI: "Đặt thời gian ngắn hơn, hoặc chấp nhận trả phí.", fixEN: "Choose a shorter time, or accept the cost.",
		}}
	}
	step := func(silence string) string {
		return `
bước a
  | Gì?
  [Đi] -> z
  ` + silence + `

bước im
  kết thúc bỏ
` + ending
	}
	always := func(silence string) string {
		return `
mọi bước
  ` + silence + `

bước a
  | Gì?
  [Đi] -> z
` + ending
	}
	holds(t, "Z004", Options{},
		example{"eight days", step("«im lặng 8 ngày»\n    | Này."), never("8 ngày", "8 days")},
		example{"an hour too long", step("«im lặng 169 giờ»\n    | Này."), never("169 giờ", "169 hours")},
		example{"a minute too long", step("«im lặng 10081 phút -> z»"), never("10081 phút", "10081 minutes")},
		example{"the whole window", step("«im lặng 7 ngày»\n    | Này."), billed("7 ngày", "7 days")},
		example{"an hour over the free time", step("«im lặng 49 giờ»\n    | Này."), billed("49 giờ", "49 hours")},
		example{"of every step", always("«im lặng 3 ngày»\n    | Này."), billed("3 ngày", "3 days")},
		example{"to another flow", step("«im lặng 3 ngày -> luồng gap_can_bo»"), billed("3 ngày", "3 days")},
		example{"the free time", step("im lặng 48 giờ\n    | Này."), nil},
		example{"nothing is sent", step("im lặng 9 ngày -> im"), nil},
	)
}

func TestZ005Places(t *testing.T) {
	t.Parallel()
	large := func(path, size, limit string) []words {
		return []words{{
			vi: "Tệp `" + path + "` nặng " + size + ", kênh chỉ nhận " + limit + ".", en: "The file `" + path + "` is " + size + ", the channel takes " + limit + ".",
			fixVI: "Nén hoặc chia nhỏ tệp.", fixEN: "Compress or split the file.",
		}}
	}
	limits := DefaultLimits()
	limits.ImageSize, limits.FileSize = 2<<20, 1000
	sizes := map[string]int64{"a.png": 2<<20 + 1, "b.png": 3 << 20, "c.png": 2 << 20, "a.pdf": 1001, "b.pdf": 1000}
	at := func(line string) string {
		return `
bước a
  | Chào.
  ` + line + ` "Bản mẫu"
  -> z
` + ending
	}
	holds(t, "Z005", Options{Limits: limits, Sizes: sizes},
		example{"a picture by a byte", at("ảnh \"«a.png»\""), large("a.png", "2049 KB", "2 MB")},
		example{"a picture", at("ảnh \"«b.png»\""), large("b.png", "3 MB", "2 MB")},
		example{"a file", at("tệp \"«a.pdf»\""), large("a.pdf", "1 KB", "1 KB")},
		example{"a picture that fits", at("ảnh \"c.png\""), nil},
		example{"a file that fits", at("tệp \"b.pdf\""), nil},
		example{"one whose size is not known", at("tệp \"khac.pdf\""), nil},
	)
}

// TestLimitsAreThoseOfOptions: without limits the channel's own hold; with them only those do.
func TestLimitsAreThoseOfOptions(t *testing.T) {
	t.Parallel()
	text := `
bước a
  | Xin chào anh/chị.
  [Đăng ký] -> z
  [Gia hạn] -> z
  im lặng 10 phút
    | Này.
` + ending
	files := append(base(t), flow("thu", header+text))
	tight := Limits{
		Compose: 10, Choices: 1, Label: 5, LabelShown: 5, Window: 5 * time.Minute, Free: time.Minute, FileSize: 1, ImageSize: 1,
	}
	for _, code := range []string{"Z001", "Z002", "Z003", "Z004"} {
		b := must(t, files)
		if found := only(Check(b, Options{Day: today(t)}), code); len(found) > 0 {
			t.Errorf("%s finds %d things within the default limits", code, len(found))
		}
		if found := only(Check(b, Options{Day: today(t), Limits: tight}), code); len(found) == 0 {
			t.Errorf("%s finds nothing under tight limits", code)
		}
	}
}
