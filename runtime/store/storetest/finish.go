package storetest

import (
	"time"

	"hoithoai/runtime/store"
)

func finishTests() []test {
	return []test{
		{name: "starts a timer when the item has left", run: finishStarts},
		{name: "starts several, and moves one nearer as well", run: finishStartsAll},
		{name: "starts nothing that was cleared", run: finishCleared},
		{name: "starts nothing that has fired", run: finishFired},
		{name: "of another head changes nothing", run: finishGone},
		{name: "twice starts once", run: finishTwice},
		{name: "without consequences is done", run: finishPlain},
		{name: "refuses a timer without a name", run: finishRefuses},
	}
}

// far is where a timer waits that starts when something has left.
const far = 24 * time.Hour

// asks leaves a person with one outbox item and timers.
func (b *bed) asks(timers ...store.Timer) {
	b.Helper()
	b.comes(person, "e1", store.Accepted)
	c := step(person, 0, "e1", "o1")
	c.Timers = timers
	b.commits(c, store.CommitResult{Status: store.Committed, Rev: 1, Out: itemPtr("o1")})
}

// finishes removes an outbox head with consequences and compares the answer.
func (b *bed) finishes(in store.Finish, want store.Done) {
	b.Helper()
	if !want.Gone && !want.Free {
		want.Lease = b.leaseEnd()
	}
	res, err := b.engine.Finish(b.ctx, person, in)
	b.must("finish", err)
	b.same("finish", res, want)
}

func finishStarts(b *bed) {
	b.asks(timerOf("silence", 7, b.in(far)))
	b.clock.Advance(10 * time.Second)
	started := store.Timer{Name: "silence", Gen: 7, At: b.in(time.Minute), Body: []byte("from then")}
	b.finishes(store.Finish{Out: id("o1"), Start: []store.Timer{started}}, store.Done{Free: true})
	b.claims(sweep{Next: b.in(time.Minute)})
	b.clock.Advance(time.Minute - time.Millisecond)
	b.fires(due("silence", 7), "t1", false)
	b.clock.Advance(time.Millisecond)
	b.claims(sweep{Due: []store.Due{due("silence", 7)}})
	work := b.fires(due("silence", 7), "t1", true)
	head := &store.Item{ID: id("t1"), Body: []byte("from then")}
	b.same("work", work, &store.Work{Key: person, Session: snap(1, "e1"), Head: head, Lease: b.leaseEnd()})
	b.commits(step(person, 1, "t1"), store.CommitResult{Status: store.Released, Rev: 2})
	b.claims(sweep{})
}

func finishStartsAll(b *bed) {
	b.asks(timerOf("a", 1, b.in(far)), timerOf("a", 2, b.in(far)), timerOf("keep", 3, b.in(far)))
	start := []store.Timer{timerOf("a", 1, b.in(3*time.Second)), timerOf("a", 2, b.in(2*time.Second))}
	b.finishes(store.Finish{Out: id("o1"), Start: start}, store.Done{Free: true})
	b.clock.Advance(3 * time.Second)
	b.claims(sweep{Due: []store.Due{due("a", 2), due("a", 1)}, Next: b.in(far - 3*time.Second)})
}

func finishCleared(b *bed) {
	b.asks(timerOf("a", 1, b.in(far)))
	b.comes(person, "e2", store.Queued)
	c := step(person, 1, "e2")
	c.Timers = []store.Timer{{Name: "a", Gen: 1}}
	b.commits(c, store.CommitResult{Status: store.Committed, Rev: 2, Out: itemPtr("o1")})
	start := []store.Timer{timerOf("a", 1, b.in(time.Second)), timerOf("never", 1, b.in(time.Second))}
	b.finishes(store.Finish{Out: id("o1"), Start: start}, store.Done{Free: true})
	b.clock.Advance(far)
	b.claims(sweep{})
	b.fires(due("a", 1), "t1", false)
}

func finishFired(b *bed) {
	b.asks(timerOf("a", 1, b.in(time.Second)))
	b.clock.Advance(time.Second)
	b.fires(due("a", 1), "t1", true)
	start := []store.Timer{timerOf("a", 1, b.in(time.Minute))}
	next := &store.Item{ID: id("t1"), Body: []byte("timer a 1")}
	b.finishes(store.Finish{Out: id("o1"), Start: start}, store.Done{Next: next})
	b.commits(step(person, 1, "t1"), store.CommitResult{Status: store.Released, Rev: 2})
	b.claims(sweep{})
}

func finishGone(b *bed) {
	b.asks(timerOf("a", 1, b.in(far)))
	lease := b.leaseEnd()
	in := store.Finish{Out: id("o2"), Start: []store.Timer{timerOf("a", 1, b.in(time.Second))}, Taken: []store.ID8{id("m1")}}
	b.finishes(in, store.Done{Gone: true})
	b.notes(echo("m1", "hello"))
	b.shows(echo("m1", "hello"))
	b.claims(sweep{Next: lease})
	b.clock.Advance(2 * time.Second)
	b.fires(due("a", 1), "t1", false)
}

func finishTwice(b *bed) {
	b.asks(timerOf("a", 1, b.in(far)))
	in := store.Finish{Out: id("o1"), Start: []store.Timer{timerOf("a", 1, b.in(time.Second))}}
	b.finishes(in, store.Done{Free: true})
	in.Start[0].At = b.in(time.Hour)
	b.finishes(in, store.Done{Gone: true})
	b.clock.Advance(time.Second)
	b.fires(due("a", 1), "t1", true)
}

func finishPlain(b *bed) {
	b.sending()
	b.finishes(store.Finish{Out: id("o1")}, store.Done{Out: itemPtr("o2"), Next: itemPtr("e2")})
	b.does(person, "o2", store.Done{Next: itemPtr("e2")})
}

func finishRefuses(b *bed) {
	b.asks()
	if _, err := b.engine.Finish(b.ctx, person, store.Finish{Out: id("o1"), Start: []store.Timer{{Gen: 1}}}); err == nil {
		b.Fatal("a timer without a name was taken")
	}
	b.does(person, "o1", store.Done{Free: true})
}
