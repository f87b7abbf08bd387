package actor_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/runtime/actor"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/event"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/zalo/fake"
)

// visit is a conversation that has everything: several bubbles in a step, twice the same words, two files, a timer, a task.
var visit = []string{"hỏi thăm", "1", "Lan", "xin tệp", "ghi sổ", "mua gạo"}

var visitHears = []string{
	askColour, gotRed, askName, helloLan, goodbye, goodbye, "(file)", "(file)", "Gửi anh/chị.", "Ghi gì?", "Đã ghi số 1.",
}

// TestCrashAtEveryCall lets the process die at every call of the store in turn, before it is done or with its answer lost.
// Another one takes over after the lease. Whatever happens, the person reads every bubble exactly once, in order.
func TestCrashAtEveryCall(t *testing.T) {
	t.Parallel()
	calls := crashed(t, 0, testbed.Before)
	if calls < 20 {
		t.Fatalf("the visit makes %d calls of the store only", calls)
	}
	for at := 1; at <= calls; at++ {
		for name, fault := range map[string]testbed.Fault{"before": testbed.Before, "after": testbed.After} {
			t.Run(fmt.Sprintf("%s_%d", name, at), func(t *testing.T) {
				t.Parallel()
				crashed(t, at, fault)
			})
		}
	}
}

// crashed plays the visit while the store's call number at fails, and returns how many calls there were.
func crashed(t *testing.T, at int, fault testbed.Fault) int {
	t.Helper()
	clock := storetest.NewClock()
	real := model.New(store.Config{}, clock.Now)
	sc := sceneOver(t, clock, real, testbed.Load(t, testbed.Files(t, true)))
	book := newBook()
	sc.cfg.Tasks["ghi"] = book.write
	faulty := testbed.NewFaulty(real, at, fault)
	sc.cfg.Store = faulty
	for _, text := range visit {
		sc.say(text)
		if !sc.settled() {
			sc.recover()
		}
	}
	sc.heard(visitHears...)
	if diff := cmp.Diff([]string{"mua gạo"}, book.entries()); diff != "" {
		t.Errorf("%s failed; the task has written (-want +got):\n%s", faulty.Failed(), diff)
	}
	if at > 0 && faulty.Failed() == "" {
		t.Errorf("call %d never came", at)
	}
	if r := sc.zalo.Refusals(); len(r) > 0 {
		t.Errorf("Zalo refused %+v", r)
	}
	return faulty.Calls()
}

// TestUnknownOutcomes lets Zalo leave every send of the visit in doubt in turn, in every way it can.
func TestUnknownOutcomes(t *testing.T) {
	t.Parallel()
	faults := []fake.Fault{fake.Hang, fake.HangAfter, fake.Lost, fake.Down, fake.DownAfter, fake.Limited, fake.Failed, fake.Garbage, fake.Huge}
	for at := range len(visitHears) {
		for _, fault := range faults {
			if (fault == fake.Hang || fault == fake.HangAfter) && at > 0 {
				continue // each waits for a time-out
			}
			t.Run(fmt.Sprintf("send_%d_fault_%d", at+1, fault), func(t *testing.T) {
				t.Parallel()
				doubted(t, at, fault)
			})
		}
	}
}

func doubted(t *testing.T, at int, fault fake.Fault) {
	t.Helper()
	clock := storetest.NewClock()
	sc := sceneOver(t, clock, model.New(store.Config{}, clock.Now), testbed.Load(t, testbed.Files(t, true)))
	book := newBook()
	sc.cfg.Tasks["ghi"] = book.write
	script := make([]fake.Fault, at, at+1)
	sc.zalo.Script(append(script, fault)...)
	for _, text := range visit {
		sc.say(text)
		if !sc.settled() {
			sc.recover()
		}
	}
	sc.heard(visitHears...)
}

// killed is a process that dies in the middle of a send: the message is on its way, and nobody notes it.
type killed struct {
	actor.Deliverer
	after int
	count int
}

func (k *killed) Deliver(ctx context.Context, out envelope.Out, recovered bool) actor.Delivery {
	k.count++
	d := k.Deliverer.Deliver(ctx, out, recovered)
	if k.count == k.after {
		panic("killed") // caught by the actor, which knows nothing of the outcome
	}
	return d
}

// TestKilledAfterASend proves the look-up: of two messages with the same words in one step the second must still be sent.
func TestKilledAfterASend(t *testing.T) {
	t.Parallel()
	for after := 1; after <= 6; after++ {
		sc := newScene(t)
		sc.cfg.Deliver = &killed{Deliverer: sc.sender(), after: after}
		for _, text := range []string{"hỏi thăm", "1", "Lan"} {
			sc.say(text)
			for range 6 {
				sc.clock.Advance(2 * time.Minute)
				sc.sweep()
			}
		}
		sc.heard(askColour, gotRed, askName, helloLan, goodbye, goodbye)
		if found := sc.counters.Count(t, "arrival_found"); found != 1 {
			t.Errorf("killed after send %d: %d messages were found to have arrived", after, found)
		}
	}
}

// TestNoLookUpInCalm: asking Zalo what arrived costs a call, and only a doubt is worth it.
func TestNoLookUpInCalm(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.put(event.Event{Kind: event.Text, Text: "hỏi thăm"}) // its owner dies before the step
	sc.recover()
	sc.say("1", "Lan")
	sc.heard(askColour, gotRed, askName, helloLan, goodbye, goodbye)
	sc.counted("arrival_checked", 0)
}
