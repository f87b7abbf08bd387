package actor_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"hoithoai/runtime/actor"
	"hoithoai/runtime/alarm"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/event"
	"hoithoai/runtime/store"
	"hoithoai/runtime/testbed"
)

// gate is a channel that holds every send until it is let go, and counts how many are under way.
type gate struct {
	mu      sync.Mutex
	now     int
	most    int
	sent    map[string]int // by person
	release chan struct{}  // one token for each send; closed: everybody may go
}

func newGate() *gate { return &gate{sent: map[string]int{}, release: make(chan struct{})} }

func (g *gate) Deliver(_ context.Context, out envelope.Out, _ bool) actor.Delivery {
	g.mu.Lock()
	g.now++
	g.most = max(g.most, g.now)
	g.mu.Unlock()
	<-g.release
	g.mu.Lock()
	defer g.mu.Unlock()
	g.now--
	g.sent[out.Person]++
	return actor.Delivery{Done: true}
}

func (g *gate) waiting() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.now
}

func (g *gate) served() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.sent)
}

// crowd is a scene with many people and a clockwork with few hands.
type crowd struct {
	*scene
	gate *gate
	c    *actor.Clockwork
	tick chan time.Time
	stop context.CancelFunc
	done chan struct{}
}

func newCrowd(t *testing.T, cfg actor.ClockworkConfig) *crowd {
	t.Helper()
	cr := &crowd{scene: newScene(t), gate: newGate(), tick: make(chan time.Time), done: make(chan struct{})}
	cr.cfg.Deliver = cr.gate
	cfg.Store, cfg.Defer, cfg.Partitions, cfg.Seal, cfg.Now = cr.store, cr.store, 1, cr.seal, cr.clock.Now
	cfg.Actor, cfg.Log, cfg.Metrics = actor.New(cr.cfg), cr.log.Logger(), cr.counters.Set
	cfg.Tick = func(time.Duration) (<-chan time.Time, func()) { return cr.tick, func() {} }
	cr.c = actor.NewClockwork(cfg)
	return cr
}

// start runs the clockwork until the test ends.
func (cr *crowd) start() {
	ctx, stop := context.WithCancel(context.WithoutCancel(cr.t.Context()))
	cr.stop = stop
	go func() {
		defer close(cr.done)
		cr.c.Run(ctx)
	}()
	cr.t.Cleanup(func() {
		stop()
		<-cr.done
	})
}

// come gives the mailboxes of n people an event and returns the work of those who are ours now.
func (cr *crowd) come(n int) []actor.Job {
	cr.t.Helper()
	var jobs []actor.Job
	for i := range n {
		person := fmt.Sprintf("77000000000001%02d", i)
		in := envelope.In{Address: envelope.Address{Office: testbed.OfficeID, Person: person}, Event: event.Event{
			Kind: event.Text, ID: "m", At: cr.clock.Now().UnixMilli(), Text: "hỏi thăm",
		}}
		entry, err := actor.Entry(cr.seal, cr.seal.Person(in.Office, in.Person), in)
		if err != nil {
			cr.t.Fatal(err)
		}
		res, err := cr.store.Accept(cr.t.Context(), entry)
		if err != nil || res.Status != store.Accepted {
			cr.t.Fatal(res.Status, err)
		}
		jobs = append(jobs, actor.Job{Work: res.Work, Since: cr.clock.Now()})
	}
	return jobs
}

func TestNeverMoreThanHands(t *testing.T) {
	t.Parallel()
	cr := newCrowd(t, actor.ClockworkConfig{Hands: 3, Queue: 100})
	cr.start()
	for _, j := range cr.come(20) {
		cr.c.Start(t.Context(), j)
	}
	testbed.Until(t, "three hands are busy", func() bool { return cr.gate.waiting() == 3 })
	close(cr.gate.release)
	testbed.Until(t, "everybody is served", func() bool { return cr.gate.served() == 20 })
	if cr.gate.most != 3 {
		t.Errorf("%d people were worked on at once", cr.gate.most)
	}
	cr.counted("person_claimed", 0) // those who waited, waited here
}

// Who finds the queue full goes back to the store and is claimed as soon as a hand is free: the clock does not move here, so
// nobody can have waited for a lease.
func TestFullQueue(t *testing.T) {
	t.Parallel()
	cr := newCrowd(t, actor.ClockworkConfig{Hands: 2, Queue: 3})
	cr.start()
	for _, j := range cr.come(30) {
		cr.c.Start(t.Context(), j)
	}
	testbed.Until(t, "the others are put back", func() bool { return cr.counters.Count(t, "person_put_back") == 25 })
	close(cr.gate.release)
	testbed.Until(t, "everybody is served", func() bool { return cr.gate.served() == 30 })
	for person, n := range cr.gate.sent {
		if n != 1 {
			t.Errorf("%s was answered %d times", person, n)
		}
	}
	cr.counted("person_claimed", 25)
}

// A clockwork claims whom it can work on at once; the others are there for another process.
func TestClaimsNoMoreThanFreeHands(t *testing.T) {
	t.Parallel()
	cr := newCrowd(t, actor.ClockworkConfig{Hands: 2})
	cr.come(5)
	cr.clock.Advance(16 * time.Second)
	cr.c.Sweep(t.Context())
	testbed.Until(t, "two hands are busy", func() bool { return cr.gate.waiting() == 2 })
	cr.c.Sweep(t.Context())
	keys, _, _, err := cr.store.Claim(t.Context(), 0, 10)
	if err != nil || len(keys) != 3 {
		t.Errorf("%d people are left for others, want 3 (%v)", len(keys), err)
	}
	close(cr.gate.release)
	cr.c.Wait()
	cr.counted("person_claimed", 2)
}

func TestFreedHandIsUsedAtOnce(t *testing.T) {
	t.Parallel()
	cr := newCrowd(t, actor.ClockworkConfig{Hands: 1})
	cr.come(4)
	cr.clock.Advance(16 * time.Second)
	cr.start() // its first sweep finds one hand; no tick ever comes
	close(cr.gate.release)
	testbed.Until(t, "everybody is served", func() bool { return cr.gate.served() == 4 })
}

func TestTimerWaitsForAHand(t *testing.T) {
	t.Parallel()
	cr := newCrowd(t, actor.ClockworkConfig{Hands: 1})
	cr.scene.cfg.Deliver = cr.scene.sender()
	cr.scene.say("hỏi thăm") // arms a timer of half an hour
	jobs := cr.come(1)
	cr.clock.Advance(31 * time.Minute)
	cr.c.Start(t.Context(), actor.Job{Work: jobs[0].Work, Since: cr.clock.Now()})
	testbed.Until(t, "the hand is busy", func() bool { return cr.gate.waiting() == 1 })
	cr.c.Sweep(t.Context())
	cr.counted("timer_fired", 0)
	close(cr.gate.release)
	cr.c.Wait()
	cr.c.Sweep(t.Context())
	cr.c.Wait()
	cr.counted("timer_fired", 1)
}

// The end of the program puts back whoever waits; another process goes on at once.
func TestStopPutsBackTheQueue(t *testing.T) {
	t.Parallel()
	cr := newCrowd(t, actor.ClockworkConfig{Hands: 1, Queue: 10})
	cr.start()
	ctx, cancel := context.WithCancel(context.Background())
	for _, j := range cr.come(6) {
		cr.c.Start(ctx, j)
	}
	testbed.Until(t, "the hand is busy", func() bool { return cr.gate.waiting() == 1 })
	cancel()
	cr.stop()
	close(cr.gate.release) // the send under way gets its answer
	<-cr.done
	if cr.gate.served() != 1 {
		t.Errorf("%d people were served after the end", cr.gate.served()-1)
	}
	keys, _, _, err := cr.store.Claim(t.Context(), 0, 10)
	if err != nil || len(keys) != 5 {
		t.Errorf("%d people are due at once, want 5 (%v)", len(keys), err)
	}
	cr.c.Start(context.Background(), actor.Job{Work: store.Work{Key: "x"}, Since: cr.clock.Now()}) // too late: nobody takes it
	cr.c.Wait()
}

// partitioned shows the one partition of the model as the second of two; the first does not answer.
type partitioned struct {
	testbed.Whole
	mu    sync.Mutex
	asked [2]int
}

func (p *partitioned) Claim(ctx context.Context, partition, n int) ([]store.Key, []store.Due, time.Time, error) {
	p.mu.Lock()
	p.asked[partition]++
	p.mu.Unlock()
	if partition == 0 {
		return nil, nil, time.Time{}, store.ErrUnavailable
	}
	return p.Whole.Claim(ctx, 0, n)
}

func TestPartitionThatDoesNotAnswer(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.put(event.Event{Kind: event.Text, Text: "hỏi thăm"})
	sc.clock.Advance(16 * time.Second)
	two := &partitioned{Whole: sc.store}
	c := actor.NewClockwork(actor.ClockworkConfig{
		Store: two, Defer: two, Partitions: 2, Seal: sc.seal, Actor: actor.New(sc.cfg), Now: sc.clock.Now, Tick: testbed.Still,
		Log: sc.log.Logger(), Metrics: sc.counters.Set, Alarms: alarm.New(sc.log.Logger(), sc.clock.Now),
	})
	for range 3 {
		c.Sweep(t.Context())
	}
	c.Wait()
	sc.heard(askColour)
	sc.counted("claim_failed", 1)
	if two.asked != [2]int{1, 1} {
		t.Errorf("the partitions were asked %v times within one moment", two.asked)
	}
	sc.clock.Advance(time.Second)
	c.Sweep(t.Context())
	if two.asked != [2]int{2, 2} {
		t.Errorf("after a second the partitions were asked %v times", two.asked)
	}
}

func TestClaimedPersonThatCannotBeLoaded(t *testing.T) {
	t.Parallel()
	cr := newCrowd(t, actor.ClockworkConfig{})
	close(cr.gate.release)
	cr.come(3)
	cr.clock.Advance(16 * time.Second)
	faulty := testbed.NewFaulty(cr.store, 1, testbed.Before)
	c := actor.NewClockwork(actor.ClockworkConfig{
		Store: faulty, Defer: faulty, Partitions: 1, Seal: cr.seal, Actor: actor.New(cr.cfg), Now: cr.clock.Now, Tick: testbed.Still,
		Log: cr.log.Logger(), Metrics: cr.counters.Set,
	})
	c.Sweep(t.Context())
	c.Wait()
	if faulty.Failed() != "load" || cr.gate.served() != 2 {
		t.Errorf("%q failed, and %d of 3 people were served", faulty.Failed(), cr.gate.served())
	}
	cr.counted("load_failed", 1)
	cr.recover()
	cr.clock.Advance(16 * time.Second)
	c.Sweep(t.Context())
	c.Wait()
	if cr.gate.served() != 3 {
		t.Errorf("in the end %d of 3 people were served", cr.gate.served())
	}
}

// TestTimerFiresAndCrashes lets the clockwork die at every call around a timer.
func TestTimerFiresAndCrashes(t *testing.T) {
	t.Parallel()
	for at := 1; at <= 4; at++ {
		for _, fault := range []testbed.Fault{testbed.Before, testbed.After} {
			sc := newScene(t)
			sc.say("hỏi thăm")
			sc.clock.Advance(31 * time.Minute)
			faulty := testbed.NewFaulty(sc.store, at, fault)
			cfg := sc.cfg
			cfg.Store = faulty
			c := actor.NewClockwork(actor.ClockworkConfig{
				Store: faulty, Defer: faulty, Partitions: 1, Seal: sc.seal, Actor: actor.New(cfg), Now: sc.clock.Now,
				Tick: testbed.Still, Log: sc.log.Logger(), Metrics: sc.counters.Set,
			})
			c.Sweep(t.Context())
			c.Wait()
			sc.recover()
			sc.heard(askColour, "Anh/chị còn đó không?")
		}
	}
}
