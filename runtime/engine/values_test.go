package engine_test

import (
	"testing"

	"hoithoai/dsl/value"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/event"
)

const kindsFile = `luồng moi_loai "Mọi loại"
  từ khóa "mọi loại"

dữ liệu
  loi     chữ 2..20          "Lời"
  so      số 1..100          "Số"
  tien    tiền               "Tiền"
  ngay    ngày               "Ngày"
  goi     điện thoại         "Gọi"
  loai    chọn               "Loại"
    xe_may   "Xe máy", "xe hai bánh"
    o_to     "Ô tô"
    xe_tai   "Xe tải"
  dong_y  có/không           "Đồng ý"
  hinh    ảnh 2..3           "Hình"
  don     tệp 1..1           "Đơn"
  noi     vị trí             "Nơi"
  them    số 1..9      tùy   "Thêm"

bước loi
  | Lời?
  hỏi loi
  -> so

bước so
  | Số?
  hỏi so
  -> tien

bước tien
  | Tiền?
  hỏi tien
  -> ngay

bước ngay
  | Ngày?
  hỏi ngay
  -> goi

bước goi
  | Gọi?
  hỏi goi
  -> loai

bước loai
  | Loại?
  hỏi loai
  -> dong_y

bước dong_y
  | Đồng ý?
  hỏi dong_y
  -> hinh

bước hinh
  | Hình?
  hỏi hinh
  -> don

bước don
  | Đơn?
  hỏi don
  -> noi

bước noi
  | Nơi?
  hỏi noi
  -> them

bước them
  | Thêm?
  hỏi them
  -> xem

bước xem
  | {loi}, {so}, {tien}, {ngay}, {goi}, {loai}, {dong_y}, {hinh}, {don}, {noi}
  [Hết]   -> het

bước het
  kết thúc đạt
`

func media(kind, name string) event.Event {
	return event.Event{Kind: event.Media, Media: []value.Media{{Kind: kind, Name: name, URL: "https://f.invalid/" + name}}}
}

func text(s string) event.Event { return event.Event{Kind: event.Text, Text: s} }

// One answer of every kind, and what is none.
func TestEveryKindOfData(t *testing.T) {
	t.Parallel()
	place := event.Event{Kind: event.Place, Media: []value.Media{{Kind: "location", Lat: "10.79", Long: "106.78"}}}
	script := []struct {
		step  string
		wrong []event.Event // none of these is an answer
		right []event.Event // all of these make one
		shown string
	}{
		{"loi", []event.Event{text("x"), media("image", "1.jpg"), text("một câu dài hơn hai mươi ký tự")}, []event.Event{text("  Xin   chào ")}, "Xin   chào"},
		{"so", []event.Event{text("abc"), text("0"), text("101"), text("một trăm lẻ một")}, []event.Event{text("mười hai")}, "12"},
		{"tien", []event.Event{text("nhiều")}, []event.Event{text("1,5 triệu")}, "1.500.000 đ"},
		{"ngay", []event.Event{text("30/02/2026"), text("hôm nào đó")}, []event.Event{text("mai")}, "25/11/2026"},
		{"goi", []event.Event{text("12345"), text("không có")}, []event.Event{text("+84 912 345 678")}, "0912 345 678"},
		{"loai", []event.Event{text("máy bay"), text("xe"), text("4")}, []event.Event{text("XE HAI BANH")}, "Xe máy"},
		{"dong_y", []event.Event{text("3"), text("chưa biết nữa")}, []event.Event{text("dạ được")}, "Có"},
		{"hinh", []event.Event{text("không có ảnh"), media("video", "1.mp4")}, []event.Event{media("image", "1.jpg"), media("image", "2.jpg"), text("xong")}, "2"},
		{"don", []event.Event{place}, []event.Event{media("file", "don.pdf")}, "1"},
		{"noi", []event.Event{media("image", "1.jpg"), text("x")}, []event.Event{place}, "10.79, 106.78"},
		{"them", []event.Event{text("10"), text("nhiều")}, []event.Event{text("bỏ qua")}, ""},
	}
	k := newTalk(t, load(t, kindsFile), engine.Config{}).say("mọi loại")
	for _, line := range script {
		k.at("moi_loai/" + line.step)
		for _, ev := range line.wrong {
			k.now += 1000
			if k.do(ev).at("moi_loai/" + line.step); len(k.res.Messages) == 0 {
				t.Errorf("%s: %v %q is answered with silence", line.step, ev.Kind, ev.Text)
			}
			if got := k.slot(line.step); got != "" {
				t.Errorf("%s: %v %q sets %q", line.step, ev.Kind, ev.Text, got)
			}
		}
		for _, ev := range line.right {
			k.now += 1000
			k.do(ev)
		}
		if got := k.slot(line.step); got != line.shown {
			t.Errorf("%s is %q, want %q", line.step, got, line.shown)
		}
	}
	k.at("moi_loai/xem").want("Xin   chào, 12, 1.500.000 đ, 25/11/2026, 0912 345 678, Xe máy, Có, 2, 1, 10.79, 106.78 [Hết]")
}

// Several options fit: they are asked back among themselves, with their numbers meaning the newest bubble.
func TestAmbiguousChoice(t *testing.T) {
	t.Parallel()
	at := func() *talk {
		k := newTalk(t, load(t, kindsFile), engine.Config{}).say("mọi loại").say("xin chào").say("5").say("7k").say("mai").say("0912345678")
		return k.at("moi_loai/loai").say("xe").kind(engine.AskedBack)
	}
	k := at()
	if m := k.res.Messages[0]; len(m.Choices) != 3 || m.Choices[0].Label != "Xe máy" || m.Choices[1].Label != "Xe tải" || m.Choices[2].Label != "Không phải" {
		t.Fatalf("asked back: %q", k.shown())
	}
	k.say("2").kind(engine.Answered)
	if got := k.slot("loai"); got != "Xe tải" {
		t.Errorf("the second of those asked back is %q", got)
	}
	k = at().say("ô tô").kind(engine.Answered)
	if got := k.slot("loai"); got != "Ô tô" {
		t.Errorf("a label of the question itself is %q", got)
	}
	at().say("không phải").kind(engine.Declined).want("Loại? [Xe máy] [Ô tô] [Xe tải]").say("2").kind(engine.Answered)
	at().say("zzzz").kind(engine.Wrong)
}

// Skipping clears what stood there: the person did not confirm it.
func TestSkipClears(t *testing.T) {
	t.Parallel()
	k := newTalk(t, load(t, `luồng sua "Sửa"
  từ khóa "sửa"

dữ liệu
  so   số 1..9   tùy   "Số"

bước so
  | Số?
  hỏi so
  -> xem

bước xem
  | Xem.
  [Sửa]   -> so rồi xem
  [Hết]   -> het

bước het
  kết thúc đạt
`), engine.Config{}).say("sửa").say("7").at("sua/xem")
	if got := k.slot("so"); got != "7" {
		t.Fatalf("so is %q", got)
	}
	k.press("Sửa").want("Số? [Bỏ qua]").press("Bỏ qua").at("sua/xem")
	if got := k.slot("so"); got != "" {
		t.Errorf("after Bỏ qua so is still %q", got)
	}
}

// xóa hết clears this flow's data and nothing else.
func TestClearAll(t *testing.T) {
	t.Parallel()
	k := newTalk(t, load(t, `luồng xoa "Xóa"
  từ khóa "xóa"

dữ liệu
  so    số 1..9    "Số"
  gap   số 1..99   "Gấp đôi"

bước so
  | Số?
  hỏi so
  -> tinh

bước tinh
  tính gap = so * 2
  | Gấp đôi là {gap}.
  [Lại]   -> lai
  [Hết]   -> het

bước lai
  xóa hết
  -> so

bước het
  kết thúc đạt
`), engine.Config{}).say("xóa").say("4").want("Gấp đôi là 8. [Lại] [Hết]").press("Lại").at("xoa/so")
	if so, gap := k.slot("so"), k.slot("gap"); so != "" || gap != "" {
		t.Errorf("after xóa hết so is %q, gap %q", so, gap)
	}
	k.say("5").want("Gấp đôi là 10. [Lại] [Hết]")
}

// An option that was asked back and is no longer shown is not taken.
func TestOfferedOptionThatExpired(t *testing.T) {
	t.Parallel()
	k := newTalk(t, load(t, `luồng han "Hạn"
  từ khóa "hạn"

dữ kiện
  ngay_cuoi   ngày 24/11/2026   căn cứ "x"

điều kiện
  con_han   hom_nay() <= ngay_cuoi

dữ liệu
  loai    chọn        "Loại"
    khi con_han som   "Phòng trọ"
    muon  "Ở nhờ"

bước loai
  | Loại?
  hỏi loai
  -> het

bước het
  kết thúc đạt
`), engine.Config{}).say("hạn").want("Loại? [Phòng trọ] [Ở nhờ]").say("phong trọo").kind(engine.AskedBack)
	k.now += 20 * 3_600_000
	k.say("đúng").kind(engine.Stale).at("han/loai")
	k.say("phòng trọ").kind(engine.Wrong).say("1").kind(engine.Answered)
}
