package storetest

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"hoithoai/runtime/store"
)

func gaugeTests() []test {
	return []test{
		{name: "an empty store has no depth", run: gaugeNothing},
		{name: "all are shown where they are few", run: gaugeAll},
		{name: "of many some are shown", run: gaugeSome},
		{name: "looking changes nothing", run: gaugeTouchesNothing},
		{name: "there is no such partition", run: gaugeOutside},
	}
}

// gauged looks at all partitions, and returns what it saw sorted by key.
func (b *bed) gauged(n int) (people int, some []store.Queues) {
	b.Helper()
	for p := range b.engine.Partitions() {
		count, shown, err := b.engine.Gauge(b.ctx, p, n)
		b.must("gauge", err)
		if len(shown) > n {
			b.Errorf("%d people are shown, at most %d were asked for", len(shown), n)
		}
		people, some = people+count, append(some, shown...)
	}
	slices.SortFunc(some, func(x, y store.Queues) int { return cmp.Compare(x.Key, y.Key) })
	return people, some
}

func gaugeNothing(b *bed) {
	people, some := b.gauged(10)
	b.same("people", people, 0)
	b.same("shown", some, []store.Queues(nil))
}

// gaugeAll has a person who waits, one who is being answered, and one who is free again.
func gaugeAll(b *bed) {
	b.comes("waits", "e1", store.Accepted)
	b.comes("waits", "e2", store.Queued)
	b.comes("waits", "e3", store.Queued)
	b.comes("answered", "e1", store.Accepted)
	said := step("answered", 0, "e1")
	said.Out = []store.Item{item("o1"), item("o2")}
	b.commits(said, store.CommitResult{Status: store.Committed, Rev: 1, Out: itemPtr("o1")})
	b.comes("free", "e1", store.Accepted)
	b.commits(step("free", 0, "e1"), store.CommitResult{Status: store.Released, Rev: 1})

	people, some := b.gauged(10)
	b.same("people", people, 2)
	b.same("shown", some, []store.Queues{
		{Key: "answered", Out: 2, Next: itemPtr("o1")},
		{Key: "waits", Mail: 3, Head: itemPtr("e1")},
	})
	people, some = b.gauged(0)
	b.same("people without a sample", people, 2)
	b.same("sample of nobody", some, []store.Queues(nil))
}

func gaugeSome(b *bed) {
	const many = 300
	for i := range many {
		b.comes(store.Key(fmt.Sprintf("k%d", i)), "e1", store.Accepted)
	}
	people, some := b.gauged(2)
	b.same("people", people, many)
	if len(some) == 0 || len(some) == many && b.engine.Partitions() < many/2 {
		b.Errorf("%d people are shown", len(some))
	}
	for _, q := range some {
		if q.Mail != 1 || q.Out != 0 || q.Head == nil || q.Next != nil {
			b.Errorf("shown is %+v", q)
		}
	}
}

func gaugeTouchesNothing(b *bed) {
	b.comes(person, "e1", store.Accepted)
	end := b.leaseEnd()
	b.clock.Advance(b.cfg.Lease / 2)
	for range 3 {
		b.gauged(5)
	}
	b.claims(sweep{Next: end})
	b.clock.Advance(b.cfg.Lease - b.cfg.Lease/2)
	b.claims(sweep{Keys: []store.Key{person}, Next: b.clock.Now().Add(b.cfg.Lease).Truncate(time.Millisecond)})
}

func gaugeOutside(b *bed) {
	for _, p := range []int{-1, b.engine.Partitions()} {
		if _, _, err := b.engine.Gauge(b.ctx, p, 1); err == nil {
			b.Errorf("partition %d is looked at", p)
		}
	}
}
