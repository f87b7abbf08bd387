package engine_test

import (
	"strings"
	"testing"

	"hoithoai/runtime/engine"
	"hoithoai/runtime/event"
	"hoithoai/runtime/session"
)

func TestHelpKnowsWhereOneIs(t *testing.T) {
	t.Parallel()
	k := form(t).say("nộp đơn").say("trợ giúp").kind(engine.Helped)
	k.want("Anh/chị đang ở việc: Nộp đơn. Đang hỏi: Họ tên. / Anh/chị trả lời câu đang hỏi. / Cũng có thể nhắn: bắt đầu lại, gặp cán bộ. / Anh/chị tên gì?")
	k.say("Lan").say("1/2/1990").say("0912345678").say("giúp").at("don/ghi_chu")
	k.want("Anh/chị đang ở việc: Nộp đơn. Đang hỏi: Ghi chú. / Anh/chị trả lời câu đang hỏi. / " +
		"Cũng có thể nhắn: bỏ qua, quay lại, sửa, bắt đầu lại, gặp cán bộ. / Có ghi chú gì không? [Bỏ qua]")
	// inside a sub-flow the flow that the person entered is named
	k.say("x").say("làm mới").at("don/nha", "noi_o/so_nha").say("help")
	if got := k.shown()[0]; !strings.HasPrefix(got, "Anh/chị đang ở việc: Nộp đơn. Đang hỏi: Số nhà. / ") {
		t.Errorf("help says %q", got)
	}
	// where only exact words count, help of an office without trợ giúp says them
	k = newTalk(t, load(t, officerFile, nearFile), engine.Config{}).say("hẹn").say("1").say("2").say("giúp")
	k.want("Anh/chị đang ở việc: Đặt hẹn. / Để khỏi nhầm, bước này chỉ nhận đúng chữ trên nút. Anh/chị bấm nút, hoặc gõ: “Gửi lịch hẹn”, “Để tôi xem lại”. / " +
		"Cũng có thể nhắn: quay lại, sửa, bắt đầu lại. / Gửi nhé? [Gửi lịch hẹn] [Để tôi xem lại]")
}

// What help names works, at every step on the way.
func TestHelpPromisesWhatWorks(t *testing.T) {
	t.Parallel()
	answers := []string{"Lan", "1/2/1990", "0912345678", "không", "làm mới", "12", "Lê Lợi"}
	for n := range len(answers) + 1 {
		at := func() *talk {
			k := form(t).say("nộp đơn")
			for _, a := range answers[:n] {
				k.say(a)
			}
			return k
		}
		_, ways, _ := strings.Cut(at().say("giúp").shown()[0], "Cũng có thể nhắn: ")
		ways, _, _ = strings.Cut(ways, ".")
		for way := range strings.SplitSeq(ways, ", ") {
			works := map[string][]engine.Kind{
				"bỏ qua": {engine.Answered}, "quay lại": {engine.WentBack}, "sửa": {engine.AskedBack, engine.Edited},
				"bắt đầu lại": {engine.Restarted}, "gặp cán bộ": {engine.Listened},
			}[way]
			k := at().say(way)
			if len(works) == 0 || k.res.Kind != works[0] && k.res.Kind != works[len(works)-1] || strings.HasPrefix(k.shown()[0], "Đến đây không") {
				t.Errorf("after %d answers help promises %q, which leads to %v %q", n, way, k.res.Kind, k.shown())
			}
		}
	}
}

func TestIdleHelpListsTheFlows(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"trợ giúp", "giúp", "HELP", "hướng dẫn"} {
		k := smart(t).say(words).kind(engine.Helped).status(session.Idle)
		k.want("Tôi giúp được các việc sau. Anh/chị bấm một việc, gõ số, hoặc nhắn việc cần hỏi: [Đăng ký tạm trú] [Việc khác]")
	}
	smart(t).say("giúp").say("1").kind(engine.Triggered).at("dang_ky/viec")
	smart(t).say("giúp").press("Đăng ký tạm trú").at("dang_ky/viec")
	smart(t).say("giúp").say("việc khác").kind(engine.Declined).at("chao/chon")
	smart(t).say("menu").kind(engine.Triggered).at("chao/chon") // a từ khóa of the office's own goes first
	// without dân hỏi: those with từ khóa; without any flow: the standard sentence
	newTalk(t, load(t, officerFile, nearFile, editFile, noiOFile), engine.Config{}).say("giúp").
		want("Tôi giúp được các việc sau. Anh/chị bấm một việc, gõ số, hoặc nhắn việc cần hỏi: [Gặp cán bộ] [Nộp đơn] [Đặt hẹn] [Việc khác]")
}

// From the third wrong answer in a row the reply shows a way out, where the flow has none of its own.
func TestWayOutAfterWrongAnswers(t *testing.T) {
	t.Parallel()
	k := form(t).say("nộp đơn").say("Lan").at("don/ngay_sinh")
	const stuck = "Nếu khó trả lời, anh/chị nhắn: quay lại, sửa, bắt đầu lại, gặp cán bộ; hoặc gọi 02838291234."
	says := func(want bool) {
		t.Helper()
		if got := k.kind(engine.Wrong).shown()[0]; strings.Contains(got, " / "+stuck+" / ") != want {
			t.Errorf("the reply is %q", got)
		}
	}
	k.say("qqq")
	says(false)
	k.say("www")
	says(false)
	k.say("giúp").do(event.Event{Kind: event.Sticker}) // do not count
	k.say("eee")
	says(true)
	k.say("rrr")
	says(true)
	k.say("quay lại").say("Lan").say("qqq") // counts since the step was entered
	says(false)
	// where the flow has a limit of its own, that leads on
	k = smart(t).say("kt3").say("qqq").say("www")
	if strings.Contains(k.shown()[0], "Nếu khó trả lời") {
		t.Errorf("a step with sai N lần says %q", k.shown())
	}
	// a phải of the flow's own keeps its sentence
	k = smart(t).say("kt3").say("1").say("2").say("không").say("24/11/2026").say("24/11/2026").say("24/11/2026")
	if got := k.shown()[0]; !strings.HasPrefix(got, "Anh/chị chọn từ ngày mai. / Nếu khó trả lời, anh/chị nhắn: quay lại, sửa, bắt đầu lại, gặp cán bộ; hoặc gọi") {
		t.Errorf("the reply is %q", got)
	}
}
