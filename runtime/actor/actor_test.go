package actor_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl"
	"hoithoai/dsl/value"
	"hoithoai/runtime/actor"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/event"
	"hoithoai/runtime/library"
	"hoithoai/runtime/session"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/testbed"
)

func TestConversation(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.say("hỏi thăm", "1", "Lan")
	sc.heard(askColour, gotRed, askName, helloLan, goodbye, goodbye)
	if w := sc.load(); w.Head != nil || w.Out != nil || !w.Lease.IsZero() {
		t.Errorf("the person is not free: %+v", w)
	}
	if strings.Contains(sc.log.String(), "Lan") {
		t.Errorf("a resident's words are in the log: %s", sc.log)
	}
}

func TestOrderWithinOnePerson(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	first := sc.put(event.Event{Kind: event.Text, Text: "hỏi thăm"})
	for _, text := range []string{"1", "Lan"} { // they come while the first is worked on
		if res := sc.put(event.Event{Kind: event.Text, Text: text}); res.Status != store.Queued {
			t.Fatalf("%q is %v", text, res.Status)
		}
	}
	sc.run(first.Work)
	sc.heard(askColour, gotRed, askName, helloLan, goodbye, goodbye)
}

func TestRepeatedRunDoesNothingTwice(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	res := sc.put(event.Event{Kind: event.Text, Text: "hỏi thăm"})
	for range 3 { // the same work again, as a process that woke up late would do it
		sc.run(res.Work)
	}
	sc.heard(askColour)
	sc.counted("commit_lost", 0) // the step was applied already, and said so
	if got := len(sc.journal()); got != 1 {
		t.Errorf("%d steps are in the journal", got)
	}
}

func TestDuplicateEvent(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.do(event.Event{Kind: event.Text, Text: "hỏi thăm", ID: "a"})
	if res := sc.put(event.Event{Kind: event.Text, Text: "hỏi thăm", ID: "a"}); res.Status != store.Duplicate {
		t.Errorf("a repeat is %v", res.Status)
	}
	sc.heard(askColour)
}

func TestLateOwnerIsFenced(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	old := sc.put(event.Event{Kind: event.Text, Text: "hỏi thăm"})
	sc.recover() // another process did the work meanwhile
	sc.say("1")
	before := sc.zalo.Texts(testbed.Person)
	sc.run(old.Work) // the late one believes in its lease
	if diff := cmp.Diff(before, sc.zalo.Texts(testbed.Person)); diff != "" {
		t.Errorf("a late owner said something (-before +after):\n%s", diff)
	}
	sc.counted("commit_lost", 1)
}

func TestLeaseThatIsOver(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	res := sc.put(event.Event{Kind: event.Text, Text: "hỏi thăm"})
	since := sc.clock.Now()
	sc.clock.Advance(15 * time.Second)
	actor.New(sc.cfg).Run(t.Context(), actor.Job{Work: res.Work, Since: since})
	sc.heard()
	sc.counted("lease_over", 1)
	sc.recover()
	sc.heard(askColour)
}

func TestMailboxOfAnotherKey(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	mine := sc.seal
	sc.seal = testbed.Sealer(t, 9)
	sc.say("hỏi thăm")
	sc.heard()
	sc.counted("mailbox_unreadable", 1)
	sc.seal = mine
	sc.say("hỏi thăm")
	sc.heard(askColour) // the person is not blocked
}

func TestSessionOfAnotherKey(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.say("hỏi thăm", "1")
	other := testbed.Sealer(t, 9)
	sc.seal, sc.cfg.Seal = other, other
	sc.say("hỏi thăm")
	sc.heard(askColour, gotRed, askName, askColour)
	sc.counted("session_unreadable", 1)
	if !strings.Contains(sc.log.String(), "session cannot be read") {
		t.Error("nobody is told")
	}
}

func TestOutboxOfAnotherKey(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.cfg.Deliver = putOff{time.Second}
	sc.say("hỏi thăm")
	sc.cfg.Deliver = sc.sender()
	other := testbed.Sealer(t, 9)
	sc.seal, sc.cfg.Seal = other, other
	sc.recover()
	sc.counted("outbox_unreadable", 1)
	sc.heard()
	sc.say("hỏi thăm")
	sc.heard(askColour)
}

// putOff is a channel that is never ready.
type putOff struct{ after time.Duration }

func (p putOff) Deliver(context.Context, envelope.Out, bool) actor.Delivery {
	return actor.Delivery{After: p.after, Why: "not now"}
}

func TestSendIsPutOff(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.cfg.Deliver = putOff{20 * time.Second}
	sc.say("hỏi thăm")
	sc.counted("send_deferred", 1)
	sc.cfg.Deliver = sc.sender()
	sc.sweep()
	sc.heard()
	sc.clock.Advance(19 * time.Second)
	sc.sweep()
	sc.heard() // not before its time
	sc.clock.Advance(time.Second)
	sc.sweep()
	sc.heard(askColour)
}

func (sc *scene) sweep() {
	c := sc.clockwork()
	c.Sweep(sc.t.Context())
	c.Wait()
	sc.passOn()
}

// poison is a channel that panics on some words.
type poison struct {
	actor.Deliverer
	on string
}

func (p poison) Deliver(ctx context.Context, out envelope.Out, recovered bool) actor.Delivery {
	if strings.Contains(out.Message.Text, p.on) {
		panic("lời của người dân: " + out.Message.Text)
	}
	return p.Deliverer.Deliver(ctx, out, recovered)
}

func TestPanicOfTheChannel(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.cfg.Deliver = poison{sc.sender(), "Đã ghi"}
	sc.say("hỏi thăm", "1")
	sc.heard(askColour)
	if w := sc.load(); w.Out == nil {
		t.Fatal("the message is gone")
	}
	for range 70 { // minutes
		sc.clock.Advance(time.Minute + time.Second)
		sc.sweep()
	}
	sc.heard(askColour, askName) // given up, and what waited behind it was said
	if sc.counters.Count(t, "send_panic") < 2 || strings.Contains(sc.log.String(), "Đã ghi") {
		t.Errorf("counted %v; log: %s", sc.counters.All(t), sc.log)
	}
}

// A session that decodes and cannot be stepped must cost the person neither silence nor the process.
func TestPanicOfTheEngine(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.say("hỏi thăm")
	sc.breakSession()
	sc.say("1")
	sc.heard(askColour, "Xin lỗi anh/chị, hệ thống đang gặp trục trặc nên chưa làm tiếp được. Việc gấp, anh/chị gọi "+testbed.Phone+".")
	sc.counted("engine_fault", 1)
	entries := sc.journal()
	if last := entries[len(entries)-1]; last.Fault == "" || last.Messages != 1 {
		t.Errorf("the journal says %+v", last)
	}
	sc.say("hỏi thăm") // the session begins anew
	if got := sc.zalo.Texts(testbed.Person); len(got) != 3 || got[2] != askColour {
		t.Errorf("after the fault the person reads %q", got)
	}
}

// breakSession stores a session that decodes and cannot be stepped: the engine must not trust it.
func (sc *scene) breakSession() {
	sc.t.Helper()
	p := sc.library.Current().Program
	w := sc.load()
	s := session.Session{Program: p.Hash, Status: session.Waiting, Runs: []session.Run{{Flow: 0, Step: len(p.Flows[0].Steps) - 1, Return: -1}}}
	s.Runs[0].Slots = make([]value.Value, len(p.Flows[0].Slots))
	body, err := sc.seal.Seal(nil, seal.Session, sc.key, session.Append(nil, &s, p))
	if err != nil {
		sc.t.Fatal(err)
	}
	res := sc.put(event.Event{Kind: event.Sticker})
	c := store.Commit{Key: sc.key, Rev: w.Session.Rev, Event: res.Work.Head.ID, Session: body, TTL: time.Hour}
	if out, err := sc.store.Commit(sc.t.Context(), c); err != nil || out.Status != store.Released {
		sc.t.Fatal(out, err)
	}
}

func TestOfficeThatIsGone(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	res := sc.accept(envelope.In{Address: envelope.Address{Office: "999", Person: testbed.Person}, Event: event.Event{
		Kind: event.Text, ID: "x", At: sc.clock.Now().UnixMilli(), Text: "hỏi thăm",
	}})
	sc.run(res.Work)
	sc.heard()
	sc.counted("office_gone", 1)
	sc.say("hỏi thăm")
	sc.heard(askColour)
}

func TestBeforeAnythingIsPublished(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.cfg.Library = library.New(sc.store, engine.Config{})
	sc.say("hỏi thăm")
	sc.heard()
	sc.counted("actor_failed", 1)
	sc.cfg.Library = sc.library
	sc.recover()
	sc.heard(askColour)
}

// rerouted is the bundle with other words and another route: sessions stay with their program.
func rerouted(t *testing.T, words string) dsl.Result {
	t.Helper()
	files := edited(t, "Chào {ten}.", words)
	files["hoi.flow"] = strings.Replace(files["hoi.flow"], "kết thúc đạt", "kết thúc bỏ", 1)
	return testbed.Load(t, files)
}

func TestSessionStaysWithItsProgram(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.say("hỏi thăm", "1")
	old := sc.library.Current()
	if err := sc.library.Publish(t.Context(), rerouted(t, "Xin chào {ten}, mời vào.")); err != nil {
		t.Fatal(err)
	}
	sc.say("Lan")
	sc.heard(askColour, gotRed, askName, helloLan, goodbye, goodbye) // on the old one, with its slots
	sc.say("hỏi thăm", "1", "Lan")
	got := sc.zalo.Texts(testbed.Person)
	if got[len(got)-3] != "Xin chào Lan, mời vào." {
		t.Errorf("an idle person does not move to the new program: %q", got)
	}
	if sc.library.Current() == old {
		t.Error("nothing was published")
	}
}

func TestCorrectedSentenceReachesWaitingPeople(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.say("hỏi thăm", "1")
	if err := sc.library.Publish(t.Context(), testbed.Load(t, edited(t, "Chào {ten}.", "Xin chào {ten}, mời vào."))); err != nil {
		t.Fatal(err)
	}
	sc.say("Lan")
	sc.heard(askColour, gotRed, askName, "Xin chào Lan, mời vào.", goodbye, goodbye)
}

func TestPinnedSessionInAnotherProcess(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.say("hỏi thăm", "1")
	fresh := library.New(sc.store, engine.Config{}) // it has never seen the old program
	if err := fresh.Publish(t.Context(), rerouted(t, "Xin chào {ten}.")); err != nil {
		t.Fatal(err)
	}
	sc.cfg.Library = fresh
	sc.say("Lan")
	sc.heard(askColour, gotRed, askName, helloLan, goodbye, goodbye)
}

// blindBundles cannot say which programs there are.
type blindBundles struct{ err error }

func (blindBundles) SaveBundle(context.Context, string, []byte) error { return nil }
func (b blindBundles) Bundle(context.Context, string) ([]byte, error) { return nil, b.err }

func TestProgramThatCannotBeRead(t *testing.T) {
	t.Parallel()
	next := testbed.Load(t, edited(t, "Chào {ten}.", "Xin chào {ten}."))
	for _, tc := range []struct {
		name string
		err  error
		last string // what the person reads last
	}{
		{"the store is silent: wait, the session is whole", store.ErrUnavailable, askName},
		{"nobody knows it: begin anew", nil, "Tôi chưa hiểu ý anh/chị."},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			sc := newScene(t)
			sc.say("hỏi thăm", "1")
			lost := library.New(blindBundles{tc.err}, engine.Config{})
			if err := lost.Publish(t.Context(), next); err != nil {
				t.Fatal(err)
			}
			sc.cfg.Library = lost
			sc.say("Lan")
			got := sc.zalo.Texts(testbed.Person)
			if !strings.HasPrefix(got[len(got)-1], tc.last) {
				t.Errorf("the person reads last %q", got[len(got)-1])
			}
		})
	}
}

func edited(t *testing.T, old, text string) map[string]string {
	t.Helper()
	files := testbed.Files(t, false)
	if !strings.Contains(files["hoi.flow"], old) {
		t.Fatalf("%q is not in the bundle", old)
	}
	files["hoi.flow"] = strings.ReplaceAll(files["hoi.flow"], old, text)
	return files
}

func TestTimerFiresOnce(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.say("hỏi thăm")
	sc.clock.Advance(30*time.Minute - time.Second)
	sc.sweep()
	sc.heard(askColour)
	sc.clock.Advance(time.Second)
	for range 3 {
		sc.sweep()
	}
	sc.heard(askColour, "Anh/chị còn đó không?")
	sc.counted("timer_fired", 1)
	sc.say("1")
	sc.clock.Advance(time.Hour)
	sc.sweep()
	sc.heard(askColour, "Anh/chị còn đó không?", gotRed, askName)
}

func TestLeavingErases(t *testing.T) {
	t.Parallel()
	for _, kind := range []event.Kind{event.Unfollow, event.Withdraw} {
		sc := newScene(t)
		sc.say("hỏi thăm", "1")
		sc.do(event.Event{Kind: kind})
		if w := sc.load(); w.Session == nil || len(w.Session.Body) != 0 {
			t.Errorf("%v leaves a session: %+v", kind, w.Session)
		}
		if got := sc.journal(); len(got) != 0 {
			t.Errorf("%v leaves the journal %+v", kind, got)
		}
		sc.clock.Advance(25 * time.Hour)
		sc.sweep()
		sc.counted("timer_fired", 0)
		sc.say("hỏi thăm")
		if got := sc.zalo.Texts(testbed.Person); got[len(got)-1] != askColour {
			t.Errorf("afterwards the person reads %q", got)
		}
	}
}

func TestGracefulStop(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	res := sc.put(event.Event{Kind: event.Text, Text: "hỏi thăm"})
	sc.put(event.Event{Kind: event.Text, Text: "1"})
	ctx, stop := context.WithCancel(t.Context())
	sc.cfg.Deliver = stopping{sc.sender(), stop}
	actor.New(sc.cfg).Run(ctx, actor.Job{Work: res.Work, Since: sc.clock.Now()})
	sc.heard(askColour) // the send under way was finished, and nothing else begun
	sc.cfg.Deliver = sc.sender()
	sc.sweep() // at once: nobody waits for a lease
	sc.heard(askColour, gotRed, askName)
}

// stopping ends the program in the middle of the first send.
type stopping struct {
	actor.Deliverer
	stop context.CancelFunc
}

func (s stopping) Deliver(ctx context.Context, out envelope.Out, recovered bool) actor.Delivery {
	s.stop()
	return s.Deliverer.Deliver(ctx, out, recovered)
}

func TestLateEventIsNoAnswer(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.say("hỏi thăm")
	old := sc.clock.Now().Add(-3 * time.Minute).UnixMilli()
	sc.do(event.Event{Kind: event.Text, Text: "tím", Sent: old}) // three minutes older than the question: about something else
	sc.heard(askColour)
	sc.say("1")
	sc.heard(askColour, gotRed, askName)
	if n := sc.counters.Count(t, "event_late"); n != 1 {
		t.Errorf("%v late events are counted", n)
	}
}

func TestPeek(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	a := actor.New(sc.cfg)
	if _, _, ok, err := a.Peek(t.Context(), nil, sc.key); ok || err != nil {
		t.Errorf("nobody gives %v, %v", ok, err)
	}
	sc.say("hỏi thăm", "1")
	s, e, ok, err := a.Peek(t.Context(), sc.load().Session, sc.key)
	if err != nil || !ok || e != sc.library.Current() || e.Program.Flows[s.Runs[0].Flow].Name != "hoi" {
		t.Errorf("Peek gives %+v, %v, %v", s, ok, err)
	}
	if _, _, _, err := a.Peek(t.Context(), &store.Snapshot{Body: []byte("x")}, sc.key); err == nil {
		t.Error("damaged bytes give no error")
	}
}

func TestHandoverAndOutcomeInTheJournal(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.say("hỏi thăm", "tím", "1", "Lan")
	var got []string
	for _, e := range sc.journal() {
		got = append(got, e.Kind+" "+e.Outcome+" "+e.Text+" "+strings.Join(e.Entered, ","))
	}
	want := []string{
		"text triggered hỏi thăm hoi/mau", "text wrong tím ", "text answered 1 hoi/ten", "text answered Lan hoi/het",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestStoreThatFailsEverywhere(t *testing.T) {
	t.Parallel()
	clock := storetest.NewClock()
	real := model.New(store.Config{}, clock.Now)
	sc := sceneOver(t, clock, real, testbed.Small(t))
	res := sc.put(event.Event{Kind: event.Text, Text: "hỏi thăm"})
	sc.cfg.Store = testbed.NewFaulty(real, 1, testbed.Before)
	sc.run(res.Work)
	sc.counted("actor_failed", 1)
	if !strings.Contains(sc.log.String(), store.ErrUnavailable.Error()) {
		t.Errorf("the log does not say why: %s", sc.log)
	}
}
