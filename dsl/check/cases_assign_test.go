package check

import (
	"strings"
	"testing"
)

const oneSlot = `
dữ liệu
  n số 0..9 "Số"
  m số 0..9 tùy "Số nữa"
`

func TestAssignmentCases(t *testing.T) {
	runCases(t, []aCase{
		{name: "narrowed inside an expression", rule: "G007", text: oneSlot + `
bước a
  nếu co(n) and n > 3 -> b
  còn lại -> z

bước b
  | Số {n}, {m}.
  -> z
` + ending, want: []string{"| Số {n}, {m}."}},
		{name: "or is no narrowing", rule: "G007", text: oneSlot + `
bước a
  nếu co(n) or n > 3 -> z
  còn lại -> b

bước b
  | Số {m}.
  -> z
` + ending, want: []string{"nếu co(n) or n > 3 -> z", "| Số {m}."}},
		{name: "narrowed by the other branch", rule: "G007", text: oneSlot + `
bước a
  nếu not co(n) -> z
  nếu not co(m) -> z
  còn lại -> b

bước b
  | Số {n}, {m}.
  -> z
` + ending},
		{name: "a branch sees what the one before has asked", rule: "G007", text: oneSlot + `
bước a
  nếu not co(n) -> z
  nếu n > 3 -> z
  còn lại -> z
` + ending},
		{name: "tính sets", rule: "G007", text: oneSlot + `
bước a
  tính n = 1
  tính m = n * 1
  | Số {n}, {m}.
  -> z
` + ending},
		{name: "tính reads before it sets", rule: "G007", text: oneSlot + `
bước a
  tính n = n + m * 0
  | Số {n}.
  -> z
` + ending, want: []string{"tính n = n + m * 0", "tính n = n + m * 0"}},
		{name: "a skipped question unsets what was set before", rule: "G007", text: oneSlot + `
bước a
  tính m = 1
  tính n = 1
  | Số {m}.
  -> b

bước b
  | Số mấy?
  hỏi m
  -> c

bước c
  | Số {m}, {n}.
  -> z
` + ending, want: []string{"| Số {m}, {n}."}},
		{name: "an edit that is skipped comes back without", rule: "G007", text: oneSlot + `
bước a
  tính n = 1
  tính m = 1
  | Đi tiếp.
  -> c

bước b
  | Số mấy?
  hỏi m
  -> z

bước c
  | Số {n} và {m}.
  [Sửa] -> b rồi c
  [Xong] -> z
` + ending, want: []string{"| Số {n} và {m}."}},
		{name: "a button that escapes sets nothing, one that answers does", rule: "G007", text: oneSlot + `
bước a
  | Số mấy?
  hỏi n
  [Ba] = 3
  [Không nói] -> c
  -> b

bước b
  | Số {n}.
  -> z

bước c
  | Không có số {n}.
  -> z
` + ending, want: []string{"| Không có số {n}."}},
		{name: "too many wrong answers set nothing", rule: "G007", text: oneSlot + `
bước a
  | Số mấy?
  hỏi n
  phải n > 3
    | Lớn hơn ba.
  sai
    | Gõ một số.
  sai 3 lần -> b
  -> b

bước b
  | Số {n}.
  -> z
` + ending, want: []string{"| Số {n}."}},
		{name: "the yes/no slot behind khi is read", rule: "G007", text: `
dữ liệu
  tre có/không "Trẻ em"

bước a
  khi tre | Trẻ em.
  | Chào.
  -> z
` + ending, want: []string{"khi tre | Trẻ em."}},
		{name: "what is known behind khi ends with its line", rule: "G007", text: oneSlot + `
điều kiện
  co_m co(m)

bước a
  khi co_m | Số {m}.
  danh sách
    khi co_m * Số {m}
    * Vẫn số {m}
  -> z
` + ending, want: []string{"* Vẫn số {m}"}},
		{name: "a fact shown may be unset, a slot may not", rule: "G007", text: oneSlot + `
dữ kiện
  han số chưa rõ căn cứ "Chờ hướng dẫn"

bước a
  | Hạn {han}, chào {zalo.ten}, số {n}.
  -> z
` + ending, want: []string{"| Hạn {han}, chào {zalo.ten}, số {n}."}},
		{name: "an address reads", rule: "G007", text: oneSlot + `
bước a
  | Xem trang.
  [Xem] mở "https://x.example.vn/{n}"
  -> z
` + ending, want: []string{`[Xem] mở "https://x.example.vn/{n}"`}},
		{name: "a reminder reads what its question has not got yet", rule: "G007", text: oneSlot + `
bước a
  | Số mấy?
  hỏi n
  -> z
  im lặng 10 phút
    | Anh/chị còn nợ số {n}.
` + ending, want: []string{"| Anh/chị còn nợ số {n}."}},
		{name: "help of the step stands for that of mọi bước", rule: "G007", text: `
mọi bước
  trợ giúp
    | Số của anh/chị là {n}.
` + oneSlot + `
bước a
  | Số mấy?
  hỏi n
  -> b
  trợ giúp
    | Gõ một số.

bước b
  | Nữa không?
  [Xong] -> z
` + ending},
		{name: "một câu nghe đi từ chỗ chưa có", rule: "G007", text: `
mọi bước
  nghe "xem số" -> b
` + oneSlot + `
bước a
  | Số mấy?
  hỏi n
  -> b

bước b
  | Số {n}.
  -> z
` + ending, want: []string{"| Số {n}."}},
		{name: "a phrase during a call leaves without the results", rule: "G007", text: `
mọi bước
  nghe "xem luôn" -> b

dữ liệu
  n số 0..9 "Số"

bước a
  gọi con() nhận n
  xong -> b
  bỏ dở -> z

bước b
  | Số {n}.
  -> z
` + ending + `
-- con.flow --
luồng con con "Luồng con"
  bắt đầu a

dữ liệu
  n số 0..9 ra "Số"

bước a
  | Số mấy?
  hỏi n
  -> b

bước b
  | Cảm ơn.
  kết thúc đạt
`, want: []string{"| Số {n}."}},
	})
}

func TestCallCases(t *testing.T) {
	const sub = `
-- con.flow --
luồng con con "Luồng con"
  bắt đầu a

dữ liệu
  vao số 0..9 vào "Vào"
  them số 0..9 vào tùy "Thêm"
  kq số 0..9 ra "Kết quả"

bước a
  tính kq = vao
  | Số {vao}.
  kết thúc đạt
`
	runCases(t, []aCase{
		{name: "results are there after xong and not after bỏ dở", rule: "G007", text: oneSlot + `
bước a
  gọi con(1, 2) nhận n
  xong -> b
  bỏ dở -> c

bước b
  | Được {n}.
  -> z

bước c
  | Không được {n}.
  -> z
` + ending + strings.Replace(sub, "  | Số {vao}.\n", "  | Số {vao}.\n  khi co_them | Thêm {them}.\n", 1) + `
điều kiện
  co_them co(them)
`, want: []string{"| Không được {n}."}},
		{name: "an argument is read, a tùy one need not be there", rule: "G007", text: oneSlot + `
bước a
  gọi con(n, m) nhận n
  xong -> z
  bỏ dở -> z
` + ending + strings.Replace(sub, "  | Số {vao}.\n", "  | Số {vao}.\n  khi co_them | Thêm {them}.\n", 1) + `
điều kiện
  co_them co(them)
`, want: []string{"gọi con(n, m) nhận n"}},
		{name: "an optional parameter may be missing inside", rule: "G007", text: oneSlot + `
bước a
  gọi con(1, m) nhận n
  xong -> z
  bỏ dở -> z
` + ending + strings.Replace(sub, "{vao}", "{vao} và {them}", 1), want: []string{"| Số {vao} và {them}."}},
		{name: "an argument that computes needs what it reads", rule: "G007", text: oneSlot + `
bước a
  gọi con(1, m * 1) nhận n
  xong -> z
  bỏ dở -> z
` + ending + strings.Replace(sub, "{vao}", "{vao}", 1) + `
điều kiện
  co_them co(them)

bước khong_toi
  khi co_them | Thêm {them}.
  kết thúc bỏ
`, want: []string{"gọi con(1, m * 1) nhận n"}},
		{name: "a result unset where the sub-flow ends", rule: "G008", text: oneSlot + `
bước a
  gọi con(1, 2) nhận n
  xong -> z
  bỏ dở -> z
` + ending + strings.Replace(sub, "  tính kq = vao\n", "", 1), want: []string{"kết thúc đạt"}},
		{name: "ending with bỏ owes nothing", rule: "G008", text: oneSlot + `
bước a
  gọi con(1, 2) nhận n
  xong -> z
  bỏ dở -> z
` + ending + strings.Replace(strings.Replace(sub, "  tính kq = vao\n", "", 1), "kết thúc đạt", "kết thúc bỏ", 1)},
	})
}

func TestTaskCases(t *testing.T) {
	const task = `
tác vụ gui(n số, m số tùy) trả (ma chữ) lỗi day

dữ liệu
  n số 0..9 "Số"
  m số 0..9 tùy "Số nữa"
  ma chữ 1..9 máy "Mã"
`
	runCases(t, []aCase{
		{name: "an optional argument may be unset as it is, not computed", rule: "G007", text: task + `
bước a
  | Số mấy?
  hỏi n
  -> b

bước b
  | Số nữa?
  hỏi m
  -> c

bước c
  làm gui(n, m) nhận ma
  được -> d
  lỗi day -> e
  lỗi -> e

bước d
  | Mã {ma}.
  -> z

bước e
  làm gui(m, m * 1) nhận ma
  được -> z
  lỗi -> z
` + ending, want: []string{"làm gui(m, m * 1) nhận ma"}},
		{name: "an error leaves the result unset", rule: "G007", text: task + `
bước a
  | Số mấy?
  hỏi n
  -> b

bước b
  làm gui(n, m) nhận ma
  được -> c
  lỗi day -> c
  lỗi -> z

bước c
  | Mã {ma}.
  -> z
` + ending, want: []string{"| Mã {ma}."}},
		{name: "a general error listed first is general", rule: "G005", text: task + `
bước a
  làm gui(1, 2) nhận ma
  được -> z
  lỗi -> z
` + ending},
		{name: "asking again at once", rule: "G006", text: task + `
bước a
  làm gui(1, 2) nhận ma
  được -> z
  lỗi -> a
` + ending, want: []string{"bước a"}},
	})
}

// A phrase may be heard while a task runs, and then its result is not there; an irreversible task is awaited.
func TestPhrasesDuringTasks(t *testing.T) {
	const during = `
tác vụ gui(n số) trả (ma chữ)KIND

mọi bước
  nghe "xem mã" -> c

dữ liệu
  ma chữ 1..9 máy "Mã"

bước a
  làm gui(1) nhận ma
  được -> c
  lỗi -> z

bước c
  | Mã {ma}.
  -> z
` + ending
	runCases(t, []aCase{
		{name: "a task that can be left", rule: "G007", text: strings.Replace(during, "KIND", "", 1), want: []string{"| Mã {ma}."}},
		{name: "a task that cannot", rule: "G007", text: strings.Replace(during, "KIND", " không hoàn tác", 1)},
	})
}

func TestPlacesThatRead(t *testing.T) {
	runCases(t, []aCase{
		{name: "a condition behind a condition", rule: "G007", text: oneSlot + `
điều kiện
  lon n > 3
  rat_lon lon and n > 6

bước a
  khi rat_lon | Lớn lắm.
  | Chào.
  -> z
` + ending, want: []string{"khi rat_lon | Lớn lắm."}},
		{name: "an option hidden by a condition", rule: "G007", text: oneSlot + `
  viec chọn "Việc"
    khi lon moi "Đăng ký mới"
    cu "Gia hạn"

điều kiện
  lon n > 3

bước a
  | Việc gì?
  hỏi viec
  -> z
` + ending, want: []string{"khi lon moi \"Đăng ký mới\""}},
		{name: "a button that computes", rule: "G007", text: oneSlot + `
bước a
  | Số mấy?
  hỏi n
  [Như trên] = m
  -> z
` + ending, want: []string{"[Như trên] = m"}},
		{name: "a demand sees the answer, its sentence does not", rule: "G007", text: oneSlot + `
bước a
  | Số mấy?
  hỏi n
  phải n > 3
    | Số {n} nhỏ quá.
  -> z
` + ending, want: []string{"| Số {n} nhỏ quá."}},
		{name: "a table in the other order", rule: "G007", text: oneSlot + `
bước a
  tính n = 2
  | Chào.
  -> b

bước b
  xóa hết
  tính m = 1
  bảng
    * Một: {m}
    * Hai: {n}
  -> z
` + ending, want: []string{"* Hai: {n}"}},
		{name: "what the follow event enters has nothing yet", rule: "G007", text: `
bước a
  | Chào.
  -> z
` + ending + `
-- chao.flow --
luồng chao "Chào"
  căn cứ "Luật mẫu" hiệu lực 01/07/2026
  khi không hiểu c
  bắt đầu a

dữ liệu
  ten chữ 1..50 "Tên"

bước a
  | Tên?
  hỏi ten
  -> c

bước c
  | Chào {ten}.
  kết thúc đạt
`, want: []string{"| Chào {ten}."}},
	})
}
