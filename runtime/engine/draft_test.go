package engine_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"hoithoai/dsl/value"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/event"
	"hoithoai/runtime/session"
)

const pause = 3 * time.Second

// bursting is smart with a pause; say lets a second go by, so that two of them are one burst.
func bursting(t testing.TB) *talk {
	t.Helper()
	p := bundle(t)
	return newTalk(t, p, engine.Config{Matcher: hints{p}, Detector: hints{p}, Gather: pause})
}

// gathered expects that the last event only became part of a burst.
func (k *talk) gathered() *talk {
	k.t.Helper()
	return k.kind(engine.Gathering).want()
}

const (
	notTaken = "Điều anh/chị vừa viết tôi chưa ghi."
	lateWork = "Anh/chị vừa hỏi “Đăng ký tạm trú”: xong việc này, anh/chị nhắn lại giúp."
	askWhere = "Xảy ra ở đâu?"
	askTold  = "Chuyện gì đã xảy ra?"
	askImage = "Anh/chị có ảnh thì gửi vào đây. [Bỏ qua]"
	callNow  = "GỌI NGAY 113. <Gọi 113 113>"
)

func TestFirstWordsAreOneMessage(t *testing.T) {
	t.Parallel()
	k := bursting(t).say("em ơi").gathered().say("cho hỏi ở trọ").gathered().say("thì làm gì").gathered()
	if k.s.Draft.Text != "em ơi\ncho hỏi ở trọ\nthì làm gì" || k.s.Status != session.Idle {
		t.Fatalf("the draft is %+v, the status %d", k.s.Draft, k.s.Status)
	}
	k.wait(pause - time.Millisecond).gathered().at()
	k.wait(time.Millisecond).kind(engine.Triggered).want("Tôi hướng dẫn tạm trú.", askWork)
	if k.res.Words != "em ơi\ncho hỏi ở trọ\nthì làm gì" || k.s.Draft != (session.Draft{}) {
		t.Errorf("words %q, draft %+v", k.res.Words, k.s.Draft)
	}
}

// A greeting menu is first contact, too: following an office greets before the first word.
func TestWordsAtTheGreeting(t *testing.T) {
	t.Parallel()
	k := bursting(t).do(event.Event{Kind: event.Follow})
	k.say("em chào").gathered().say("em hỏi ở trọ").gathered().wait(pause).kind(engine.Triggered).at("chao/chon", "dang_ky/viec")
	bursting(t).say("kt3").say("cái gì").kind(engine.Wrong) // any other menu answers at once
}

// Lines make the từ khóa that they would be in one line; a greeting around a request does not blur it.
func TestLinesTogether(t *testing.T) {
	t.Parallel()
	bursting(t).say("tạm").gathered().say("trú").gathered().wait(pause).kind(engine.Triggered).at("dang_ky/viec")
	bursting(t).say("giấy tờ").say("phòng trọ").wait(pause).at("dang_ky/viec")
	bursting(t).say("vu vơ").say("linh tinh").wait(pause).kind(engine.Fallback).want("Tôi chưa hiểu.", askGreet)
}

const askGreet = "Anh/chị cần việc gì? [Đăng ký] [Nguy hiểm] [Gặp cán bộ]"

func TestFreeTextIsGathered(t *testing.T) {
	t.Parallel()
	k := bursting(t).say("báo tin").want(askTold)
	k.say("mất xe ở hẻm").gathered().say("lúc 3 giờ sáng").gathered().wait(pause).kind(engine.Answered).want(askWhere)
	if got := k.s.Runs[0].Slots[0].S; got != "mất xe ở hẻm\nlúc 3 giờ sáng" {
		t.Errorf("the answer is %q", got)
	}
	k.say("hẻm 12").gathered().say("đường số 5").gathered().wait(pause).want(askImage)
	if got := k.slot("o_dau"); got != "hẻm 12 đường số 5" {
		t.Errorf("the place is %q", got)
	}
}

// What is no answer is wrong once, however many lines it had.
func TestWrongOnce(t *testing.T) {
	t.Parallel()
	k := bursting(t).say("báo tin").say("a").say("b").gathered().wait(pause).kind(engine.Wrong)
	if k.s.Runs[0].Wrong != 1 {
		t.Errorf("%d wrong answers are counted", k.s.Runs[0].Wrong)
	}
}

// Who goes on writing is answered all the same: after five pauses, or beyond 4.000 characters at once.
func TestNobodyIsSilencedByWriting(t *testing.T) {
	t.Parallel()
	k := bursting(t).say("câu 0")
	for range 20 {
		if k.s.Draft.Gen == 0 {
			break
		}
		k.wait(2 * time.Second)
		if k.s.Draft.Gen != 0 {
			k.do(event.Event{Kind: event.Text, Text: "câu nữa"})
		}
	}
	if k.kind(engine.Fallback); k.now-morning != 1000+15_000 && k.now-morning != 1000+16_000 {
		t.Errorf("answered after %d ms", k.now-morning)
	}
	long := strings.Repeat("dài ", 600)
	bursting(t).say(long).gathered().say(long).kind(engine.Fallback)
}

// What comes after its time (the program was down) begins no pause in the past.
func TestLongAfterThePause(t *testing.T) {
	t.Parallel()
	k := bursting(t).say("câu 1")
	k.now += time.Hour.Milliseconds()
	k.do(event.Event{Kind: event.Text, Text: "câu 2"}).gathered()
	if due := k.timers[engine.TimerDraft].At; due != k.now {
		t.Errorf("the pause ends %d ms from now", due-k.now)
	}
	k.wait(0).kind(engine.Fallback)
}

func TestEmergencyInABurst(t *testing.T) {
	t.Parallel()
	stood := bursting(t).say("alo alo").say("có người cầm dao").kind(engine.Emergency).want(callNow)
	if stood.s.Draft.Gen != 0 || len(stood.timers) != 0 {
		t.Errorf("a draft is left: %+v %v", stood.s.Draft, stood.timers)
	}
	stood.say("ở hẻm 12").kind(engine.StoodBy) // nobody in danger is made to wait
	k := bursting(t).say("báo tin").say("nhà bên cạnh").gathered().say("có người cầm dao").kind(engine.Emergency).want(callNow, askWhere)
	if got := k.s.Runs[0].Slots[0].S; got != "nhà bên cạnh\ncó người cầm dao" {
		t.Errorf("the tip says %q", got)
	}
	k.wait(time.Minute) // nothing is left to fire
	if k.s.Runs[0].Wrong != 0 || k.s.Draft.Gen != 0 {
		t.Errorf("after it: %+v", k.s)
	}
}

// Neither line says it alone.
func TestEmergencyOverTwoLines(t *testing.T) {
	t.Parallel()
	bursting(t).say("nó cầm").gathered().say("dao").gathered() // two lines are no run of letters
	k := bursting(t).say("báo tin").say("nó đang").gathered()
	k.say("cầm dao ngoài cửa").kind(engine.Emergency).want(callNow, askWhere)
	p := bundle(t)
	over := newTalk(t, p, engine.Config{Matcher: hints{p}, Detector: whole{hints{p}}, Gather: pause})
	over.say("báo tin").say("nó đang cầm").gathered().say("cái dao").kind(engine.Emergency).want(callNow, askWhere)
	over = newTalk(t, p, engine.Config{Matcher: hints{p}, Detector: whole{hints{p}}, Gather: pause})
	over.say("công an").gathered().say("vòi tiền").kind(engine.Withheld).at()
	if over.res.Words != "" || over.s.Draft.Gen != 0 {
		t.Errorf("what must not be kept is kept: %+v %+v", over.res.Words, over.s.Draft)
	}
}

// whole finds parts of an emergency anywhere in the message, as package understand does.
type whole struct{ hints }

func (w whole) Emergency(text string) int {
	if strings.Contains(text, "cầm") && strings.Contains(text, "dao") {
		return w.flow("khan_cap")
	}
	return w.hints.Emergency(text)
}

func (w whole) Unkept(text string) int {
	if strings.Contains(text, "công an") && strings.Contains(text, "vòi tiền") {
		return w.flow("phan_anh")
	}
	return w.hints.Unkept(text)
}

// What stands around words that are not kept is not kept either.
func TestUnkeptDropsTheBurst(t *testing.T) {
	t.Parallel()
	k := bursting(t).say("báo tin").say("hôm qua ở phường").gathered()
	k.do(event.Event{Kind: event.Withheld, Name: "phan_anh"}).kind(engine.Withheld).at()
	if k.s.Draft.Gen != 0 || len(k.timers) != 0 || k.res.Words != "" {
		t.Errorf("left: %+v %v %q", k.s.Draft, k.timers, k.res.Words)
	}
}

func TestExactWordsInABurst(t *testing.T) {
	t.Parallel()
	bursting(t).say("em ơi").gathered().say("kt3").kind(engine.Triggered).want("Tôi hướng dẫn tạm trú.", askWork) // it was a greeting
	bursting(t).say("hỏi phòng trọ").say("báo tin").want(lateWork, askTold)                                       // it was a request
	k := bursting(t).say("báo tin").say("mất xe hôm qua").say("bắt đầu lại").kind(engine.Restarted).want(askTold)
	if k.s.Draft.Gen != 0 || len(k.timers) != 2 { // giữ and im lặng
		t.Errorf("left: %+v %v", k.s.Draft, k.timers)
	}
	k.say("mất xe hôm qua").wait(pause).say("hẻm 12 đường 5").say("quay lại").kind(engine.WentBack).want(notTaken, askTold)
	k.say("mất xe hôm qua").say("gặp cán bộ").want(notTaken, "Cán bộ trả lời ngay tại đây. / "+noHours+" Việc “Báo tin” tôi giữ nguyên; muốn làm tiếp, anh/chị nhắn: trợ lý. <Gọi trực ban 02838291234>")
}

// Words that only ask about the question leave the burst alone.
func TestHelpInABurst(t *testing.T) {
	t.Parallel()
	k := bursting(t).say("báo tin").say("mất xe hôm qua").say("trợ giúp")
	if k.res.Kind != engine.Helped || len(k.res.Messages) == 0 {
		t.Errorf("help is %v %q", k.res.Kind, k.shown())
	}
	k.wait(pause).kind(engine.Answered).want(askWhere)
}

// Who writes and then presses [Bỏ qua] has answered.
func TestSkippingABurst(t *testing.T) {
	t.Parallel()
	p := load(t, noteFile)
	k := newTalk(t, p, engine.Config{Gather: pause}).start("ghi_chu").want("Ghi thêm gì không? [Bỏ qua]")
	k.say("nhà có chó dữ").gathered().press("Bỏ qua").kind(engine.Answered).want("Đã ghi: nhà có chó dữ.")
	k = newTalk(t, p, engine.Config{Gather: pause}).start("ghi_chu")
	k.say("nhà có chó dữ").gathered().say("hết rồi").gathered() // no word for leaving a text: part of it
	k.wait(pause).want("Đã ghi: nhà có chó dữ hết rồi.")
	k = newTalk(t, p, engine.Config{Gather: pause}).start("ghi_chu")
	k.say("nhà có chó dữ").gathered().say("không có").kind(engine.Answered).want("Đã ghi: nhà có chó dữ.")
	k = newTalk(t, p, engine.Config{Gather: pause}).start("ghi_chu")
	k.say("x").gathered().press("Bỏ qua").kind(engine.Answered).want(notTaken, "Không ghi.") // too short for an answer
}

const noteFile = `luồng ghi_chu "Ghi chú"
  từ khóa "ghi chú"

dữ liệu
  ghi   chữ 3..200 tùy   "Ghi chú"

bước hoi
  | Ghi thêm gì không?
  hỏi ghi
  -> xet

bước xet
  nếu co(ghi) -> co
  còn lại -> khong

bước co
  | Đã ghi: {ghi}.
  kết thúc đạt

bước khong
  | Không ghi.
  kết thúc đạt
`

func TestPicturesAndStickersInABurst(t *testing.T) {
	t.Parallel()
	k := bursting(t).say("báo tin").say("mất xe hôm qua").picture("a.jpg").kind(engine.Unasked)
	if got := k.shown(); len(got) != 1 || !strings.HasPrefix(got[0], "Tôi chưa hỏi ảnh") || strings.Contains(got[0], askTold) {
		t.Errorf("the picture is answered %q", got)
	}
	k.do(event.Event{Kind: event.Sticker}).gathered().say("🙂").gathered()
	k.say("ở trước nhà").gathered().wait(pause).want(askWhere)
	if got := k.s.Runs[0].Slots[0].S; got != "mất xe hôm qua\nở trước nhà" {
		t.Errorf("the answer is %q", got)
	}
	k.say("hẻm 12 sau chợ").gathered().do(event.Event{Kind: event.Place, Media: []value.Media{{Kind: "location", Lat: "10.7", Long: "106.7"}}})
	if k.kind(engine.Answered); k.slot("o_dau") != "hẻm 12 sau chợ" || len(k.s.Runs[0].Slots[1].Media) != 1 {
		t.Errorf("the place is %+v", k.s.Runs[0].Slots[1])
	}
}

// A caption is words like any others.
func TestCaptionInABurst(t *testing.T) {
	t.Parallel()
	k := bursting(t).say("báo tin").say("mất xe hôm qua")
	k.do(event.Event{Kind: event.Media, Text: "xe màu đỏ", Media: []value.Media{{Kind: "image", URL: "https://p.invalid"}}})
	k.wait(pause).want(askWhere)
	if got := k.s.Runs[0].Slots[0].S; got != "mất xe hôm qua\nxe màu đỏ" {
		t.Errorf("the answer is %q", got)
	}
}

// Following in the middle of the first words does not greet over them.
func TestFollowInABurst(t *testing.T) {
	t.Parallel()
	bursting(t).say("em hỏi phòng trọ").do(event.Event{Kind: event.Follow}).gathered().wait(pause).at("dang_ky/viec")
}

func TestWhatEndsABurst(t *testing.T) {
	t.Parallel()
	for name, ev := range map[string]event.Event{
		"officer":  {Kind: event.Officer},
		"unfollow": {Kind: event.Unfollow},
		"withdraw": {Kind: event.Withdraw},
	} {
		for _, open := range []string{"", "báo tin"} {
			k := bursting(t)
			if open != "" {
				k.say(open)
			}
			k.say("mất xe hôm qua").gathered()
			gen := k.s.Draft.Gen
			k.do(ev).want()
			if k.s.Draft != (session.Draft{}) || k.timers[engine.TimerDraft].Gen != 0 {
				t.Errorf("%s in %q: %+v %v", name, open, k.s.Draft, k.timers)
			}
			k.do(event.Event{Kind: event.Timer, Name: engine.TimerDraft, Gen: gen}).kind(engine.Ignored).want() // it had been fired already
		}
	}
}

// No reminder speaks into a burst, and the silence begins with its last line.
func TestNoReminderInABurst(t *testing.T) {
	t.Parallel()
	k := bursting(t).say("hồ sơ").say("a").gathered() // too short
	if k.timers[engine.TimerSilence].Gen != 0 {
		t.Fatalf("im lặng is armed in a burst: %v", k.timers)
	}
	said := k.now
	k.wait(pause).kind(engine.Wrong)
	if due := k.timers[engine.TimerSilence].At; due != said+pause.Milliseconds()+10*60_000 {
		t.Errorf("im lặng comes after %d ms", due-said)
	}
}

// A message older than the question is part of a burst only where it is an answer by itself.
func TestLateWordsInABurst(t *testing.T) {
	t.Parallel()
	k := bursting(t).say("báo tin").say("mất xe hôm qua").gathered()
	k.do(event.Event{Kind: event.Text, Text: "xe màu đỏ", Late: true}).gathered()
	k.do(event.Event{Kind: event.Text, Text: "ừ", Late: true}).kind(engine.Ignored)
	k.wait(pause).want(askWhere)
	if got := k.s.Runs[0].Slots[0].S; got != "mất xe hôm qua\nxe màu đỏ" {
		t.Errorf("the answer is %q", got)
	}
	bursting(t).say("mất xe").do(event.Event{Kind: event.Text, Text: "cũ", Late: true}).kind(engine.Ignored).wait(pause).kind(engine.Fallback)
}

// Without a pause nothing waits; a burst that a longer configuration began still ends.
func TestNoPause(t *testing.T) {
	t.Parallel()
	smart(t).say("vu vơ").kind(engine.Fallback)
	k := bursting(t).say("vu vơ").gathered()
	k.e = engine.New(k.p, engine.Config{Matcher: hints{k.p}, Detector: hints{k.p}, Office: testOffice()})
	k.say("phòng trọ").gathered().wait(0).kind(engine.Triggered)
}

// A run that ends by giữ takes its burst along; what comes then is first contact.
func TestBurstOfAnExpiredRun(t *testing.T) {
	t.Parallel()
	k := bursting(t).say("báo tin").say("mất xe hôm qua")
	k.now += (30 * time.Hour).Milliseconds()
	k.say("em hỏi phòng trọ").gathered()
	if k.s.Draft.Text != "em hỏi phòng trọ" {
		t.Errorf("the draft is %q", k.s.Draft.Text)
	}
	k.wait(pause).at("dang_ky/viec")
}

// Whatever happens in bursts: a draft always has its timer, says nothing before it, is answered by it, and the same again
// gives the same. No word of a draft is lost without one of: an answer, a note, or an event that ends the talk.
func TestWhateverHappensInBursts(t *testing.T) {
	t.Parallel()
	p := bundle(t)
	rapid.Check(t, func(rt *rapid.T) {
		k := newTalk(t, p, engine.Config{Matcher: hints{p}, Detector: hints{p}, Gather: pause})
		for range rapid.IntRange(1, 25).Draw(rt, "events") {
			k.now += rapid.SampledFrom([]int64{0, 400, 1000, 2900, 60_000, 31 * 60_000}).Draw(rt, "pause")
			before, draft := session.Append(nil, &k.s, p), k.s.Draft
			ev := drawBurst(rt, k)
			k.do(ev)
			checkAgain(rt, k, before, ev)
			checkState(rt, k)
			checkDraft(rt, k, &ev, draft)
		}
		k.wait(time.Minute)
		if k.s.Draft.Gen != 0 {
			rt.Fatalf("a burst never ends: %+v", k.s.Draft)
		}
	})
}

func drawBurst(t *rapid.T, k *talk) event.Event {
	if tm, armed := k.timers[engine.TimerDraft]; armed && (k.now >= tm.At || rapid.IntRange(0, 5).Draw(t, "fire") == 0) {
		k.now = max(k.now, tm.At)
		return event.Event{Kind: event.Timer, Name: tm.Name, Gen: tm.Gen}
	}
	if rapid.IntRange(0, 2).Draw(t, "plain") == 0 {
		return drawEvent(t, k)
	}
	words := []string{"báo tin", "mất xe hôm qua", "ở đầu hẻm", "phòng trọ", "a", "hồ sơ", "chào", "12 Lê Lợi", "không có"}
	return event.Event{Kind: event.Text, Text: rapid.SampledFrom(words).Draw(t, "words")}
}

func checkDraft(t *rapid.T, k *talk, ev *event.Event, was session.Draft) {
	now := k.s.Draft
	if got := k.timers[engine.TimerDraft].Gen; got != now.Gen || (now.Gen == 0) != (now.Text == "") {
		t.Fatalf("timer %d is armed for draft %+v", got, now)
	}
	if now.Gen != 0 && k.timers[engine.TimerDraft].At > max(k.now, now.Since+5*pause.Milliseconds()) {
		t.Fatalf("the pause may last for ever: %v, draft %+v at %d", k.timers, now, k.now)
	}
	notice := ev.Kind == event.Media || ev.Kind == event.Place // only the words under it are gathered
	if k.res.Kind == engine.Gathering && !notice && len(k.res.Messages)+len(k.res.Tasks) > 0 {
		t.Fatalf("a reply within the pause: %q", k.shown())
	}
	if now.Gen != 0 && k.timers[engine.TimerSilence].Gen != 0 {
		t.Fatal("a reminder may speak into a burst")
	}
	fired := ev.Kind == event.Timer && ev.Name == engine.TimerDraft && ev.Gen == was.Gen && was.Gen != 0
	if fired && len(k.res.Messages)+len(k.res.Tasks) == 0 {
		t.Fatalf("the pause of %q is answered with nothing, as %v", was.Text, k.res.Kind)
	}
	if was.Gen != 0 && !strings.HasPrefix(now.Text, was.Text) && !accounted(k, was) {
		t.Fatalf("%q is lost without a word: %v %q", was.Text, k.res.Kind, k.shown())
	}
}

// accounted reports whether words that are no longer gathered were taken, named, or left behind by what is no longer a talk.
func accounted(k *talk, was session.Draft) bool {
	if strings.HasPrefix(k.res.Words, was.Text) {
		return true
	}
	ends := []engine.Kind{engine.Officer, engine.Held, engine.Closed, engine.Withheld, engine.Emergency, engine.Restarted, engine.Expired}
	if slices.Contains(ends, k.res.Kind) || len(k.shown()) > 0 && (k.shown()[0] == notTaken || strings.HasPrefix(k.shown()[0], "Anh/chị vừa hỏi “")) {
		return true
	}
	// first words of no clear meaning, or the flow they asked for was entered all the same
	m := hints{k.p}.Match(was.Text)
	return len(k.res.Entered) > 0 && (!m.Sure || slices.ContainsFunc(k.res.Entered, func(s engine.StepRef) bool { return s.Flow == k.p.Flows[m.Flow].Name }))
}

// The burst and the same words in one message lead to the same place.
func TestBurstEqualsOneMessage(t *testing.T) {
	t.Parallel()
	p := bundle(t)
	cfg := engine.Config{Matcher: hints{p}, Detector: hints{p}}
	rapid.Check(t, func(rt *rapid.T) {
		open := rapid.SampledFrom([]string{"", "báo tin"}).Draw(rt, "open")
		lines := rapid.SliceOfN(rapid.SampledFrom([]string{"mất xe", "hẻm 12", "phòng trọ nhé", "vu vơ", "giấy gì"}), 1, 4).Draw(rt, "lines")
		one, many := newTalk(t, p, cfg), bursting(t)
		if open != "" {
			one.say(open)
			many.say(open)
		}
		one.say(strings.Join(lines, "\n"))
		for _, l := range lines {
			many.say(l)
		}
		many.wait(pause)
		if d := cmp.Diff(one.shown(), many.shown(), cmpopts.EquateEmpty()); d != "" {
			rt.Fatalf("%q (-one +many):\n%s", lines, d)
		}
	})
}
