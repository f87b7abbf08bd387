package check

import (
	"fmt"
	"strings"
	"testing"
)

// optionsOf are n options of a chọn nhiều.
func optionsOf(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "\n    o%d \"Giấy thứ %d\"", i, i)
	}
	return b.String()
}

// severalStep asks for a chọn nhiều of n options and branches on it.
func severalStep(decl string, n int, branches string) string {
	return `
dữ liệu
  x ` + decl + ` "Giấy tờ"` + optionsOf(n) + `

bước a
  | Giấy tờ nào?
  hỏi x
  -> xet

bước xet
` + branches + ending
}

func TestSeveralChoices(t *testing.T) {
	both := "  nếu \"o0\" in x   -> z\n  nếu \"o1\" in x   -> z\n"
	runCases(t, []aCase{
		{"one option is not all", "G003", severalStep("chọn nhiều", 2, "  nếu \"o0\" in x   -> z\n"), []string{`nếu "o0" in x   -> z`}},
		{"one of all is always chosen", "G003", severalStep("chọn nhiều", 2, both), nil},
		{"two of three are not all", "G003", severalStep("chọn nhiều", 3, both), []string{`nếu "o0" in x   -> z`}},
		{"two of three, two at least", "G003", severalStep("chọn nhiều 2..3", 3, both), nil},
		{"the rest", "G003", severalStep("chọn nhiều", 3, "  nếu \"o0\" in x   -> z\n  còn lại   -> z\n"), nil},
		{"eaten by the branch before", "G004", severalStep("chọn nhiều", 2,
			"  nếu \"o0\" in x   -> z\n  nếu \"o0\" in x and \"o1\" in x   -> z\n  còn lại   -> z\n"), []string{`nếu "o0" in x and "o1" in x   -> z`}},
		{"a tùy one may be unset", "G007", severalStep("chọn nhiều tùy", 2, "  nếu \"o0\" in x   -> z\n  còn lại   -> z\n"), []string{`nếu "o0" in x   -> z`}},
		{"a tùy one asked first", "G007", severalStep("chọn nhiều tùy", 2, "  nếu co(x) and \"o0\" in x   -> z\n  còn lại   -> z\n"), nil},
		{"nine options and Xong", "Z003", severalStep("chọn nhiều", 9, both+"  còn lại   -> z\n"), nil},
		{"ten options and Xong", "Z003", severalStep("chọn nhiều", 10, both+"  còn lại   -> z\n"), []string{"bước a"}},
		{"nine options, Xong and Bỏ qua", "Z003", severalStep("chọn nhiều tùy", 9, "  nếu co(x) and \"o0\" in x   -> z\n  còn lại   -> z\n"), []string{"bước a"}},
		{"a phrase that means all", "N002", "\nmọi bước\n  nghe \"tất cả\" -> z\n" + severalStep("chọn nhiều", 2, both), []string{"hỏi x"}},
		{"a phrase that means nothing here", "N002", "\nmọi bước\n  nghe \"hủy bỏ\" -> z\n" + severalStep("chọn nhiều", 2, both), nil},
		{"two labels alike", "N001", strings.Replace(severalStep("chọn nhiều", 2, both), "Giấy thứ 1", "giay thu 0", 1), []string{`o1 "giay thu 0"`}},
		{"a copy of what is bảo mật", "S003", strings.Replace(severalStep("chọn nhiều bảo mật", 2, "  làm gui(x)\n  được   -> z\n  lỗi    -> z\n"),
			"\ndữ liệu", "\ntác vụ gui(y chữ)\n\ndữ liệu", 1), []string{"làm gui(x)"}},
		{"given where it is bảo mật too", "S003", strings.Replace(severalStep("chọn nhiều bảo mật", 2, "  làm gui(x)\n  được   -> z\n  lỗi    -> z\n"),
			"\ndữ liệu", "\ntác vụ gui(y chữ bảo mật)\n\ndữ liệu", 1), nil},
	})
}

// The longest labels that one answer can hold are what a sentence is measured with.
func TestLengthOfSeveralChoices(t *testing.T) {
	long := strings.Repeat("giấy tờ rất dài ", 60) // 960 characters a label
	step := func(bounds string) string {
		return `
dữ liệu
  x chọn nhiều ` + bounds + ` "Giấy tờ"
    mot "` + long + `một"
    hai "` + long + `hai"
    ba "` + long + `ba"

bước a
  | Giấy tờ nào?
  hỏi x
  -> doc

bước doc
  | {x}
  -> z
` + ending
	}
	runCases(t, []aCase{
		{"one at a time", "Z001", step("1..1"), []string{"| Giấy tờ nào?"}},
		{"all three", "Z001", step("1..3"), []string{"| Giấy tờ nào?", "| {x}"}},
	})
}

func TestStories(t *testing.T) {
	told := func(param string) string {
		return `
tác vụ gui(ke kể` + param + `)

dữ liệu
  x kể 1..5 bảo mật "Chuyện"

bước a
  | Chuyện gì?
  hỏi x
  -> gui

bước gui
  làm gui(x)
  được   -> z
  lỗi    -> z
` + ending
	}
	runCases(t, []aCase{
		{"without a purpose", "S001", told(" bảo mật"), []string{`x kể 1..5 bảo mật "Chuyện"`}},
		{"to an open parameter", "S003", told(""), []string{"làm gui(x)"}},
		{"to a bảo mật parameter", "S003", told(" bảo mật"), nil},
		{"may be unset", "G007", strings.Replace(told(" bảo mật"), "bảo mật \"Chuyện\"", "bảo mật tùy \"Chuyện\"", 1), []string{"làm gui(x)"}},
		{"may be unset, and the task may do without", "G007", strings.Replace(told(" bảo mật tùy"), "bảo mật \"Chuyện\"", "bảo mật tùy \"Chuyện\"", 1), nil},
	})
}
