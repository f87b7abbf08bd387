package storetest

import (
	"time"

	"hoithoai/runtime/store"
)

func commitTests() []test {
	return []test{
		{name: "a step with nothing left frees the person", run: commitReleases},
		{name: "a step gives the next work", run: commitNext},
		{name: "outbox items keep their order over steps", run: commitOutOrder},
		{name: "the same step again changes nothing", run: commitAlready},
		{name: "the same step again after it freed the person", run: commitAlreadyReleased},
		{name: "a step from an older revision is lost", run: commitLost},
		{name: "a step from a revision never reached is lost", run: commitAhead},
		{name: "a step of an event that is not at the head is absent", run: commitAbsent},
		{name: "of two owners one wins", run: commitRace},
		{name: "a zombie cannot touch what its successor did", run: commitZombie},
		{name: "erasing leaves only the revision", run: commitErase},
		{name: "a late owner is fenced out after an erasure", run: commitEraseFences},
	}
}

func commitReleases(b *bed) {
	b.comes(person, "e1", store.Accepted)
	b.commits(step(person, 0, "e1"), store.CommitResult{Status: store.Released, Rev: 1})
	b.free(person, snap(1, "e1"))
	b.claims(sweep{})
}

func commitNext(b *bed) {
	b.comes(person, "e1", store.Accepted)
	b.comes(person, "e2", store.Queued)
	b.comes(person, "e3", store.Queued)
	b.clock.Advance(time.Second)
	b.commits(step(person, 0, "e1", "o1", "o2"), store.CommitResult{
		Status: store.Committed, Rev: 1, Next: itemPtr("e2"), Out: itemPtr("o1"),
	})
	b.loads(store.Work{Key: person, Session: snap(1, "e1"), Head: itemPtr("e2"), Out: itemPtr("o1")})
}

func commitOutOrder(b *bed) {
	b.comes(person, "e1", store.Accepted)
	b.comes(person, "e2", store.Queued)
	b.commits(step(person, 0, "e1", "o1", "o2"), store.CommitResult{
		Status: store.Committed, Rev: 1, Next: itemPtr("e2"), Out: itemPtr("o1"),
	})
	b.commits(step(person, 1, "e2", "o3"), store.CommitResult{Status: store.Committed, Rev: 2, Out: itemPtr("o1")})
	b.does(person, "o1", store.Done{Out: itemPtr("o2")})
	b.does(person, "o2", store.Done{Out: itemPtr("o3")})
	b.does(person, "o3", store.Done{Free: true})
}

func commitAlready(b *bed) {
	b.comes(person, "e1", store.Accepted)
	c := step(person, 0, "e1", "o1")
	c.Timers = []store.Timer{{Name: "silence", Gen: 1, At: b.in(time.Minute), Body: []byte("t")}}
	c.Journal = []byte("j1")
	b.commits(c, store.CommitResult{Status: store.Committed, Rev: 1, Out: itemPtr("o1")})
	b.commits(c, store.CommitResult{Status: store.Already, Rev: 1})
	b.commits(c, store.CommitResult{Status: store.Already, Rev: 1})
	b.does(person, "o1", store.Done{Free: true})
	b.journalIs(person, "j1")
	b.claims(sweep{Next: b.in(time.Minute)})
	b.commits(c, store.CommitResult{Status: store.Already, Rev: 1})
	b.free(person, snap(1, "e1"))
}

func commitAlreadyReleased(b *bed) {
	b.comes(person, "e1", store.Accepted)
	b.commits(step(person, 0, "e1"), store.CommitResult{Status: store.Released, Rev: 1})
	b.commits(step(person, 0, "e1"), store.CommitResult{Status: store.Already, Rev: 1})
	b.comes(person, "e2", store.Accepted)
	b.commits(step(person, 0, "e1"), store.CommitResult{Status: store.Already, Rev: 1})
	b.commits(step(person, 1, "e2"), store.CommitResult{Status: store.Released, Rev: 2})
	b.commits(step(person, 0, "e1"), store.CommitResult{Status: store.Lost, Rev: 2})
}

func commitLost(b *bed) {
	b.run(3)
	b.comes(person, "x", store.Accepted)
	for rev := range uint64(3) {
		b.commits(step(person, rev, "x", "bad"), store.CommitResult{Status: store.Lost, Rev: 3})
	}
	b.loads(store.Work{Key: person, Session: snap(3, "e2"), Head: itemPtr("x")})
}

func commitAhead(b *bed) {
	b.comes(person, "e1", store.Accepted)
	b.commits(step(person, 1, "e1", "bad"), store.CommitResult{Status: store.Lost})
	b.loads(store.Work{Key: person, Head: itemPtr("e1")})
}

func commitAbsent(b *bed) {
	b.commits(step(person, 0, "none", "bad"), store.CommitResult{Status: store.Absent})
	b.free(person, nil)
	b.comes(person, "e1", store.Accepted)
	b.comes(person, "e2", store.Queued)
	b.commits(step(person, 0, "e2", "bad"), store.CommitResult{Status: store.Absent})
	b.loads(store.Work{Key: person, Head: itemPtr("e1")})
	b.commits(step(person, 0, "e1"), store.CommitResult{Status: store.Committed, Rev: 1, Next: itemPtr("e2")})
	b.commits(step(person, 1, "e1", "bad"), store.CommitResult{Status: store.Absent, Rev: 1})
}

// commitRace has two owners of the same event come to different ends.
func commitRace(b *bed) {
	b.comes(person, "e1", store.Accepted)
	b.comes(person, "e2", store.Queued)
	b.clock.Advance(b.cfg.Lease)
	b.claims(sweep{Keys: []store.Key{person}, Next: b.leaseEnd()})
	b.commits(step(person, 0, "e1", "won"), store.CommitResult{
		Status: store.Committed, Rev: 1, Next: itemPtr("e2"), Out: itemPtr("won"),
	})
	b.commits(step(person, 0, "e1", "lost"), store.CommitResult{Status: store.Already, Rev: 1})
	b.commits(step(person, 1, "e2"), store.CommitResult{Status: store.Committed, Rev: 2, Out: itemPtr("won")})
	b.does(person, "won", store.Done{Free: true})
}

// commitZombie is an owner that was frozen for longer than its lease and then goes on.
func commitZombie(b *bed) {
	b.comes(person, "e1", store.Accepted)
	b.commits(step(person, 0, "e1", "o1"), store.CommitResult{Status: store.Committed, Rev: 1, Out: itemPtr("o1")})
	b.comes(person, "e2", store.Queued) // the zombie sleeps here
	b.clock.Advance(b.cfg.Lease)
	b.claims(sweep{Keys: []store.Key{person}, Next: b.leaseEnd()})
	b.loads(store.Work{Key: person, Session: snap(1, "e1"), Head: itemPtr("e2"), Out: itemPtr("o1")})
	b.does(person, "o1", store.Done{Next: itemPtr("e2")})
	b.commits(step(person, 1, "e2", "o2"), store.CommitResult{Status: store.Committed, Rev: 2, Out: itemPtr("o2")})
	b.comes(person, "e3", store.Queued)
	b.does(person, "o1", store.Done{Gone: true}) // and wakes
	b.commits(step(person, 1, "e3", "bad"), store.CommitResult{Status: store.Lost, Rev: 2})
	b.loads(store.Work{Key: person, Session: snap(2, "e2"), Head: itemPtr("e3"), Out: itemPtr("o2")})
}

func commitErase(b *bed) {
	b.comes(person, "e1", store.Accepted)
	c := step(person, 0, "e1")
	c.Journal = []byte("j1")
	c.Timers = []store.Timer{{Name: "a", Gen: 1, At: b.in(time.Minute)}, {Name: "a", Gen: 2, At: b.in(time.Hour)}}
	b.commits(c, store.CommitResult{Status: store.Released, Rev: 1})
	b.comes(person, "e2", store.Accepted)
	c = step(person, 1, "e2", "bye")
	c.Session, c.Journal = nil, []byte("erased")
	c.Timers = []store.Timer{{Name: "b", Gen: 3, At: b.in(2 * time.Hour)}}
	b.commits(c, store.CommitResult{Status: store.Committed, Rev: 2, Out: itemPtr("bye")})
	b.journalIs(person, "erased")
	b.does(person, "bye", store.Done{Free: true})
	b.free(person, &store.Snapshot{Rev: 2, Last: id("e2")})
	b.claims(sweep{Next: b.in(2 * time.Hour)})
}

func commitEraseFences(b *bed) {
	b.run(2)
	b.comes(person, "x1", store.Accepted)
	b.comes(person, "x2", store.Queued)
	c := step(person, 2, "x1")
	c.Session = nil
	b.commits(c, store.CommitResult{Status: store.Committed, Rev: 3, Next: itemPtr("x2")})
	b.commits(c, store.CommitResult{Status: store.Already, Rev: 3})
	b.commits(step(person, 2, "x2"), store.CommitResult{Status: store.Lost, Rev: 3})
	b.commits(step(person, 0, "x2"), store.CommitResult{Status: store.Lost, Rev: 3})
	b.commits(step(person, 3, "x2"), store.CommitResult{Status: store.Released, Rev: 4})
	b.free(person, snap(4, "x2"))
}
