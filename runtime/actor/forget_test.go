package actor_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/runtime/actor"
	"hoithoai/runtime/alarm"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/erasure"
	"hoithoai/runtime/event"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/store/redis"
	"hoithoai/runtime/store/redistest"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/testbed"
)

// keepsBook gives the scene a book of people to be forgotten.
func (sc *scene) keepsBook(records store.Records) *erasure.Watch {
	sc.cfg.Erasures = &erasure.Book{Records: records, Seal: sc.seal}
	return &erasure.Watch{
		Book: sc.cfg.Erasures, Store: sc.store, Offices: func() []string { return []string{testbed.OfficeID} }, Now: sc.clock.Now, Log: sc.log.Logger(),
		Metrics: sc.counters.Set, Alarms: alarm.New(sc.log.Logger(), sc.clock.Now),
	}
}

// booked returns the kinds of what the book holds open and of what is done.
func (sc *scene) booked() (open, done []erasure.Kind) {
	sc.t.Helper()
	requests, err := sc.cfg.Erasures.Requests(sc.t.Context(), testbed.OfficeID)
	if err != nil {
		sc.t.Fatal(err)
	}
	receipts, err := sc.cfg.Erasures.Receipts(sc.t.Context(), testbed.OfficeID)
	if err != nil {
		sc.t.Fatal(err)
	}
	for _, r := range requests {
		open = append(open, r.Kind)
	}
	for _, r := range receipts {
		done = append(done, r.Kind)
	}
	return open, done
}

// nothingLeft fails the test where the store still remembers anything of the person but that there was one.
func (sc *scene) nothingLeft(want erasure.Kind) {
	sc.t.Helper()
	w := sc.load()
	if w.Session == nil || len(w.Session.Body) > 0 || w.Head != nil || w.Out != nil {
		sc.t.Errorf("left in the store: %+v", w)
	}
	if j := sc.journal(); len(j) > 0 {
		sc.t.Errorf("left in the journal: %+v", j)
	}
	for p := range 4 {
		if _, due, _, err := sc.store.Claim(sc.t.Context(), p, 10); err == nil && len(due) > 0 {
			sc.t.Errorf("timers are left: %+v", due)
		}
	}
	open, done := sc.booked()
	if diff := cmp.Diff([]erasure.Kind{want}, done); len(open) > 0 || diff != "" {
		sc.t.Errorf("open %v, done (-want +got):\n%s", open, diff)
	}
}

func TestWhoLeavesIsForgotten(t *testing.T) {
	t.Parallel()
	for kind, want := range map[event.Kind]erasure.Kind{event.Unfollow: erasure.Left, event.Withdraw: erasure.Withdrawn} {
		t.Run(kind.String(), func(t *testing.T) {
			t.Parallel()
			sc := newScene(t)
			sc.keepsBook(sc.store)
			sc.say("hỏi thăm", "1")
			before := len(sc.zalo.Texts(testbed.Person))
			sc.do(event.Event{Kind: kind})
			if n := len(sc.zalo.Texts(testbed.Person)); n != before {
				t.Errorf("%d messages are sent to who left", n-before)
			}
			sc.counted("erased", 1)
			sc.clock.Advance(48 * time.Hour) // im lặng and giữ would have fallen due
			sc.nothingLeft(want)
		})
	}
}

// Who asks is asked once, forgotten, and told so; that word is sent although nothing is remembered any more.
func TestWhoAsksIsForgotten(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.keepsBook(sc.store)
	sc.say("hỏi thăm", "1", "xóa dữ liệu của tôi")
	if open, done := sc.booked(); len(open)+len(done) > 0 {
		t.Errorf("before the person confirmed: %v %v", open, done)
	}
	sc.say("Xóa hết")
	heard := sc.zalo.Texts(testbed.Person)
	if last := heard[len(heard)-1]; !strings.HasPrefix(last, "Tôi đã xóa dữ liệu") {
		t.Errorf("the last word is %q", last)
	}
	sc.nothingLeft(erasure.Asked)
	sc.say("hỏi thăm")
	if heard = sc.zalo.Texts(testbed.Person); heard[len(heard)-1] != askColour {
		t.Errorf("a new conversation begins with %q", heard[len(heard)-1])
	}
}

// down is a channel that is out of order until up.
type down struct {
	actor.Deliverer
	up bool
}

func (d *down) Deliver(ctx context.Context, out envelope.Out, recovered bool) actor.Delivery {
	if !d.up {
		return actor.Delivery{After: time.Minute, Why: "Zalo không trả lời"}
	}
	return d.Deliverer.Deliver(ctx, out, recovered)
}

// What waits to be sent when a person leaves is never sent.
func TestNothingMoreIsSentToWhoLeft(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.keepsBook(sc.store)
	channel := &down{Deliverer: sc.cfg.Deliver}
	sc.cfg.Deliver = channel
	sc.say("hỏi thăm") // its answer waits for Zalo
	if sc.load().Out == nil {
		t.Fatal("nothing waits to be sent")
	}
	sc.put(event.Event{Kind: event.Withdraw})
	channel.up = true
	sc.clock.Advance(2 * time.Minute)
	sc.recover()
	sc.heard()
	sc.counted("send_withdrawn", 1)
	sc.nothingLeft(erasure.Withdrawn)
}

// TestForgettingSurvivesACrashAtEveryCall kills the process at every call of the store while it forgets a person. The next
// process and the watch over the book bring it to an end: once, with nothing left.
func TestForgettingSurvivesACrashAtEveryCall(t *testing.T) {
	t.Parallel()
	calls := forgottenWhile(t, 0, testbed.Before)
	if calls < 4 {
		t.Fatalf("forgetting makes %d calls only", calls)
	}
	for at := 1; at <= calls; at++ {
		for name, fault := range map[string]testbed.Fault{"before": testbed.Before, "after": testbed.After} {
			t.Run(fmt.Sprintf("%s_%d", name, at), func(t *testing.T) {
				t.Parallel()
				forgottenWhile(t, at, fault)
			})
		}
	}
}

func forgottenWhile(t *testing.T, at int, fault testbed.Fault) int {
	t.Helper()
	clock := storetest.NewClock()
	real := model.New(store.Config{}, clock.Now)
	sc := sceneOver(t, clock, real, testbed.Small(t))
	sc.say("hỏi thăm", "1")
	faulty := testbed.NewFaulty(real, at, fault)
	sc.cfg.Store = faulty
	watch := sc.keepsBook(faulty)
	sc.do(event.Event{Kind: event.Withdraw})
	sc.recover()
	watch.Book = &erasure.Book{Records: real, Seal: sc.seal}
	sc.cfg.Erasures = watch.Book
	if err := watch.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	sc.nothingLeft(erasure.Withdrawn)
	return faulty.Calls()
}

// A machine's late word does not bring a forgotten person back.
func TestALateResultLeavesNothing(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.keepsBook(sc.store)
	sc.say("hỏi thăm")
	sc.do(event.Event{Kind: event.Unfollow})
	sc.do(event.Event{Kind: event.TaskResult, Task: &event.Result{Call: "1.1.1", Task: "ghi", Values: []string{"7"}}})
	sc.do(event.Event{Kind: event.Timer, Name: "im_lang", Gen: 1})
	sc.nothingLeft(erasure.Left)
}

// canaries are what people send that nobody asked for; what is left of each must be in no journal, log, metric or file.
var canaries = []string{
	"079203012345", "079 203 012 346", "cmnd 271345688", "4111111111111111", "5500-0000-0000-0004", "mã otp 482913", "mã xác nhận là 59 31 77",
}

// digits are the parts of the canaries that must be nowhere.
var digits = []string{"079203012345", "203 012", "271345688", "4111111111111111", "0000-0000-0004", "482913", "59 31 77"}

// A whole conversation with numbers of papers, cards and codes in it, against the real stores.
func TestNumbersAreKeptNowhere(t *testing.T) {
	t.Parallel()
	t.Run("embedded", func(t *testing.T) {
		t.Parallel()
		clock := storetest.NewClock()
		s, path := testbed.Embedded(t, store.Config{}, clock.Now)
		sendNumbers(t, sceneOver(t, clock, s, testbed.Small(t)), func() []byte {
			body, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			return body
		})
	})
	t.Run("redis", func(t *testing.T) {
		t.Parallel()
		server := redistest.Start(t)
		s, err := redis.Open(t.Context(), redis.Config{URL: server.URL(), Patience: time.Minute, Timeout: time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		sendNumbers(t, sceneOver(t, storetest.NewClock(), s, testbed.Small(t)), server.AppendOnly)
	})
}

func sendNumbers(t *testing.T, sc *scene, disk func() []byte) {
	t.Helper()
	for _, c := range canaries {
		sc.say("hỏi thăm", c, "1", "Lan "+c)
	}
	sc.say(canaries...)
	heard := strings.Join(sc.zalo.Texts(testbed.Person), "\n")
	if n := strings.Count(heard, "thu hồi tin nhắn đó"); n != 1 {
		t.Errorf("the person is told %d times to recall the message, want once", n)
	}
	kept := sc.log.String() + fmt.Sprint(sc.counters.All(t))
	for _, e := range sc.journal() {
		kept += fmt.Sprintf("%+v\n", e)
	}
	if !strings.Contains(kept, "Lan •••") {
		t.Error("the words around the numbers are lost")
	}
	stored := disk()
	for _, d := range digits {
		if strings.Contains(kept, d) {
			t.Errorf("%s is in journal, log or metrics", d)
		}
		if bytes.Contains(stored, []byte(d)) {
			t.Errorf("%s is in the clear on disk", d)
		}
	}
}
