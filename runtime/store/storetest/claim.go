package storetest

import (
	"fmt"
	"slices"
	"time"

	"hoithoai/runtime/store"
)

func claimTests() []test {
	return []test{
		{name: "an empty store has nothing", run: claimNothing},
		{name: "a lease ends to the millisecond", run: claimLease},
		{name: "who is claimed is not claimed again", run: claimOnce},
		{name: "at most n, earliest first, and the rest later", run: claimSome},
		{name: "two clockworks share the people", run: claimShared},
	}
}

func claimNothing(b *bed) { b.claims(sweep{}) }

func claimLease(b *bed) {
	b.comes(person, "e1", store.Accepted)
	end := b.leaseEnd()
	b.clock.Advance(b.cfg.Lease - time.Millisecond)
	b.claims(sweep{Next: end})
	b.clock.Advance(time.Millisecond)
	b.claims(sweep{Keys: []store.Key{person}, Next: b.leaseEnd()})
	b.loads(store.Work{Key: person, Head: itemPtr("e1")})
}

func claimOnce(b *bed) {
	b.comes(person, "e1", store.Accepted)
	b.clock.Advance(b.cfg.Lease)
	b.claims(sweep{Keys: []store.Key{person}, Next: b.leaseEnd()})
	b.claims(sweep{Next: b.leaseEnd()})
	b.clock.Advance(time.Second)
	b.loads(store.Work{Key: person, Head: itemPtr("e1")})
	b.claims(sweep{Next: b.leaseEnd()}) // load renewed the lease
	b.commits(step(person, 0, "e1"), store.CommitResult{Status: store.Released, Rev: 1})
	b.clock.Advance(b.cfg.Lease)
	b.claims(sweep{})
}

// samePartition returns n keys of one partition, by asking the engine where keys are.
func (b *bed) samePartition(n int) []store.Key {
	b.Helper()
	byPartition := map[int][]store.Key{}
	for batch := range 40 {
		for i := range 50 * n {
			key := store.Key(fmt.Sprintf("k%d-%d", batch, i))
			b.comes(key, "probe", store.Accepted)
			b.must("defer", b.engine.Defer(b.ctx, key, b.clock.Now().Add(-time.Minute)))
		}
		for p := range b.engine.Partitions() {
			keys, _, _, err := b.engine.Claim(b.ctx, p, 50*n)
			b.must("claim", err)
			if byPartition[p] = append(byPartition[p], keys...); len(byPartition[p]) >= n {
				return byPartition[p][:n]
			}
		}
	}
	b.Fatalf("no %d people of one partition were claimed", n)
	return nil
}

func claimSome(b *bed) {
	keys := b.samePartition(5)
	for i, key := range keys {
		b.must("defer", b.engine.Defer(b.ctx, key, b.clock.Now().Add(time.Duration(i)*time.Millisecond)))
	}
	b.clock.Advance(3 * time.Millisecond) // four of five are due
	first, second := b.claimAround(keys, 3), b.claimAround(keys, 3)
	b.same("first", first, keys[:3])
	b.same("second", second, keys[3:4])
	b.clock.Advance(time.Millisecond)
	b.same("third", b.claimAround(keys, 3), keys[4:])
}

// claimAround claims n of every partition and returns those among keys.
func (b *bed) claimAround(keys []store.Key, n int) []store.Key {
	b.Helper()
	return slices.DeleteFunc(b.claim(n).Keys, func(k store.Key) bool { return !slices.Contains(keys, k) })
}

// drain claims two at a time until a partition has nobody left, or rounds are over. Safe for use beside others.
func (b *bed) drain(partition, rounds int) []store.Key {
	var mine []store.Key
	for range rounds {
		keys, _, _, err := b.engine.Claim(b.ctx, partition, 2)
		if err != nil {
			b.Errorf("claim: %v", err)
		}
		if len(keys) == 0 {
			break
		}
		mine = append(mine, keys...)
	}
	return mine
}

func claimShared(b *bed) {
	const people = 40
	for i := range people {
		b.comes(store.Key(fmt.Sprintf("k%d", i)), "e", store.Accepted)
	}
	b.clock.Advance(b.cfg.Lease)
	found := make(chan []store.Key)
	for range 4 {
		go func() {
			var mine []store.Key
			for p := range b.engine.Partitions() {
				mine = append(mine, b.drain(p, people)...)
			}
			found <- mine
		}()
	}
	var all []store.Key
	for range 4 {
		all = append(all, <-found...)
	}
	slices.Sort(all)
	if n := len(slices.Compact(slices.Clone(all))); n != people || len(all) != people {
		b.Fatalf("%d people were claimed %d times in all, want each of %d once", n, len(all), people)
	}
}
