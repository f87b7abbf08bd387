package engine_test

import (
	"testing"

	"hoithoai/runtime/engine"
	"hoithoai/runtime/event"
)

const optionalFile = `luồng tuy_y "Tùy ý"
  từ khóa "tùy ý"

dữ liệu
  ten     chữ 2..20     tùy   "Tên"
  goi     điện thoại    tùy   "Gọi"
  may     số 0..9       tùy   "Mấy"
  nha     chọn          tùy   "Nhà"
    khong_nha   "Không có nhà"
    khong_dat   "Không có đất"
    co          "Có cả hai"
  dong_y  có/không      tùy   "Đồng ý"
  hinh    ảnh 2..3      tùy   "Hình"
  don     tệp 1..3            "Đơn"
  noi     vị trí        tùy   "Nơi"

bước ten
  | Tên?
  hỏi ten
  -> goi

bước goi
  | Gọi?
  hỏi goi
  -> may

bước may
  | Mấy?
  hỏi may
  -> nha

bước nha
  | Nhà?
  hỏi nha
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
  -> xem

bước xem
  | Xem?
  [Hết]   -> het

bước het
  kết thúc đạt
`

// What a person says to leave a tùy question, or the end of a collection, in words that stand on no button.
func TestWayOutInWords(t *testing.T) {
	t.Parallel()
	k := newTalk(t, load(t, optionalFile), engine.Config{})
	k.say("tùy ý").say("Khôi").kind(engine.Answered).at("tuy_y/goi")
	if got := k.slot("ten"); got != "Khôi" {
		t.Errorf("ten is %q", got)
	}
	k.say("quay lại").say("dạ không ạ").kind(engine.Answered).at("tuy_y/goi")
	if got := k.slot("ten"); got != "" {
		t.Errorf("ten is %q", got)
	}
	k.say("em không có").kind(engine.Answered).at("tuy_y/may")
	k.say("không").at("tuy_y/nha") // none is a number here
	if got := k.slot("may"); got != "0" {
		t.Errorf("may is %q", got)
	}
	k.say("không có").kind(engine.AskedBack).at("tuy_y/nha") // two options begin so
	k.say("thôi khỏi").kind(engine.Answered).at("tuy_y/dong_y")
	k.say("không").kind(engine.Answered).at("tuy_y/hinh")
	if got := k.slot("dong_y"); got != "Không" {
		t.Errorf("dong_y is %q", got)
	}
	k.say("không có ảnh").kind(engine.Answered).at("tuy_y/don")
	k.say("không có").kind(engine.Wrong).at("tuy_y/don") // not tùy, and nothing was sent
	k.picture("1.jpg").say("hết rồi ạ").kind(engine.Answered).at("tuy_y/noi")
	k.say("bỏ qua ạ").kind(engine.Answered).at("tuy_y/xem")
	if got := k.slot("noi"); got != "" {
		t.Errorf("noi is %q", got)
	}
}

func TestWayOutOfACollection(t *testing.T) {
	t.Parallel()
	at := func() *talk {
		k := newTalk(t, load(t, optionalFile), engine.Config{}).say("tùy ý")
		for _, no := range []string{"bỏ qua", "không có", "0", "bỏ qua", "không"} {
			k.say(no)
		}
		return k.at("tuy_y/hinh")
	}
	for _, text := range []string{"xong rồi", "hết rồi", "không", "thôi", "không còn ảnh"} {
		at().say(text).kind(engine.Answered).at("tuy_y/don")
		k := at().picture("1.jpg").say(text).kind(engine.Wrong).at("tuy_y/hinh") // two are needed
		k.want("Tôi đã nhận 1 ảnh. Anh/chị gửi tiếp giúp. / Hình? [Bỏ qua]")
		if got := k.slot("hinh"); got != "1" {
			t.Errorf("after %q %s pictures are kept", text, got)
		}
		k = at().picture("1.jpg").picture("2.jpg").say(text).kind(engine.Answered).at("tuy_y/don")
		if got := k.slot("hinh"); got != "2" {
			t.Errorf("after %q %s pictures are kept", text, got)
		}
	}
	// too few, and no more to come: only the button, or its label, gives up what was sent
	for _, leave := range []func(k *talk) *talk{
		func(k *talk) *talk { return k.press("Bỏ qua") },
		func(k *talk) *talk { return k.say("bỏ qua") },
	} {
		k := leave(at().picture("1.jpg")).kind(engine.Answered).at("tuy_y/don")
		if got := k.slot("hinh"); got != "" {
			t.Errorf("%s pictures are kept of what was given up", got)
		}
	}
	at().say("ảnh đây").kind(engine.Wrong).at("tuy_y/hinh")
}

// A "không" to an earlier question is not the name asked for now.
func TestLateWayOut(t *testing.T) {
	t.Parallel()
	k := newTalk(t, load(t, optionalFile), engine.Config{}).say("tùy ý")
	k.do(event.Event{Kind: event.Text, Text: "không ạ", Late: true}).kind(engine.Ignored).want().at("tuy_y/ten")
	k.do(event.Event{Kind: event.Text, Text: "Lan", Late: true}).kind(engine.Answered).at("tuy_y/goi")
}
