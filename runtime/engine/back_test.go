package engine_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"hoithoai/runtime/engine"
	"hoithoai/runtime/event"
	"hoithoai/runtime/session"
)

func TestBack(t *testing.T) {
	t.Parallel()
	k := smart(t).say("kt3").say("1").say("2").say("không").at("dang_ky/hoi_ngay")
	k.say("quay lại").kind(engine.WentBack).at("dang_ky/tre_em").want("Người đăng ký có dưới 18 tuổi không? [Có] [Không]")
	for name, want := range map[string]string{"viec": "Đăng ký mới", "cho_o": "Ở nhờ", "tre_em": ""} {
		if got := k.slot(name); got != want {
			t.Errorf("after quay lại %s is %q, want %q", name, got, want)
		}
	}
	k.say("Quay lai").at("dang_ky/cho_o").say("quay lại").at("dang_ky/viec")
	if got := k.slot("cho_o"); got != "" {
		t.Errorf("cho_o is still %q", got)
	}
	k.say("quay lại").kind(engine.WentBack).at("dang_ky/viec")
	if got := k.shown(); len(got) != 3 || !strings.HasPrefix(got[0], "Đến đây không quay lại") || got[2] != askWork {
		t.Errorf("at the start quay lại leads to %q", got)
	}
	k.say("1").at("dang_ky/cho_o")
}

// A step that only passes through is no place to go back to; an edit keeps what was answered before it.
func TestBackThroughAnEdit(t *testing.T) {
	t.Parallel()
	k := smart(t).say("kt3").say("1").say("2").say("không").say("26/11").press("Sửa ngày").at("dang_ky/hoi_ngay")
	k.say("27/11").at("dang_ky/xem_lai")
	k.say("quay lại").at("dang_ky/hoi_ngay").say("quay lại").at("dang_ky/xem_lai")
	if got := k.slot("ngay_hen"); got != "27/11/2026" {
		t.Errorf("the date set before the edit is %q", got)
	}
	k.say("quay lại").at("dang_ky/hoi_ngay").say("28/11").at("dang_ky/xem_lai")
}

func TestEditReturns(t *testing.T) {
	t.Parallel()
	review := func() *talk {
		return smart(t).say("kt3").say("1").say("2").say("không").say("26/11").at("dang_ky/xem_lai")
	}
	k := review().press("Sửa chỗ ở").at("dang_ky/cho_o").say("1").at("dang_ky/xem_lai")
	if got := k.slot("cho_o"); got != "Nhà thuê, nhà trọ" {
		t.Errorf("the edit gives %q", got)
	}
	// wrong answers, help and a digression keep the return
	review().press("Sửa chỗ ở").say("qqq").say("giúp").say("báo tin").say("kt3").say("1").at("dang_ky/xem_lai")
	// nghe and going back drop it
	review().press("Sửa chỗ ở").say("quay lại").at("dang_ky/xem_lai").say("quay lại").at("dang_ky/hoi_ngay").say("26/11").at("dang_ky/xem_lai")
	review().press("Sửa chỗ ở").say("hủy").say("1").say("1").at("dang_ky/tre_em")
}

func TestBackAcrossSubFlows(t *testing.T) {
	t.Parallel()
	inside := func() *talk { return smart(t).say("hồ sơ").say("Lan").at("ho_so/nha", "hoi_nha/so") }
	// at its first wait, back leaves the sub-flow
	inside().say("quay lại").at("ho_so/ten").ended(engine.Outcome{Flow: "hoi_nha"})
	inside().say("12").at("ho_so/nha", "hoi_nha/duong").say("quay lại").at("ho_so/nha", "hoi_nha/so").say("quay lại").at("ho_so/ten")
	// a finished sub-flow is one step
	k := inside().say("12").say("Lê Lợi").want("Lan ở 12 Lê Lợi bao nhiêu tuổi?").at("ho_so/tuoi").ended(engine.Outcome{Flow: "hoi_nha", Success: true})
	k.say("quay lại").at("ho_so/nha", "hoi_nha/so").want("Số nhà của Lan?")
	k.say("quay lại").at("ho_so/ten")
	if got := k.slot("dia_chi"); got != "" {
		t.Errorf("dia_chi is still %q", got)
	}
	// as a target of a button, from a summary reached by nghe out of the sub-flow
	k = inside().say("12").say("tóm tắt").at("ho_so/tom_tat").press("Lùi").kind(engine.Pressed).at("ho_so/nha", "hoi_nha/so")
	k.say("1").say("2").at("ho_so/tuoi")
}

func TestSubFlowOutcomes(t *testing.T) {
	t.Parallel()
	k := smart(t).say("hồ sơ").say("Lan").say("12").press("Không có").at("ho_so/khong_nha").ended(engine.Outcome{Flow: "hoi_nha"})
	// an edit that calls: xong returns, bỏ dở does not
	k.press("Nhập lại").at("ho_so/nha", "hoi_nha/so").say("1").say("Hàm Nghi").at("ho_so/tom_tat")
	k.press("Sửa nhà").say("1").press("Không có").at("ho_so/khong_nha")
	k.press("Thôi").at().ended(engine.Outcome{Flow: "ho_so"}).status(session.Idle)
	if len(k.res.Messages) != 1 {
		t.Errorf("a flow that ends without a word answers %q", k.shown())
	}
}

// quay lại remembers sixteen waiting steps.
func TestHistoryIsBounded(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("luồng dai \"Dài\"\n  từ khóa \"dài\"\n\ndữ liệu\n")
	for i := range 20 {
		fmt.Fprintf(&b, "  s%d số 0..9 \"S\"\n", i)
	}
	for i := range 20 {
		next := fmt.Sprintf("b%d", i+1)
		fmt.Fprintf(&b, "\nbước b%d\n  | Số %d?\n  hỏi s%d\n  -> %s\n", i, i, i, next)
	}
	b.WriteString("\nbước b20\n  | Xong.\n  [Hết] -> het\n\nbước het\n  kết thúc đạt\n")
	k := newTalk(t, load(t, b.String()), engine.Config{}).say("dài")
	for range 20 {
		k.say("5")
	}
	k.at("dai/b20")
	if n := len(k.s.Runs[0].Back); n != 16 {
		t.Errorf("the history holds %d steps", n)
	}
	for range 16 {
		k.say("quay lại")
	}
	k.at("dai/b4").say("quay lại").at("dai/b4")
}

func TestRestart(t *testing.T) {
	t.Parallel()
	k := smart(t).say("kt3").say("1").say("báo tin").say("bắt đầu lại").kind(engine.Restarted).at("dang_ky/viec")
	k.want("Tôi hướng dẫn tạm trú.", askWork)
	if got := k.slot("viec"); got != "" {
		t.Errorf("viec is still %q", got)
	}
}

func TestSilence(t *testing.T) {
	t.Parallel()
	k := smart(t).say("kt3").wait(30*time.Minute - time.Second)
	if n := len(k.seen); n != 2 {
		t.Fatalf("a reminder comes too early: %q", k.shown())
	}
	k.wait(time.Second).kind(engine.Reminded).want("Anh/chị còn đó không? [Tiếp tục]")
	// the reminder leaves the question open: its label, the question's, and numbers that mean the newest bubble
	k.say("gia hạn").kind(engine.Answered).at("dang_ky/gia_han")
	k = smart(t).say("kt3").wait(30 * time.Minute)
	k.say("1").kind(engine.Pressed).want("Tôi hướng dẫn tạm trú.", askWork).at("dang_ky/viec")
	k.say("1").kind(engine.Answered).at("dang_ky/cho_o")
	smart(t).say("kt3").wait(30 * time.Minute).press("Tiếp tục").kind(engine.Pressed).at("dang_ky/viec")
	smart(t).say("kt3").wait(30 * time.Minute).press("Gia hạn").kind(engine.Answered).at("dang_ky/gia_han")
}

func TestSilenceLinesComeOnceEach(t *testing.T) {
	t.Parallel()
	k := smart(t).say("kt3").wait(23 * time.Hour)
	var got []string
	for _, m := range k.seen[2:] {
		got = append(got, m.Text)
	}
	if want := []string{"Anh/chị còn đó không?", "Tôi vẫn giữ phần đã trả lời."}; strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("reminders are %q", got)
	}
	// the older reminder's button still means itself
	k.press("Tiếp tục").kind(engine.Pressed).at("dang_ky/viec")
	smart(t).say("kt3").wait(3 * time.Hour).say("2").kind(engine.Pressed).at("dang_ky/viec").say("thôi").kind(engine.Wrong)
	// what the person writes starts the silence again, with the first line
	k = smart(t).say("kt3").wait(20 * time.Minute).say("giúp").wait(29 * time.Minute)
	if n := len(k.seen); n != 3 {
		t.Errorf("a reminder comes although the person wrote: %q", k.shown())
	}
	k.wait(time.Minute).kind(engine.Reminded)
	// a press of a reminder of an earlier silence is stale
	k = smart(t).say("kt3").wait(30 * time.Minute)
	old := k.payload("Tiếp tục")
	k.say("gia hạn").say(old).kind(engine.Stale).at("dang_ky/gia_han")
}

// Of nested flows the innermost lines alone count; taking an outer target gives up the inner run.
func TestSilenceOfTheCaller(t *testing.T) {
	t.Parallel()
	k := smart(t).say("hồ sơ").say("Lan").at("ho_so/nha", "hoi_nha/so").wait(10 * time.Minute)
	k.kind(engine.TimedOut).want("Tôi dừng vì chờ lâu.").at()
	k.ended(engine.Outcome{Flow: "hoi_nha"}, engine.Outcome{Flow: "ho_so"})
	if len(k.timers) != 0 {
		t.Errorf("timers are left: %v", k.timers)
	}
}

func TestDeadTimers(t *testing.T) {
	t.Parallel()
	k := smart(t).say("kt3")
	old := k.timers[engine.TimerSilence]
	k.say("1")
	k.now = old.At
	k.do(timerEvent(old)).kind(engine.Ignored).want().at("dang_ky/cho_o")
	k.do(timerEvent(engine.Timer{Name: engine.TimerTask, Gen: k.s.Armed})).kind(engine.Ignored).want()
	k.do(timerEvent(engine.Timer{Name: "la", Gen: k.s.Armed})).kind(engine.Ignored).want()
	k.wait(30 * time.Minute).kind(engine.Reminded)
	newTalk(t, bundle(t), engine.Config{}).do(timerEvent(engine.Timer{Name: engine.TimerSilence})).kind(engine.Ignored).want()
}

func TestKeep(t *testing.T) {
	t.Parallel()
	k := smart(t).say("báo tin").say("nhà bị trộm tối qua").wait(time.Hour).say("12 Lê Lợi").wait(2 * time.Hour)
	k.at("bao_tin/hinh")
	k.wait(time.Minute).kind(engine.Expired).want().at().ended(engine.Outcome{Flow: "bao_tin"}).status(session.Idle)
	if len(k.timers) != 0 {
		t.Errorf("timers are left: %v", k.timers)
	}
	// without its timer the run ends at the next event all the same
	k = smart(t).say("báo tin").say("nhà bị trộm tối qua")
	k.now += (2*time.Hour + time.Minute).Milliseconds()
	k.say("kt3").kind(engine.Triggered).at("dang_ky/viec").ended(engine.Outcome{Flow: "bao_tin"})
	// the shortest giữ on the stack holds
	k = smart(t).say("kt3").say("báo tin").wait(3 * time.Hour).at()
}

// A step's own lines alone count; hidden buttons of a reminder take no number.
func TestSilenceOfAStep(t *testing.T) {
	t.Parallel()
	k := newTalk(t, load(t, commonFile, officerFile, `luồng cho "Chờ"
  từ khóa "chờ"

dữ liệu
  gap   có/không   "Gấp"

điều kiện
  la_gap   co(gap) and gap

bước gap
  | Có gấp không?
  hỏi gap
  -> cho

bước cho
  | Chờ nhé.
  [Xong]   -> het
  im lặng 5 phút
    | Vẫn chờ.
    khi la_gap [Gặp người]   -> luồng can_bo
    [Nghe lại]               -> nhắc lại
    [Gọi]                    gọi số "113"
  im lặng 10 phút -> het

bước het
  kết thúc bỏ
`), engine.Config{}).say("chờ").say("không").wait(5 * time.Minute).want("Vẫn chờ. [Nghe lại] <Gọi 113>")
	k.say("gặp người").kind(engine.Triggered).say("bắt đầu lại").at("cho/cho").say("bắt đầu lại").at("cho/gap")
	k.say("có").wait(5 * time.Minute).want("Vẫn chờ. [Gặp người] [Nghe lại] <Gọi 113>").say("2").kind(engine.Pressed).want("Chờ nhé. [Xong]")
	k.wait(10 * time.Minute).kind(engine.TimedOut).at().ended(engine.Outcome{Flow: "cho"})
}

// A sub-flow that did what cannot be undone is not crossed, neither from behind it nor by its caller.
func TestBackDoesNotCrossIrreversibleCalls(t *testing.T) {
	t.Parallel()
	k := newTalk(t, load(t, `luồng goc "Gốc"
  từ khóa "gốc"

dữ liệu
  a   số 1..9   "A"
  b   số 1..9   "B"

bước a
  | A?
  hỏi a
  -> gui

bước gui
  gọi gui_di()
  xong    -> b
  bỏ dở   -> het

bước b
  | B? (A là {a})
  hỏi b
  -> c

bước c
  | C.
  [Hết]   -> het

bước het
  kết thúc đạt
`, `luồng con gui_di "Gửi đi"

dữ liệu
  chac   có/không   "Chắc"

tác vụ gui() không hoàn tác

bước chac
  | Chắc chưa?
  hỏi chac
  -> lam

bước lam
  làm gui()
  được   -> da
  lỗi    -> hong

bước da
  | Đã gửi. Rõ chưa?
  [Rõ]   -> xong_het

bước xong_het
  kết thúc đạt

bước hong
  kết thúc bỏ
`), engine.Config{}).say("gốc").say("1").say("có").finish("").at("goc/gui", "gui_di/da")
	k.say("quay lại").at("goc/gui", "gui_di/da").press("Rõ").at("goc/b")
	k.say("quay lại").at("goc/b").say("2").at("goc/c").say("quay lại").at("goc/b").want("B? (A là 1)").say("quay lại").at("goc/b")
}

// Being asked back is a word of the person too; a talk with an officer ends with a fresh silence.
func TestSilenceBegins(t *testing.T) {
	t.Parallel()
	k := smart(t).say("kt3").wait(20 * time.Minute).say("ai đó bán ma túy").kind(engine.AskedBack)
	n := len(k.seen)
	if k.wait(29 * time.Minute); len(k.seen) != n {
		t.Errorf("a reminder comes %d minutes after the person wrote: %q", 29, k.shown())
	}
	if k.wait(time.Minute).kind(engine.Reminded); len(k.seen) != n+1 {
		t.Errorf("no reminder comes: %q", k.shown())
	}
	k = smart(t).say("kt3").do(officer("")).wait(25 * time.Minute).do(officer("")).wait(29 * time.Minute).do(officer(event.Close))
	n = len(k.seen)
	if k.wait(29 * time.Minute); len(k.seen) != n {
		t.Errorf("a reminder comes too soon after the officer handed back: %q", k.shown())
	}
	k.wait(time.Minute).kind(engine.Reminded)
}

func officer(name string) event.Event { return event.Event{Kind: event.Officer, Name: name} }

// What a person told does not stay behind in memory that the session still holds.
func TestEndedRunsLeaveNothing(t *testing.T) {
	t.Parallel()
	p := bundle(t)
	e := engine.New(p, engine.Config{})
	var s session.Session
	for i, text := range []string{"báo tin", "nhà bị trộm tối qua", "12 Lê Lợi", "bỏ qua", "2", "bỏ qua", "thôi"} {
		if _, err := e.Step(&s, &event.Event{Kind: event.Text, Text: text, At: morning + int64(i)}); err != nil {
			t.Fatal(err)
		}
	}
	if len(s.Runs) != 0 || cap(s.Runs) == 0 {
		t.Fatalf("%d runs live in space for %d", len(s.Runs), cap(s.Runs))
	}
	for i, r := range s.Runs[:cap(s.Runs)] {
		for _, v := range r.Slots {
			if v.IsSet() {
				t.Errorf("behind the runs, run %d still holds %+v", i, v)
			}
		}
	}
}

// A sub-flow that asked nothing is no step to go back to.
func TestBackPassesSilentCalls(t *testing.T) {
	t.Parallel()
	k := newTalk(t, load(t, `luồng goc "Gốc"
  từ khóa "gốc"

dữ liệu
  a   số 1..9    "A"
  b   số 1..99   "B"
  c   số 1..9    "C"

bước a
  | A?
  hỏi a
  -> doi

bước doi
  gọi gap_doi(a) nhận b
  xong    -> c
  bỏ dở   -> het

bước c
  | C? (B là {b})
  hỏi c
  -> het

bước het
  kết thúc đạt
`, `luồng con gap_doi "Gấp đôi"

dữ liệu
  vao_so   số 1..9    vào   "Vào"
  ra_so    số 1..99   ra    "Ra"

bước tinh
  tính ra_so = vao_so * 2
  kết thúc đạt
`), engine.Config{}).say("gốc").say("4").want("C? (B là 8)").say("quay lại").at("goc/a")
	k.say("3").want("C? (B là 6)")
}

// After xóa hết the way back would lead to steps that read what is gone: there is none.
func TestBackNeverReachesWhatWasCleared(t *testing.T) {
	t.Parallel()
	p := load(t, `luồng a "A"
  từ khóa "a"

dữ liệu
  ten    chữ 1..20    "Tên"
  tuoi   số 1..120    "Tuổi"

bước ten
  | Tên gì?
  hỏi ten
  -> tuoi
bước tuoi
  | {ten} mấy tuổi?
  hỏi tuoi
  -> lai
bước lai
  xóa hết
  | Làm lại từ đầu nhé?
  [Ừ]   -> ten
  [Thôi] -> het
bước het
  | Chào.
  kết thúc đạt
`)
	k := newTalk(t, p, engine.Config{})
	k.say("a").say("Lan").say("30").at("a/lai")
	k.say("quay lại").kind(engine.WentBack).at("a/ten").want("Tên gì?")
	if got := k.say("quay lại").shown(); !strings.HasPrefix(got[0], "Đến đây không quay lại") {
		t.Errorf("quay lại at the start says %q", got)
	}
}

// What lies below a digression goes too when a chung nghe leads away: "hủy" is said once.
func TestSharedListenEndsEveryRun(t *testing.T) {
	t.Parallel()
	common := strings.Replace(commonFile, "  nghe ", "  nghe \"về đầu\"   -> luồng chao\n  nghe ", 1)
	p := load(t, common, greetFile, officerFile, emergencyFile, unkeptFile, registerFile, tipFile, callerFile, calleeFile)
	smart := func(testing.TB) *talk { return newTalk(t, p, engine.Config{Matcher: hints{p}, Detector: hints{p}}) }
	k := smart(t).say("hồ sơ").say("Lan").say("kt3").at("ho_so/nha", "hoi_nha/so", "dang_ky/viec")
	k.say("về đầu").kind(engine.Listened).at("chao/chon")
	k.ended(engine.Outcome{Flow: "dang_ky", Success: true}, engine.Outcome{Flow: "hoi_nha"}, engine.Outcome{Flow: "ho_so"})
	if d := k.res.Edges; len(d) != 2 || d[0].Flow != k.flow("dang_ky") || d[1].Flow != k.flow("chao") {
		t.Errorf("the way out is noted as %+v", d)
	}
	// from within the call itself, its callers end as they always did
	k = smart(t).say("hồ sơ").say("Lan").say("về đầu").at("chao/chon")
	k.ended(engine.Outcome{Flow: "hoi_nha", Success: true}, engine.Outcome{Flow: "ho_so", Success: true})
	// only the way to a person leaves the question where it is, and takes a digression's place
	k = smart(t).say("hồ sơ").say("Lan").say("kt3").say("gặp cán bộ").kind(engine.Listened).at("ho_so/nha", "hoi_nha/so").status(session.Human)
	k.ended(engine.Outcome{Flow: "dang_ky"}, engine.Outcome{Flow: "can_bo", Success: true})
	if d := k.res.Edges; len(d) != 1 || d[0].Flow != k.flow("dang_ky") || d[0].To != -1 {
		t.Errorf("the way to a person is noted as %+v", d)
	}
	// beginning again has always meant the root flow
	smart(t).say("hồ sơ").say("Lan").say("kt3").say("hủy").at("ho_so/ten")
	// a digression that ends by itself, or that its own button leads on from, comes back to the old question
	smart(t).say("hồ sơ").say("kt3").say("2").say("xong").at("ho_so/ten")
	smart(t).say("hồ sơ").say("menu").say("đăng ký").at("ho_so/ten", "dang_ky/viec")
}
