package engine_test

import (
	"strings"
	"testing"

	"hoithoai/runtime/engine"
)

const nearFile = `luồng hen "Đặt hẹn"
  từ khóa "hẹn"

dữ liệu
  so   số 1..9   "Số người"

tác vụ gui(so số) trong 10 giây không hoàn tác
tác vụ xem(so số) trong 10 giây

bước chon
  | Cần gì?
  [Đặt lịch]        -> so
  [Hủy lịch hẹn]    -> thoi
  [Xem giờ làm]     -> thoi
  [Xem]             -> thu

bước thu
  làm xem(1)
  được   -> thoi
  lỗi    -> thoi

bước so
  | Mấy người?
  hỏi so
  [Chưa biết]   -> chac
  -> chac

bước chac
  | Gửi nhé?
  [Gửi lịch hẹn]    -> qua
  [Để tôi xem lại]  -> chon

bước qua
  nếu so > 3   -> gui
  còn lại      -> gui_it

bước gui
  làm gui(so)
  được   -> thoi
  lỗi    -> thoi

bước gui_it
  làm gui(1)
  được   -> thoi
  lỗi    -> thoi

bước thoi
  | Dạ.
  kết thúc đạt
`

func near(t testing.TB) *talk {
	t.Helper()
	return newTalk(t, load(t, commonFile, officerFile, nearFile), engine.Config{}).say("hẹn").at("hen/chon")
}

func TestNearTwoButtons(t *testing.T) {
	t.Parallel()
	near(t).say("lich").kind(engine.AskedBack).at("hen/chon").want("Ý anh/chị là: [Đặt lịch] [Hủy lịch hẹn] [Không phải]")
}

func TestNearAButton(t *testing.T) {
	t.Parallel()
	for words, label := range map[string]string{
		"dat lik":                  "Đặt lịch",
		"đặt lị ch":                "Đặt lịch",
		"dat lihc":                 "Đặt lịch",
		"đặtlịch":                  "Đặt lịch",
		"huy lich hen di em":       "Hủy lịch hẹn",
		"hủy lịch":                 "Hủy lịch hẹn",
		"giờ làm":                  "Xem giờ làm",
		"cho tôi xem":              "Xem",
		"tôi muốn đặt lịch với ạ":  "Đặt lịch",
		"xin":                      "",
		"gì vậy":                   "",
		"đ":                        "",
		"không biết chọn cái nào":  "",
		strings.Repeat("xem ", 30): "",
	} {
		k := near(t).say(words)
		if label == "" {
			k.kind(engine.Wrong).at("hen/chon")
			continue
		}
		k.kind(engine.AskedBack).at("hen/chon").want("Ý anh/chị là “" + label + "”? Đúng thì nhắn: đúng. [" + label + "] [Không phải]")
	}
}

// A near miss is accepted by a yes, a number, a press or the label, and never by itself.
func TestNearIsAskedBack(t *testing.T) {
	t.Parallel()
	asked := func() *talk { return near(t).say("dat lik").kind(engine.AskedBack) }
	for _, yes := range []string{"đúng", "ừ", "dạ đúng rồi", "1", "đặt lịch"} {
		asked().say(yes).at("hen/so")
	}
	asked().press("Đặt lịch").kind(engine.Pressed).at("hen/so")
	for _, no := range []string{"không", "2", "không phải"} {
		asked().say(no).kind(engine.Declined).at("hen/chon").want("Cần gì? [Đặt lịch] [Hủy lịch hẹn] [Xem giờ làm] [Xem]")
	}
	asked().say("hủy lịch hẹn").kind(engine.Pressed).at()
	asked().say("qqq").kind(engine.Wrong).say("đúng").kind(engine.Wrong).at("hen/chon") // it held for one answer
}

// Beside a question for a value: the value first, then its buttons.
func TestNearBesideAValue(t *testing.T) {
	t.Parallel()
	k := near(t).say("1").at("hen/so").say("chua bik").kind(engine.AskedBack).say("ừ").kind(engine.Pressed).at("hen/chac")
	k.say("quay lại").say("3").kind(engine.Answered).at("hen/chac")
}

// Where a person confirms, only the very words count, and the reply says which.
func TestNearNeverConfirms(t *testing.T) {
	t.Parallel()
	at := func() *talk { return near(t).say("1").say("2").at("hen/chac") }
	const exact = "Để khỏi nhầm, bước này chỉ nhận đúng chữ trên nút. Anh/chị bấm nút, hoặc gõ: “Gửi lịch hẹn”, “Để tôi xem lại”. / " +
		"Gửi nhé? [Gửi lịch hẹn] [Để tôi xem lại]"
	for _, words := range []string{"gửi", "gui lich hn", "gửi lịch hẹn đi em", "đúng", "ừ", "ok", "xem lại"} {
		at().say(words).kind(engine.Wrong).at("hen/chac").want(exact)
	}
	at().say("GUI LICH HEN").at("hen/gui_it")
	at().say("1").at("hen/gui_it")
	at().press("Gửi lịch hẹn").at("hen/gui_it")
	// also for a chọn: part of a label or its name is asked for again
	k := filled(t)
	for _, words := range []string{"đơn", "gui dn", "dạ ừ", "gửi thôi"} {
		k.say(words).kind(engine.Wrong).at("don/gui")
	}
	if got := k.shown(); !strings.HasPrefix(got[0], "Để khỏi nhầm, bước này chỉ nhận đúng chữ trên nút. Anh/chị bấm nút, hoặc gõ: “Gửi đơn”, “Không gửi”.") {
		t.Errorf("the reply is %q", got)
	}
	k.say("dạ gửi đơn ạ").at("don/nop")
}

func TestConfirms(t *testing.T) {
	t.Parallel()
	// a task that can be undone is no confirmation: there a near miss is asked back
	near(t).say("xm").kind(engine.Wrong)
	near(t).say("xem di").kind(engine.AskedBack).say("đúng").at("hen/thu")
}
