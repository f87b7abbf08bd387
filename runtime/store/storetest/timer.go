package storetest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"hoithoai/runtime/store"
)

func timerTests() []test {
	return []test{
		{name: "fires exactly once and gives the person", run: timerFires},
		{name: "never fires early", run: timerEarly},
		{name: "a fraction of a millisecond is not early either", run: timerFraction},
		{name: "a cleared timer does not fire", run: timerCleared},
		{name: "set again it fires at the new time only", run: timerMoved},
		{name: "generations of one name are apart", run: timerGenerations},
		{name: "joins the mailbox of an owned person", run: timerQueues},
		{name: "comes into a full mailbox", cfg: store.Config{MaxMail: 1}, run: timerFull},
		{name: "many are listed n at a time, earliest first", run: timerMany},
		{name: "stays listed until it fires", run: timerListed},
		{name: "outlives the session", run: timerOutlives},
		{name: "outlives a session that is stepped again", run: timerOutlivesAgain},
		{name: "ends with the session's life and leaves its time to it", run: timerLeavesLife},
		{name: "without a body it says what it was", run: timerMarks},
		{name: "many of one person fire one by one", run: timerCrowd},
	}
}

// arms lets a person have timers after a first step.
func (b *bed) arms(key store.Key, timers ...store.Timer) {
	b.Helper()
	b.comes(key, "e1", store.Accepted)
	c := step(key, 0, "e1")
	c.Timers = timers
	b.commits(c, store.CommitResult{Status: store.Released, Rev: 1})
}

func timerOf(name string, gen uint32, at time.Time) store.Timer {
	return store.Timer{Name: name, Gen: gen, At: at, Body: fmt.Appendf(nil, "timer %s %d", name, gen)}
}

func due(name string, gen uint32) store.Due { return store.Due{Key: person, Name: name, Gen: gen} }

func timerFires(b *bed) {
	b.arms(person, timerOf("silence", 7, b.in(time.Minute)))
	b.claims(sweep{Next: b.in(time.Minute)})
	b.clock.Advance(time.Minute)
	b.claims(sweep{Due: []store.Due{due("silence", 7)}})
	work := b.fires(due("silence", 7), "t1", true)
	head := &store.Item{ID: id("t1"), Body: []byte("timer silence 7")}
	b.same("work", work, &store.Work{Key: person, Session: snap(1, "e1"), Head: head, Lease: b.leaseEnd()})
	b.same("work of the second", b.fires(due("silence", 7), "t1", false), (*store.Work)(nil))
	b.claims(sweep{Next: b.leaseEnd()})
	b.commits(step(person, 1, "t1"), store.CommitResult{Status: store.Released, Rev: 2})
	b.fires(due("silence", 7), "t1", false)
	b.claims(sweep{})
}

func timerEarly(b *bed) {
	b.arms(person, timerOf("a", 1, b.in(time.Minute)))
	b.clock.Advance(time.Minute - time.Millisecond)
	b.claims(sweep{Next: b.in(time.Millisecond)})
	b.fires(due("a", 1), "t1", false)
	b.clock.Advance(time.Millisecond)
	b.fires(due("a", 1), "t1", true)
}

func timerFraction(b *bed) {
	b.arms(person, timerOf("a", 1, b.in(time.Minute).Add(time.Microsecond)))
	b.clock.Advance(time.Minute)
	b.claims(sweep{Next: b.in(time.Millisecond)})
	b.fires(due("a", 1), "t1", false)
	b.clock.Advance(time.Millisecond)
	b.fires(due("a", 1), "t1", true)
}

func timerCleared(b *bed) {
	b.arms(person, timerOf("a", 1, b.in(time.Minute)), timerOf("b", 1, b.in(time.Minute)))
	b.comes(person, "e2", store.Accepted)
	c := step(person, 1, "e2")
	c.Timers = []store.Timer{{Name: "a", Gen: 1}, {Name: "never set", Gen: 4}}
	b.commits(c, store.CommitResult{Status: store.Released, Rev: 2})
	b.clock.Advance(time.Minute)
	b.claims(sweep{Due: []store.Due{due("b", 1)}})
	b.fires(due("a", 1), "t1", false)
}

func timerMoved(b *bed) {
	b.arms(person, timerOf("a", 1, b.in(time.Minute)))
	b.comes(person, "e2", store.Accepted)
	c := step(person, 1, "e2")
	c.Timers = []store.Timer{timerOf("a", 1, b.in(time.Hour))}
	b.commits(c, store.CommitResult{Status: store.Released, Rev: 2})
	b.clock.Advance(time.Minute)
	b.fires(due("a", 1), "t1", false)
	b.claims(sweep{Next: b.in(59 * time.Minute)})
	b.clock.Advance(59 * time.Minute)
	b.claims(sweep{Due: []store.Due{due("a", 1)}})
	b.fires(due("a", 1), "t1", true)
}

func timerGenerations(b *bed) {
	b.arms(person, timerOf("a", 1, b.in(time.Minute)), timerOf("a", 2, b.in(2*time.Minute)))
	b.comes(person, "e2", store.Accepted)
	c := step(person, 1, "e2")
	c.Timers = []store.Timer{{Name: "a", Gen: 3}} // clears nothing
	b.commits(c, store.CommitResult{Status: store.Released, Rev: 2})
	b.clock.Advance(2 * time.Minute)
	b.claims(sweep{Due: []store.Due{due("a", 1), due("a", 2)}})
	b.fires(due("a", 3), "t3", false)
	b.fires(due("a", 2), "t2", true)
	b.fires(due("a", 1), "t1", true)
	b.loads(store.Work{Key: person, Session: snap(2, "e2"), Head: &store.Item{ID: id("t2"), Body: []byte("timer a 2")}})
}

func timerQueues(b *bed) {
	b.arms(person, timerOf("a", 1, b.in(time.Second)))
	b.comes(person, "e2", store.Accepted)
	b.clock.Advance(time.Second)
	b.same("work", b.fires(due("a", 1), "t1", true), (*store.Work)(nil))
	next := &store.Item{ID: id("t1"), Body: []byte("timer a 1")}
	b.commits(step(person, 1, "e2"), store.CommitResult{Status: store.Committed, Rev: 2, Next: next})
}

func timerFull(b *bed) {
	b.arms(person, timerOf("a", 1, b.in(time.Second)), timerOf("b", 1, b.in(time.Second)))
	b.comes(person, "e2", store.Accepted)
	b.comes(person, "e3", store.Flooded)
	b.clock.Advance(time.Second)
	b.fires(due("a", 1), "t1", true)
	b.fires(due("b", 1), "t2", true)
	b.comes(person, "e3", store.Flooded)
}

func timerMany(b *bed) {
	var timers []store.Timer
	for i := range 10 {
		timers = append(timers, timerOf(fmt.Sprintf("n%d", i), uint32(i), b.in(time.Duration(10-i)*time.Second)))
	}
	b.arms(person, timers...)
	b.clock.Advance(8 * time.Second)
	got := b.claim(3)
	b.same("first three", got, sweep{Due: []store.Due{due("n9", 9), due("n8", 8), due("n7", 7)}, Next: b.in(-4 * time.Second)})
	for _, d := range got.Due {
		b.fires(d, d.Name, true)
	}
	rest := b.claim(100)
	names := make([]string, 0, len(rest.Due))
	for _, d := range rest.Due {
		names = append(names, d.Name)
	}
	if want := "n6 n5 n4 n3 n2"; strings.Join(names, " ") != want || len(rest.Keys) != 0 {
		b.Fatalf("listed %v and people %v, want %s and nobody", names, rest.Keys, want)
	}
	b.same("next", rest.Next, b.in(time.Second))
}

func timerListed(b *bed) {
	keys := []store.Key{"k1", "k10", "k2"}
	for _, key := range keys {
		b.arms(key, timerOf("a", 1, b.in(time.Second)))
	}
	b.clock.Advance(time.Second)
	for range 2 {
		got := b.claim(100)
		var listed []store.Key
		for _, d := range got.Due {
			listed = append(listed, d.Key)
		}
		slices.Sort(listed)
		b.same("listed", listed, keys)
	}
}

func timerOutlives(b *bed) {
	b.comes(person, "e1", store.Accepted)
	c := step(person, 0, "e1")
	c.TTL, c.Timers = shortly, []store.Timer{timerOf("a", 1, b.in(time.Second))}
	b.commits(c, store.CommitResult{Status: store.Released, Rev: 1})
	b.clock.Lapse(shortly + 20*time.Millisecond)
	b.clock.Advance(time.Second)
	work := b.fires(due("a", 1), "t1", true)
	head := &store.Item{ID: id("t1"), Body: []byte("timer a 1")}
	b.same("work", work, &store.Work{Key: person, Head: head, Lease: b.leaseEnd()})
}

// timerOutlivesAgain begins anew with whoever's session has expired; the timer set before stands.
func timerOutlivesAgain(b *bed) {
	b.comes(person, "e1", store.Accepted)
	c := step(person, 0, "e1")
	c.TTL, c.Timers = shortly, []store.Timer{timerOf("a", 1, b.in(time.Second))}
	b.commits(c, store.CommitResult{Status: store.Released, Rev: 1})
	b.clock.Lapse(shortly + 20*time.Millisecond)
	got := b.comes(person, "e2", store.Accepted)
	b.same("session", got.Session, (*store.Snapshot)(nil))
	b.commits(step(person, 1, "e2"), store.CommitResult{Status: store.Lost})
	b.commits(step(person, 0, "e2"), store.CommitResult{Status: store.Released, Rev: 1})
	b.clock.Advance(time.Second)
	work := b.fires(due("a", 1), "t1", true)
	b.same("session at the timer", work.Session, snap(1, "e2"))
}

// timerLeavesLife fires the only timer of a session, which then ends when it would have ended without one.
func timerLeavesLife(b *bed) {
	b.comes(person, "e1", store.Accepted)
	c := step(person, 0, "e1")
	c.TTL, c.Timers = shortly, []store.Timer{timerOf("a", 1, b.in(time.Second))}
	b.commits(c, store.CommitResult{Status: store.Released, Rev: 1})
	b.clock.Advance(time.Second)
	b.fires(due("a", 1), "t1", true)
	c = step(person, 1, "t1")
	c.TTL = 2 * shortly
	b.commits(c, store.CommitResult{Status: store.Released, Rev: 2})
	b.clock.Lapse(shortly + 20*time.Millisecond)
	b.free(person, snap(2, "t1"))
	b.clock.Lapse(shortly)
	b.free(person, nil)
}

// timerMarks sets timers without a body, each in one of the ways that mean none.
func timerMarks(b *bed) {
	bodies := [][]byte{nil, {}}
	for i, body := range bodies {
		key := store.Key(fmt.Sprintf("k%d", i))
		t := store.Timer{Name: "a", Gen: 7, At: b.in(time.Second), Body: body}
		b.arms(key, t)
		b.clock.Advance(time.Second)
		work := b.fires(store.Due{Key: key, Name: "a", Gen: 7}, "t1", true)
		b.same("mark", work.Head, &store.Item{ID: id("t1"), Body: store.TimerMark("a", 7, t.At)})
	}
}

// timerCrowd sets so many timers, with names and bodies of all lengths, that no short form holds them.
func timerCrowd(b *bed) {
	var timers []store.Timer
	for i := range 300 {
		t := timerOf(strings.Repeat("n", 1+i%store.MaxName), uint32(i), b.in(time.Duration(i+1)*time.Second))
		t.Body = []byte(strings.Repeat("b", 1+i*3))
		timers = append(timers, t)
	}
	b.arms(person, timers...)
	b.clock.Advance(300 * time.Second)
	got := b.claim(1000)
	if len(got.Due) != len(timers) {
		b.Fatalf("%d of %d timers are listed", len(got.Due), len(timers))
	}
	for i, d := range got.Due {
		b.same("listed", d, due(timers[i].Name, timers[i].Gen))
		b.fires(d, fmt.Sprintf("t%d", i), true)
		b.fires(d, fmt.Sprintf("t%d", i), false)
	}
	w, err := b.engine.Load(b.ctx, person)
	b.must("load", err)
	b.same("first", w.Head, &store.Item{ID: id("t0"), Body: timers[0].Body})
}
