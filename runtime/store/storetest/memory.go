package storetest

import (
	"fmt"
	"time"

	"hoithoai/runtime/store"
)

func memoryTests() []test {
	return []test{
		{name: "a waiting, an applied and a released event are duplicates", run: memoryDuplicates},
		{name: "old duplicates stay duplicates beyond the ring", cfg: store.Config{Ring: 3}, run: memoryOldDuplicates},
		{name: "below the watermark an unknown event is stale", cfg: store.Config{Ring: 3}, run: memoryStale},
		{name: "below the watermark a repeat never taken is appended once", cfg: store.Config{Ring: 3}, run: memoryRetry},
		{name: "a repeat from below leaves the watermark", cfg: store.Config{Ring: 3}, run: memoryMarkStays},
		{name: "a first delivery an hour behind fifty newer ones is appended", run: memoryLate},
		{name: "above the watermark order does not matter", cfg: store.Config{Ring: 3}, run: memoryAbove},
		{name: "what fell out long ago is forgotten first", cfg: store.Config{Ring: 1, Old: 2}, run: memoryBounded},
		{name: "a time in the future does not deafen", cfg: store.Config{Ring: 1}, run: memoryFuture},
		{name: "many events of one moment are all taken", cfg: store.Config{Ring: 2}, run: memoryMoment},
		{name: "no time is the time of arrival", cfg: store.Config{Ring: 1}, run: memoryNoTime},
		{name: "memory ends after its window", cfg: store.Config{Ring: 1, Window: shortly}, run: memoryWindow},
	}
}

func memoryDuplicates(b *bed) {
	b.comes(person, "e1", store.Accepted)
	b.comes(person, "e1", store.Duplicate)
	b.commits(step(person, 0, "e1", "o1"), store.CommitResult{Status: store.Committed, Rev: 1, Out: itemPtr("o1")})
	b.comes(person, "e1", store.Duplicate)
	b.does(person, "o1", store.Done{Free: true})
	b.comes(person, "e1", store.Duplicate)
	in := b.event(person, "e1")
	in.Retry = true
	b.arrives(in, store.Duplicate)
	b.free(person, snap(1, "e1"))
}

// run applies n events e0, e1, … of a person, each a second younger than the one before.
func (b *bed) run(n int) {
	b.Helper()
	for i := range n {
		b.clock.Advance(time.Second)
		name := fmt.Sprintf("e%d", i)
		b.comes(person, name, store.Accepted)
		b.commits(step(person, uint64(i), name), store.CommitResult{Status: store.Released, Rev: uint64(i + 1)})
	}
}

func memoryOldDuplicates(b *bed) {
	start := b.clock.Now()
	b.run(12)
	for i := range 12 {
		in := b.event(person, fmt.Sprintf("e%d", i))
		in.Sent = start.Add(time.Duration(i+1) * time.Second).UnixMilli()
		b.arrives(in, store.Duplicate)
		in.Retry = true
		b.arrives(in, store.Duplicate)
		in.Sent = b.clock.Now().UnixMilli() // a channel that stamps its repeats anew
		b.arrives(in, store.Duplicate)
	}
	b.free(person, snap(12, "e11"))
}

func memoryStale(b *bed) {
	b.run(5) // the ring holds e2, e3, e4; the watermark is the time of e1
	in := b.event(person, "late")
	in.Sent -= 3001 // older than e1
	b.arrives(in, store.Stale)
	in.Sent -= 60_000
	b.arrives(in, store.Stale)
	b.free(person, snap(5, "e4"))
}

func memoryRetry(b *bed) {
	b.run(5)
	in := b.event(person, "late")
	in.Sent -= 3001
	in.Retry = true
	got := b.arrives(in, store.Accepted)
	b.same("head", got.Head, itemPtr("late"))
	b.arrives(in, store.Duplicate)
	in.Retry = false
	b.arrives(in, store.Duplicate)
	b.commits(step(person, 5, "late"), store.CommitResult{Status: store.Released, Rev: 6})
	b.arrives(in, store.Duplicate)
}

func memoryMarkStays(b *bed) {
	b.run(5)
	in := b.event(person, "repeat")
	in.Sent -= 10_000
	in.Retry = true
	b.arrives(in, store.Accepted)
	in = b.event(person, "late")
	in.Sent -= 5000 // older than e1, younger than the repeat
	b.arrives(in, store.Stale)
}

func memoryLate(b *bed) {
	late := b.event(person, "late")
	b.clock.Advance(time.Hour)
	b.run(50)
	b.arrives(late, store.Accepted)
	b.arrives(late, store.Duplicate)
}

func memoryAbove(b *bed) {
	b.run(5)
	in := b.event(person, "between")
	in.Sent -= 1500 // younger than e2, older than e3
	b.arrives(in, store.Accepted)
	b.arrives(in, store.Duplicate)
}

func memoryBounded(b *bed) {
	b.run(6) // the ring holds e5, the old ones e3 and e4
	for name, want := range map[string]store.AcceptStatus{
		"e5": store.Duplicate, "e4": store.Duplicate, "e3": store.Duplicate, "e2": store.Stale, "e0": store.Stale,
	} {
		in := b.event(person, name)
		in.Sent -= 4000
		b.arrives(in, want)
	}
}

func memoryFuture(b *bed) {
	for i, name := range []string{"f1", "f2", "f3"} {
		in := b.event(person, name)
		in.Sent += (24 * time.Hour).Milliseconds() * int64(i+1)
		b.accept(in)
	}
	b.clock.Advance(time.Second)
	b.comes(person, "now", store.Queued)
}

func memoryMoment(b *bed) {
	for i := range 20 {
		name := fmt.Sprintf("e%d", i)
		b.comes(person, name, store.Accepted)
		b.commits(step(person, uint64(i), name), store.CommitResult{Status: store.Released, Rev: uint64(i + 1)})
	}
	for i := range 20 {
		b.comes(person, fmt.Sprintf("e%d", i), store.Duplicate)
	}
}

func memoryNoTime(b *bed) {
	for _, name := range []string{"n1", "n2", "n3"} {
		b.clock.Advance(time.Second)
		in := b.event(person, name)
		in.Sent = 0
		if got := b.accept(in).Status; got != store.Accepted && got != store.Queued {
			b.Fatalf("accept without a time: status %d", got)
		}
	}
	in := b.event(person, "old")
	in.Sent -= 1001
	b.arrives(in, store.Stale)
}

func memoryWindow(b *bed) {
	old := b.event(person, "e0")
	old.Sent--
	b.comes(person, "e1", store.Accepted)
	b.comes(person, "e2", store.Queued)
	b.comes(person, "e1", store.Duplicate)
	b.arrives(old, store.Stale)
	b.clock.Lapse(b.cfg.Window + 20*time.Millisecond)
	b.arrives(old, store.Queued)
	b.arrives(old, store.Duplicate)
}
