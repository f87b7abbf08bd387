package storetest

import (
	"time"

	"hoithoai/runtime/store"
)

func expiryTests() []test {
	return []test{
		{name: "a session ends after its time", run: sessionEnds},
		{name: "every step prolongs the session", run: sessionProlonged},
		{name: "a session without an end stays", run: sessionForever},
		{name: "an expired session does not lose the waiting event", run: sessionEndsWhileWaiting},
	}
}

// shortly is a life that ends within a test, and only when the test says so.
const shortly = time.Hour

func sessionEnds(b *bed) {
	b.comes(person, "e1", store.Accepted)
	c := step(person, 0, "e1")
	c.TTL = shortly
	b.commits(c, store.CommitResult{Status: store.Released, Rev: 1})
	b.clock.Lapse(shortly + 20*time.Millisecond)
	b.free(person, nil)
	got := b.comes(person, "e2", store.Accepted)
	b.same("work", got, store.Work{Key: person, Head: itemPtr("e2"), Lease: b.leaseEnd()})
	b.commits(step(person, 0, "e2"), store.CommitResult{Status: store.Released, Rev: 1})
}

func sessionProlonged(b *bed) {
	b.comes(person, "e1", store.Accepted)
	c := step(person, 0, "e1")
	c.TTL = shortly
	b.commits(c, store.CommitResult{Status: store.Released, Rev: 1})
	c.TTL = 20 * shortly
	b.commits(c, store.CommitResult{Status: store.Already, Rev: 1})
	b.clock.Lapse(shortly + 20*time.Millisecond)
	b.free(person, snap(1, "e1"))
}

func sessionForever(b *bed) {
	b.comes(person, "e1", store.Accepted)
	c := step(person, 0, "e1")
	c.TTL = 0
	b.commits(c, store.CommitResult{Status: store.Released, Rev: 1})
	b.clock.Advance(10 * 365 * 24 * time.Hour)
	b.free(person, snap(1, "e1"))
}

func sessionEndsWhileWaiting(b *bed) {
	b.comes(person, "e1", store.Accepted)
	b.comes(person, "e2", store.Queued)
	c := step(person, 0, "e1")
	c.TTL = shortly
	b.commits(c, store.CommitResult{Status: store.Committed, Rev: 1, Next: itemPtr("e2")})
	b.clock.Lapse(shortly + 20*time.Millisecond)
	b.commits(step(person, 1, "e2"), store.CommitResult{Status: store.Lost})
	b.loads(store.Work{Key: person, Head: itemPtr("e2")})
	b.commits(step(person, 0, "e2"), store.CommitResult{Status: store.Released, Rev: 1})
}
