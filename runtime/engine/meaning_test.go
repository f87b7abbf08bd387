package engine_test

import (
	"strings"
	"testing"
	"time"

	"hoithoai/dsl/program"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/event"
	"hoithoai/runtime/message"
	"hoithoai/runtime/session"
)

func bundle(t testing.TB) *program.Program {
	t.Helper()
	return load(t, commonFile, greetFile, officerFile, emergencyFile, unkeptFile, registerFile, tipFile, callerFile, calleeFile)
}

// hints is a Matcher and Detector that knows a few words.
type hints struct{ p *program.Program }

func (h hints) flow(name string) int {
	for _, f := range h.p.Flows {
		if f.Name == name {
			return f.Index
		}
	}
	return program.None
}

func (h hints) Match(text string) engine.Match {
	switch {
	case strings.Contains(text, "trọ"):
		return engine.Match{Flow: h.flow("dang_ky"), Sure: true}
	case strings.Contains(text, "bán ma túy"):
		return engine.Match{Flow: h.flow("bao_tin"), Sure: true}
	case strings.Contains(text, "giấy"):
		return engine.Match{Flow: h.flow("dang_ky"), Others: []int{h.flow("ho_so"), h.flow("bao_tin"), h.flow("chao")}}
	}
	return engine.Match{Flow: program.None}
}

func (h hints) Emergency(text string) int {
	if strings.Contains(text, "cầm dao") {
		return h.flow("khan_cap")
	}
	return program.None
}

func (h hints) Unkept(text string) int {
	if strings.Contains(text, "công an vòi tiền") {
		return h.flow("phan_anh")
	}
	return program.None
}

func smart(t testing.TB) *talk {
	t.Helper()
	p := bundle(t)
	return newTalk(t, p, engine.Config{Matcher: hints{p}, Detector: hints{p}})
}

const askWork = "Anh/chị cần làm việc gì? [Đăng ký mới] [Gia hạn]"

func TestWaysIntoAFlow(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		say  string
		kind engine.Kind
		at   []string
	}{
		"keyword":             {"Tạm trú", engine.Triggered, []string{"dang_ky/viec"}},
		"keyword, no accents": {"TAM TRU!", engine.Triggered, []string{"dang_ky/viec"}},
		"free text":           {"tôi mới dọn tới ở trọ", engine.Triggered, []string{"dang_ky/viec"}},
		"not understood":      {"asdf", engine.Fallback, []string{"chao/chon"}},
		"nghe of chung":       {"gặp cán bộ", engine.Listened, nil},
		"restart":             {"bắt đầu lại", engine.Restarted, []string{"chao/chon"}},
		"emergency":           {"cứu tôi", engine.Emergency, nil},
		"emergency detected":  {"có người cầm dao trong hẻm", engine.Emergency, nil},
		"unkept":              {"tố cáo công an", engine.Withheld, nil},
		"unkept detected":     {"công an vòi tiền tôi", engine.Withheld, nil},
		"an old press":        {"ht1.8.1", engine.Stale, nil},
		"a keyword of parts":  {"dao + chém", engine.Fallback, []string{"chao/chon"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := smart(t).say(c.say).kind(c.kind).at(c.at...)
			if len(k.res.Messages) == 0 {
				t.Error("no answer")
			}
		})
	}
}

func TestFollow(t *testing.T) {
	t.Parallel()
	k := smart(t)
	k.s.Name = "Lan"
	follow := event.Event{Kind: event.Follow}
	k.do(follow).kind(engine.Followed).want(
		"Chào Lan. Đây là Công an phường Bến Thành.",
		"Anh/chị cần việc gì? [Đăng ký] [Nguy hiểm] [Gặp cán bộ]")
	k.do(follow).kind(engine.Repeated).want("Anh/chị cần việc gì? [Đăng ký] [Nguy hiểm] [Gặp cán bộ]")
	k.press("Đăng ký").kind(engine.Pressed).at("dang_ky/viec").ended(engine.Outcome{Flow: "chao", Success: true})
	k.do(follow).want(askWork).at("dang_ky/viec")
}

func TestOffersWhenUnsure(t *testing.T) {
	t.Parallel()
	const offer = "Anh/chị muốn hỏi việc nào? [Đăng ký tạm trú] [Nộp hồ sơ] [Báo tin] [Không phải]"
	for name, c := range map[string]struct {
		answer string
		at     []string
	}{
		"number":    {"2", []string{"ho_so/ten"}},
		"label":     {"bao tin", []string{"bao_tin/chuyen"}},
		"none":      {"4", []string{"chao/chon"}},
		"no word":   {"không phải", []string{"chao/chon"}},
		"elsewhere": {"kt3", []string{"dang_ky/viec"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			smart(t).say("xin giấy").kind(engine.AskedBack).want(offer).status(session.Idle).say(c.answer).at(c.at...)
		})
	}
	k := smart(t).say("xin giấy")
	first := k.payload("Nộp hồ sơ")
	k.say("giấy gì").say(first).kind(engine.Stale).at()
	k.press("Nộp hồ sơ").at("ho_so/ten")
}

func TestChoices(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		say, value string
	}{
		"number":        {"2", "Gia hạn"},
		"label":         {"gia han", "Gia hạn"},
		"name":          {"gia_han", "Gia hạn"},
		"synonym":       {"Làm mới.", "Đăng ký mới"},
		"part of label": {"hạn", "Gia hạn"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := smart(t).say("kt3").want("Tôi hướng dẫn tạm trú.", askWork).say(c.say).kind(engine.Answered)
			if got := k.slot("viec"); got != c.value {
				t.Errorf("viec is %q, want %q", got, c.value)
			}
		})
	}
	t.Run("a hidden option is no answer", func(t *testing.T) {
		t.Parallel()
		smart(t).say("kt3").say("xóa").kind(engine.Wrong).say("3").kind(engine.Wrong)
	})
}

func TestYesNo(t *testing.T) {
	t.Parallel()
	for say, want := range map[string]string{"1": "Có", "dạ có": "Có", "ừ": "Có", "2": "Không", "thôi": "Không", "hông": "Không"} {
		k := smart(t).say("kt3").say("1").say("phòng trọ").want("Người đăng ký có dưới 18 tuổi không? [Có] [Không]").say(say).kind(engine.Answered)
		if got := k.slot("tre_em"); got != want {
			t.Errorf("%s is %q, want %q", say, got, want)
		}
	}
}

func TestWrongAnswers(t *testing.T) {
	t.Parallel()
	k := smart(t).say("kt3").say("xyz xyz").kind(engine.Wrong)
	if got := k.shown(); len(got) != 1 || !strings.HasSuffix(got[0], " / "+askWork) {
		t.Errorf("a wrong answer leads to %q", k.shown())
	}
	k.say("trợ giúp").kind(engine.Helped).want("Anh/chị đang ở việc: Đăng ký tạm trú. Đang hỏi: Việc. / Anh/chị trả lời câu đang hỏi. / " +
		"Cũng có thể nhắn: bắt đầu lại, gặp cán bộ. / " + askWork)
	k.do(event.Event{Kind: event.Sticker}).kind(engine.Unreadable)
	k.say("nhắc lại").kind(engine.Repeated).want("Tôi hướng dẫn tạm trú.", askWork)
	k.say("xyz xyz").kind(engine.Wrong).at("dang_ky/viec")
	k.say("xyz xyz").kind(engine.Wrong).status(session.Human).ended(engine.Outcome{Flow: "dang_ky", Success: true}, engine.Outcome{Flow: "can_bo", Success: true})
	k.want("Cán bộ trả lời ngay tại đây. / " + noHours + " <Gọi trực ban 02838291234>")
}

// Wrong answers count since the step was entered.
func TestWrongAnswersCountPerVisit(t *testing.T) {
	t.Parallel()
	k := smart(t).say("kt3").say("xyz xyz").say("xyz xyz").say("gia hạn").say("quay lại").at("dang_ky/viec")
	k.say("xyz xyz").kind(engine.Wrong).say("xyz xyz").kind(engine.Wrong).at("dang_ky/viec").say("xyz xyz").status(session.Human)
}

// What was asked back ends with its run.
func TestOfferEndsWithItsRun(t *testing.T) {
	t.Parallel()
	k := smart(t).say("hồ sơ").say("Lan").say("12").say("Lê Lợi").at("ho_so/tuoi").say("ai đó bán ma túy").kind(engine.AskedBack)
	k.say("2").kind(engine.Answered).at("ho_so/tom_tat") // where a number is a value it is no choice
	k = smart(t).say("hồ sơ").say("Lan").say("12").say("Lê Lợi").say("ai đó bán ma túy").wait(10 * time.Minute).at()
	k.say("1").kind(engine.Fallback)
}

func TestOwnSentences(t *testing.T) {
	t.Parallel()
	k := smart(t).say("kt3").say("1")
	k.say("qqq").want("Anh/chị chọn giúp chỗ ở. / Anh/chị ở đâu? [Nhà thuê, nhà trọ] [Ở nhờ]")
	k.say("giúp").want("Anh/chị đang ở việc: Đăng ký tạm trú. Đang hỏi: Chỗ ở. / Chỗ ở là nơi anh/chị ngủ. / " +
		"Cũng có thể nhắn: quay lại, sửa, bắt đầu lại, gặp cán bộ. / Anh/chị ở đâu? [Nhà thuê, nhà trọ] [Ở nhờ]")
	k.say("1").say("không")
	k.say("24/11/2026").kind(engine.Wrong).want("Anh/chị chọn từ ngày mai. / Anh/chị muốn đến ngày nào?")
	if got := k.slot("ngay_hen"); got != "" {
		t.Errorf("a refused answer stays: %q", got)
	}
	k.say("31/02").kind(engine.Wrong).say("26/11").want("Anh/chị xem lại: / Việc: Đăng ký mới / Ngày đến: 26/11/2026 [Đúng] [Sửa ngày] [Sửa chỗ ở] [Thôi] <Trang mạng https://dichvucong.gov.vn>")
	k.say("trang mạng").kind(engine.Addressed)
	if got := k.shown(); len(got) != 1 || !strings.HasPrefix(got[0], "Trang mạng: https://dichvucong.gov.vn / Anh/chị xem lại: / Việc") {
		t.Errorf("the label of a link leads to %q", got)
	}
}

// Where a number is a value, a bare number is the value; labels still work.
func TestNumbersThatAreValues(t *testing.T) {
	t.Parallel()
	atCount := func() *talk {
		return smart(t).say("báo tin").say("nhà bị trộm").say("12 Lê Lợi").say("bỏ qua").want("Có mấy người? [Không rõ]")
	}
	for say, want := range map[string]string{"1": "1", "3": "3", "không rõ": "1", "ba": "3"} {
		k := atCount().say(say).kind(engine.Answered)
		if got := k.slot("nguoi"); got != want {
			t.Errorf("%s is %q, want %q", say, got, want)
		}
	}
	k := atCount().press("Không rõ").kind(engine.Answered)
	if got := k.slot("nguoi"); got != "1" {
		t.Errorf("the press sets %q", got)
	}
	atCount().say("99").kind(engine.Wrong)
}

func TestStalePresses(t *testing.T) {
	t.Parallel()
	k := smart(t).say("kt3")
	first := k.payload("Gia hạn")
	k.say("nhắc lại").say("zzz")
	k.say(first).kind(engine.Answered).at("dang_ky/gia_han")
	k.say(first).kind(engine.Stale).at("dang_ky/gia_han")
	if got := k.shown(); len(got) != 1 || !strings.HasSuffix(got[0], " / Gia hạn trước khi hết hạn. [Xem giấy tờ] [Xong]") {
		t.Errorf("after a stale press the screen shows %q", got)
	}
	k.say("ht1.4294967295.1").kind(engine.Stale)
	k.say(message.Payload(k.s.Turn, 9)).kind(engine.Stale)
	k.say(message.Payload(k.s.Turn, 2)).kind(engine.Pressed).at()
	k.say(first).kind(engine.Stale).status(session.Idle)
}

// A message older than the question on screen answers it only by what stands there, nghe, or a value that is no choice.
func TestLateMessages(t *testing.T) {
	t.Parallel()
	late := func(k *talk, text string) *talk {
		k.t.Helper()
		return k.do(event.Event{Kind: event.Text, Text: text, Late: true})
	}
	k := smart(t).say("kt3")
	late(k, "qqq").kind(engine.Ignored).want()
	late(k, "quay lại").kind(engine.Ignored).want()
	late(k, "báo tin").kind(engine.Ignored).want()
	late(k, "hạn").kind(engine.Ignored)
	late(k, "1").kind(engine.Ignored).want() // the number of an option of another question
	if w := k.s.Runs[0].Wrong; w != 0 {
		t.Errorf("late messages count as %d wrong answers", w)
	}
	late(k, "gia hạn").kind(engine.Answered).at("dang_ky/gia_han")
	k.say("1").say("1").say("không")
	late(k, "26/11").kind(engine.Answered).at("dang_ky/xem_lai")
	late(k, "hủy").kind(engine.Listened).at("dang_ky/viec")
	late(smart(t), "kt3").kind(engine.Ignored).want()
	k = smart(t)
	k.do(event.Event{Kind: event.Text, Text: "kt3", Sent: morning})
	k.do(event.Event{Kind: event.Text, Text: "zzz", Sent: morning - 121_000}).kind(engine.Ignored).want()
	k.do(event.Event{Kind: event.Text, Text: "zzz", Sent: morning - 119_000}).kind(engine.Wrong)
}

func TestElsewhereIsAskedBack(t *testing.T) {
	t.Parallel()
	k := smart(t).say("kt3").say("ai đó bán ma túy").kind(engine.AskedBack)
	k.want("Anh/chị muốn chuyển sang việc “Báo tin”? [Báo tin] [Không, làm tiếp]").at("dang_ky/viec")
	k.say("không").kind(engine.Declined).want(askWork)
	k.say("ai đó bán ma túy").say("có").kind(engine.Triggered).at("dang_ky/viec", "bao_tin/chuyen")
	k.say("hàng xóm mới dọn tới ở trọ bán ma túy").kind(engine.Answered).at("dang_ky/viec", "bao_tin/o_dau")
	// words about the very thing are no answer either; its own từ khóa only repeats the step
	smart(t).say("kt3").say("ở trọ").kind(engine.Wrong).at("dang_ky/viec").
		want("Anh/chị bấm một nút, hoặc nhắn số từ 1 đến 2. / " + askWork)
	smart(t).say("kt3").say("tạm trú").kind(engine.Repeated).at("dang_ky/viec")
	// a flow that waits below is gone back to when the person says so
	k = smart(t).say("kt3").say("hồ sơ").say("Lan").say("12").say("Lê Lợi").at("dang_ky/viec", "ho_so/tuoi")
	k.say("ở trọ").kind(engine.AskedBack).say("đúng").at("dang_ky/viec")
	// at the greeting nothing is under way
	smart(t).do(event.Event{Kind: event.Follow}).say("ai đó bán ma túy").kind(engine.Triggered).at("chao/chon", "bao_tin/chuyen")
	smart(t).do(event.Event{Kind: event.Follow}).say("ở trọ thì gặp cán bộ hỏi sao").kind(engine.Triggered).at("chao/chon", "dang_ky/viec")
	smart(t).do(event.Event{Kind: event.Follow}).say("gặp cán bộ nào").kind(engine.AskedBack).at("chao/chon")
	// while asked back, the question itself can be answered
	smart(t).say("kt3").say("ai đó bán ma túy").say("gia hạn").kind(engine.Answered).at("dang_ky/gia_han")
	// the number means the newest bubble
	smart(t).say("kt3").say("ai đó bán ma túy").say("2").kind(engine.Declined).at("dang_ky/viec")
	k = smart(t).say("kt3").say("ai đó bán ma túy")
	old := k.payload("Báo tin")
	k.say("không").say(old).kind(engine.Stale).at("dang_ky/viec")
}

func TestDigression(t *testing.T) {
	t.Parallel()
	k := smart(t).say("kt3").say("1").say("báo tin").kind(engine.Triggered).at("dang_ky/cho_o", "bao_tin/chuyen")
	k.say("nhà bị trộm").say("kt3").kind(engine.Repeated).at("dang_ky/cho_o")
	k.want("Anh/chị ở đâu? [Nhà thuê, nhà trọ] [Ở nhờ]").ended(engine.Outcome{Flow: "bao_tin"})
	k.say("báo tin").say("hồ sơ").at("dang_ky/cho_o", "ho_so/ten")
	k.say("Lan").say("12").press("Không có").press("Thôi").at("dang_ky/cho_o").want("Ta quay lại việc “Đăng ký tạm trú”. / Anh/chị ở đâu? [Nhà thuê, nhà trọ] [Ở nhờ]")
	k.say("1").kind(engine.Answered).at("dang_ky/tre_em")
}

func TestNghe(t *testing.T) {
	t.Parallel()
	k := smart(t).say("hồ sơ").say("Lan").at("ho_so/nha", "hoi_nha/so")
	k.say("tóm tắt").kind(engine.Listened).at("ho_so/tom_tat").ended(engine.Outcome{Flow: "hoi_nha"})
	k = smart(t).say("hồ sơ").say("Lan").say("hủy").kind(engine.Listened).at("ho_so/ten")
	if got := k.slot("ten"); got != "" {
		t.Errorf("bắt đầu lại keeps %q", got)
	}
	smart(t).say("hồ sơ").say("Lan").say("gặp cán bộ").at("ho_so/nha", "hoi_nha/so").status(session.Human)
}

func TestHumanIsLeftAlone(t *testing.T) {
	t.Parallel()
	human := func() *talk { return smart(t).say("gặp người").status(session.Human) }
	k := human()
	if k.res.Handover != "truc_ban" || k.s.Desk != "truc_ban" {
		t.Errorf("handed over to %q, desk %q", k.res.Handover, k.s.Desk)
	}
	k.say("kt3").kind(engine.Held).want()
	k.picture("1.jpg").kind(engine.Held).want()
	k.do(event.Event{Kind: event.Sticker}).kind(engine.Held).want()
	k.do(event.Event{Kind: event.Follow}).kind(engine.Held).want()
	k.say("ht1.8.1").kind(engine.Held).want()
	k.say("cứu tôi").kind(engine.Emergency).want("GỌI NGAY 113. <Gọi 113 113>").status(session.Human)
	k.say("bắt đầu lại").kind(engine.Restarted).at("chao/chon").status(session.Waiting)
	human().wait(8*time.Hour - 2*time.Second).say("kt3").kind(engine.Held)
	human().wait(8 * time.Hour).say("kt3").kind(engine.Triggered).at("dang_ky/viec")
	human().do(event.Event{Kind: event.Officer, Name: event.Close}).want().status(session.Idle).say("kt3").kind(engine.Triggered)
	human().do(event.Event{Kind: event.Withheld, Name: "phan_anh"}).kind(engine.Withheld).want("Tôi không lưu điều vừa nhắn. Anh/chị gửi nơi khác.")
}

// An officer may write at any moment: the question waits behind the talk.
func TestOfficerWrites(t *testing.T) {
	t.Parallel()
	k := smart(t).say("kt3").do(event.Event{Kind: event.Officer}).kind(engine.Officer).want().status(session.Human).at("dang_ky/viec")
	if _, armed := k.timers[engine.TimerSilence]; armed {
		t.Error("the silence of a person who talks with an officer is counted")
	}
	k.say("1").kind(engine.Held).at("dang_ky/viec")
	k.wait(20 * time.Minute).do(event.Event{Kind: event.Officer}).wait(20 * time.Minute).say("1").kind(engine.Held)
	k.wait(10 * time.Minute).say("1").kind(engine.Answered).at("dang_ky/cho_o").status(session.Waiting)
	k = smart(t).say("kt3").do(event.Event{Kind: event.Officer}).say("bắt đầu lại").kind(engine.Returned).at("dang_ky/viec").status(session.Waiting)
	k.say("bắt đầu lại").kind(engine.Restarted) // the bot is back: now it means what it says
}
