package actor_test

import (
	"context"
	"fmt"
	"maps"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"hoithoai/dsl"
	"hoithoai/dsl/office"
	"hoithoai/runtime/actor"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/event"
	"hoithoai/runtime/library"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/testbed"
)

const (
	loud  = "3000000000000000001" // the office that floods, or for which Zalo does not answer
	quiet = "3000000000000000002"
)

// block is several offices over one clockwork, in a bubble of time of its own.
type block struct {
	t        testing.TB
	store    *model.Store
	seal     *seal.Sealer
	counters testbed.Counters
	log      *testbed.Log
	c        *actor.Clockwork
	slow     map[string]time.Duration // how long a send takes, by office

	mu      sync.Mutex
	now     map[string]int // sends under way, by office
	most    map[string]int
	sent    map[envelope.Address]int
	waiters map[envelope.Address]chan struct{} // told at every answer
}

func newBlock(t testing.TB, loaded dsl.Result, offices int, hands int) *block {
	t.Helper()
	b := &block{
		t: t, store: model.New(store.Config{}, time.Now), seal: testbed.Sealer(t, 1), counters: testbed.NewCounters(), log: &testbed.Log{},
		slow: map[string]time.Duration{}, now: map[string]int{}, most: map[string]int{}, sent: map[envelope.Address]int{},
		waiters: map[envelope.Address]chan struct{}{},
	}
	l := library.New(b.store, engine.Config{})
	if err := l.Publish(t.Context(), loaded); err != nil {
		t.Fatal(err)
	}
	of := testbed.Office()
	a := actor.New(actor.Config{
		Store: b.store, Seal: b.seal, Library: l, Offices: func(string) *office.Office { return of }, Deliver: b, Now: time.Now,
		Log: b.log.Logger(), Metrics: b.counters.Set,
	})
	b.c = actor.NewClockwork(actor.ClockworkConfig{
		Store: b.store, Defer: b.store, Partitions: 1, Seal: b.seal, Actor: a, Now: time.Now, Tick: ticks, Hands: hands,
		Log: b.log.Logger(), Metrics: b.counters.Set, Offices: func() int { return offices },
	})
	return b
}

func ticks(d time.Duration) (<-chan time.Time, func()) {
	t := time.NewTicker(d)
	return t.C, t.Stop
}

// Deliver takes as long as Zalo takes for the office.
func (b *block) Deliver(_ context.Context, out envelope.Out, _ bool) actor.Delivery {
	b.mu.Lock()
	b.now[out.Office]++
	b.most[out.Office] = max(b.most[out.Office], b.now[out.Office])
	b.mu.Unlock()
	time.Sleep(b.slow[out.Office])
	b.mu.Lock()
	defer b.mu.Unlock()
	b.now[out.Office]--
	b.sent[out.Address]++
	if w := b.waiters[out.Address]; w != nil {
		w <- struct{}{}
	}
	return actor.Delivery{Done: true}
}

// run works until the returned function is called.
func (b *block) run() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		b.c.Run(ctx)
	}()
	return func() {
		cancel()
		<-done
	}
}

// accept puts a message into a mailbox; start says whether this process works on it, or dies with it.
func (b *block) accept(to envelope.Address, text string, n int, start bool) {
	in := envelope.In{Address: to, Event: event.Event{Kind: event.Text, ID: fmt.Sprint("m", n), At: time.Now().UnixMilli(), Text: text}}
	entry, err := actor.Entry(b.seal, b.seal.Person(in.Office, in.Person), in)
	if err != nil {
		b.t.Error(err)
		return
	}
	since := time.Now()
	res, err := b.store.Accept(context.Background(), entry)
	if err != nil {
		b.t.Error(err)
		return
	}
	if res.Status == store.Accepted && start {
		b.c.Start(context.Background(), actor.Job{Work: res.Work, Since: since})
	}
}

func person(office string, n int) envelope.Address {
	return envelope.Address{Office: office, Person: fmt.Sprintf("88%08d", n)}
}

// talks lets n people of an office talk, each saying the next thing when the one before was answered, and returns after which
// time each was done.
func (b *block) talks(office string, n int) map[string]time.Duration {
	began, took := time.Now(), map[string]time.Duration{}
	var wg sync.WaitGroup
	for i := range n {
		to, answered := person(office, i), make(chan struct{}, 16)
		b.mu.Lock()
		b.waiters[to] = answered
		b.mu.Unlock()
		wg.Go(func() {
			for j, turn := range []struct {
				says    string
				bubbles int
			}{{"hỏi thăm", 1}, {"1", 2}, {"Lan", 3}} {
				b.accept(to, turn.says, j, true)
				for range turn.bubbles {
					<-answered
				}
			}
			b.mu.Lock()
			defer b.mu.Unlock()
			took[to.Person] = time.Since(began)
		})
	}
	wg.Wait()
	return took
}

// served is how many of n people of an office got their so many answers; nobody gets more.
func (b *block) served(office string, n, answers int) (people int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := range n {
		switch got := b.sent[person(office, i)]; {
		case got == answers:
			people++
		case got > answers:
			b.t.Errorf("%s was answered %d times", person(office, i).Person, got)
		}
	}
	return people
}

// TestFloodOfOneOffice: 5,000 messages for an office whose Zalo takes two seconds for each do not keep another office's people
// waiting at all; and every one of the 5,000 is answered, once. (500 people send ten each: the model store sorts all who wait
// with every claim. With the race detector, 100.)
func TestFloodOfOneOffice(t *testing.T) {
	t.Parallel()
	loaded := testbed.Small(t)
	const each = 10
	talks := func(flood int) (took map[string]time.Duration) {
		synctest.Test(t, func(t *testing.T) {
			b := newBlock(t, loaded, 2, 64)
			b.slow[loud], b.slow[quiet] = 2*time.Second, 50*time.Millisecond
			stop := b.run()
			for i := range flood * each {
				b.accept(person(loud, i/each), "hỏi thăm", i, true)
			}
			took = b.talks(quiet, 8)
			for b.served(loud, flood, each) < flood {
				time.Sleep(time.Second)
			}
			stop()
			if most := b.most[loud]; flood > 0 && (most < 40 || most > 52) {
				t.Errorf("the flood had %d of 64 hands", most)
			}
		})
		return took
	}
	alone, beside := talks(0), talks(flooding)
	if !maps.Equal(alone, beside) {
		t.Errorf("beside the flood people are done after %v, alone after %v", beside, alone)
	}
}

// TestOfficeThatHangs: sends of an office that take minutes hold no more than its share of hands, however many offices hang;
// everybody else is served meanwhile.
func TestOfficeThatHangs(t *testing.T) {
	t.Parallel()
	loaded := testbed.Small(t)
	for _, hanging := range []int{1, 3} {
		synctest.Test(t, func(t *testing.T) {
			b := newBlock(t, loaded, hanging+1, 64)
			for i := range hanging {
				b.slow[fmt.Sprint(loud, i)] = 10 * time.Minute
			}
			stop := b.run()
			for i := range hanging * 200 {
				b.accept(person(fmt.Sprint(loud, i/200), i%200), "hỏi thăm", 0, true)
			}
			for name, took := range b.talks(quiet, 4) {
				if took != 0 {
					t.Errorf("%d offices hang: %s waited %v", hanging, name, took)
				}
			}
			synctest.Wait() // whoever gets a hand has it
			b.mu.Lock()
			held, all := maps.Clone(b.most), 0
			b.mu.Unlock()
			for i := range hanging {
				most := held[fmt.Sprint(loud, i)]
				if all += most; most < 1 || most > 52 {
					t.Errorf("one of %d offices that hang holds %d of 64 hands", hanging, most)
				}
			}
			if all > 63 {
				t.Errorf("%d offices that hang hold %d of 64 hands", hanging, all)
			}
			stop()
		})
	}
}

// TestRecoveryOfOneOffice: what a dead process left of one office does not keep those of another from being taken over, and is
// taken over itself.
func TestRecoveryOfOneOffice(t *testing.T) {
	t.Parallel()
	loaded := testbed.Small(t)
	synctest.Test(t, func(t *testing.T) {
		b := newBlock(t, loaded, 2, 16)
		b.slow[loud] = 2 * time.Second
		const many, few = 300, 10
		for i := range many {
			b.accept(person(loud, i), "hỏi thăm", 0, false)
		}
		time.Sleep(time.Millisecond)
		for i := range few {
			b.accept(person(quiet, i), "hỏi thăm", 0, false) // due after all of the others
		}
		time.Sleep(20 * time.Second) // the leases of the dead process
		stop, began := b.run(), time.Now()
		for b.served(quiet, few, 1) < few {
			time.Sleep(50 * time.Millisecond)
		}
		if loudly := b.served(loud, many, 1); loudly > 4*16 {
			t.Errorf("the quiet office waited for %d people of the other, %v", loudly, time.Since(began))
		}
		for b.served(loud, many, 1) < many {
			time.Sleep(time.Second)
			if time.Since(began) > time.Hour {
				t.Fatalf("only %d of %d are taken over: %v", b.served(loud, many, 1), many, b.counters.All(t))
			}
		}
		stop()
		if claims := b.counters.Count(t, "person_claimed"); claims > 8*(many+few) {
			t.Errorf("%d people are claimed %d times", many+few, claims)
		}
	})
}

// TestOfficeAloneHasAllHands: where there is but one office nothing is kept free.
func TestOfficeAloneHasAllHands(t *testing.T) {
	t.Parallel()
	loaded := testbed.Small(t)
	synctest.Test(t, func(t *testing.T) {
		b := newBlock(t, loaded, 1, 8)
		b.slow[loud] = time.Second
		stop := b.run()
		for i := range 30 {
			b.accept(person(loud, i), "hỏi thăm", 0, true)
		}
		for b.served(loud, 30, 1) < 30 {
			time.Sleep(time.Second)
		}
		stop()
		if b.most[loud] != 8 {
			t.Errorf("an office alone had %d of 8 hands", b.most[loud])
		}
	})
}

// BenchmarkCrew is what it costs to hand a person on, of one office and of many.
func BenchmarkCrew(b *testing.B) {
	for _, offices := range []int{1, 168} {
		b.Run(fmt.Sprintf("%d_offices", offices), func(b *testing.B) {
			w := newBlock(b, testbed.Small(b), offices, 64)
			people := make([]envelope.Address, 1024)
			for i := range people {
				people[i] = person(fmt.Sprint(loud, i%offices), i)
			}
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				w.accept(people[n%len(people)], "hỏi thăm", n, true)
				n++
				if n%len(people) == 0 {
					w.c.Wait()
				}
			}
			w.c.Wait()
		})
	}
}
