package engine_test

import (
	"strings"
	"testing"
	"time"

	"hoithoai/dsl/office"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/event"
	"hoithoai/runtime/message"
	"hoithoai/runtime/session"
)

// noHours is what is said of a desk of which only its existence is known.
const noHours = "Cán bộ sẽ trả lời anh/chị trong khung chat này."

// desked is a talk at the sample office, which has hours; it begins on a Wednesday at 09:00.
func desked(t *testing.T) *talk {
	t.Helper()
	k := newTalk(t, bundle(t), engine.Config{Office: office.Demo()})
	k.now += 24 * time.Hour.Milliseconds()
	return k
}

// timer fires the armed timer of that name at its time.
func (k *talk) timer(name string) *talk {
	k.t.Helper()
	tm, armed := k.timers[name]
	if !armed {
		k.t.Fatalf("%s is not armed: %v", name, k.timers)
	}
	k.now = max(k.now, tm.At)
	return k.do(event.Event{Kind: event.Timer, Name: name, Gen: tm.Gen})
}

func (k *talk) officer() *talk { k.t.Helper(); return k.do(event.Event{Kind: event.Officer}) }

// Who is handed over reads who answers and when.
func TestHandoverSaysWhen(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		after time.Duration // 09:00 on Wednesday 25/11/2026
		want  string
	}{
		"in hours":     {0, "Cán bộ trực ban sẽ trả lời anh/chị trong khung chat này. Giờ làm việc đến 11 giờ 30 hôm nay."},
		"at noon":      {3 * time.Hour, "Bây giờ ngoài giờ làm việc. Cán bộ trực ban trả lời từ 13 giờ hôm nay."},
		"at night":     {13 * time.Hour, "Bây giờ ngoài giờ làm việc. Cán bộ trực ban trả lời từ 7 giờ 30 ngày mai, thứ Năm 26/11/2026."},
		"on a weekend": {75 * time.Hour, "Bây giờ ngoài giờ làm việc. Cán bộ trực ban trả lời từ 7 giờ 30 thứ Hai 30/11/2026."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := desked(t)
			k.now += c.after.Milliseconds()
			k.say("gặp người").status(session.Human).want("Cán bộ trả lời ngay tại đây. / " + c.want + " <Gọi trực ban 028 0000 0001>")
		})
	}
}

// A question that the talk with an officer interrupts is asked again: when the officer's time is over, or when the person wants.
func TestQuestionBelowComesBack(t *testing.T) {
	t.Parallel()
	handed := func() *talk {
		k := desked(t).say("kt3").say("gặp người").status(session.Human).at("dang_ky/viec")
		if text := k.res.Messages[0].Text; !strings.HasSuffix(text, "Việc “Đăng ký tạm trú” tôi giữ nguyên; muốn làm tiếp, anh/chị nhắn: trợ lý.") {
			t.Errorf("the person reads %q", text)
		}
		return k
	}
	back := []string{"Trợ lý tự động trả lời tiếp đây. Ta quay lại việc “Đăng ký tạm trú”. / Tôi hướng dẫn tạm trú.", askWork}
	desked(t).say("kt3").say("gặp cán bộ").kind(engine.Listened).status(session.Human).at("dang_ky/viec").say("trợ lý").want(back...) // nghe of chung
	for _, word := range []string{"trợ lý", "TRO LY", "trợ lý tự động", "bắt đầu lại"} {
		k := handed().say(word).kind(engine.Returned).want(back...).at("dang_ky/viec").status(session.Waiting)
		if k.s.Wait != (session.Wait{}) || k.s.Until != 0 || len(k.timers) != 2 { // giữ and im lặng
			t.Errorf("after %q: %+v, until %d, timers %v", word, k.s.Wait, k.s.Until, k.timers)
		}
		k.say("1").kind(engine.Answered).at("dang_ky/cho_o")
	}
	k := handed()
	k.now += 10 * time.Minute.Milliseconds()
	k.officer().want().wait(20 * time.Minute).say("dạ").kind(engine.Held).officer()
	if at := k.timers[engine.TimerReturn].At; at != k.now+30*time.Minute.Milliseconds() {
		t.Errorf("the bot returns %v after the officer's last word", time.Duration(at-k.now)*time.Millisecond)
	}
	k.timer(engine.TimerReturn).kind(engine.Returned).want(back...).status(session.Waiting)
	if k.res.Messages[0].Class != message.Reminder {
		t.Errorf("nobody asked for it, and its class is %v", k.res.Messages[0].Class)
	}
	k.say("1").kind(engine.Answered).at("dang_ky/cho_o")
	handed().do(event.Event{Kind: event.Officer, Name: event.Close}).want().status(session.Waiting).say("1").at("dang_ky/cho_o")
	handed().wait(9 * time.Hour).say("1").kind(engine.Answered).at("dang_ky/cho_o") // nobody came: the bot does
}

// A word for the bot is only that while an officer has the person.
func TestBotWordElsewhere(t *testing.T) {
	t.Parallel()
	desked(t).say("kt3").say("trợ lý").kind(engine.Wrong).at("dang_ky/viec")
	desked(t).say("gặp người").say("trợ lý").kind(engine.Restarted).at("chao/chon").status(session.Waiting)
	desked(t).say("gặp người").say("cho tôi gặp trợ lý của ông trưởng").kind(engine.Held)
	desked(t).say("gặp người").say("kt3").kind(engine.Held) // what an officer asked may be answered with it
}

// Who is not answered within the desk's hours reads an apology with the telephone number, once.
func TestUnanswered(t *testing.T) {
	t.Parallel()
	k := desked(t)
	k.now += 150 * time.Minute.Milliseconds() // 11:30: the desk goes to lunch
	k.say("gặp người")
	if at := k.timers[engine.TimerDesk].At - k.now; at != (150*time.Minute - time.Second).Milliseconds() { // 13:00 and an hour
		t.Errorf("the desk has %v", time.Duration(at)*time.Millisecond)
	}
	since := k.now
	k.timer(engine.TimerDesk).kind(engine.Unanswered).status(session.Human)
	k.want("Xin lỗi anh/chị đã chờ lâu. Cán bộ trực ban chưa trả lời kịp, tin của anh/chị vẫn còn ở đây. Cần gấp, anh/chị gọi 028 0000 0001. " +
		"Muốn hỏi trợ lý tự động, anh/chị nhắn: trợ lý.")
	if k.res.Unanswered != "truc_ban" || !k.s.Wait.Told || k.s.Wait.Since != since || len(k.timers) != 0 {
		t.Errorf("late is %q, wait %+v, timers %v", k.res.Unanswered, k.s.Wait, k.timers)
	}
	k.do(event.Event{Kind: event.Timer, Name: engine.TimerDesk, Gen: k.s.Wait.Gen}).kind(engine.Ignored).want() // once
	k.wait(9 * time.Hour).say("gặp người").want("Cán bộ trả lời ngay tại đây. / Bây giờ ngoài giờ làm việc. Cán bộ trực ban trả lời từ 7 giờ 30 ngày mai, thứ Năm 26/11/2026. <Gọi trực ban 028 0000 0001>")
	k.wait(9 * time.Hour).say("trợ lý").kind(engine.Restarted).at("chao/chon") // also when the bot is not silent any more
	if k.s.Wait.Since != 0 {
		t.Errorf("who has the bot back still waits: %+v", k.s.Wait)
	}
	k = desked(t).say("gặp người")
	since = k.s.Wait.Since
	k.timer(engine.TimerDesk).wait(9 * time.Hour).say("gặp người")
	if k.s.Wait.Since != since || len(k.timers) != 0 {
		t.Errorf("who asks again waits anew: %+v %v", k.s.Wait, k.timers)
	}
}

// Nobody is told who was answered, or who does without an officer.
func TestAnsweredInTime(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*talk){
		"an officer writes":  func(k *talk) { k.officer() },
		"the office closes":  func(k *talk) { k.do(event.Event{Kind: event.Officer, Name: event.Close}) },
		"the bot is called":  func(k *talk) { k.say("trợ lý") },
		"the person leaves":  func(k *talk) { k.do(event.Event{Kind: event.Unfollow}) },
		"the bot comes back": func(k *talk) { k.say("bắt đầu lại") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := desked(t).say("gặp người")
			gen := k.s.Wait.Gen
			end(k)
			if k.s.Wait != (session.Wait{}) {
				t.Errorf("still waits: %+v", k.s.Wait)
			}
			if _, armed := k.timers[engine.TimerDesk]; armed && name != "the person leaves" { // then the store erases them
				t.Error("the timer stands")
			}
			k.do(event.Event{Kind: event.Timer, Name: engine.TimerDesk, Gen: gen}).kind(engine.Ignored).want()
		})
	}
}

// The apology comes although the run below has died of age meanwhile, and an emergency goes before everything.
func TestUnansweredOverAWeekend(t *testing.T) {
	t.Parallel()
	k := desked(t)
	k.now += 57 * time.Hour.Milliseconds() // Friday 18:00
	k.say("kt3").say("gặp người").at("dang_ky/viec")
	k.say("cứu tôi").kind(engine.Emergency).want("GỌI NGAY 113. <Gọi 113 113>").status(session.Human)
	k.timer(engine.TimerDesk).kind(engine.Unanswered).at()
	if got := time.Duration(k.now-morning) * time.Millisecond; got != 143*time.Hour+30*time.Minute { // Monday 08:30
		t.Errorf("told after %v", got)
	}
}

// Another desk is another wait, as long as the first one lasted.
func TestAnotherDesk(t *testing.T) {
	t.Parallel()
	k := newTalk(t, load(t, commonFile, greetFile, officerFile, emergencyFile, unkeptFile, registerFile, `luồng cu_tru_nguoi "Cư trú"
  từ khóa "cư trú"

bước noi
  | Cán bộ cư trú xem giúp.
  chuyển người cu_tru
`), engine.Config{Office: office.Demo()})
	k.now += 24 * time.Hour.Milliseconds()
	k.say("gặp người")
	first := k.s.Wait
	k.wait(8 * time.Hour).say("cư trú")
	if w := k.s.Wait; w.Desk != "cu_tru" || w.Since != first.Since || w.Gen == first.Gen {
		t.Errorf("first %+v, then %+v", first, w)
	}
}
