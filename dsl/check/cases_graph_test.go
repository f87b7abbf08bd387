package check

import (
	"testing"
)

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

func TestNestedCallCases(t *testing.T) {
	runCases(t, []aCase{
		{name: "a sub-flow of a sub-flow begins the caller again", rule: "G006", text: `
bước a
  gọi con()
  xong -> z
  bỏ dở -> z
` + ending + `
-- con.flow --
luồng con con "Luồng con"
  bắt đầu a

bước a
  gọi chau()
  xong -> z
  bỏ dở -> z
` + ending + `
-- chau.flow --
luồng con chau "Luồng cháu"
  bắt đầu a

bước a
  | Lại từ đầu.
  -> bắt đầu lại
`, want: []string{"bước a"}},
		{name: "a sub-flow of a sub-flow asks first", rule: "G006", text: `
bước a
  gọi con()
  xong -> a
  bỏ dở -> a
` + `
-- con.flow --
luồng con con "Luồng con"
  bắt đầu a

bước a
  gọi chau()
  xong -> z
  bỏ dở -> z
` + ending + `
-- chau.flow --
luồng con chau "Luồng cháu"
  bắt đầu a

bước a
  | Nữa không?
  [Từ đầu] -> bắt đầu lại
  [Xong] -> b

bước b
  | Xong.
  kết thúc đạt
`},
		{name: "beginning the caller again is a way out of a sub-flow", rule: "G002", text: `
bước a
  gọi con()
  xong -> z
  bỏ dở -> z
` + ending + `
-- con.flow --
luồng con con "Luồng con"
  bắt đầu a

bước a
  | Nữa không?
  [Nữa] -> a
  [Từ đầu] -> bắt đầu lại
`},
		{name: "two flows that send people round", rule: "G006", text: `
bước a
  | Sang kia.
  -> luồng kia
-- kia.flow --
luồng kia "Luồng kia"
  căn cứ "Luật mẫu" hiệu lực 01/07/2026
  bắt đầu a

bước a
  | Nữa không?
  [Về] -> luồng thu
`},
	})
}
