package storetest

import (
	"time"

	"hoithoai/runtime/store"
)

func attemptTests() []test {
	return []test{
		{name: "an owner whose lease ended went silent", run: silentOwner},
		{name: "who was put off was not left silently", run: silentNot},
		{name: "a claim does not change how the owner left", run: silentClaimed},
		{name: "every word of an owner counts", run: silentEnds},
		{name: "who comes from a dump counts as put off", run: silentMoved},
		{name: "is remembered until another, or until it is taken away", run: attemptKept},
		{name: "is forgotten after its time", run: attemptForgotten},
		{name: "outlives the item", run: attemptOutlives},
		{name: "renews no lease and frees nobody", run: attemptQuiet},
		{name: "stays out of a dump", run: attemptMoved},
		{name: "refuses a person without a name", run: attemptRefuses},
	}
}

// taken claims the person when the lease is over, or the time has come, and says how the last owner left.
func (b *bed) taken(after time.Duration, silent, untried bool) {
	b.Helper()
	b.clock.Advance(after)
	b.claims(sweep{Keys: []store.Key{person}, Next: b.leaseEnd()})
	b.left(silent, untried)
}

func (b *bed) left(silent, untried bool) {
	b.Helper()
	w, err := b.engine.Load(b.ctx, person)
	b.must("load", err)
	b.same("silent, untried", []bool{w.Silent, w.Untried}, []bool{silent, untried})
}

func silentOwner(b *bed) {
	b.comes(person, "e1", store.Accepted)
	b.taken(b.cfg.Lease, true, false)
	b.taken(b.cfg.Lease, true, false)
	b.commits(step(person, 0, "e1"), store.CommitResult{Status: store.Released, Rev: 1})
	b.free(person, snap(1, "e1"))
	b.comes(person, "e2", store.Accepted)
	b.taken(b.cfg.Lease, true, false)
}

func silentNot(b *bed) {
	b.sending()
	b.putsOff(false)
	b.taken(time.Minute, false, false)
	b.putsOff(true)
	b.taken(time.Minute, false, true)
	b.taken(b.cfg.Lease, true, false)
}

func silentClaimed(b *bed) {
	b.sending()
	for _, untried := range []bool{false, true} {
		b.putsOff(untried)
		b.clock.Advance(time.Minute)
		for range 3 { // each dies before it knows whom it has
			b.claims(sweep{Keys: []store.Key{person}, Next: b.leaseEnd()})
			b.clock.Advance(b.cfg.Lease)
		}
		b.taken(0, false, untried)
	}
}

func silentEnds(b *bed) {
	b.sending()
	for _, touch := range []func(){
		func() { _, err := b.engine.Release(b.ctx, person); b.must("release", err) },
		func() { b.left(false, false) },
		func() { b.does(person, "o1", store.Done{Out: itemPtr("o2"), Next: itemPtr("e2")}) },
		func() {
			b.commits(step(person, 1, "e2"), store.CommitResult{Status: store.Committed, Rev: 2, Out: itemPtr("o2")})
		},
	} {
		b.putsOff(false)
		touch()
		b.taken(b.cfg.Lease, true, false)
	}
}

func silentMoved(b *bed) {
	b.comes(person, "e1", store.Accepted)
	b.moves()
	b.taken(b.cfg.Lease, false, false)
	b.taken(b.cfg.Lease, true, false)
}

// attempts notes an attempt.
func (b *bed) attempts(item string, n int) {
	b.Helper()
	b.must("attempt", b.engine.Attempt(b.ctx, person, store.Attempt{Item: id(item), N: n}))
}

// attempted compares what is remembered; "" is nothing.
func (b *bed) attempted(item string, n int) {
	b.Helper()
	w, err := b.engine.Load(b.ctx, person)
	b.must("load", err)
	b.same("attempt", w.Attempt, store.Attempt{Item: id(item), N: n})
}

func attemptKept(b *bed) {
	b.comes(person, "e1", store.Accepted)
	b.attempted("", 0)
	b.attempts("e1", 1)
	b.attempts("e1", 1) // its answer was lost
	b.attempted("e1", 1)
	b.attempts("e1", 2)
	b.attempted("e1", 2)
	b.attempts("e1", 300)
	b.attempted("e1", 300)
	b.attempts("o1", 1)
	b.attempted("o1", 1)
	b.attempts("o1", 0)
	b.attempted("", 0)
	b.attempts("e1", 0)
	b.attempted("", 0)
}

func attemptForgotten(b *bed) {
	b.comes(person, "e1", store.Accepted)
	b.attempts("e1", 1)
	b.clock.Lapse(b.cfg.AttemptTTL - time.Hour)
	b.attempted("e1", 1)
	b.attempts("e1", 2)
	b.clock.Lapse(b.cfg.AttemptTTL - time.Hour)
	b.attempted("e1", 2)
	b.clock.Lapse(time.Hour + 20*time.Millisecond)
	b.attempted("", 0)
	b.claim(100) // sweeps up what has expired
	b.attempts("e1", 1)
	b.attempted("e1", 1)
}

func attemptOutlives(b *bed) {
	b.comes(person, "e1", store.Accepted)
	b.attempts("e1", 3)
	b.commits(step(person, 0, "e1", "o1"), store.CommitResult{Status: store.Committed, Rev: 1, Out: itemPtr("o1")})
	b.attempted("e1", 3)
	b.does(person, "o1", store.Done{Free: true})
	b.attempted("e1", 3)
	b.claim(100)
	b.attempted("e1", 3)
}

func attemptQuiet(b *bed) {
	b.attempts("e1", 1)
	b.claims(sweep{})
	b.attempts("e1", 0)
	b.comes(person, "e1", store.Accepted)
	lease := b.leaseEnd()
	b.clock.Advance(time.Second)
	b.attempts("e1", 1)
	b.claims(sweep{Next: lease})
	b.clock.Advance(b.cfg.Lease - time.Second)
	b.claims(sweep{Keys: []store.Key{person}, Next: b.leaseEnd()})
}

func attemptMoved(b *bed) {
	b.comes(person, "e1", store.Accepted)
	b.attempts("e1", 4)
	b.moves()
	b.attempted("", 0)
}

func attemptRefuses(b *bed) {
	if err := b.engine.Attempt(b.ctx, "", store.Attempt{Item: id("e1"), N: 1}); err == nil {
		b.Fatal("an attempt of nobody was taken")
	}
}
