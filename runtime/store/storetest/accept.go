package storetest

import (
	"fmt"
	"time"

	"hoithoai/runtime/store"
)

func acceptTests() []test {
	return []test{
		{name: "the first event gives the person to the caller", run: acceptFirst},
		{name: "later events queue behind the owner, in order of acceptance", run: acceptOrder},
		{name: "an owned person's events are given to the owner", run: acceptWhileOwned},
		{name: "a free person comes with the session", run: acceptWithSession},
		{name: "a full mailbox takes no more and remembers nothing", cfg: store.Config{MaxMail: 3}, run: acceptFlood},
		{name: "people do not meet", run: acceptApart},
	}
}

func acceptFirst(b *bed) {
	got := b.comes(person, "e1", store.Accepted)
	b.same("work", got, store.Work{Key: person, Head: itemPtr("e1"), Lease: b.leaseEnd()})
}

func acceptOrder(b *bed) {
	b.comes(person, "e0", store.Accepted)
	for i := 1; i < 10; i++ {
		in := b.event(person, fmt.Sprintf("e%d", i))
		in.Sent -= int64(i) * 1000 // the channel's time does not order the mailbox
		b.arrives(in, store.Queued)
	}
	for i := range uint64(9) {
		b.commits(step(person, i, fmt.Sprintf("e%d", i)), store.CommitResult{
			Status: store.Committed, Rev: i + 1, Next: itemPtr(fmt.Sprintf("e%d", i+1)),
		})
	}
	b.commits(step(person, 9, "e9"), store.CommitResult{Status: store.Released, Rev: 10})
}

func acceptWhileOwned(b *bed) {
	b.comes(person, "e1", store.Accepted)
	b.clock.Advance(time.Second)
	b.comes(person, "e2", store.Queued)
	b.claims(sweep{Next: b.in(b.cfg.Lease - time.Second)}) // an event renews nobody's lease
	b.commits(step(person, 0, "e1"), store.CommitResult{Status: store.Committed, Rev: 1, Next: itemPtr("e2")})
}

func acceptWithSession(b *bed) {
	b.comes(person, "e1", store.Accepted)
	b.commits(step(person, 0, "e1"), store.CommitResult{Status: store.Released, Rev: 1})
	b.clock.Advance(time.Second)
	got := b.comes(person, "e2", store.Accepted)
	b.same("work", got, store.Work{Key: person, Session: snap(1, "e1"), Head: itemPtr("e2"), Lease: b.leaseEnd()})
}

func acceptFlood(b *bed) {
	b.comes(person, "e1", store.Accepted)
	b.comes(person, "e2", store.Queued)
	b.comes(person, "e3", store.Queued)
	b.comes(person, "e4", store.Flooded)
	b.comes(person, "e4", store.Flooded)
	b.comes(person, "e3", store.Duplicate)
	b.commits(step(person, 0, "e1"), store.CommitResult{Status: store.Committed, Rev: 1, Next: itemPtr("e2")})
	b.comes(person, "e4", store.Queued)
}

func acceptApart(b *bed) {
	for i := range 20 {
		key := store.Key(fmt.Sprintf("person-%d", i))
		got := b.comes(key, "same", store.Accepted)
		b.same("work", got, store.Work{Key: key, Head: itemPtr("same"), Lease: b.leaseEnd()})
	}
	b.commits(step("person-3", 0, "same"), store.CommitResult{Status: store.Released, Rev: 1})
	b.loads(store.Work{Key: "person-4", Head: itemPtr("same")})
	b.loads(store.Work{Key: "person-1", Head: itemPtr("same")})
	b.loads(store.Work{Key: "person-10", Head: itemPtr("same")})
}
