package check

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// header opens the flow under test; its steps begin with `bước a`.
const header = `luồng thu "Luồng thử"
  căn cứ "Luật mẫu" hiệu lực 01/07/2026
  bắt đầu a
`

const ending = `
bước z
  | Chào anh/chị.
  kết thúc đạt
`

// aCase is a bundle in a few lines and what one rule says of it: the texts of the lines found, without indentation.
type aCase struct {
	name string
	rule string
	text string // the flow thu without its header, then other files after txtar marks
	want []string
}

func (c aCase) run(t *testing.T) {
	t.Parallel()
	archive := txtar.Parse([]byte(c.text))
	files := append(base(t), flow("thu", header+string(archive.Comment)))
	files = append(files, archive.Files...)
	var got []string
	for _, d := range only(Check(must(t, files, "D022", "D024", "B008", "B020"), Options{Day: today(t)}), c.rule) {
		got = append(got, lineOf(files, d.Span.File, d.Span.Line))
	}
	if diff := cmp.Diff(c.want, got); diff != "" {
		t.Errorf("lines found by %s differ (-want +got):\n%s", c.rule, diff)
	}
}

func lineOf(files []txtar.File, name string, line int) string {
	for _, f := range files {
		if f.Name == name {
			return strings.TrimSpace(strings.Split(string(f.Data), "\n")[line-1])
		}
	}
	return fmt.Sprintf("%s:%d", name, line)
}

func runCases(t *testing.T, cases []aCase) {
	t.Helper()
	t.Parallel()
	for _, c := range cases {
		t.Run(c.rule+"/"+c.name, c.run)
	}
}

func TestReachabilityCases(t *testing.T) {
	runCases(t, []aCase{
		{name: "a phrase leads to the step", rule: "G001", text: `
mọi bước
  nghe "xem thêm" -> b

bước a
  | Cần gì?
  [Xong] -> z

bước b
  | Xem thêm.
  -> z
` + ending},
		{name: "nobody waits, so nobody hears the phrase", rule: "G001", text: `
mọi bước
  nghe "xem thêm" -> b

bước a
  | Chào.
  -> z

bước b
  | Xem thêm.
  -> z
` + ending, want: []string{"bước b"}},
		{name: "silence leads to the step", rule: "G001", text: `
bước a
  | Cần gì?
  [Xong] -> z
  im lặng 30 phút -> b

bước b
  | Thôi vậy.
  -> z
` + ending},
		{name: "only the step's own silences hold", rule: "G001", text: `
mọi bước
  im lặng 20 phút -> b

bước a
  | Cần gì?
  [Xong] -> z
  im lặng 30 phút -> c

bước b
  | Của mọi bước.
  -> z

bước c
  | Của riêng bước a.
  -> z
` + ending, want: []string{"bước b"}},
		{name: "a button of a reminder leads to the step", rule: "G001", text: `
bước a
  | Cần gì?
  [Xong] -> z
  im lặng 30 phút
    | Còn đó không?
    [Xem thêm] -> b

bước b
  | Xem thêm.
  -> z
` + ending},
		{name: "the fallback enters elsewhere", rule: "G001", text: `
bước a
  | Cần gì?
  [Xong] -> z
` + ending + `
-- chao.flow --
luồng chao "Chào"
  căn cứ "Luật mẫu" hiệu lực 01/07/2026
  khi không hiểu lac
  bắt đầu a

bước a
  | Chào.
  kết thúc đạt

bước lac
  | Tôi chưa hiểu.
  -> a
`},
		{name: "an edit reaches the step it returns to", rule: "G001", text: `
dữ liệu
  ten chữ 1..9 "Tên"

bước a
  | Cần gì?
  [Sửa] -> b rồi c
  [Xong] -> z

bước b
  | Tên?
  hỏi ten
  -> z

bước c
  | Chào {ten}.
  -> z
` + ending},
		{name: "a step that only leads to itself", rule: "G001", text: `
bước a
  | Cần gì?
  [Xong] -> z

bước b
  | Cứ ở đây.
  [Nữa] -> b
  [Xong] -> z
` + ending, want: []string{"bước b"}},
		{name: "what leads on from an unreachable step is its consequence", rule: "G001", text: `
bước a
  | Chào.
  -> z

bước d
  | Ba.
  -> z

bước c
  | Hai.
  -> d

bước b
  | Một.
  -> c
` + ending, want: []string{"bước b"}},
	})
}

func TestDeadEndCases(t *testing.T) {
	runCases(t, []aCase{
		{name: "a phrase of a chung file is no way out", rule: "G002", text: `
bước a
  | Cần gì?
  [Xem] -> b

bước b
  | Đây.
  [Xem lại] -> a
`, want: []string{"bước a"}},
		{name: "a phrase of the flow is", rule: "G002", text: `
mọi bước
  nghe "xong rồi" -> z

bước a
  | Cần gì?
  [Xem] -> a
` + ending},
		{name: "another flow is a way out", rule: "G002", text: `
bước a
  | Cần gì?
  [Xem lại] -> a
  [Gặp cán bộ] -> luồng gap_can_bo
`},
		{name: "beginning again leads to where the flow begins", rule: "G002", text: `
bước a
  | Cần gì?
  [Xem] -> b
  [Xong] -> z

bước b
  | Đây.
  [Từ đầu] -> bắt đầu lại
` + ending},
		{name: "beginning again is no way out of a start that has none", rule: "G002", text: `
bước a
  | Cần gì?
  [Xem] -> b

bước b
  | Đây.
  [Từ đầu] -> bắt đầu lại
`, want: []string{"bước a"}},
		{name: "two traps are two findings", rule: "G002", text: `
bước a
  | Cần gì?
  [Một] -> b
  [Hai] -> c
  [Xong] -> z

bước b
  | Một.
  [Nữa] -> b

bước c
  | Hai.
  [Nữa] -> d

bước d
  | Ba.
  [Nữa] -> c
` + ending, want: []string{"bước b", "bước c"}},
		{name: "going back alone is a dead end", rule: "G002", text: `
bước a
  | Cần gì?
  [Xem] -> b
  [Xong] -> z

bước b
  | Đây.
  [Quay lại] -> quay lại
` + ending, want: []string{"bước b"}},
	})
}

const quietSub = `
-- con.flow --
luồng con con "Luồng con"
  bắt đầu a

bước a
  | Không chờ ai.
  kết thúc đạt
`

const askingSub = `
-- con.flow --
luồng con con "Luồng con"
  bắt đầu a

dữ liệu
  co có/không "Có không"

bước a
  | Có không?
  hỏi co
  -> b

bước b
  nếu co -> c
  còn lại -> d

bước c
  | Có.
  kết thúc đạt

bước d
  | Không.
  kết thúc bỏ
`

func TestCycleCases(t *testing.T) {
	runCases(t, []aCase{
		{name: "a step that goes to itself", rule: "G006", text: `
bước a
  | Chào.
  -> a
`, want: []string{"bước a"}},
		{name: "beginning again at once", rule: "G006", text: `
bước a
  | Chào.
  -> b

bước b
  | Lại từ đầu.
  -> bắt đầu lại
`, want: []string{"bước a"}},
		{name: "a cycle that waits", rule: "G006", text: `
bước a
  | Chào.
  -> b

bước b
  | Nữa không?
  [Nữa] -> a
  [Xong] -> z
` + ending},
		{name: "only one way round waits", rule: "G006", text: `
dữ liệu
  n số 0..9 "Số"

bước a
  | Số mấy?
  hỏi n
  -> b

bước b
  nếu n > 5 -> c
  còn lại -> a

bước c
  tính n = n - 1
  | Bớt một.
  -> b
`, want: []string{"bước b"}},
		{name: "through a sub-flow that never waits", rule: "G006", text: `
bước a
  gọi con()
  xong -> a
  bỏ dở -> z
` + ending + quietSub, want: []string{"bước a"}},
		{name: "past a sub-flow that never gives up", rule: "G006", text: `
bước a
  gọi con()
  xong -> z
  bỏ dở -> a
` + ending + quietSub},
		{name: "through a sub-flow that asks", rule: "G006", text: `
bước a
  gọi con()
  xong -> a
  bỏ dở -> a
` + askingSub},
		{name: "a sub-flow begins the caller again", rule: "G006", text: `
bước a
  gọi con()
  xong -> z
  bỏ dở -> z
` + ending + `
-- con.flow --
luồng con con "Luồng con"
  bắt đầu a

bước a
  | Lại từ đầu.
  -> bắt đầu lại
`, want: []string{"bước a"}},
		{name: "going back leads to a wait", rule: "G006", text: `
bước a
  | Cần gì?
  [Xem] -> b
  [Xong] -> z

bước b
  | Đây.
  -> quay lại
` + ending},
		{name: "a reminder is a wait", rule: "G006", text: `
bước a
  | Cần gì?
  [Xong] -> z
  im lặng 10 phút -> b

bước b
  | Hỏi lại nhé.
  -> a
` + ending},
	})
}

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

func TestStaleEditCases(t *testing.T) {
	const before = `
dữ liệu
  viec chọn "Việc"
    moi "Đăng ký mới"
    cu "Gia hạn"
  n số 0..9 "Số"

điều kiện
  la_moi viec == "moi"

bước a
  | Việc gì?
  hỏi viec
  -> b
`
	runCases(t, []aCase{
		{name: "through a condition", rule: "G012", text: before + `
bước b
  nếu la_moi -> c
  còn lại -> d

bước c
  | Số mấy?
  hỏi n
  -> d

bước d
  | Việc {viec}.
  [Sửa] -> a rồi d
  [Xong] -> z
` + ending, want: []string{"[Sửa] -> a rồi d"}},
		{name: "the branch comes after both", rule: "G012", text: before + `
bước b
  | Số mấy?
  hỏi n
  -> d

bước d
  | Việc {viec}, số {n}.
  [Sửa] -> a rồi d
  [Xong] -> e

bước e
  nếu la_moi -> z
  còn lại -> z
` + ending},
		{name: "the branch reads another slot", rule: "G012", text: before + `
bước b
  | Số mấy?
  hỏi n
  -> c

bước c
  khi la_moi | Mới.
  nếu n > 3 -> d
  còn lại -> d

bước d
  | Việc {viec}, số {n}.
  [Sửa việc] -> a rồi d
  [Sửa số] -> b rồi d
  [Xong] -> z
` + ending, want: []string{"[Sửa số] -> b rồi d"}},
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
