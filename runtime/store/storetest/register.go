package storetest

import (
	"fmt"
	"sync"

	"hoithoai/runtime/store"
)

func bundleTests() []test {
	return []test{
		{name: "an unknown one is nil", run: func(b *bed) { b.bundleIs("none", nil) }},
		{name: "the first of a hash stays", run: bundleFirst},
	}
}

func (b *bed) bundleIs(hash string, want []byte) {
	b.Helper()
	got, err := b.engine.Bundle(b.ctx, hash)
	b.must("bundle", err)
	b.same("bundle "+hash, got, want)
}

func bundleFirst(b *bed) {
	b.must("save bundle", b.engine.SaveBundle(b.ctx, "h1", []byte("one")))
	b.must("save bundle", b.engine.SaveBundle(b.ctx, "h2", []byte("two")))
	b.must("save bundle", b.engine.SaveBundle(b.ctx, "h1", []byte("other")))
	b.bundleIs("h1", []byte("one"))
	b.bundleIs("h2", []byte("two"))
}

func recordTests() []test {
	return []test{
		{name: "come back in order, page by page", run: recordPages},
		{name: "a repeated task writes nothing twice", run: recordOnce},
		{name: "an erased record does not come back", run: recordErase},
		{name: "lists are apart", run: recordApart},
		{name: "many writers lose nothing", run: recordCrowd},
	}
}

func (b *bed) append(list, by, body string) string {
	b.Helper()
	got, appended, err := b.engine.Append(b.ctx, list, id(by), []byte(body))
	b.must("append", err)
	if !appended || got == "" {
		b.Fatalf("append %s: id %q, appended %v", by, got, appended)
	}
	return got
}

// listed are the bodies after an id.
func (b *bed) listed(list, after string, n int) []store.Record {
	b.Helper()
	records, err := b.engine.List(b.ctx, list, after, n)
	b.must("list", err)
	return records
}

func recordPages(b *bed) {
	b.same("empty list", len(b.listed("tin:1", "", 10)), 0)
	var want []store.Record
	for i := range 25 {
		body := fmt.Sprintf("record %d", i)
		want = append(want, store.Record{ID: b.append("tin:1", fmt.Sprintf("by%d", 24-i), body), Body: []byte(body)})
	}
	var got []store.Record
	after := ""
	for range 4 {
		page := b.listed("tin:1", after, 7)
		got = append(got, page...)
		after = page[len(page)-1].ID
	}
	b.same("pages", got, want)
	b.same("after the last", len(b.listed("tin:1", after, 7)), 0)
	b.same("none asked for", len(b.listed("tin:1", "", 0)), 0)
}

func recordOnce(b *bed) {
	first := b.append("tin:1", "by1", "first")
	b.append("tin:1", "by2", "second")
	again, appended, err := b.engine.Append(b.ctx, "tin:1", id("by1"), []byte("other"))
	b.must("append", err)
	if appended || again != first {
		b.Fatalf("append again: id %q, appended %v, want %q and false", again, appended, first)
	}
	b.same("records", len(b.listed("tin:1", "", 10)), 2)
}

func recordErase(b *bed) {
	one, two := b.append("tin:1", "by1", "first"), b.append("tin:1", "by2", "second")
	for i, want := range []bool{true, false} {
		erased, err := b.engine.Erase(b.ctx, "tin:1", one)
		b.must("erase", err)
		if erased != want {
			b.Fatalf("erase %d: %v, want %v", i, erased, want)
		}
	}
	again, appended, err := b.engine.Append(b.ctx, "tin:1", id("by1"), []byte("first"))
	b.must("append", err)
	if appended || again != one {
		b.Fatalf("append of an erased one: id %q, appended %v", again, appended)
	}
	want := []store.Record{{ID: two, Body: []byte("second")}}
	b.same("records", b.listed("tin:1", "", 10), want)
	b.same("records after the erased one", b.listed("tin:1", one, 10), want)
	three := b.append("tin:1", "by3", "third")
	b.same("records after the second", b.listed("tin:1", two, 10), []store.Record{{ID: three, Body: []byte("third")}})
}

func recordApart(b *bed) {
	one := b.append("tin:1", "by", "of 1")
	b.append("tin:10", "by", "of 10")
	b.append("tin", "by", "of none")
	b.same("records", b.listed("tin:1", "", 10), []store.Record{{ID: one, Body: []byte("of 1")}})
	erased, err := b.engine.Erase(b.ctx, "tin:2", one)
	b.must("erase", err)
	if erased {
		b.Fatal("erased from another list")
	}
}

func recordCrowd(b *bed) {
	const writers, each = 8, 10
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range 2 * each { // everyone repeats
				by := id(fmt.Sprintf("%d-%d", w, i/2))
				if _, _, err := b.engine.Append(b.ctx, "list", by, by[:]); err != nil {
					b.Errorf("append: %v", err)
				}
			}
		})
	}
	wg.Wait()
	seen := map[string]bool{}
	for _, r := range b.listed("list", "", 1000) {
		seen[string(r.Body)] = true
	}
	b.same("different records", len(seen), writers*each)
	b.same("records", len(b.listed("list", "", 1000)), writers*each)
}

func placeTests() []test {
	return []test{
		{name: "no more than the limit hold a place", run: placeLimit},
		{name: "the same task takes one place only", run: placeOnce},
		{name: "a freed place goes to the next", run: placeFree},
		{name: "who freed a place does not get it back by repeating", run: placeFreedStays},
		{name: "a crowd gets exactly the limit", run: placeCrowd},
	}
}

func (b *bed) takes(place, by string, limit int, want bool) {
	b.Helper()
	taken, err := b.engine.Take(b.ctx, place, id(by), limit)
	b.must("take", err)
	if taken != want {
		b.Fatalf("take %s for %s: %v, want %v", place, by, taken, want)
	}
}

func (b *bed) frees(place, by string, want bool) {
	b.Helper()
	freed, err := b.engine.Free(b.ctx, place, id(by))
	b.must("free", err)
	if freed != want {
		b.Fatalf("free %s of %s: %v, want %v", place, by, freed, want)
	}
}

func placeLimit(b *bed) {
	b.takes("8:00", "a", 2, true)
	b.takes("8:00", "b", 2, true)
	b.takes("8:00", "c", 2, false)
	b.takes("8:30", "c", 2, true)
	b.takes("8:00", "c", 3, true)
	b.takes("9:00", "a", 0, false)
}

func placeOnce(b *bed) {
	b.takes("8:00", "a", 2, true)
	b.takes("8:00", "a", 2, true)
	b.takes("8:00", "b", 2, true)
	b.takes("8:00", "a", 2, true)
	b.takes("8:00", "c", 2, false)
}

func placeFree(b *bed) {
	b.frees("8:00", "a", false)
	b.takes("8:00", "a", 1, true)
	b.takes("8:00", "b", 1, false)
	b.frees("8:00", "b", false)
	b.frees("8:00", "a", true)
	b.frees("8:00", "a", false)
	b.takes("8:00", "b", 1, true)
}

func placeFreedStays(b *bed) {
	b.takes("8:00", "a", 1, true)
	b.frees("8:00", "a", true)
	b.takes("8:00", "a", 1, false)
	b.takes("8:00", "b", 1, true)
}

func placeCrowd(b *bed) {
	const people, limit = 30, 7
	taken := make(chan bool, people)
	for i := range people {
		go func() {
			ok, err := b.engine.Take(b.ctx, "8:00", id(fmt.Sprintf("by%d", i)), limit)
			if err != nil {
				b.Errorf("take: %v", err)
			}
			taken <- ok
		}()
	}
	n := 0
	for range people {
		if <-taken {
			n++
		}
	}
	b.same("taken", n, limit)
}
