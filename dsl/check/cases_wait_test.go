package check

import (
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

func TestWayOutCases(t *testing.T) {
	runCases(t, []aCase{
		{name: "the chung file offers everything", rule: "G009", text: `
bước a
  | Cần gì?
  [Xong] -> z
` + ending},
	})
}

// What chung files do not offer, the flow, its callers or the step may.
func TestWayOutWithoutShared(t *testing.T) {
	t.Parallel()
	const shared = `chung chung
  căn cứ "Quy ước" hiệu lực 01/01/2026

mọi bước
  im lặng 30 phút
    | Còn đó không?
`
	const own = `
mọi bước
  nghe "hủy bỏ hết" -> bắt đầu lại
  nghe "gặp người" -> nguoi
  trợ giúp
    | Trả lời câu đang hỏi.

bước nguoi
  | Tôi chuyển tới cán bộ.
  chuyển người truc_ban
`
	tests := []struct {
		name, thu, con string
		want           int
	}{
		{"nothing", "\nbước a\n  | Cần gì?\n  [Xong] -> z\n" + ending, "", 3},
		{"the flow's own", own + "\nbước a\n  | Cần gì?\n  [Xong] -> z\n" + ending, "", 0},
		{"help of the step", "\nbước a\n  | Cần gì?\n  [Xong] -> z\n  trợ giúp\n    | Bấm nút.\n" + ending, "", 2},
		{"a button that gives up", "\nbước a\n  | Cần gì?\n  [Xong] -> z\n  [Thôi vậy] -> bắt đầu lại\n" + ending, "", 2},
		{"a button to an end with bỏ", "\nbước a\n  | Cần gì?\n  [Xong] -> z\n  [Thôi vậy] -> y\n\nbước y\n  | Thôi.\n  kết thúc bỏ\n" + ending, "", 2},
		{"a person further on", "\nbước a\n  | Cần gì?\n  [Nữa] -> b\n\nbước b\n  | Tôi chuyển tới cán bộ.\n  chuyển người truc_ban\n", "", 2},
		{"the caller's hold in the sub-flow", own + "\nbước a\n  gọi con()\n  xong -> z\n  bỏ dở -> z\n" + ending, askingSub, 0},
		{"the sub-flow lacks what its caller lacks", "\nbước a\n  gọi con()\n  xong -> z\n  bỏ dở -> z\n" + ending, askingSub, 3},
		{"a person after the sub-flow", "\nbước a\n  gọi con()\n  xong -> b\n  bỏ dở -> b\n\nbước b\n  | Tôi chuyển tới cán bộ.\n  chuyển người truc_ban\n", askingSub, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			files := []txtar.File{flow("chung", shared), flow("thu", header+tt.thu)}
			files = append(files, txtar.Parse([]byte(tt.con)).Files...)
			found := only(Check(must(t, files), Options{}), "G009")
			if len(found) != tt.want {
				t.Errorf("%d lacks, want %d:\n%s", len(found), tt.want, written(found))
			}
		})
	}
}

func TestButtonCases(t *testing.T) {
	const when = `
dữ liệu
  tre có/không "Trẻ em"
  viec chọn "Việc"
    khi tre_em moi "Đăng ký mới"
    khi lon gia_han "Gia hạn"

điều kiện
  tre_em tre
  lon not tre

bước a
  | Trẻ em không?
  hỏi tre
  -> b
`
	runCases(t, []aCase{
		{name: "options that take turns", rule: "G010", text: when + `
bước b
  | Việc gì?
  hỏi viec
  -> z
` + ending},
		{name: "options that may all hide", rule: "G010", text: strings.Replace(when, "khi lon gia_han", "khi tre_em gia_han", 1) + `
bước b
  khi lon | Người lớn.
  | Việc gì?
  hỏi viec
  -> z
` + ending, want: []string{"hỏi viec"}},
		{name: "an escape that always shows", rule: "G010", text: strings.Replace(when, "khi lon gia_han", "khi tre_em gia_han", 1) + `
bước b
  khi lon | Người lớn.
  | Việc gì?
  hỏi viec
  [Việc khác] -> z
  -> z
` + ending},
		{name: "a link answers nothing", rule: "G010", text: when + `
bước b
  | Việc gì?
  [Xem trang] mở "https://x.example.vn"
  khi tre_em [Của trẻ] -> c
  -> z
`, want: nil},
	}[:3])
}

func TestLimitCases(t *testing.T) {
	long := strings.Repeat("chữ ", 400) // 1,600 runes
	runCases(t, []aCase{
		{name: "a wrong answer opens the first message", rule: "Z001", text: oneSlot + `
bước a
  | ` + long + `
  hỏi n
  phải n > 3
    | ` + strings.Repeat("sai ", 60) + `
  -> z
` + ending, want: []string{"| " + strings.TrimSpace(long)}},
		{name: "without that sentence it fits", rule: "Z001", text: oneSlot + `
bước a
  | ` + long + `
  hỏi n
  -> z
` + ending},
		{name: "the choices stand below the last message", rule: "Z001", text: `
bước a
  | Chào.
  nói
  | ` + long + strings.Repeat("thêm ", 36) + `
  [Xem giấy tờ cần chuẩn bị] -> z
  [Xong] -> z
` + ending, want: []string{"| " + long + strings.TrimSpace(strings.Repeat("thêm ", 36))}},
		{name: "an address stands in the text", rule: "Z001", text: `
bước a
  | ` + long + strings.Repeat("x", 150) + `
  [Xem] mở "https://x.example.vn/` + strings.Repeat("y", 60) + `"
  -> z
` + ending, want: []string{"| " + long + strings.Repeat("x", 150)}},
		{name: "ten choices with yes, no and skipping", rule: "Z003", text: `
dữ liệu
  tre có/không tùy "Trẻ em"

bước a
  | Trẻ em không?
  hỏi tre
  [Một] -> z
  [Hai] -> z
  [Ba] -> z
  [Bốn] -> z
  [Năm] -> z
  [Sáu] -> z
  [Bảy] -> z
  -> z
` + ending},
		{name: "eleven choices with yes, no and skipping", rule: "Z003", text: `
dữ liệu
  tre có/không tùy "Trẻ em"

bước a
  | Trẻ em không?
  hỏi tre
  [Một] -> z
  [Hai] -> z
  [Ba] -> z
  [Bốn] -> z
  [Năm] -> z
  [Sáu] -> z
  [Bảy] -> z
  [Tám] -> z
  -> z
` + ending, want: []string{"bước a"}},
		{name: "skipping and finishing never show together", rule: "Z003", text: `
dữ liệu
  hinh ảnh 1..3 tùy bảo mật "Ảnh" để "làm rõ"

bước a
  | Gửi ảnh.
  hỏi hinh
  [Một] -> z
  [Hai] -> z
  [Ba] -> z
  [Bốn] -> z
  [Năm] -> z
  [Sáu] -> z
  [Bảy] -> z
  [Tám] -> z
  [Chín] -> z
  -> z
` + ending},
	})
}

func TestReminderCases(t *testing.T) {
	runCases(t, []aCase{
		{name: "late but silent", rule: "Z004", text: `
bước a
  | Cần gì?
  [Xong] -> z
  im lặng 9 ngày -> b

bước b
  -> c

bước c
  kết thúc bỏ
` + ending},
		{name: "late, and something further on speaks", rule: "Z004", text: `
bước a
  | Cần gì?
  [Xong] -> z
  im lặng 9 ngày -> b

bước b
  -> z
` + ending, want: []string{"im lặng 9 ngày -> b"}},
		{name: "late, and another flow speaks", rule: "Z004", text: `
bước a
  | Cần gì?
  [Xong] -> z
  im lặng 9 ngày -> b

bước b
  -> luồng gap_can_bo
` + ending, want: []string{"im lặng 9 ngày -> b"}},
		{name: "late, and the question comes again", rule: "Z004", text: `
bước a
  | Cần gì?
  [Xong] -> z
  im lặng 9 ngày -> nhắc lại
` + ending, want: []string{"im lặng 9 ngày -> nhắc lại"}},
		{name: "in mọi bước", rule: "Z004", text: `
mọi bước
  im lặng 3 ngày
    | Anh/chị còn đó không?

bước a
  | Cần gì?
  [Xong] -> z
` + ending, want: []string{"im lặng 3 ngày"}},
		{name: "exactly at the ends of both windows", rule: "Z004", text: `
bước a
  | Cần gì?
  [Xong] -> z
  im lặng 2 ngày
    | Còn đó không?
  im lặng 7 ngày -> nhắc lại
` + ending, want: []string{"im lặng 7 ngày -> nhắc lại"}},
	})
}

func TestBranchCases(t *testing.T) {
	const two = `
dữ liệu
  n số 0..9 "Số"
  ten chữ 1..50 "Tên"

bước a
  | Số mấy?
  hỏi n
  -> b

bước b
  | Tên?
  hỏi ten
  -> c
`
	runCases(t, []aCase{
		{name: "free text covers nothing", rule: "G003", text: two + `
bước c
  nếu ten == "Nam" -> z
  nếu ten == "Lan" and n > 3 -> z
` + ending, want: []string{`nếu ten == "Nam" -> z`}},
		{name: "set or not", rule: "G003", text: two + `
bước c
  nếu co(don_vi.truc_ban) -> z
  nếu not co(don_vi.truc_ban) -> z
` + ending},
		{name: "còn lại that is needed", rule: "G004", text: two + `
bước c
  nếu ten == "Nam" -> z
  còn lại -> z
` + ending},
		{name: "an arm inside those above", rule: "G004", text: two + `
bước c
  nếu n > 3 -> z
  nếu n > 5 -> z
  còn lại -> z
` + ending, want: []string{"nếu n > 5 -> z"}},
		{name: "what is always true is told by itself", rule: "G004", text: two + `
bước c
  nếu n >= 0 -> z
  nếu n > 5 -> z
  còn lại -> z
` + ending},
	})
}
