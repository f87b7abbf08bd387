package bind_test

import (
	"fmt"
	"strings"
	"testing"
)

// story is a flow with a task that takes a kể, its data and its steps.
func story(data, body string) []string {
	return []string{thu("tác vụ gui(ke kể bảo mật)\n\ndữ liệu\n"+data, body)}
}

const told = `bước dau
  | Chuyện gì?
  hỏi x
  -> gui

bước gui
  làm gui(x)
  được   -> het
  lỗi    -> het`

func TestD082Story(t *testing.T) {
	t.Parallel()
	stray := []words{{
		vi: "Lời kể chỉ hỏi rồi đưa vào tác vụ.", en: "A kể is asked for and given to a task, nothing else.",
		fixVI: "Đưa vào tác vụ bằng làm; muốn biết đã kể chưa thì dùng co(…).", fixEN: "Give it to a task with làm; ask co(…) whether it was told.",
	}}
	const slot = "  x   kể 1..5 bảo mật   \"Chuyện\"   để \"xác minh\""
	holds(t, "D082",
		example{"asked and given to a task", story(slot, told), nil},
		example{"asked whether it was told", story(slot, told+"\n\nbước xem\n  nếu co(x)   -> het\n  còn lại   -> dau"), nil},
		example{"in a sentence", story(slot, told+"\n\nbước noi\n  | Anh/chị kể «{x}».\n  -> het"), stray},
		example{"copied", story(slot+"\n  y   kể 1..5 bảo mật   \"Nữa\"   để \"xác minh\"", told+"\n\nbước chep\n  tính y = «x»\n  -> het"), stray},
		example{"filled by a task", story(slot+"\n  «y   kể 1..5 bảo mật máy   \"Nữa\"   để \"xác minh\"»", told+"\n\nbước xem\n  nếu co(y)   -> het\n  còn lại   -> dau"), stray},
	)
}

func TestD083OpenStory(t *testing.T) {
	t.Parallel()
	holds(t, "D083", example{"open", story("  x   «kể 1..5»   \"Chuyện\"", told), []words{{
		vi: "Lời kể “x” phải là bảo mật.", en: "The kể “x” must be bảo mật.",
		fixVI: "Thêm bảo mật sau cỡ, và để \"…\" ở cuối dòng.", fixEN: "Add bảo mật behind the bounds, and để \"…\" at the end of the line.",
	}}})
}

// options are n options of a chọn nhiều.
func options(n int, when string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "\n    %so%d   \"Giấy %d\"", when, i, i)
	}
	return b.String()
}

func TestD084Choices(t *testing.T) {
	t.Parallel()
	one := func(vi, en, fixVI, fixEN string) []words {
		return []words{{vi: vi, en: en, fixVI: fixVI, fixEN: fixEN}}
	}
	shown := "dữ liệu\n  co_don   có/không   \"Có đơn\"\n  x   %s   \"Giấy tờ\"" + options(2, "") + "%s"
	ask := "bước dau\n  | Có đơn không?\n  hỏi co_don\n  -> hoi\n\nbước hoi\n  | Giấy tờ nào?\n  hỏi x\n  -> het"
	holds(t, "D084",
		example{"63 options", slot("chọn nhiều   \"Giấy tờ\"" + options(63, "")), nil},
		example{"64 options", slot("«chọn nhiều»   \"Giấy tờ\"" + options(64, "")),
			one("Chọn nhiều có nhiều nhất 63 lựa chọn, ở đây có 64.", "A chọn nhiều has at most 63 options, here are 64.", "Gộp bớt lựa chọn.", "Put options together.")},
		example{"all of them", slot("chọn nhiều 1..3   \"Giấy tờ\"" + options(3, "")), nil},
		example{"more than there are", slot("«chọn nhiều 1..4»   \"Giấy tờ\"" + options(3, "")),
			one("Cỡ cho chọn tới 4 mục mà chỉ có 3 lựa chọn.", "The bounds allow 4 options and there are 3.", "Sửa cỡ, hoặc thêm lựa chọn.", "Correct the bounds, or add options.")},
		example{"two of which two always show", []string{thu(fmt.Sprintf(shown, "chọn nhiều 2..3", "\n    khi co_don   cu   \"Cũ\""), ask)}, nil},
		example{"three of which two always show", []string{thu(fmt.Sprintf(shown, "«chọn nhiều 3..3»", "\n    khi co_don   cu   \"Cũ\""), ask)},
			one("Cỡ đòi ít nhất 3 mục mà chỉ 2 lựa chọn luôn hiện ra.", "The bounds ask for 3 options and only 2 are always shown.",
				"Giảm cỡ, hoặc bỏ khi ở một số lựa chọn.", "Lower the bound, or show more options without khi.")},
	)
}
