package storetest

import (
	"time"

	"hoithoai/runtime/store"
)

func ownerTests() []test {
	return []test{
		{name: "done removes the head only", run: doneHead},
		{name: "done renews the lease", run: doneRenews},
		{name: "done of somebody unknown is gone", run: doneUnknown},
		{name: "release frees whoever has no work", run: releaseFrees},
		{name: "release gives the work that came in", run: releaseWork},
		{name: "load of a free person leaves it free", run: loadFree},
		{name: "defer puts a person off", run: deferPutsOff},
		{name: "defer of a free person leaves it free", run: deferFree},
		{name: "defer to the past makes claimable at once", run: deferPast},
		{name: "who was put off untried is so at the next load only", run: untriedOnce},
		{name: "untried outlives a claimer who never looked, and news", run: untriedLasts},
		{name: "untried ends with a try, a step and an end", run: untriedEnds},
		{name: "untried is due no earlier and no later", run: untriedDue},
	}
}

// sending leaves a person with two outbox items and one event.
func (b *bed) sending() {
	b.Helper()
	b.comes(person, "e1", store.Accepted)
	b.commits(step(person, 0, "e1", "o1", "o2"), store.CommitResult{Status: store.Committed, Rev: 1, Out: itemPtr("o1")})
	b.comes(person, "e2", store.Queued)
}

func doneHead(b *bed) {
	b.sending()
	b.does(person, "o2", store.Done{Gone: true})
	b.does(person, "o1", store.Done{Out: itemPtr("o2"), Next: itemPtr("e2")})
	b.does(person, "o1", store.Done{Gone: true})
	b.does(person, "o2", store.Done{Next: itemPtr("e2")})
	b.does(person, "o2", store.Done{Gone: true})
	b.commits(step(person, 1, "e2"), store.CommitResult{Status: store.Released, Rev: 2})
	b.does(person, "o2", store.Done{Gone: true})
	b.free(person, snap(2, "e2"))
}

func doneRenews(b *bed) {
	b.sending()
	b.clock.Advance(b.cfg.Lease - time.Second)
	b.does(person, "o1", store.Done{Out: itemPtr("o2"), Next: itemPtr("e2")})
	b.clock.Advance(b.cfg.Lease - time.Second)
	b.claims(sweep{Next: b.in(time.Second)})
}

func doneUnknown(b *bed) {
	b.does(person, "o1", store.Done{Gone: true})
	b.free(person, nil)
}

func releaseFrees(b *bed) {
	b.releases(store.Work{Key: person})
	b.comes(person, "e1", store.Accepted)
	b.commits(step(person, 0, "e1"), store.CommitResult{Status: store.Released, Rev: 1})
	b.releases(store.Work{Key: person, Session: snap(1, "e1")})
	b.comes(person, "e2", store.Accepted)
}

func releaseWork(b *bed) {
	b.sending()
	b.clock.Advance(time.Second)
	b.releases(store.Work{Key: person, Session: snap(1, "e1"), Head: itemPtr("e2"), Out: itemPtr("o1")})
	b.comes(person, "e3", store.Queued)
	b.claims(sweep{Next: b.leaseEnd()})
}

func loadFree(b *bed) {
	b.free(person, nil)
	b.claims(sweep{})
	b.comes(person, "e1", store.Accepted)
}

func deferPutsOff(b *bed) {
	b.sending()
	b.must("defer", b.engine.Defer(b.ctx, person, b.clock.Now().Add(10*time.Minute)))
	b.comes(person, "e3", store.Queued)
	b.clock.Advance(10*time.Minute - time.Millisecond)
	b.claims(sweep{Next: b.in(time.Millisecond)})
	b.clock.Advance(time.Millisecond)
	b.claims(sweep{Keys: []store.Key{person}, Next: b.leaseEnd()})
	b.loads(store.Work{Key: person, Session: snap(1, "e1"), Head: itemPtr("e2"), Out: itemPtr("o1")})
}

func deferFree(b *bed) {
	b.must("defer", b.engine.Defer(b.ctx, person, b.clock.Now().Add(time.Minute)))
	b.claims(sweep{})
	b.comes(person, "e1", store.Accepted)
}

func deferPast(b *bed) {
	b.sending()
	b.must("defer", b.engine.Defer(b.ctx, person, b.clock.Now().Add(-time.Hour)))
	b.claims(sweep{Keys: []store.Key{person}, Next: b.leaseEnd()})
}

// putsOff puts a person off who has two outbox items and one event, for a minute.
func (b *bed) putsOff(untried bool) {
	b.Helper()
	put := b.engine.Defer
	if untried {
		put = b.engine.DeferUntried
	}
	b.must("defer", put(b.ctx, person, b.clock.Now().Add(time.Minute)))
}

// takesUp claims the person when the minute is over, and looks whether anything was tried.
func (b *bed) takesUp(untried bool) {
	b.Helper()
	b.clock.Advance(time.Minute)
	b.claims(sweep{Keys: []store.Key{person}, Next: b.leaseEnd()})
	b.isUntried(untried)
}

func (b *bed) isUntried(want bool) {
	b.Helper()
	w, err := b.engine.Load(b.ctx, person)
	b.must("load", err)
	b.same("untried", w.Untried, want)
}

func untriedOnce(b *bed) {
	b.sending()
	b.isUntried(false)
	b.putsOff(true)
	b.takesUp(true)
	b.isUntried(false)
	b.putsOff(false)
	b.takesUp(false)
	b.must("defer", b.engine.DeferUntried(b.ctx, "B", b.clock.Now()))
	w, err := b.engine.Load(b.ctx, "B")
	b.must("load", err)
	b.same("a free person", w, store.Work{Key: "B"})
}

func untriedLasts(b *bed) {
	b.sending()
	b.putsOff(true)
	b.comes(person, "e3", store.Queued)
	b.clock.Advance(time.Minute)
	b.claims(sweep{Keys: []store.Key{person}, Next: b.leaseEnd()}) // and dies
	b.clock.Advance(b.cfg.Lease)
	b.claims(sweep{Keys: []store.Key{person}, Next: b.leaseEnd()})
	b.isUntried(true)
	b.clock.Advance(b.cfg.Lease)
	b.claims(sweep{Keys: []store.Key{person}, Next: b.leaseEnd()})
	b.isUntried(false)
}

func untriedEnds(b *bed) {
	b.sending()
	for _, touch := range []func(){
		func() { _, err := b.engine.Release(b.ctx, person); b.must("release", err) },
		func() { b.putsOff(false) },
		func() { b.does(person, "o1", store.Done{Out: itemPtr("o2"), Next: itemPtr("e2")}) },
		func() {
			b.commits(step(person, 1, "e2"), store.CommitResult{Status: store.Committed, Rev: 2, Out: itemPtr("o2")})
		},
	} {
		b.putsOff(true)
		touch()
		b.isUntried(false)
	}
}

func untriedDue(b *bed) {
	b.sending()
	b.putsOff(true)
	b.clock.Advance(time.Minute - time.Millisecond)
	b.claims(sweep{Next: b.in(time.Millisecond)})
	b.clock.Advance(time.Millisecond)
	b.claims(sweep{Keys: []store.Key{person}, Next: b.leaseEnd()})
	b.clock.Advance(b.cfg.Lease - time.Millisecond)
	b.claims(sweep{Next: b.in(time.Millisecond)})
	b.clock.Advance(time.Millisecond)
	b.claims(sweep{Keys: []store.Key{person}, Next: b.leaseEnd()})
}
