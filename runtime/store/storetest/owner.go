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
