package actor_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/runtime/actor"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/session"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/store/redis"
	"hoithoai/runtime/store/redistest"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/testbed"
)

// closed is a channel that takes nothing until it is open.
type closed struct {
	actor.Deliverer
	open bool
}

func (c *closed) Deliver(ctx context.Context, out envelope.Out, recovered bool) actor.Delivery {
	if !c.open {
		return actor.Delivery{After: time.Minute, Why: "closed"}
	}
	return c.Deliverer.Deliver(ctx, out, recovered)
}

const stillThere = "Anh/chị còn đó không?"

// waits lets time pass in steps, with a sweep after each.
func (sc *scene) waits(d, step time.Duration) {
	sc.t.Helper()
	for end := sc.clock.Now().Add(d); sc.clock.Now().Before(end); {
		sc.clock.Advance(min(step, end.Sub(sc.clock.Now())))
		sc.sweep()
	}
}

// TestReminderCountsFromTheSentQuestion on every engine: however long Zalo takes nothing, the reminder comes its full half hour
// after the question, and once.
func TestReminderCountsFromTheSentQuestion(t *testing.T) {
	t.Parallel()
	url := redistest.Start(t).URL()
	for name, pause := range map[string]time.Duration{"short": 10 * time.Minute, "longer than the silence": 95 * time.Minute, "almost a day": 23 * time.Hour} {
		for engine, open := range map[string]func(t *testing.T, clock *storetest.Clock) testbed.Whole{
			"embedded": func(t *testing.T, clock *storetest.Clock) testbed.Whole {
				s, _ := testbed.Embedded(t, store.Config{}, clock.Now)
				return s
			},
			"redis": func(t *testing.T, clock *storetest.Clock) testbed.Whole {
				s, err := redis.Open(t.Context(), redis.Config{URL: url, Clock: clock.Now, Partitions: 1, Prefix: pause.String(), Patience: time.Minute, Timeout: time.Minute})
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { _ = s.Close() })
				return s
			},
			"model": func(_ *testing.T, clock *storetest.Clock) testbed.Whole { return model.New(store.Config{}, clock.Now) },
		} {
			t.Run(engine+"/"+name, func(t *testing.T) {
				t.Parallel()
				clock := storetest.NewClock()
				sentLate(t, sceneOver(t, clock, open(t, clock), testbed.Small(t)), pause)
			})
		}
	}
}

func sentLate(t *testing.T, sc *scene, pause time.Duration) {
	t.Helper()
	channel := &closed{Deliverer: sc.sender()}
	sc.cfg.Deliver = channel
	sc.say("hỏi thăm")
	sc.waits(pause-time.Minute, 10*time.Minute)
	sc.heard()
	channel.open = true
	sc.waits(time.Minute, time.Minute)
	sc.heard(askColour)
	sc.waits(30*time.Minute-time.Second, 5*time.Minute)
	sc.heard(askColour)
	sc.waits(time.Second, time.Second)
	sc.heard(askColour, stillThere)
	sc.waits(2*time.Hour, 10*time.Minute)
	sc.heard(askColour, stillThere)
}

// An answer to a question that was sent late ends its silence.
func TestAnswerAfterALateQuestion(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	channel := &closed{Deliverer: sc.sender()}
	sc.cfg.Deliver = channel
	sc.say("hỏi thăm")
	channel.open = true
	sc.waits(10*time.Minute, time.Minute)
	sc.say("Đỏ")
	sc.heard(askColour, "Đã ghi màu Đỏ.", askName)
	sc.waits(3*time.Hour, 10*time.Minute)
	sc.heard(askColour, "Đã ghi màu Đỏ.", askName)
}

// A process that dies between the send and the note of it leaves the silence to whoever takes the person over.
func TestSilenceAfterACrash(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.cfg.Store = testbed.NewFaulty(sc.store, 2, testbed.Before) // the commit comes first, then the end of the send
	sc.say("hỏi thăm")
	sc.heard(askColour)
	sc.cfg.Store = sc.store
	sc.clock.Advance(10 * time.Minute)
	sc.sweep()
	sc.heard(askColour)
	sc.waits(30*time.Minute-time.Second, 5*time.Minute)
	sc.heard(askColour)
	sc.waits(time.Second, time.Second)
	sc.heard(askColour, stillThere)
}

// A question that is given up begins its silence too: the reminder may get through where the question did not.
func TestSilenceAboutWhatIsGivenUp(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	real := sc.sender()
	sc.cfg.Deliver = dropping{}
	sc.say("hỏi thăm")
	sc.cfg.Deliver = real
	sc.waits(29*time.Minute, 5*time.Minute)
	sc.heard()
	sc.waits(time.Minute, time.Minute)
	sc.heard(stillThere)
}

// dropping gives every message up.
type dropping struct{}

func (dropping) Deliver(context.Context, envelope.Out, bool) actor.Delivery {
	return actor.Delivery{Done: true, Why: "given up"}
}

// TestPlayedAgain: the events of a talk, with the times at which its timers said they fired, lead a fresh person to the same
// session, whenever Zalo took the question.
func TestPlayedAgain(t *testing.T) {
	t.Parallel()
	for _, pause := range []time.Duration{0, 10 * time.Minute, 31 * time.Minute, 90 * time.Minute} {
		sc := newScene(t)
		kept := &keeping{Whole: sc.store}
		sc.cfg.Store = kept
		channel := &closed{Deliverer: sc.sender(), open: pause == 0}
		sc.cfg.Deliver = channel
		sc.say("hỏi thăm")
		sc.waits(pause, 10*time.Minute)
		channel.open = true
		sc.waits(time.Minute, time.Minute)
		sc.waits(time.Hour, 10*time.Minute)
		sc.say("Xanh")
		if rev := sc.load().Session.Rev; rev != 3 { // the words, the silence, the answer
			t.Fatalf("%v: %d steps", pause, rev)
		}
		again := newScene(t)
		for _, it := range kept.heads {
			again.replay(it)
		}
		if diff := cmp.Diff(sc.peek(), again.peek()); diff != "" {
			t.Fatalf("%v: played again it differs (-first +again):\n%s", pause, diff)
		}
	}
}

// replay gives the mailbox what another one held, whenever that was, and works on it.
func (sc *scene) replay(it *store.Item) {
	sc.t.Helper()
	res, err := sc.store.Accept(sc.t.Context(), store.Accept{Key: sc.key, ID: it.ID, Body: it.Body, Retry: true})
	if err != nil || res.Status != store.Accepted {
		sc.t.Fatalf("%+v, %v", res, err)
	}
	sc.run(res.Work)
}

func (sc *scene) peek() session.Session {
	sc.t.Helper()
	s, _, ok, err := actor.New(sc.cfg).Peek(sc.t.Context(), sc.load().Session, sc.key)
	if err != nil || !ok {
		sc.t.Fatalf("no session: %v", err)
	}
	return s
}

// keeping keeps the mailbox entries that steps consumed.
type keeping struct {
	testbed.Whole
	heads []*store.Item
}

func (k *keeping) Commit(ctx context.Context, in store.Commit) (store.CommitResult, error) {
	w, err := k.Whole.Load(ctx, in.Key)
	if err == nil && w.Head != nil && w.Head.ID == in.Event {
		k.heads = append(k.heads, w.Head)
	}
	return k.Whole.Commit(ctx, in)
}
