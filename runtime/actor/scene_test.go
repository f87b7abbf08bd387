package actor_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl"
	"hoithoai/dsl/office"
	"hoithoai/runtime/actor"
	"hoithoai/runtime/delivery"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/event"
	"hoithoai/runtime/journal"
	"hoithoai/runtime/library"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/task"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/zalo"
)

func TestMain(m *testing.M) { testbed.Main(m) }

// scene is one person with everything behind the door: a store, the small bundle, an actor, a sender and a fake Zalo.
type scene struct {
	t        testing.TB
	clock    *storetest.Clock
	store    testbed.Whole
	seal     *seal.Sealer
	zalo     *testbed.Zalo
	log      *testbed.Log
	counters testbed.Counters
	office   *office.Office
	library  *library.Library
	cfg      actor.Config
	key      store.Key
	lane     store.Key // of the person's tasks
	events   int

	mu     sync.Mutex
	passed []actor.Job // work for other hands: tasks, their answers
}

// newScene returns a scene on the model store, with the small bundle published.
func newScene(t testing.TB) *scene {
	t.Helper()
	clock := storetest.NewClock()
	return sceneOver(t, clock, model.New(store.Config{}, clock.Now), testbed.Small(t))
}

func sceneOver(t testing.TB, clock *storetest.Clock, s testbed.Whole, loaded dsl.Result) *scene {
	t.Helper()
	if clock == nil { // a benchmark, under the clock of the machine
		clock = storetest.NewClock()
	}
	sc := &scene{
		t: t, clock: clock, store: s, seal: testbed.Sealer(t, 1), zalo: testbed.NewZalo(t, clock.Now, nil),
		log: &testbed.Log{}, counters: testbed.NewCounters(), office: testbed.Office(),
	}
	sc.library = library.New(s, engine.Config{FullJournal: true})
	if err := sc.library.Publish(t.Context(), loaded); err != nil {
		t.Fatal(err)
	}
	sc.key = sc.seal.Person(testbed.OfficeID, testbed.Person)
	sc.lane = actor.LaneKey(sc.seal, envelope.Address{Office: testbed.OfficeID, Person: testbed.Person})
	sc.cfg = actor.Config{
		Store: s, Seal: sc.seal, Library: sc.library, Offices: sc.offices, Deliver: sc.sender(), Tasks: task.Table{},
		Now: clock.Now, Tick: testbed.Still, Log: sc.log.Logger(), Metrics: sc.counters.Set, Start: sc.pass,
	}
	return sc
}

func (sc *scene) offices(id string) *office.Office {
	if id == testbed.OfficeID {
		return sc.office
	}
	return nil
}

func (sc *scene) sender() *delivery.Sender {
	return delivery.New(delivery.Config{
		Client:  sc.zalo.Client,
		Outlets: map[string]*delivery.Outlet{testbed.OfficeID: {Capabilities: zalo.DefaultCapabilities(), Assets: sc.zalo.Assets}},
		Files:   sc.library.File, Now: sc.clock.Now, Log: sc.log.Logger(), Metrics: sc.counters.Set,
	})
}

// put gives an event to the mailbox as the door does; ID, At and Sent are filled in where they are missing.
func (sc *scene) put(ev event.Event) store.AcceptResult {
	sc.t.Helper()
	sc.events++
	if ev.ID == "" {
		ev.ID = fmt.Sprintf("m%d", sc.events)
	}
	ev.At = sc.clock.Now().UnixMilli()
	if ev.Sent == 0 {
		ev.Sent = ev.At
	}
	return sc.accept(envelope.In{Address: envelope.Address{Office: testbed.OfficeID, Person: testbed.Person}, Event: ev})
}

func (sc *scene) accept(in envelope.In) store.AcceptResult {
	sc.t.Helper()
	entry, err := actor.Entry(sc.seal, sc.key, in)
	if err != nil {
		sc.t.Fatal(err)
	}
	res, err := sc.store.Accept(sc.t.Context(), entry)
	if err != nil {
		sc.t.Fatal(err)
	}
	return res
}

// do gives an event to the mailbox and works on it where that made us the owner.
func (sc *scene) do(ev event.Event) {
	sc.t.Helper()
	if res := sc.put(ev); res.Status == store.Accepted {
		sc.run(res.Work)
	}
}

func (sc *scene) run(w store.Work) {
	actor.New(sc.cfg).Run(sc.t.Context(), actor.Job{Work: w, Since: sc.clock.Now()})
	sc.passOn()
}

// pass is the hand that other work is given to.
func (sc *scene) pass(_ context.Context, job actor.Job) {
	sc.mu.Lock()
	defer sc.mu.Unlock()
	sc.passed = append(sc.passed, job)
}

func (sc *scene) nextPassed() (job actor.Job, ok bool) {
	sc.mu.Lock()
	defer sc.mu.Unlock()
	if len(sc.passed) == 0 {
		return job, false
	}
	job, sc.passed = sc.passed[0], sc.passed[1:]
	return job, true
}

// passOn does the work that was given to other hands, until there is none.
func (sc *scene) passOn() {
	for job, ok := sc.nextPassed(); ok; job, ok = sc.nextPassed() {
		actor.New(sc.cfg).Run(sc.t.Context(), job)
	}
}

// settled reports whether nobody works on the person or the person's tasks.
func (sc *scene) settled() bool {
	sc.t.Helper()
	lane, err := sc.store.Load(sc.t.Context(), sc.lane)
	if err != nil {
		sc.t.Fatal(err)
	}
	w := sc.load()
	return w.Head == nil && w.Out == nil && lane.Head == nil && lane.Out == nil
}

// say is do with a text.
func (sc *scene) say(texts ...string) {
	sc.t.Helper()
	for _, text := range texts {
		sc.do(event.Event{Kind: event.Text, Text: text})
	}
}

// clockwork returns a clockwork over the scene's actor.
func (sc *scene) clockwork() *actor.Clockwork {
	return actor.NewClockwork(actor.ClockworkConfig{
		Store: sc.store, Defer: sc.store, Partitions: 1, Seal: sc.seal, Actor: actor.New(sc.cfg), Now: sc.clock.Now,
		Tick: testbed.Still, Log: sc.log.Logger(), Metrics: sc.counters.Set,
	})
}

// recover is another process: it waits for the lease of whoever died and does what is due, until nothing is.
func (sc *scene) recover() {
	sc.t.Helper()
	for range 20 {
		sc.clock.Advance(16 * time.Second)
		c := sc.clockwork()
		c.Sweep(sc.t.Context())
		c.Wait()
		sc.passOn()
		if sc.settled() {
			return
		}
	}
	sc.t.Fatalf("work is left for ever: %+v\n%s", sc.load(), sc.log)
}

func (sc *scene) load() store.Work {
	sc.t.Helper()
	w, err := sc.store.Load(sc.t.Context(), sc.key)
	if err != nil {
		sc.t.Fatal(err)
	}
	return w
}

// heard compares everything the person has read.
func (sc *scene) heard(want ...string) {
	sc.t.Helper()
	if diff := cmp.Diff(want, sc.zalo.Texts(testbed.Person)); diff != "" {
		sc.t.Errorf("the person has read (-want +got):\n%s\nlog:\n%s", diff, sc.log)
	}
}

func (sc *scene) counted(kind string, want int) {
	sc.t.Helper()
	if got := sc.counters.Count(sc.t, kind); got != want {
		sc.t.Errorf("%s was counted %d times, want %d; all: %v", kind, got, want, sc.counters.All(sc.t))
	}
}

// journal returns the person's journal, opened.
func (sc *scene) journal() []journal.Entry {
	sc.t.Helper()
	raw, err := sc.store.(store.Journal).Journal(sc.t.Context(), sc.key)
	if err != nil {
		sc.t.Fatal(err)
	}
	var out []journal.Entry
	for _, b := range raw {
		plain, err := sc.seal.Open(nil, seal.Journal, sc.key, b)
		if err != nil {
			sc.t.Fatal(err)
		}
		e, err := journal.Decode(plain)
		if err != nil {
			sc.t.Fatal(err)
		}
		out = append(out, e)
	}
	return out
}

// What the small bundle says, as the fake Zalo shows it.
const (
	askColour = "Anh/chị chọn màu nào?\n1. Đỏ\n2. Xanh"
	gotRed    = "Anh/chị chọn: Đỏ.\nĐã ghi màu Đỏ."
	askName   = "Anh/chị tên gì?"
	helloLan  = "Chào Lan."
	goodbye   = "Hẹn gặp lại."
)
