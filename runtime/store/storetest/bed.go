package storetest

import (
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/runtime/store"
)

// person is the one most tests are about.
const person store.Key = "AAAAAAAAAAAAAAAAAAAAAA"

// id makes an id of a readable name of up to eight characters.
func id(name string) (id store.ID8) {
	copy(id[:], name)
	return id
}

// item makes an item whose body is made from its name.
func item(name string) store.Item { return store.Item{ID: id(name), Body: []byte("body of " + name)} }

func itemPtr(name string) *store.Item {
	it := item(name)
	return &it
}

// snap is the session the step of an event leaves.
func snap(rev uint64, event string) *store.Snapshot {
	return &store.Snapshot{Rev: rev, Last: id(event), Body: []byte("session after " + event)}
}

// event is an event sent now.
func (b *bed) event(key store.Key, name string) store.Accept {
	return store.Accept{Key: key, ID: id(name), Body: item(name).Body, Sent: b.clock.Now().UnixMilli()}
}

// step is the step of an event without timers or journal.
func step(key store.Key, rev uint64, event string, outs ...string) store.Commit {
	c := store.Commit{Key: key, Rev: rev, Event: id(event), Session: snap(0, event).Body, TTL: 10 * shortly}
	for _, out := range outs {
		c.Out = append(c.Out, item(out))
	}
	return c
}

func (b *bed) accept(in store.Accept) store.AcceptResult {
	b.Helper()
	res, err := b.engine.Accept(b.ctx, in)
	b.must("accept", err)
	return res
}

// comes accepts an event sent now and checks what becomes of it.
func (b *bed) comes(key store.Key, name string, want store.AcceptStatus) store.Work {
	b.Helper()
	return b.arrives(b.event(key, name), want)
}

func (b *bed) arrives(in store.Accept, want store.AcceptStatus) store.Work {
	b.Helper()
	res := b.accept(in)
	if res.Status != want {
		b.Fatalf("accept %q: status %d, want %d", in.ID, res.Status, want)
	}
	return res.Work
}

// commits applies a step and compares the answer, the lease included.
func (b *bed) commits(in store.Commit, want store.CommitResult) {
	b.Helper()
	if want.Status == store.Committed {
		want.Lease = b.leaseEnd()
	}
	res, err := b.engine.Commit(b.ctx, in)
	b.must("commit", err)
	b.same("commit", res, want)
}

// does removes an outbox head and compares the answer.
func (b *bed) does(key store.Key, out string, want store.Done) {
	b.Helper()
	if !want.Gone && !want.Free {
		want.Lease = b.leaseEnd()
	}
	res, err := b.engine.Done(b.ctx, key, id(out))
	b.must("done", err)
	b.same("done "+out, res, want)
}

// releases gives a person back and compares the work that came in meanwhile.
func (b *bed) releases(want store.Work) {
	b.Helper()
	if want.Head != nil || want.Out != nil {
		want.Lease = b.leaseEnd()
	}
	res, err := b.engine.Release(b.ctx, want.Key)
	b.must("release", err)
	b.same("release", res, want)
}

// loads reads the work of somebody who is owned and compares it, but for how the last owner left: see attemptTests.
func (b *bed) loads(want store.Work) {
	b.Helper()
	want.Lease = b.leaseEnd()
	res, err := b.engine.Load(b.ctx, want.Key)
	b.must("load", err)
	res.Silent = false
	b.same("load", res, want)
}

// free checks that a person is free with the given session, by a look that changes nothing.
func (b *bed) free(key store.Key, session *store.Snapshot) {
	b.Helper()
	res, err := b.engine.Load(b.ctx, key)
	b.must("load", err)
	b.same("work of a free person", res, store.Work{Key: key, Session: session})
}

// sweep is the answers of Claim from all partitions.
type sweep struct {
	Keys []store.Key
	Due  []store.Due
	Next time.Time
}

func (b *bed) claim(n int) sweep {
	b.Helper()
	var all sweep
	for p := range b.engine.Partitions() {
		keys, due, next, err := b.engine.Claim(b.ctx, p, n)
		b.must("claim", err)
		all.Keys, all.Due = append(all.Keys, keys...), append(all.Due, due...)
		if !next.IsZero() && (all.Next.IsZero() || next.Before(all.Next)) {
			all.Next = next
		}
	}
	return all
}

func (b *bed) claims(want sweep) {
	b.Helper()
	b.same("claim", b.claim(100), want)
}

func (b *bed) fires(due store.Due, name string, want bool) *store.Work {
	b.Helper()
	fired, work, err := b.engine.Fire(b.ctx, due, id(name))
	b.must("fire", err)
	if fired != want {
		b.Fatalf("fire %v: fired %v, want %v", due, fired, want)
	}
	return work
}

func (b *bed) leaseEnd() time.Time { return b.in(b.cfg.Lease) }

// in is a moment d from now, as engines give times.
func (b *bed) in(d time.Duration) time.Time { return time.UnixMilli(b.clock.Now().Add(d).UnixMilli()) }

func (b *bed) must(what string, err error) {
	b.Helper()
	if err != nil {
		b.Fatalf("%s: %v", what, err)
	}
}

func (b *bed) same(what string, got, want any) {
	b.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		b.Fatalf("%s differs (-want +got):\n%s", what, diff)
	}
}
