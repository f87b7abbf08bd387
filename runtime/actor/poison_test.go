package actor_test

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"hoithoai/runtime/actor"
	"hoithoai/runtime/alarm"
	"hoithoai/runtime/deadletter"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/event"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/task"
	"hoithoai/runtime/testbed"
)

// mortal is the store and the channel of one process: once it is dead, nobody in it does anything any more.
type mortal struct {
	actor.Store
	actor.Deliverer
	seal   *seal.Sealer
	deadly func(step store.ID8, text string) bool // of what the process dies

	mu    sync.Mutex
	dead  bool
	notes int
}

// lives ends the goroutine that asks if the process is dead, or dies of this.
func (m *mortal) lives(step store.ID8, text string) {
	m.mu.Lock()
	m.dead = m.dead || m.deadly(step, text)
	dead := m.dead
	m.mu.Unlock()
	if dead {
		runtime.Goexit()
	}
}

func (m *mortal) isDead() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.dead
}

func (m *mortal) Commit(ctx context.Context, in store.Commit) (store.CommitResult, error) {
	m.lives(in.Event, m.says(in))
	return m.Store.Commit(ctx, in)
}

// says is what a step says first.
func (m *mortal) says(in store.Commit) string {
	if len(in.Out) == 0 {
		return ""
	}
	plain, err := m.seal.Open(nil, seal.Outbox, in.Key, in.Out[0].Body)
	if err != nil {
		return err.Error()
	}
	out, err := envelope.DecodeOut(plain)
	switch {
	case err != nil:
		return err.Error()
	case out.Answer != nil && out.Answer.Task.Failed:
		return "failed"
	case out.Message == nil:
		return ""
	}
	return out.Message.Text
}

func (m *mortal) Finish(ctx context.Context, key store.Key, in store.Finish) (store.Done, error) {
	m.lives(store.ID8{}, "")
	return m.Store.Finish(ctx, key, in)
}

func (m *mortal) Defer(ctx context.Context, key store.Key, at time.Time) error {
	m.lives(store.ID8{}, "")
	return m.Store.Defer(ctx, key, at)
}

func (m *mortal) DeferUntried(ctx context.Context, key store.Key, at time.Time) error {
	m.lives(store.ID8{}, "")
	return m.Store.DeferUntried(ctx, key, at)
}

func (m *mortal) Attempt(ctx context.Context, key store.Key, a store.Attempt) error {
	m.lives(store.ID8{}, "")
	m.mu.Lock()
	m.notes++
	m.mu.Unlock()
	return m.Store.Attempt(ctx, key, a)
}

func (m *mortal) Deliver(ctx context.Context, out envelope.Out, recovered bool) actor.Delivery {
	text := ""
	if out.Message != nil {
		text = out.Message.Text
	}
	m.lives(store.ID8{}, text)
	return m.Deliverer.Deliver(ctx, out, recovered)
}

// ward is a scene of many people whose processes die of certain work.
type ward struct {
	*scene
	box    *deadletter.Box
	deadly func(step store.ID8, text string) bool
	deaths int
	notes  int
}

func newWard(t *testing.T) *ward {
	t.Helper()
	sc, box := lettered(t)
	sc.cfg.Letters, sc.cfg.Alarms = box, alarm.New(sc.log.Logger(), sc.clock.Now)
	return &ward{scene: sc, box: box, deadly: func(store.ID8, string) bool { return false }}
}

// inmate is somebody else in the ward.
func inmate(i int) string { return fmt.Sprintf("88%014d", i) }

func (w *ward) address(who string) envelope.Address {
	return envelope.Address{Office: testbed.OfficeID, Person: who}
}

// writes puts a text of somebody into the mailbox; its owner dies before it does anything.
func (w *ward) writes(who, id, text string) store.ID8 {
	w.t.Helper()
	now := w.clock.Now().UnixMilli()
	key := w.seal.Person(testbed.OfficeID, who)
	entry, err := actor.Entry(w.seal, key, envelope.In{
		Address: w.address(who), Event: event.Event{Kind: event.Text, ID: id, Text: text, At: now, Sent: now},
	})
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.store.Accept(w.t.Context(), entry); err != nil {
		w.t.Fatal(err)
	}
	return entry.ID
}

// process lets a new process serve until it dies, or nothing is due; it reports whether it died.
func (w *ward) process() (died bool) {
	cfg := w.cfg
	m := &mortal{seal: w.seal, Store: w.store, Deliverer: w.cfg.Deliver, deadly: w.deadly}
	cfg.Store, cfg.Deliver, cfg.Start = m, m, nil
	c := actor.NewClockwork(actor.ClockworkConfig{
		Store: w.store, Defer: m, Partitions: 1, Seal: w.seal, Actor: actor.New(cfg), Now: w.clock.Now,
		Tick: testbed.Still, Log: w.log.Logger(), Metrics: w.counters.Set,
	})
	swept := make(chan struct{})
	go func() {
		defer close(swept)
		c.Sweep(w.t.Context())
	}()
	<-swept
	c.Wait()
	w.notes += m.notes
	if m.isDead() {
		w.deaths++
	}
	return m.isDead()
}

// serve starts one process after the other, each when the leases of the one before have ended, until none dies any more.
func (w *ward) serve(limit int) {
	w.t.Helper()
	for calm := 0; calm < 80; calm++ {
		w.clock.Advance(16 * time.Second)
		if w.process() {
			calm = 0
		}
		if w.deaths > limit {
			w.t.Fatalf("%d processes have died", w.deaths)
		}
	}
}

// rests reports whether nothing is left of somebody's work.
func (w *ward) rests(who string) {
	w.t.Helper()
	got, err := w.store.Load(w.t.Context(), w.seal.Person(testbed.OfficeID, who))
	if err != nil || got.Head != nil || got.Out != nil {
		w.t.Errorf("%s: work is left: %+v %v", who, got, err)
	}
}

// letter compares the kinds of the letters.
func (w *ward) lettersAre(want ...string) {
	w.t.Helper()
	all, err := w.box.List(w.t.Context(), testbed.OfficeID)
	if err != nil {
		w.t.Fatal(err)
	}
	var got []string
	for _, l := range all {
		got = append(got, l.Kind)
		if !l.Tried || l.Why == "" || l.Said == 0 || strings.Contains(fmt.Sprintf("%+v", l), "màu") {
			w.t.Errorf("the letter is %+v", l)
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		w.t.Errorf("letters %v, want %v", got, want)
	}
}

func (w *ward) alarmed(want bool) {
	w.t.Helper()
	if got := strings.Contains(w.log.String(), `"kind":"poison"`); got != want {
		w.t.Errorf("alarm %v, want %v: %s", got, want, w.log)
	}
}

// ofStep dies of the step of one event, but not of an apology for it.
func ofStep(id store.ID8) func(store.ID8, string) bool {
	return func(step store.ID8, text string) bool { return step == id && !isApology(text) }
}

func isApology(text string) bool { return strings.Contains(text, "trục trặc") }

// ofText dies of sending a text.
func ofText(text string) func(store.ID8, string) bool {
	return func(_ store.ID8, t string) bool { return t == text }
}

// TestEventThatEndsTheProcess: it is given up after five attempts that were noted; everybody else who was worked
// on when a process died is answered, and nobody else loses anything.
func TestEventThatEndsTheProcess(t *testing.T) {
	t.Parallel()
	w := newWard(t)
	const people = 30
	for i := range people {
		if i == people/2 {
			w.deadly = ofStep(w.writes(testbed.Person, "bad", "hỏi thăm"))
		}
		w.writes(inmate(i), "e", "hỏi thăm")
	}
	w.serve(5)
	if w.deaths != 5 {
		t.Errorf("%d processes died, want 5", w.deaths)
	}
	for i := range people {
		w.rests(inmate(i))
		if got := w.zalo.Texts(inmate(i)); len(got) != 1 || got[0] != askColour {
			t.Errorf("person %d read %q", i, got)
		}
	}
	w.rests(testbed.Person)
	got := w.zalo.Texts(testbed.Person)
	if len(got) != 1 || !isApology(got[0]) {
		t.Errorf("instead of an answer the person read %q", got)
	}
	w.lettersAre("event")
	w.alarmed(true)
	w.counted("poison", 1)
	w.counted("engine_fault", 1)
	if n := w.notes; n > 6+6*people {
		t.Errorf("%d notes were written", n)
	}
	w.deadly = func(store.ID8, string) bool { return false }
	w.say("hỏi thăm", "1")
	w.heard(got[0], askColour, gotRed, askName)
}

// TestMessageThatEndsTheProcess: the same for what is to be said, once somebody died of it without a note; the flow goes on behind it.
func TestMessageThatEndsTheProcess(t *testing.T) {
	t.Parallel()
	w := newWard(t)
	w.deadly = ofText(askName)
	w.writes(testbed.Person, "a", "hỏi thăm")
	w.writes(testbed.Person, "b", "1")
	w.writes(inmate(1), "a", "hỏi thăm")
	w.serve(6)
	if w.deaths != 6 {
		t.Errorf("%d processes died, want 6", w.deaths)
	}
	w.lettersAre("words")
	w.alarmed(true)
	w.rests(testbed.Person)
	got := w.zalo.Texts(testbed.Person)
	if len(got) != 3 || got[0] != askColour || got[1] != gotRed || !isApology(got[2]) {
		t.Errorf("the person read %q", got)
	}
	w.say("Lan")
	w.heard(append(got, helloLan, goodbye, goodbye)...)
}

// TestLookThatEndsTheProcess: where even the apology ends the process, the work goes without being looked at.
func TestLookThatEndsTheProcess(t *testing.T) {
	t.Parallel()
	w := newWard(t)
	w.deadly = func(step store.ID8, text string) bool { return step == store.ID8{} && text != "" }
	w.writes(testbed.Person, "a", "hỏi thăm")
	w.serve(7)
	if w.deaths != 7 {
		t.Errorf("%d processes died, want 7", w.deaths)
	}
	w.rests(testbed.Person)
	w.heard()
	w.counted("poison", 2)
}

// TestBlindStep: an event whose session is what ends the process takes the session along in the end.
func TestBlindStep(t *testing.T) {
	t.Parallel()
	w := newWard(t)
	w.say("hỏi thăm")
	id := w.writes(testbed.Person, "bad", "1")
	for range 7 { // each began, and died
		w.clock.Advance(16 * time.Second)
		w.claim()
		w.attempted(id, 7)
	}
	w.serve(0)
	w.rests(testbed.Person)
	if got := w.load(); got.Session == nil || len(got.Session.Body) > 0 {
		t.Errorf("the session stands: %+v", got.Session)
	}
	w.say("hỏi thăm")
	w.heard(askColour, askColour)
}

func (w *ward) claim() {
	w.t.Helper()
	if _, _, _, err := w.store.Claim(w.t.Context(), 0, 10); err != nil {
		w.t.Fatal(err)
	}
}

func (w *ward) attempted(item store.ID8, n int) {
	w.t.Helper()
	if err := w.store.Attempt(w.t.Context(), w.key, store.Attempt{Item: item, N: n}); err != nil {
		w.t.Fatal(err)
	}
}

// TestTaskThatEndsTheProcess: the task has failed, and the flow says so.
func TestTaskThatEndsTheProcess(t *testing.T) {
	t.Parallel()
	sc, box := letteredOver(t, tasked(t, func(context.Context, task.Request) (task.Answer, error) { return task.Answer{}, nil }))
	sc.cfg.Letters = box
	w := &ward{scene: sc, box: box}
	w.deadly = func(step store.ID8, text string) bool { return w.isTask(step) && text != "failed" }
	w.say("ghi sổ")
	w.writes(testbed.Person, "b", "mua gạo")
	w.serve(5)
	if w.deaths != 5 {
		t.Errorf("%d processes died, want 5", w.deaths)
	}
	w.lettersAre("task")
	if got := w.zalo.Texts(testbed.Person); len(got) < 2 || strings.Contains(got[len(got)-1], "Đã ghi số") {
		t.Errorf("the person read %q", got)
	}
}

// isTask reports whether an event waits at the head of the person's lane.
func (w *ward) isTask(id store.ID8) bool {
	lane, err := w.store.Load(context.Background(), w.lane)
	return err == nil && lane.Head != nil && lane.Head.ID == id
}

// TestWhatDoesNotCount: deaths before the work began, sends that are put off, and a store that refuses the step leave no note behind.
func TestWhatDoesNotCount(t *testing.T) {
	t.Parallel()
	t.Run("claimed and not begun", func(t *testing.T) {
		t.Parallel()
		w := newWard(t)
		w.writes(testbed.Person, "a", "hỏi thăm")
		for range 12 {
			w.clock.Advance(16 * time.Second)
			w.claim()
		}
		w.serve(0)
		w.heard(askColour)
		w.counted("poison", 0)
	})
	t.Run("put off", func(t *testing.T) {
		t.Parallel()
		w := newWard(t)
		f := &flags{}
		for range 12 {
			f.answers = append(f.answers, actor.Delivery{After: time.Second})
		}
		w.cfg.Deliver = f
		w.writes(testbed.Person, "a", "hỏi thăm")
		w.serve(0)
		if len(f.looked) != 13 {
			t.Errorf("%d tries", len(f.looked))
		}
		w.counted("poison", 0)
	})
	t.Run("refused by the store", func(t *testing.T) {
		t.Parallel()
		w := newWard(t)
		w.writes(testbed.Person, "a", "hỏi thăm")
		full := &fullStore{Store: w.store, left: 12}
		w.cfg.Store = full
		for range 14 {
			w.clock.Advance(16 * time.Second)
			c := w.clockwork()
			c.Sweep(t.Context())
			c.Wait()
		}
		w.heard(askColour)
		w.counted("poison", 0)
		if full.left > 0 {
			t.Errorf("the store refused %d steps too few", full.left)
		}
	})
	t.Run("calm", func(t *testing.T) {
		t.Parallel()
		w := newWard(t)
		m := &mortal{seal: w.seal, Store: w.store, Deliverer: w.cfg.Deliver, deadly: w.deadly}
		w.cfg.Store, w.cfg.Deliver = m, m
		w.say("hỏi thăm", "1", "Lan")
		w.heard(askColour, gotRed, askName, helloLan, goodbye, goodbye)
		if m.notes != 0 {
			t.Errorf("%d notes were written though nobody died", m.notes)
		}
	})
}

// fullStore refuses some commits for want of space.
type fullStore struct {
	actor.Store
	left int
}

func (f *fullStore) Commit(ctx context.Context, in store.Commit) (store.CommitResult, error) {
	if f.left > 0 {
		f.left--
		return store.CommitResult{}, store.ErrFull
	}
	return f.Store.Commit(ctx, in)
}
