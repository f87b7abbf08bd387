package engine_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"hoithoai/dsl/golden"
	"hoithoai/dsl/value"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/event"
)

// kindSlots are the types of question; the last offers buttons alone.
var kindSlots = []struct{ step, slot, ask string }{
	{"chu", `chữ 2..40   "Tên"`, "Tên gì?"},
	{"so", `số 1..20   "Số người"`, "Mấy người?"},
	{"tien", `tiền   "Số tiền"`, "Bao nhiêu tiền?"},
	{"ngay", `ngày   "Ngày"`, "Ngày nào?"},
	{"goi", `điện thoại   "Số điện thoại"`, "Số nào gọi được?"},
	{"chon", "chọn   \"Loại xe\"\n    may   \"Xe máy\"\n    oto   \"Ô tô\"", "Xe gì?"},
	{"nhieu", "chọn nhiều   \"Giấy tờ\"\n    don   \"Đơn\"\n    anh   \"Ảnh thẻ\"\n    khac   \"Giấy khác\"", "Giấy gì?"},
	{"co", `có/không   "Đồng ý"`, "Đồng ý không?"},
	{"hinh", `ảnh 1..3   "Ảnh"`, "Gửi ảnh."},
	{"tep", `tệp 1..3   "Tệp"`, "Gửi tệp."},
	{"noi", `vị trí   "Nơi"`, "Ở đâu?"},
	{"ke", `kể 1..5 bảo mật   "Chuyện"   để "xác minh"`, "Chuyện gì?"},
	{"tuy", `số 1..20 tùy   "Số nhà"`, "Số nhà?"},
}

// kindsFlow asks every type in a flow of its own: hoi_chu, hoi_so, …, and hoi_nut.
func kindsFlow() string {
	var b strings.Builder
	for _, k := range kindSlots {
		fmt.Fprintf(&b, "luồng hoi_%s \"Hỏi %s\"\n  từ khóa \"hỏi %s\"\n\n", k.step, k.step, k.step)
		next := "het"
		if k.step == "ke" {
			b.WriteString("tác vụ gui(ke kể bảo mật)\n\n")
			next = "gui"
		}
		fmt.Fprintf(&b, "dữ liệu\n  x   %s\n\nbước hoi\n  | %s\n  hỏi x\n  sai 9 lần -> het\n  -> %s\n\n", k.slot, k.ask, next)
		if next == "gui" {
			b.WriteString("bước gui\n  làm gui(x)\n  được   -> het\n  lỗi    -> het\n\n")
		}
		b.WriteString("bước het\n  | Hết.\n  kết thúc đạt\n")
	}
	b.WriteString("luồng hoi_nut \"Hỏi nút\"\n  từ khóa \"hỏi nut\"\n\nbước hoi\n  | Làm gì?\n  [Xem]   -> het\n  [Gửi]   -> het\n  sai 9 lần -> het\n\nbước het\n  | Hết.\n  kết thúc đạt\n")
	return b.String()
}

// wrongSent is what people send besides words.
var wrongSent = []struct {
	name string
	ev   event.Event
}{
	{"chữ lạ", text("hừm hừm")},
	{"chữ dài", text(strings.Repeat("ạ", 2000))},
	{"dấu", text("???")},
	{"mặt cười", text("🙂")},
	{"ngón cái", text("👍👍")},
	{"nhãn dán", event.Event{Kind: event.Sticker}},
	{"ảnh", media("image", "1.jpg")},
	{"ảnh, có lời", captioned(media("image", "1.jpg"), "hừm hừm")},
	{"video", media("video", "1.mp4")},
	{"ghi âm", media("audio", "1.m4a")},
	{"tệp", media("file", "1.pdf")},
	{"vị trí", event.Event{Kind: event.Place, Media: []value.Media{{Kind: "location", Lat: "10.79", Long: "106.78"}}}},
	{"số", text("777")},
	{"có", text("có")},
}

func captioned(ev event.Event, words string) event.Event {
	ev.Text = words
	return ev
}

// TestEveryKindAtEveryQuestion writes down what is answered to every kind of event at every type of question: what a person reads must help, and
// what is an answer must be one. Only words count as wrong answers.
func TestEveryKindAtEveryQuestion(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	files := []string{commonFile, officerFile}
	for i, part := range strings.SplitAfter(kindsFlow(), "kết thúc đạt\n") {
		if i <= len(kindSlots) {
			files = append(files, part)
		}
	}
	p := load(t, files...)
	steps := []string{"nut"}
	for _, k := range kindSlots {
		steps = append(steps, k.step)
	}
	for _, step := range steps {
		fmt.Fprintf(&b, "# %s\n", step)
		for _, w := range wrongSent {
			k := newTalk(t, p, engine.Config{}).say("hỏi " + step)
			k.at("hoi_" + step + "/hoi")
			k.now += 1000
			k.do(w.ev)
			counted := 0
			if len(k.s.Runs) > 0 {
				counted = k.s.Runs[0].Wrong
			}
			if len(k.res.Messages) == 0 && len(k.res.Tasks) == 0 {
				t.Errorf("%s at %s is answered with silence", w.name, step)
			}
			if counted > 0 && w.ev.Kind != event.Text {
				t.Errorf("%s at %s counts as a wrong answer", w.name, step)
			}
			fmt.Fprintf(&b, "%-12s %-11s %d  %s\n", w.name, k.res.Kind, counted, strings.Join(k.shown(), " ‖ "))
		}
		b.WriteByte('\n')
	}
	golden.Assert(t, filepath.Join("testdata", "wrong_kinds.golden"), []byte(b.String()))
}
