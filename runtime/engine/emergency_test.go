package engine_test

import (
	"strings"
	"testing"

	"hoithoai/dsl/value"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/event"
	"hoithoai/runtime/message"
	"hoithoai/runtime/session"
)

const help113 = "GỌI NGAY 113. <Gọi 113 113>"

func TestEmergencyOverAQuestion(t *testing.T) {
	t.Parallel()
	k := smart(t).say("kt3").say("1").say("có người cầm dao").kind(engine.Emergency)
	k.want(help113, "Anh/chị ở đâu? [Nhà thuê, nhà trọ] [Ở nhờ]").at("dang_ky/cho_o")
	if c := k.res.Messages[0].Class; c != message.Urgent {
		t.Errorf("the answer is of class %d", c)
	}
	if c := k.res.Messages[1].Class; c != message.Interactive {
		t.Errorf("the question is of class %d", c)
	}
	if got := k.slot("viec"); got != "Đăng ký mới" {
		t.Errorf("viec is %q", got)
	}
	k.say("1").kind(engine.Answered)
	k.do(event.Event{Kind: event.Text, Text: "cứu tôi", Late: true}).kind(engine.Emergency)
}

// Inside a tip the text just sent stays part of the tip.
func TestEmergencyInsideATip(t *testing.T) {
	t.Parallel()
	k := smart(t).say("báo tin").say("có người cầm dao trước nhà tôi").kind(engine.Emergency)
	k.want(help113, "Xảy ra ở đâu?").at("bao_tin/o_dau")
	if got := k.slot("chuyen"); got != "có người cầm dao trước nhà tôi" {
		t.Errorf("chuyen is %q", got)
	}
	k.say("cầm dao đầu hẻm 12").kind(engine.Emergency).want(help113, "Xảy ra ở đâu?").at("bao_tin/o_dau")
	// what is no answer is not counted
	k = newTalk(t, load(t, emergencyFile, `luồng ke "Kể"
  từ khóa "kể"

dữ liệu
  chuyen   chữ 20..200   "Chuyện"

bước chuyen
  | Kể đi.
  hỏi chuyen
  sai 1 lần -> het
  -> het

bước het
  kết thúc đạt
`), engine.Config{}).say("kể").say("cứu tôi").kind(engine.Emergency).want(help113, "Kể đi.").at("ke/chuyen")
	if w := k.s.Runs[0].Wrong; w != 0 {
		t.Errorf("it counts as %d wrong answers", w)
	}
}

func TestWithheld(t *testing.T) {
	t.Parallel()
	k := smart(t).say("báo tin").say("nhà bị trộm").say("công an vòi tiền tôi").kind(engine.Withheld)
	k.want("Tôi không lưu điều vừa nhắn. Anh/chị gửi nơi khác.").at().status(session.Idle)
	k.ended(engine.Outcome{Flow: "bao_tin"}, engine.Outcome{Flow: "phan_anh", Success: true})
	k = smart(t).say("báo tin").do(event.Event{Kind: event.Withheld, Name: "phan_anh"}).kind(engine.Withheld).at()
	smart(t).do(event.Event{Kind: event.Withheld, Name: "của bản trước"}).kind(engine.Withheld).at()
	k = booking(t).do(event.Event{Kind: event.Withheld, Name: "phan_anh"}).kind(engine.Withheld).at().status(session.Idle)
	// both at once: the emergency is answered, nothing is kept
	k = smart(t).say("báo tin").say("công an vòi tiền tôi, đang cầm dao")
	k.want(help113, "Tôi không lưu điều vừa nhắn. Anh/chị gửi nơi khác.").at()
	newTalk(t, load(t, registerFile, officerFile), engine.Config{}).do(event.Event{Kind: event.Withheld}).kind(engine.Fallback)
}

func TestCollecting(t *testing.T) {
	t.Parallel()
	at := func() *talk {
		return smart(t).say("báo tin").say("nhà bị trộm").say("12 Lê Lợi").at("bao_tin/hinh")
	}
	k := at().want("Anh/chị có ảnh thì gửi vào đây. [Bỏ qua]")
	skip := k.payload("Bỏ qua")
	k.picture("1.jpg").kind(engine.Collected).at("bao_tin/hinh")
	if got := k.shown(); len(got) != 1 || got[0] != "Tôi đã nhận 1 ảnh. Anh/chị gửi tiếp, hoặc bấm Xong. [Xong]" {
		t.Errorf("after a picture: %q", got)
	}
	k.say(skip).kind(engine.Stale).at("bao_tin/hinh")
	k.picture("2.jpg").kind(engine.Collected).say("xong").kind(engine.Answered).at("bao_tin/nguoi")
	if got := k.slot("hinh"); got != "2" {
		t.Errorf("%s pictures are kept", got)
	}
	at().picture("1.jpg").press("Xong").at("bao_tin/nguoi")
	at().picture("1.jpg", "2.jpg").picture("3.jpg").kind(engine.Answered).at("bao_tin/nguoi")
	k = at().picture("1.jpg", "2.jpg", "3.jpg", "4.jpg").kind(engine.Answered).at("bao_tin/nguoi")
	if got := k.slot("hinh"); got != "3" {
		t.Errorf("%s pictures are kept of four", got)
	}
	at().say("bỏ qua").at("bao_tin/nguoi")
	at().say("xong").kind(engine.Answered).at("bao_tin/nguoi")
	k = at().do(event.Event{Kind: event.Media, Media: []value.Media{{Kind: "video", URL: "https://v.invalid"}}}).kind(engine.Unasked).at("bao_tin/hinh")
	if n := k.s.Runs[0].Wrong; n != 0 || !strings.HasPrefix(k.shown()[0], "Phần vừa gửi tôi không lưu. Anh/chị gửi giúp từ 1 đến 3 ảnh.") {
		t.Errorf("a film counts as %d wrong answers and leads to %q", n, k.shown())
	}
	// going back and coming again starts an empty collection
	k = at().picture("1.jpg").say("quay lại").say("12 Lê Lợi").want("Anh/chị có ảnh thì gửi vào đây. [Bỏ qua]")
	if got := k.slot("hinh"); got != "" {
		t.Errorf("the pictures of the first visit are still there: %s", got)
	}
	k = at().picture("1.jpg").say("xong").say("quay lại").at("bao_tin/hinh").want("Anh/chị có ảnh thì gửi vào đây. [Bỏ qua]")
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	place := event.Event{Kind: event.Place, Text: "Cơm Coffee New Sky", Media: []value.Media{{Kind: "location", Lat: "10.79", Long: "106.78"}}}
	k := smart(t).say("báo tin").say("nhà bị trộm").do(place).kind(engine.Answered).at("bao_tin/hinh")
	if got := k.slot("o_dau"); got != "Cơm Coffee New Sky" {
		t.Errorf("o_dau is %q", got)
	}
	smart(t).say("kt3").do(place).kind(engine.Unasked).at("dang_ky/viec")
	place.Media[0].Lat = "north"
	k = smart(t).say("báo tin").say("nhà bị trộm").do(place).kind(engine.Unasked).at("bao_tin/o_dau")
	const wanted = "Anh/chị gửi vị trí, hoặc ghi địa chỉ (số nhà, đường, phường). / Xảy ra ở đâu?"
	k.want("Phần vừa gửi tôi không lưu. " + wanted)
	// a picture is dropped, and says so; the words under it are the place
	picture := event.Event{Kind: event.Media, Media: []value.Media{{Kind: "image", URL: "https://p.invalid"}}}
	k.do(picture).kind(engine.Unasked).at("bao_tin/o_dau")
	k.want("Tôi chưa hỏi ảnh nên không lưu ảnh này. Nếu là ảnh giấy tờ, anh/chị thu hồi tin vừa gửi để giữ an toàn. " + wanted)
	k.do(picture).want("Tôi chưa hỏi ảnh nên không lưu ảnh này. " + wanted)
	picture.Text = "12 Lê Lợi"
	k.do(picture).kind(engine.Answered).at("bao_tin/hinh")
	if got := k.shown(); len(got) != 2 || got[0] != "Tôi chưa hỏi ảnh nên không lưu ảnh này." {
		t.Errorf("a picture with the address under it leads to %q", got)
	}
}

func TestUnaskedAttachments(t *testing.T) {
	t.Parallel()
	picture := event.Event{Kind: event.Media, Media: []value.Media{{Kind: "image", URL: "https://p.invalid"}}}
	k := smart(t).do(picture).kind(engine.Unasked).at()
	if len(k.res.Messages) != 1 {
		t.Errorf("an idle person's picture leads to %q", k.shown())
	}
	k = smart(t).say("kt3").do(picture).kind(engine.Unasked).at("dang_ky/viec")
	if got := k.shown(); len(got) != 1 || !strings.HasSuffix(got[0], " / "+askWork) {
		t.Errorf("a picture leads to %q", got)
	}
	if first, second := k.shown()[0], k.do(picture).shown()[0]; first == second || !strings.Contains(first, "thu hồi") || strings.Contains(second, "thu hồi") {
		t.Errorf("how to recall a picture is told once: %q, then %q", first, second)
	}
	picture.Text = "gia hạn"
	smart(t).say("kt3").do(picture).kind(engine.Answered).at("dang_ky/gia_han")
	picture.Text = "ảnh nhà tôi"
	k = smart(t).say("kt3").do(picture).at("dang_ky/viec")
	if w := k.s.Runs[0].Wrong; w != 0 {
		t.Errorf("a caption counts as %d wrong answers", w)
	}
	picture.Text = "có người cầm dao"
	smart(t).say("kt3").do(picture).kind(engine.Emergency)
	picture.Text = "tạm trú"
	smart(t).do(picture).at("dang_ky/viec")
	k = booking(t).do(picture).kind(engine.Busy)
	if len(k.res.Messages) != 2 {
		t.Errorf("a picture during a task leads to %q", k.shown())
	}
}

func TestUnreadable(t *testing.T) {
	t.Parallel()
	for _, ev := range []event.Event{{Kind: event.Sticker}, {Kind: event.Text, Text: " \u200b"}, {Kind: event.Text, Text: "???"}, {Kind: event.Submit}} {
		k := smart(t).do(ev).kind(engine.Unreadable).at()
		if len(k.res.Messages) != 1 {
			t.Errorf("%v leads to %q", ev.Kind, k.shown())
		}
		k = smart(t).say("kt3").do(ev).kind(engine.Unreadable).at("dang_ky/viec")
		if w := k.s.Runs[0].Wrong; w != 0 || len(k.res.Messages) != 1 {
			t.Errorf("%v counts as %d wrong answers, leads to %q", ev.Kind, w, k.shown())
		}
	}
}

func TestForget(t *testing.T) {
	t.Parallel()
	for _, kind := range []event.Kind{event.Unfollow, event.Withdraw} {
		k := smart(t)
		k.s.Name = "Lan"
		k.say("báo tin").say("nhà bị trộm").do(event.Event{Kind: kind}).kind(engine.Closed).want().at().status(session.Idle)
		if !k.res.Erase || k.s.Name != "" || k.s.Seen != 0 || len(k.timers) != 0 {
			t.Errorf("after %v: erase %v, session %+v, timers %v", kind, k.res.Erase, k.s, k.timers)
		}
	}
}

// The address and the story that the answer to an emergency asks for lead nowhere; the person must not read "chưa hiểu".
func TestAfterAnEmergency(t *testing.T) {
	t.Parallel()
	at := func() *talk { return smart(t).say("có người cầm dao").kind(engine.Emergency).at() }
	k := at().say("12 hẻm 5 đường số 8, hai người").kind(engine.StoodBy).at().status(session.Idle)
	if got := k.shown(); len(got) != 1 || !strings.Contains(got[0], "gọi 113 ngay") || !strings.Contains(got[0], "không có người trực") {
		t.Errorf("after an emergency: %q", got)
	}
	if c := k.res.Messages[0].Class; c != message.Urgent {
		t.Errorf("the answer is of class %d", c)
	}
	for _, ev := range []event.Event{
		{Kind: event.Place, Text: "Hẻm 5", Media: []value.Media{{Kind: "location", Lat: "10.79", Long: "106.78"}}},
		{Kind: event.Media, Media: []value.Media{{Kind: "image", URL: "https://p.invalid"}}},
		{Kind: event.Media, Text: "ngay đầu hẻm", Media: []value.Media{{Kind: "image", URL: "https://p.invalid"}}},
	} {
		k.do(ev).kind(engine.StoodBy).at()
	}
	k.say("mất giấy tờ").kind(engine.StoodBy).at() // an unsure guess is not offered
	k.say("cứu tôi").kind(engine.Emergency)
	k.say("kt3").kind(engine.Triggered).at("dang_ky/viec")
	k.say("linh tinh").kind(engine.Wrong)
	at().say("ở nhà trọ").kind(engine.Triggered).at("dang_ky/viec") // a sure one is meant

	k = at()
	k.now += 9 * 60_000
	k.say("hẻm 5").kind(engine.StoodBy)
	k.now += 60_000
	k.say("hẻm 5").kind(engine.Fallback).at("chao/chon")
	if k.s.Alarmed != 0 {
		t.Errorf("the alarm is kept for ever: %d", k.s.Alarmed)
	}
	// where a question was on screen, it is on screen again
	k = smart(t).say("kt3").say("có người cầm dao")
	if k.s.Alarmed != 0 {
		t.Error("an emergency over a question counts as one without")
	}
	newTalk(t, load(t, emergencyFile), engine.Config{}).say("cứu tôi").say("hẻm 5").kind(engine.StoodBy)
}
