package dsl_test

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"
)

// well is a random bundle that is right by construction: steps lead forward, the first way of each to the next one, and what may be
// unset is read behind co(…).
type well struct {
	t     *rapid.T
	out   strings.Builder
	slots []string // their lines
	known []string // conditions co(x), with the slots they ask for
	reads []string // sentences that read a slot where it is known
	tasks int      // tasks that the chung file declares
	subs  int      // sub-flows there are
}

// wellFormed draws the files of a bundle by path.
func wellFormed(t *rapid.T) map[string]string {
	tasks, subs := rapid.IntRange(0, 2).Draw(t, "tasks"), rapid.IntRange(0, 2).Draw(t, "subs")
	files := map[string]string{"chung.flow": chungOf(tasks)}
	for i := range subs {
		name := fmt.Sprintf("con_%d", i)
		files[name+".flow"] = subFlow(t, name)
	}
	for i := range rapid.IntRange(1, 3).Draw(t, "flows") {
		name := fmt.Sprintf("luong_%d", i)
		w := &well{t: t, tasks: tasks, subs: subs}
		files[name+".flow"] = w.flow(name)
	}
	return files
}

func chungOf(tasks int) string {
	text := "chung chung\n  căn cứ \"Quy ước\"   hiệu lực 01/01/2026\n\ndữ kiện\n  gio_mo   số 7   căn cứ \"Nội quy\"\n"
	for i := range tasks {
		text += fmt.Sprintf("\ntác vụ viec_%d(ten chữ, so số tùy) trả (ma số 0..9) lỗi kin\n", i)
	}
	return text + "\nmọi bước\n  nghe \"hủy bỏ hết\"   -> bắt đầu lại\n  nghe \"gặp cán bộ\"   -> luồng gap_can_bo\n  trợ giúp\n    | Mở lúc {gio_mo} giờ.\n  im lặng 1 giờ\n    | Còn đó không?\n"
}

func subFlow(t *rapid.T, name string) string {
	text := "luồng con " + name + " \"Con\"\n\ndữ liệu\n  so    số 0..9   vào   \"Số\"\n  ma    số 0..9   ra    \"Mã\"\n\nbước hoi\n  | Đã có {so}. Mấy?\n  hỏi ma\n"
	if rapid.Bool().Draw(t, "may stop") {
		return text + "  [Dừng]   -> bo\n  -> xong_roi\n\nbước bo\n  kết thúc bỏ\n\nbước xong_roi\n  kết thúc đạt\n"
	}
	return text + "  -> xong_roi\n\nbước xong_roi\n  kết thúc đạt\n"
}

// flow writes a whole luồng.
func (w *well) flow(name string) string {
	n := rapid.IntRange(1, 8).Draw(w.t, "steps")
	for i := range n {
		w.step(i, n)
	}
	steps := w.out.String()
	head := "luồng " + name + " \"Thử\"\n  căn cứ \"Quy ước\"   hiệu lực 01/01/2026\n  từ khóa \"" + name + "\"\n  bắt đầu b0\n"
	if len(w.slots) > 0 {
		head += "\ndữ liệu\n" + strings.Join(w.slots, "")
	}
	if len(w.known) > 0 {
		head += "\nđiều kiện\n" + strings.Join(w.known, "")
	}
	return head + steps + fmt.Sprintf("\nbước b%d\n  | Mở lúc {gio_mo} giờ.\n%s  kết thúc đạt\n", n, strings.Join(w.reads, ""))
}

func (w *well) line(format string, args ...any) { fmt.Fprintf(&w.out, format+"\n", args...) }

// later draws a step behind the i-th of n.
func (w *well) later(i, n int) string {
	return fmt.Sprintf("b%d", rapid.IntRange(i+1, n).Draw(w.t, "later"))
}

// slot declares a slot and a sentence at the end that reads it where it is known.
func (w *well) slot(i int, typ string) string {
	name := fmt.Sprintf("x%d", i)
	w.slots = append(w.slots, "  "+name+"   "+typ+"\n")
	w.known = append(w.known, "  biet_"+name+"   co("+name+")\n")
	w.reads = append(w.reads, "  khi biet_"+name+" | Đã có {"+name+"}.\n")
	return name
}

func (w *well) step(i, n int) {
	w.line("\nbước b%d\n  | Bước thứ {gio_mo}.", i)
	kinds := []func(i, n int){w.goes, w.menu, w.asksNumber, w.asksChoice, w.asksText, w.branch, w.answers}
	if w.tasks > 0 {
		kinds = append(kinds, w.does)
	}
	if w.subs > 0 {
		kinds = append(kinds, w.calls)
	}
	rapid.SampledFrom(kinds).Draw(w.t, "kind")(i, n)
}

func (w *well) goes(i, _ int) {
	w.line("  bảng\n    * Giờ: {gio_mo}\n  nói\n  danh sách\n    * Giấy tờ\n  -> b%d", i+1)
}

func (w *well) menu(i, n int) {
	w.line("  [Xem bản đồ]   mở \"https://a.vn/{gio_mo}\"\n  [Tiếp]   -> b%d", i+1)
	for k := range rapid.IntRange(0, 3).Draw(w.t, "buttons") {
		w.line("  [%c đi]   -> %s", 'A'+k, w.later(i, n))
	}
	w.silences(i, n)
}

func (w *well) silences(i, n int) {
	if rapid.Bool().Draw(w.t, "reminds") {
		w.line("  trợ giúp\n    | Bấm một nút.\n  im lặng 20 phút\n    | Này.\n    [Nghỉ]   -> %s\n  im lặng 5 phút\n    | Anh/chị?\n  im lặng 3 giờ   -> %s", w.later(i, n), w.later(i, n))
	}
}

func (w *well) asksNumber(i, n int) {
	x := w.slot(i, "số 0..9   \"Số\"")
	w.line("  hỏi %s\n  [Không có ai]   = 0\n  phải %s != 7\n    | Bảy thì không được.\n  sai\n    | Gõ một số.\n  sai 3 lần -> %s\n  -> b%d", x, x, w.later(i, n), i+1)
	w.silences(i, n)
}

func (w *well) asksChoice(i, n int) {
	options := ""
	for k := range rapid.IntRange(1, 4).Draw(w.t, "options") {
		options += fmt.Sprintf("\n    o%d   \"%c mục\", \"%c khác\"", k, 'A'+k, 'A'+k)
	}
	x := w.slot(i, "chọn   \"Việc\""+options)
	w.line("  hỏi %s\n  [Bỏ lại]   -> %s\n  -> b%d", x, w.later(i, n), i+1)
}

func (w *well) asksText(i, _ int) {
	x := w.slot(i, "chữ 1..50   bảo mật tùy   \"Tên\"   để \"liên hệ\"")
	w.line("  hỏi %s\n  -> b%d", x, i+1)
}

func (w *well) branch(i, n int) {
	x := w.slot(i, "số 0..99   tùy   \"Tuổi\"")
	w.line("  hỏi %s\n  -> c%d\n\nbước c%d\n  nếu co(%s) and %s > 17   -> %s\n  còn lại   -> b%d", x, i, i, x, x, w.later(i, n), i+1)
}

func (w *well) answers(i, _ int) {
	x := w.slot(i, "có/không   \"Trẻ em\"")
	w.line("  hỏi %s\n  -> b%d", x, i+1)
}

func (w *well) does(i, n int) {
	x := w.slot(i, "số 0..9   máy   \"Mã\"")
	task := rapid.IntRange(0, w.tasks-1).Draw(w.t, "task")
	w.line("  làm viec_%d(\"An\", 3) nhận %s\n  được   -> b%d\n  lỗi kin   -> %s\n  lỗi    -> %s", task, x, i+1, w.later(i, n), w.later(i, n))
}

func (w *well) calls(i, n int) {
	x := w.slot(i, "số 0..9   \"Mã\"")
	sub := rapid.IntRange(0, w.subs-1).Draw(w.t, "sub")
	w.line("  gọi con_%d(5) nhận %s\n  xong    -> b%d\n  bỏ dở   -> %s", sub, x, i+1, w.later(i, n))
}
