package storetest

import (
	"fmt"
	"time"

	"hoithoai/runtime/store"
)

func journalTests() []test {
	return []test{
		{name: "keeps the entries of the steps, oldest first", run: journalOrder},
		{name: "keeps the newest entries only", cfg: store.Config{Journal: 3}, run: journalTrim},
		{name: "a step without an entry writes none", run: journalNone},
		{name: "ends after its time", cfg: store.Config{JournalTTL: shortly}, run: journalEnds},
	}
}

func (b *bed) journalIs(key store.Key, want ...string) {
	b.Helper()
	entries, err := b.engine.Journal(b.ctx, key)
	b.must("journal", err)
	var got []string
	for _, e := range entries {
		got = append(got, string(e))
	}
	b.same("journal", got, want)
}

// writes applies n steps from rev on, each with an entry of its number.
func (b *bed) writes(rev, n int) {
	b.Helper()
	for i := rev; i < rev+n; i++ {
		name := fmt.Sprintf("e%d", i)
		b.comes(person, name, store.Accepted)
		c := step(person, uint64(i), name)
		c.Journal = fmt.Appendf(nil, "j%d", i)
		b.commits(c, store.CommitResult{Status: store.Released, Rev: uint64(i + 1)})
	}
}

func journalOrder(b *bed) {
	b.journalIs(person)
	b.writes(0, 12)
	b.journalIs(person, "j0", "j1", "j2", "j3", "j4", "j5", "j6", "j7", "j8", "j9", "j10", "j11")
	b.journalIs("somebody-else")
}

func journalTrim(b *bed) {
	b.writes(0, 8)
	b.journalIs(person, "j5", "j6", "j7")
}

func journalNone(b *bed) {
	b.writes(0, 1)
	b.comes(person, "x", store.Accepted)
	b.commits(step(person, 1, "x"), store.CommitResult{Status: store.Released, Rev: 2})
	b.journalIs(person, "j0")
}

func journalEnds(b *bed) {
	b.writes(0, 2)
	b.clock.Lapse(b.cfg.JournalTTL + 20*time.Millisecond)
	b.journalIs(person)
	b.writes(2, 1)
	b.journalIs(person, "j2")
}
