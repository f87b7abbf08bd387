package actor_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"hoithoai/runtime/actor"
	"hoithoai/runtime/alarm"
	"hoithoai/runtime/event"
	"hoithoai/runtime/session"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/waiting"
)

const deskFlow = `luồng gap "Gặp cán bộ"
  căn cứ "Quy ước"   hiệu lực 01/01/2026   rà soát 01/01/2099
  từ khóa "gặp cán bộ"
  bắt đầu noi

bước noi
  | Đợi chút.
  chuyển người truc_ban
`

// atDesk is a scene in the middle of a question, at an office with a desk and working days without end; its list is over lists.
func atDesk(t *testing.T, real testbed.Whole, clock *storetest.Clock, lists store.Records) *scene {
	t.Helper()
	files := testbed.Files(t, false)
	files["gap.flow"] = deskFlow
	sc := sceneOver(t, clock, real, testbed.Load(t, files))
	sc.office.Desks, sc.office.DeskNames, sc.office.Hours = []string{"truc_ban"}, nil, nil
	sc.cfg.Waits = &waiting.Book{Records: lists, Seal: sc.seal}
	sc.cfg.Alarms = alarm.New(sc.log.Logger(), clock.Now)
	sc.say("hỏi thăm")
	return sc
}

func (sc *scene) waiters() []waiting.Entry {
	sc.t.Helper()
	out, err := (&waiting.Book{Records: sc.store, Seal: sc.seal}).List(sc.t.Context(), testbed.OfficeID)
	if err != nil {
		sc.t.Fatal(err)
	}
	return out
}

// session returns what is stored of the person.
func (sc *scene) session() session.Session {
	sc.t.Helper()
	s, _, _, err := actor.New(sc.cfg).Peek(sc.t.Context(), sc.load().Session, sc.key)
	if err != nil {
		sc.t.Fatal(err)
	}
	return s
}

// Waits lets a watch ask the stored session.
func (sc *scene) Waits(ctx context.Context, key store.Key) (session.Wait, uint64, error) {
	w, err := sc.store.Load(ctx, key)
	if err != nil || w.Session == nil {
		return session.Wait{}, 0, err
	}
	s, _, _, err := actor.New(sc.cfg).Peek(ctx, w.Session, key)
	return s.Wait, w.Session.Rev, err
}

func (sc *scene) watchLists() {
	sc.t.Helper()
	w := &waiting.Watch{
		Book: &waiting.Book{Records: sc.store, Seal: sc.seal}, People: sc, Offices: func() []string { return []string{testbed.OfficeID} }, Now: sc.clock.Now,
		Log: sc.log.Logger(), Metrics: sc.counters.Set,
	}
	if err := w.Sweep(sc.t.Context()); err != nil {
		sc.t.Fatal(err)
	}
}

const (
	deskSays = "Đợi chút.\nCán bộ sẽ trả lời anh/chị trong khung chat này. Việc “Hỏi thăm” tôi giữ nguyên; muốn làm tiếp, anh/chị nhắn: trợ lý."
	botSays  = "Trợ lý tự động trả lời tiếp đây. Ta quay lại việc “Hỏi thăm”.\n" + askColour
	sorry    = "Xin lỗi anh/chị đã chờ lâu. Cán bộ chưa trả lời kịp, tin của anh/chị vẫn còn ở đây. Cần gấp, anh/chị gọi " + testbed.Phone + ". " +
		"Muốn hỏi trợ lý tự động, anh/chị nhắn: trợ lý."
)

// TestHandoverFromEndToEnd takes a person through the wait, an officer's answer and the bot's return, on every real store.
func TestHandoverFromEndToEnd(t *testing.T) {
	t.Parallel()
	for name, open := range realStores() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			clock := storetest.NewClock()
			real := open(t, clock)
			sc := atDesk(t, real, clock, real)
			sc.say("gặp cán bộ")
			sc.heard(askColour, deskSays)
			if list := sc.waiters(); len(list) != 1 || list[0].Desk != "truc_ban" || list[0].Key != sc.key || list[0].Since != clock.Now().UnixMilli() {
				t.Errorf("the list is %+v", list)
			}
			clock.Advance(time.Hour - time.Second)
			sc.sweep()
			sc.heard(askColour, deskSays)
			clock.Advance(time.Second)
			for range 3 { // the alarm and the apology come once
				sc.sweep()
				clock.Advance(time.Minute)
			}
			sc.heard(askColour, deskSays, sorry)
			sc.counted("handover_unanswered", 1)
			if text := sc.log.String(); !strings.Contains(text, "handover_unanswered") || len(sc.waiters()) != 1 {
				t.Errorf("who was apologised to still waits: %+v; log %s", sc.waiters(), text)
			}
			sc.do(event.Event{Kind: event.Officer})
			if list := sc.waiters(); len(list) != 0 {
				t.Errorf("who was answered is listed: %+v", list)
			}
			sc.say("1") // to the officer
			clock.Advance(30 * time.Minute)
			sc.sweep()
			sc.heard(askColour, deskSays, sorry, botSays)
			sc.say("1")
			sc.heard(askColour, deskSays, sorry, botSays, gotRed, askName)
		})
	}
}

// TestWaitingDiesAtEveryCall kills the process at every call of the store while a person begins to wait, and while the wait
// ends. What the list shows afterwards is what the session says, and the watch has to put right at most what a death left.
func TestWaitingDiesAtEveryCall(t *testing.T) {
	t.Parallel()
	for name, open := range realStores() {
		for fault, kind := range map[string]testbed.Fault{"before": testbed.Before, "after": testbed.After} {
			t.Run(name+"_"+fault, func(t *testing.T) {
				t.Parallel()
				at := 1
				for ; waitsThrough(t, open, at, kind); at++ {
				}
				if at < 6 {
					t.Errorf("only %d calls were killed", at-1)
				}
			})
		}
	}
}

func waitsThrough(t *testing.T, open func(*testing.T, *storetest.Clock) testbed.Whole, at int, kind testbed.Fault) bool {
	t.Helper()
	clock := storetest.NewClock()
	real := open(t, clock)
	faulty := testbed.NewFaulty(real, at, kind)
	sc := atDesk(t, real, clock, faulty)
	sc.cfg.Store = faulty
	checked := func(when string, want int) {
		t.Helper()
		if !sc.settled() {
			sc.recover()
		}
		clock.Advance(3 * time.Minute)
		sc.watchLists()
		if list := sc.waiters(); len(list) != want || (sc.session().Wait.Since != 0) != (want == 1) {
			t.Errorf("%s at call %d, %s: the list is %+v, the session says %+v", faulty.Failed(), at, when, list, sc.session().Wait)
		}
	}
	sc.say("gặp cán bộ")
	checked("waiting", 1)
	sc.say("trợ lý")
	checked("taken back", 0)
	sc.heard(askColour, deskSays, botSays)
	return faulty.Failed() != ""
}
