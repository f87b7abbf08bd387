package actor_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/runtime/actor"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/event"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/embedded"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/task"
	"hoithoai/runtime/testbed"
)

// book is a register that a task writes to: idempotent by the id of the call, as the contract of handlers asks.
type book struct {
	mu    sync.Mutex
	known map[store.ID8]string
	lines []string
	calls int
}

func newBook() *book { return &book{known: map[store.ID8]string{}} }

func (b *book) write(_ context.Context, req task.Request) (task.Answer, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.calls++
	number, ok := b.known[req.ID]
	if !ok {
		b.lines = append(b.lines, req.Args[0].S)
		number = string(rune('0' + len(b.lines)))
		b.known[req.ID] = number
	}
	return task.Answer{Results: []string{number}}, nil
}

func (b *book) entries() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.lines
}

// tasked is a scene whose bundle has the task ghi.
func tasked(t *testing.T, handler task.Handler) *scene {
	t.Helper()
	return taskedOver(t, store.Config{}, handler)
}

func taskedOver(t *testing.T, cfg store.Config, handler task.Handler) *scene {
	t.Helper()
	clock := storetest.NewClock()
	sc := sceneOver(t, clock, model.New(cfg, clock.Now), testbed.Load(t, testbed.Files(t, true)))
	if handler != nil {
		sc.cfg.Tasks["ghi"] = handler
	}
	return sc
}

func TestTaskIsAnsweredThroughTheMailbox(t *testing.T) {
	t.Parallel()
	b := newBook()
	sc := tasked(t, b.write)
	sc.say("ghi sổ", "mua gạo")
	sc.heard("Ghi gì?", "Đã ghi số 1.")
	entries := sc.journal()
	if last := entries[len(entries)-1]; last.Kind != event.TaskResult.String() || b.calls != 1 {
		t.Errorf("the last step is %+v after %d calls", last, b.calls)
	}
}

func TestTaskThatFails(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name    string
		handler task.Handler
		want    string
	}{
		{"with its own error", answers(task.Answer{Failed: true, Code: "day"}), "Sổ đã đầy."},
		{"with another error", answers(task.Answer{Failed: true, Code: "la"}), "Chưa ghi được."},
		{"without results", answers(task.Answer{}), "Chưa ghi được."},
		{"because nobody can do it", nil, "Chưa ghi được."},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			sc := tasked(t, tc.handler)
			sc.say("ghi sổ", "mua gạo")
			sc.heard("Ghi gì?", tc.want)
		})
	}
}

func answers(a task.Answer) task.Handler {
	return func(context.Context, task.Request) (task.Answer, error) { return a, nil }
}

// A task without an outcome is repeated, and given up at its deadline: the person is told, and is not held up for ever.
func TestTaskWithoutAnOutcome(t *testing.T) {
	t.Parallel()
	for name, handler := range map[string]task.Handler{
		"error": func(context.Context, task.Request) (task.Answer, error) {
			return task.Answer{}, errors.New("sổ đang khóa")
		},
		"panic": func(_ context.Context, req task.Request) (task.Answer, error) { panic(req.Args[0].S) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			calls := 0
			sc := tasked(t, func(ctx context.Context, req task.Request) (task.Answer, error) {
				calls++
				return handler(ctx, req)
			})
			sc.say("ghi sổ", "mua gạo")
			sc.heard("Ghi gì?")
			for range 8 {
				sc.clock.Advance(5 * time.Second)
				sc.sweep()
			}
			sc.heard("Ghi gì?", "Chưa ghi được.")
			if calls < 3 || calls > 8 {
				t.Errorf("the handler was called %d times in 40 seconds", calls)
			}
			if strings.Contains(sc.log.String(), "mua gạo") {
				t.Errorf("the log holds what the person wrote: %s", sc.log)
			}
		})
	}
}

func TestTaskRecoversBeforeItsDeadline(t *testing.T) {
	t.Parallel()
	b := newBook()
	fail := true
	sc := tasked(t, func(ctx context.Context, req task.Request) (task.Answer, error) {
		if fail {
			return task.Answer{}, errors.New("not now")
		}
		return b.write(ctx, req)
	})
	sc.say("ghi sổ", "mua gạo")
	fail = false
	sc.clock.Advance(6 * time.Second)
	sc.sweep()
	sc.heard("Ghi gì?", "Đã ghi số 1.")
}

const busy = "Tôi đang xử lý, anh/chị chờ một chút giúp."

// A task holds nothing back: what is written while it runs is answered while it runs.
func TestWritingWhileATaskRuns(t *testing.T) {
	t.Parallel()
	b := newBook()
	var sc *scene
	sc = tasked(t, func(ctx context.Context, req task.Request) (task.Answer, error) {
		sc.say("còn lâu không")
		sc.heard("Ghi gì?", busy)
		sc.clock.Advance(10 * time.Second)
		sc.say("alo")
		sc.heard("Ghi gì?", busy, busy)
		return b.write(ctx, req)
	})
	sc.say("ghi sổ", "mua gạo")
	sc.heard("Ghi gì?", busy, busy, "Đã ghi số 1.")
	if b.calls != 1 || !sc.settled() {
		t.Errorf("%d calls, settled %t", b.calls, sc.settled())
	}
}

// An answer that finds the mailbox full waits for room, durably: the handler is not asked again.
func TestTaskWhoseAnswerFindsTheMailboxFull(t *testing.T) {
	t.Parallel()
	b := newBook()
	var sc *scene
	sc = taskedOver(t, store.Config{MaxMail: 3}, func(ctx context.Context, req task.Request) (task.Answer, error) {
		for i := range 4 { // their owner dies before the first of them is stepped
			res := sc.put(event.Event{Kind: event.Text, Text: "còn lâu không"})
			if want := i == 3; (res.Status == store.Flooded) != want {
				t.Errorf("message %d is %v", i, res.Status)
			}
		}
		return b.write(ctx, req)
	})
	sc.say("ghi sổ", "mua gạo")
	sc.heard("Ghi gì?")
	sc.clock.Advance(16 * time.Second) // the lease of the dead owner is over
	for range 3 {
		sc.sweep()
		sc.clock.Advance(2 * time.Second) // the answer is handed over before the deadline
	}
	sc.heard("Ghi gì?", busy, busy, busy, "Đã ghi số 1.")
	if b.calls != 1 {
		t.Errorf("the handler was called %d times", b.calls)
	}
}

// The deadline of a task falls in its time although the handler is still at work: the person is told, and the success that
// comes late changes nothing for them.
func TestDeadlineDuringATask(t *testing.T) {
	t.Parallel()
	b := newBook()
	var sc *scene
	sc = taskedOver(t, store.Config{Lease: time.Minute}, func(ctx context.Context, req task.Request) (task.Answer, error) {
		sc.clock.Advance(31 * time.Second)
		sc.sweep()
		sc.heard("Ghi gì?", "Chưa ghi được.")
		return b.write(ctx, req)
	})
	sc.cfg.Lease = time.Minute // the ticker stands still
	sc.say("ghi sổ", "mua gạo")
	sc.recover()
	sc.heard("Ghi gì?", "Chưa ghi được.")
	if entries := sc.journal(); entries[len(entries)-1].Outcome != "orphaned" {
		t.Errorf("the last step is %+v", entries[len(entries)-1])
	}
	if !sc.settled() {
		t.Error("work is left")
	}
}

// Without a hand for other work the clockwork does it.
func TestTaskWithoutAStarter(t *testing.T) {
	t.Parallel()
	b := newBook()
	sc := tasked(t, b.write)
	sc.cfg.Start = nil
	sc.say("ghi sổ", "mua gạo")
	sc.heard("Ghi gì?")
	for range 3 {
		sc.clock.Advance(time.Second)
		sc.sweep()
	}
	sc.heard("Ghi gì?", "Đã ghi số 1.")
	if b.calls != 1 {
		t.Errorf("the handler was called %d times", b.calls)
	}
}

// TestTaskDiesAtEveryCall lets the process die at every call of the store from the task on: the answer arrives, once, and the
// handler is asked again only where its answer was not yet committed.
func TestTaskDiesAtEveryCall(t *testing.T) {
	t.Parallel()
	for name, open := range realStores() {
		for fault, kind := range map[string]testbed.Fault{"before": testbed.Before, "after": testbed.After} {
			t.Run(name+"_"+fault, func(t *testing.T) {
				t.Parallel()
				for at := 1; diesAt(t, open, at, kind); at++ {
				}
			})
		}
	}
}

// realStores are the engines at hand.
func realStores() map[string]func(t *testing.T, clock *storetest.Clock) testbed.Whole {
	return map[string]func(t *testing.T, clock *storetest.Clock) testbed.Whole{
		"model": func(_ *testing.T, clock *storetest.Clock) testbed.Whole { return model.New(store.Config{}, clock.Now) },
		"embedded": func(t *testing.T, clock *storetest.Clock) testbed.Whole {
			s, err := embedded.Open(embedded.Config{Path: filepath.Join(t.TempDir(), "kho.db"), Clock: clock.Now})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
			return s
		},
	}
}

// diesAt plays a task while the store's call number at fails, and reports whether it came to that.
func diesAt(t *testing.T, open func(*testing.T, *storetest.Clock) testbed.Whole, at int, kind testbed.Fault) bool {
	t.Helper()
	clock := storetest.NewClock()
	real := open(t, clock)
	sc := sceneOver(t, clock, real, testbed.Load(t, testbed.Files(t, true)))
	b := newBook()
	sc.cfg.Tasks["ghi"] = b.write
	sc.say("ghi sổ")
	faulty := testbed.NewFaulty(real, at, kind)
	sc.cfg.Store = faulty
	sc.say("mua gạo")
	if !sc.settled() {
		sc.recover()
	}
	sc.heard("Ghi gì?", "Đã ghi số 1.")
	if diff := cmp.Diff([]string{"mua gạo"}, b.entries()); diff != "" {
		t.Errorf("%s at call %d: the task has written (-want +got):\n%s", faulty.Failed(), at, diff)
	}
	uncommitted := kind == testbed.Before && faulty.Failed() == "commit" && b.calls == 2
	if b.calls != 1 && !uncommitted {
		t.Errorf("%s at call %d: the handler was called %d times", faulty.Failed(), at, b.calls)
	}
	return faulty.Failed() != ""
}

// The lease is kept while a task takes longer than it.
func TestLongTaskKeepsThePerson(t *testing.T) {
	t.Parallel()
	b, tick := newBook(), make(chan time.Time)
	var sc *scene
	sc = tasked(t, func(ctx context.Context, req task.Request) (task.Answer, error) {
		for range 8 {
			sc.clock.Advance(5 * time.Second)
			tick <- sc.clock.Now()
			tick <- sc.clock.Now() // taken after the lease was renewed for the first
			if keys, _, _, err := sc.store.Claim(t.Context(), 0, 1); err != nil || len(keys) > 0 {
				t.Errorf("another process could take %v, %v", keys, err)
			}
		}
		return b.write(ctx, req)
	})
	sc.cfg.Tick = func(time.Duration) (<-chan time.Time, func()) { return tick, func() {} }
	sc.say("ghi sổ", "mua gạo")
	sc.heard("Ghi gì?", "Đã ghi số 1.")
	sc.counted("lease_over", 0)
}

// A process that is frozen in the middle of a send loses the person; what it does when it wakes changes nothing.
func TestPersonLostDuringASend(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.say("hỏi thăm")
	sc.cfg.Deliver = &frozen{Deliverer: sc.sender(), sc: sc}
	sc.say("1")
	sc.heard(askColour, gotRed, askName)
	sc.counted("person_claimed", 1)
	sc.counted("arrival_found", 1)
	if strings.Contains(sc.log.String(), "work of a person stopped") {
		t.Errorf("to lose a person is no failure: %s", sc.log)
	}
}

// frozen is a channel on which the first message takes longer than a lease, while another process takes over.
type frozen struct {
	actor.Deliverer
	sc   *scene
	once bool
}

func (f *frozen) Deliver(ctx context.Context, out envelope.Out, recovered bool) actor.Delivery {
	d := f.Deliverer.Deliver(ctx, out, recovered)
	if !f.once {
		f.once = true
		f.sc.recover()
	}
	return d
}
