package check

import (
	"testing"
)

func TestAlikeCases(t *testing.T) {
	runCases(t, []aCase{
		{name: "two labels to one place", rule: "N001", text: `
bước a
  | Cần gì?
  [Xong] -> z
  [XONG] -> z
` + ending},
		{name: "a reminder offers what the question means otherwise", rule: "N001", text: `
bước a
  | Cần gì?
  [Tiếp tục] -> z
  im lặng 10 phút
    | Còn đó không?
    [Tiếp tục] -> nhắc lại
` + ending, want: []string{"[Tiếp tục] -> nhắc lại"}},
		{name: "a button called like the standard one", rule: "N001", text: oneSlot + `
bước a
  | Số mấy?
  hỏi m
  [Bỏ qua] -> z
  -> z
` + ending, want: []string{"hỏi m"}},
		{name: "a button called yes", rule: "N001", text: `
dữ liệu
  tre có/không "Trẻ em"

bước a
  | Trẻ em không?
  hỏi tre
  [Có] -> z
  -> z
` + ending, want: []string{"[Có] -> z"}},
		{name: "a number in its own place", rule: "N001", text: `
bước a
  | Chọn tầng.
  [1] -> z
  [2] -> b

bước b
  | Tầng hai.
  -> z
` + ending},
		{name: "synonyms of one option", rule: "N001", text: `
dữ liệu
  viec chọn "Việc"
    moi "Mới", "mới", "làm mới"
    cu "Cũ"

bước a
  | Việc gì?
  hỏi viec
  -> z
` + ending},
		{name: "an option asked twice is told once", rule: "N001", text: `
dữ liệu
  viec chọn "Việc"
    moi "Mới"
    cu "Mời"

bước a
  | Việc gì?
  hỏi viec
  -> b

bước b
  | Chắc chưa?
  hỏi viec
  -> z
` + ending, want: []string{`cu "Mời"`}},
	})
}

func TestListenCases(t *testing.T) {
	runCases(t, []aCase{
		{name: "a button to where the phrase leads", rule: "N002", text: `
bước a
  | Cần gì?
  [Gặp cán bộ] -> luồng gap_can_bo
  [Xong] -> z
` + ending},
		{name: "a button of that name to elsewhere", rule: "N002", text: `
bước a
  | Cần gì?
  [Gặp cán bộ] -> z
` + ending, want: []string{"[Gặp cán bộ] -> z"}},
		{name: "the caller's phrase inside a sub-flow", rule: "N002", text: `
mọi bước
  nghe "xem lại" -> z

bước a
  gọi con()
  xong -> z
  bỏ dở -> z
` + ending + `
-- con.flow --
luồng con con "Luồng con"
  bắt đầu a

bước a
  | Cần gì?
  [Xem lại] -> a
  [Xong] -> b

bước b
  | Xong.
  kết thúc đạt
`, want: []string{"[Xem lại] -> a"}},
		{name: "free text takes anything", rule: "N002", text: `
dữ liệu
  ten chữ 1..50 "Tên"

bước a
  | Tên?
  hỏi ten
  -> z
` + ending},
		{name: "a phrase that is a number", rule: "N002", text: `
mọi bước
  nghe "7" -> z
` + oneSlot + `
bước a
  | Số mấy?
  hỏi n
  -> z
` + ending, want: []string{"hỏi n"}},
		{name: "yes and no", rule: "N002", text: `
mọi bước
  nghe "không", "dạ", "không đâu nhé tôi về" -> z

bước a
  | Cần gì?
  [Xong] -> z
` + ending, want: []string{`nghe "không", "dạ", "không đâu nhé tôi về" -> z`, `nghe "không", "dạ", "không đâu nhé tôi về" -> z`}},
	})
}

func TestSpreadCases(t *testing.T) {
	const secret = `
dữ liệu
  so điện thoại bảo mật "Số điện thoại" để "liên hệ lại"
  che_roi chữ 1..20 "Số đã che"
`
	runCases(t, []aCase{
		{name: "a masked copy is open", rule: "S003", text: secret + `
bước a
  | Số nào?
  hỏi so
  -> b

bước b
  tính che_roi = che(so)
  | Đã ghi {che_roi}.
  -> z
` + ending},
	})
}

func TestContentCases(t *testing.T) {
	runCases(t, []aCase{
		{name: "a sub-flow without facts owes no basis", rule: "P001", text: `
bước a
  gọi con()
  xong -> z
  bỏ dở -> z
` + ending + quietSub},
		{name: "one with facts does", rule: "P001", text: `
bước a
  gọi con()
  xong -> z
  bỏ dở -> z
` + ending + `
-- con.flow --
luồng con con "Luồng con"
  bắt đầu a

dữ kiện
  han số 3 căn cứ "Luật"

bước a
  | Hạn {han}.
  kết thúc đạt
`, want: []string{`luồng con con "Luồng con"`}},
		{name: "figures in tables, replies and reminders", rule: "P006", text: oneSlot + `
bước a
  | Số mấy?
  bảng
    * Lệ phí: 5.000 đồng
  hỏi n
  phải n > 3
    | Trong 3 ngày.
  sai
    | Theo Điều 7, trong 2 tháng.
  -> z
  im lặng 10 phút
    | Còn 9 ngày.
` + ending, want: []string{"* Lệ phí: 5.000 đồng", "| Trong 3 ngày.", "| Theo Điều 7, trong 2 tháng.", "| Theo Điều 7, trong 2 tháng.", "| Còn 9 ngày."}},
		{name: "a fact that follows another at once", rule: "P004", text: `
dữ kiện
  han số 3 đến 30/06/2026 căn cứ "Luật cũ"
  han số 5 từ 01/07/2026 căn cứ "Luật mới"

bước a
  | Hạn {han}.
  -> z
` + ending},
		{name: "three periods, the middle one in both", rule: "P004", text: `
dữ kiện
  han số 3 đến 30/06/2026 căn cứ "Luật cũ"
  han số 4 từ 30/06/2026 đến 01/08/2026 căn cứ "Luật giữa"
  han số 5 từ 01/08/2026 căn cứ "Luật mới"

bước a
  | Hạn {han}.
  -> z
` + ending, want: []string{`han số 4 từ 30/06/2026 đến 01/08/2026 căn cứ "Luật giữa"`, `han số 5 từ 01/08/2026 căn cứ "Luật mới"`}},
	})
}

func TestSecretCases(t *testing.T) {
	const secret = `
dữ liệu
  so điện thoại bảo mật "Số điện thoại" để "liên hệ lại"
  so_hai điện thoại "Số thứ hai"
`
	runCases(t, []aCase{
		{name: "a button that copies", rule: "S003", text: secret + `
bước a
  | Số nào?
  hỏi so
  -> b

bước b
  | Số thứ hai?
  hỏi so_hai
  [Vẫn số đó] = so
  -> z
` + ending, want: []string{"[Vẫn số đó] = so"}},
		{name: "comparing tells nothing", rule: "S003", text: secret + `
bước a
  | Số nào?
  hỏi so
  -> b

bước b
  | Số thứ hai?
  hỏi so_hai
  phải so_hai != so
    | Hai số phải khác nhau.
  -> z
` + ending},
		{name: "an open slot in an address", rule: "S002", text: secret + `
bước a
  | Số nào?
  hỏi so_hai
  -> b

bước b
  | Gọi lại được số này.
  [Gọi] gọi số "{so_hai}"
  -> z
` + ending},
		{name: "a slot only tasks fill says what it is for too", rule: "S001", text: `
tác vụ lay() trả (ma chữ bảo mật)

dữ liệu
  ma chữ 1..9 bảo mật máy "Mã"

bước a
  làm lay() nhận ma
  được -> z
  lỗi -> z
` + ending, want: []string{`ma chữ 1..9 bảo mật máy "Mã"`}},
	})
}

func TestTriggerCases(t *testing.T) {
	const other = `
-- khac.flow --
luồng khac "Luồng khác"
  căn cứ "Luật mẫu" hiệu lực 01/07/2026
  từ khóa "việc khác"
  bắt đầu a

dân hỏi
  * tôi hỏi việc khác

bước a
  | Chào.
  kết thúc đạt
`
	runCases(t, []aCase{
		{name: "an example is another's keyword", rule: "N003", text: `
dân hỏi
  * Việc khác!

bước a
  | Chào.
  kết thúc đạt
` + other, want: []string{"* Việc khác!"}},
		{name: "an example repeats its own keyword", rule: "N003", text: `
dân hỏi
  * việc này
  * việc này

bước a
  | Chào.
  kết thúc đạt
` + other},
		{name: "a phrase leads to the flow it triggers", rule: "N003", text: `
dân hỏi
  * tôi cần gặp cán bộ

bước a
  | Chào.
  kết thúc đạt
` + other},
		{name: "a phrase takes another flow's example", rule: "N003", text: `
dân hỏi
  * gặp cán bộ ạ
  * hủy bỏ hết

bước a
  | Chào.
  kết thúc đạt
` + other, want: []string{"* hủy bỏ hết"}},
	})
}

func TestSameDoing(t *testing.T) {
	runCases(t, []aCase{
		{name: "two links to one address", rule: "N001", text: `
bước a
  | Xem trang.
  [Xem trang] mở "https://x.example.vn"
  [Xem Trang] mở "https://x.example.vn"
  kết thúc đạt
`},
		{name: "buttons that set the same", rule: "N001", text: oneSlot + `
bước a
  | Số mấy?
  hỏi n
  [Ba thôi] = 3
  [Bà thôi] = 3
  -> z
` + ending},
		{name: "buttons that set otherwise", rule: "N001", text: oneSlot + `
bước a
  | Số mấy?
  hỏi n
  [Ba thôi] = 3
  [Bà thôi] = 4
  -> z
` + ending, want: []string{"[Bà thôi] = 4"}},
		{name: "a link and a button", rule: "N001", text: `
bước a
  | Xem trang.
  [Xem trang] mở "https://x.example.vn"
  [Xem trang] -> z
` + ending, want: []string{`[Xem trang] mở "https://x.example.vn"`}},
	})
}
