package storetest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
)

func dumpTests() []test {
	return []test{
		{name: "what is loaded dumps the same, and behaves the same", run: dumpRound, cfg: store.Config{Ring: 2, Old: 3}},
		{name: "an empty store has nothing to dump", run: dumpEmpty},
		{name: "what has expired is left out", run: dumpExpired},
		{name: "people come before all else", run: dumpOrder},
		{name: "a dump ends with the error of who takes it", run: dumpStopped},
		{name: "a timer that was loaded fires once, at its time", run: loadTimer},
		{name: "who was owned is taken over when the lease has passed, who is to wait then", run: loadLease},
		{name: "an interrupted load goes on, another is refused", run: loadAgain},
		{name: "a store that keeps something is refused", run: loadNotEmpty},
		{name: "nothing is loaded without a start", run: loadWithoutStart},
		{name: "an entry replaces what is kept of the same", run: loadReplaces},
		{name: "what no engine takes is refused", run: loadRefuses},
		{name: "a cleared store keeps nothing", run: clearAll},
		{name: "everybody is one moment while a crowd writes", run: dumpCrowd},
	}
}

// Dumped returns all that an engine keeps, in an order of its own.
func Dumped(ctx context.Context, from store.Dumper) ([]store.Entry, error) {
	var all []store.Entry
	err := from.Dump(ctx, func(e store.Entry) error {
		all = append(all, e)
		return nil
	})
	slices.SortFunc(all, func(a, b store.Entry) int { return strings.Compare(nameOf(a), nameOf(b)) })
	return all, err
}

// nameOf tells the entries of a dump apart.
func nameOf(e store.Entry) string {
	switch {
	case e.Beat != nil:
		return "0 " + e.Beat.What
	case e.Person != nil:
		return "1 " + string(e.Person.Key)
	case e.Record != nil:
		return fmt.Sprintf("2 %s\x00%x", e.Record.List, e.Record.By)
	case e.Place != nil:
		return fmt.Sprintf("3 %s\x00%x", e.Place.Place, e.Place.By)
	}
	return "4 " + e.Bundle.Hash
}

// Load brings entries into an empty engine.
func Load(ctx context.Context, into store.Loader, all []store.Entry) error {
	if _, err := into.StartLoad(ctx, "dump"); err != nil {
		return err
	}
	if err := into.PutEntries(ctx, all, uint64(len(all))); err != nil {
		return err
	}
	return into.FinishLoad(ctx)
}

// SameDump compares dumps. Lives differ by the time that passes between them where a server counts it: an hour is let go.
func SameDump(want, got []store.Entry) string {
	near := gocmp.Comparer(func(a, b time.Duration) bool { return (a == 0) == (b == 0) && (a-b).Abs() < time.Hour })
	return gocmp.Diff(want, got, near, cmpopts.EquateEmpty())
}

// move compares the dumps of the engine and the model, and goes on with fresh ones, each loaded with what the other kept.
func (p *pair) move(t *rapid.T) {
	if rapid.IntRange(0, 3).Draw(t, "move") > 0 {
		return
	}
	p.steps++
	want, err := Dumped(p.ctx, p.model)
	got, gotErr := Dumped(p.ctx, p.engine)
	if err = errors.Join(err, gotErr); err != nil {
		t.Fatalf("dump: %v", err)
	}
	if diff := SameDump(want, got); diff != "" {
		t.Fatalf("dump differs (-model +engine):\n%s", diff)
	}
	p.end()
	p.engine, p.model = p.subject.Open(p.t, p.cfg, p.clock), model.New(p.cfg, p.clock.Now)
	if err := errors.Join(Load(p.ctx, p.engine, want), Load(p.ctx, p.model, got)); err != nil {
		t.Fatalf("load: %v", err)
	}
}

func (b *bed) dump() []store.Entry {
	b.Helper()
	all, err := Dumped(b.ctx, b.engine)
	b.must("dump", err)
	return all
}

func (b *bed) load(all []store.Entry) {
	b.Helper()
	b.must("load", Load(b.ctx, b.engine, all))
}

// moves goes on with a fresh engine that was loaded with all that the present one keeps.
func (b *bed) moves() {
	b.Helper()
	all := b.dump()
	b.engine = b.fresh()
	b.load(all)
	if diff := SameDump(all, b.dump()); diff != "" {
		b.Fatalf("the loaded store dumps something else (-dumped +loaded):\n%s", diff)
	}
}

// live fills the engine with one of everything: a person in the middle of something, one who is free, one who has only asked.
func (b *bed) live() {
	b.Helper()
	for i := range 6 { // fill the ring beyond its size, so that there is a watermark and something old
		b.arrives(b.eventAt(person, fmt.Sprint("e", i), time.Duration(i)*time.Second), cmp.Or(map[int]store.AcceptStatus{0: store.Accepted}[i], store.Queued))
	}
	c := step(person, 0, "e0", "o1", "o2")
	c.Timers = []store.Timer{
		{Name: "nhac", Gen: 2, At: b.in(time.Hour), Body: []byte("timer")}, {Name: "nhac", Gen: 1, At: b.in(2 * time.Hour), Body: []byte("old")},
	}
	c.Journal = []byte("entry")
	b.commits(c, store.CommitResult{Status: store.Committed, Rev: 1, Next: itemPtr("e1"), Out: itemPtr("o1")})
	b.must("note echo", b.engine.NoteEcho(b.ctx, person, store.Echo{ID: id("echo"), Look: id("look"), Sent: 7}))
	b.comes("free", "f1", store.Accepted)
	c = step("free", 0, "f1")
	c.Session, c.TTL, c.Timers = nil, 0, []store.Timer{{Name: "t", Gen: 1, At: b.in(time.Minute), Body: []byte{0, 0xff}}}
	b.commits(c, store.CommitResult{Status: store.Released, Rev: 1})
	b.append("tin", "by1", "first")
	b.append("tin", "by2", "")
	gone := b.append("tin", "by3", "third")
	if _, err := b.engine.Erase(b.ctx, "tin", gone); err != nil {
		b.Fatal(err)
	}
	b.takes("8:00", "a", 2, true)
	b.takes("8:00", "b", 2, true)
	b.frees("8:00", "b", true)
	b.must("save bundle", b.engine.SaveBundle(b.ctx, "h1", []byte("one")))
	b.must("beat", b.engine.Beat(b.ctx, "heard"))
	b.beat = b.in(0)
}

// eventAt is an event sent d ago at first and later after that, so that the order of the ring is known.
func (b *bed) eventAt(key store.Key, name string, d time.Duration) store.Accept {
	in := b.event(key, name)
	in.Sent += d.Milliseconds() - time.Minute.Milliseconds()
	return in
}

func dumpRound(b *bed) {
	b.live()
	all := b.dump()
	if n := len(all); n != 1+2+3+2+1 {
		b.Fatalf("%d entries: %+v", n, all)
	}
	b.moves()
	b.moves() // a copy of a copy
	b.arrives(b.eventAt(person, "e5", 5*time.Second), store.Duplicate)
	b.arrives(b.eventAt(person, "e1", time.Second), store.Duplicate) // of the old ones
	b.arrives(b.eventAt(person, "e9", 0), store.Stale)
	b.does(person, "o1", store.Done{Out: itemPtr("o2"), Next: itemPtr("e1")})
	b.commits(step(person, 0, "e0"), store.CommitResult{Status: store.Already, Rev: 1})
	b.commits(step(person, 1, "e1"), store.CommitResult{Status: store.Committed, Rev: 2, Next: itemPtr("e2"), Out: itemPtr("o2")})
	journal, err := b.engine.Journal(b.ctx, person)
	b.must("journal", err)
	b.same("journal", journal, [][]byte{[]byte("entry")})
	echoes, err := b.engine.Echoes(b.ctx, person)
	b.must("echoes", err)
	b.same("echoes", echoes, []store.Echo{{ID: id("echo"), Look: id("look"), Sent: 7}})
	b.free("free", &store.Snapshot{Rev: 1, Last: id("f1")})
	b.registerRound()
}

// registerRound looks at the records, places and bundles that live made.
func (b *bed) registerRound() {
	b.Helper()
	one, two := store.RecordID(1, id("by1")), store.RecordID(2, id("by2"))
	b.same("records", b.listed("tin", "", 10), []store.Record{{ID: one, Body: []byte("first")}, {ID: two, Body: []byte{}}})
	again, appended, err := b.engine.Append(b.ctx, "tin", id("by3"), []byte("x"))
	b.must("append", err)
	if appended || again != store.RecordID(3, id("by3")) {
		b.Errorf("an erased record is written again: %s, %v", again, appended)
	}
	b.same("the next record", b.append("tin", "by4", "x"), store.RecordID(4, id("by4")))
	b.takes("8:00", "b", 9, false)
	b.takes("8:00", "c", 2, true)
	b.takes("8:00", "d", 2, false)
	body, err := b.engine.Bundle(b.ctx, "h1")
	b.must("bundle", err)
	b.same("bundle", body, []byte("one"))
	b.beats("heard", b.beat)
}

func dumpEmpty(b *bed) {
	b.free(person, nil) // a look leaves nothing
	b.same("entries", len(b.dump()), 0)
	b.moves()
}

func dumpExpired(b *bed) {
	b.live()
	b.clock.Lapse(100 * 24 * time.Hour)
	all := b.dump()
	for _, e := range all {
		if e.Person == nil {
			continue
		}
		if e.Person.Key == person && (e.Person.Session != nil || e.Person.Journal != nil || e.Person.Ring != nil || e.Person.Echoes != nil) {
			b.Errorf("what has expired is dumped: %+v", e.Person)
		}
		if e.Person.Key == "free" && e.Person.Session == nil {
			b.Errorf("a session without end is gone: %+v", e.Person)
		}
	}
	b.moves()
}

func dumpOrder(b *bed) {
	b.live()
	last := byte('0')
	err := b.engine.Dump(b.ctx, func(e store.Entry) error {
		is := nameOf(e)[0]
		if is < last && is < '2' {
			b.Errorf("%q comes after %q", is, last)
		}
		last = is
		return nil
	})
	b.must("dump", err)
}

func dumpStopped(b *bed) {
	b.live()
	stop, n := errors.New("stop"), 0
	err := b.engine.Dump(b.ctx, func(store.Entry) error {
		n++
		return stop
	})
	if !errors.Is(err, stop) || n != 1 {
		b.Errorf("the dump ends with %v after %d entries", err, n)
	}
	ctx, cancel := context.WithCancel(b.ctx)
	cancel()
	if _, err := Dumped(ctx, b.engine); err == nil {
		b.Error("a dump without time succeeds")
	}
}

func loadTimer(b *bed) {
	b.live()
	b.moves()
	due := store.Due{Key: "free", Name: "t", Gen: 1}
	b.clock.Advance(time.Minute - time.Millisecond)
	b.fires(due, "x", false)
	b.clock.Advance(time.Millisecond)
	b.same("due timers", b.claim(100).Due, []store.Due{due})
	work := b.fires(due, "x", true)
	if work == nil || work.Head == nil || string(work.Head.Body) != "\x00\xff" {
		b.Errorf("the fired timer brings %+v", work)
	}
	b.fires(due, "x", false)
	b.same("due timers", len(b.claim(100).Due), 0)
}

func loadLease(b *bed) {
	b.comes("owned", "e1", store.Accepted)
	b.comes("later", "e1", store.Accepted)
	b.must("defer", b.engine.Defer(b.ctx, "later", b.in(time.Hour)))
	b.moves()
	b.same("claimed at once", len(b.claim(100).Keys), 0)
	b.clock.Advance(b.cfg.Lease)
	b.same("claimed after the lease", b.claim(100).Keys, []store.Key{"owned"})
	b.clock.Advance(time.Hour - b.cfg.Lease)
	b.same("claimed in the end", slices.Contains(b.claim(100).Keys, "later"), true)
}

func loadAgain(b *bed) {
	b.live()
	all := b.dump()
	b.engine = b.fresh()
	for _, from := range []int{0, 3, len(all)} {
		done, err := b.engine.StartLoad(b.ctx, "one")
		b.must("start load", err)
		b.same("done", done, uint64(from))
		_, err = b.engine.StartLoad(b.ctx, "two")
		b.refused(err)
		to := min(from+3, len(all))
		if from == 3 {
			to = len(all)
		}
		b.must("put entries", b.engine.PutEntries(b.ctx, all[from:to], uint64(to)))
		b.must("put entries again", b.engine.PutEntries(b.ctx, all[from:to], uint64(to)))
	}
	b.must("finish load", b.engine.FinishLoad(b.ctx))
	if diff := SameDump(all, b.dump()); diff != "" {
		b.Errorf("after two halves (-want +got):\n%s", diff)
	}
	b.registerRound()
}

func (b *bed) refused(err error) {
	b.Helper()
	if !errors.Is(err, store.ErrNotEmpty) {
		b.Errorf("a store that keeps something answers %v, want ErrNotEmpty", err)
	}
}

func loadNotEmpty(b *bed) {
	for _, fill := range []func(){
		func() { b.comes(person, "e1", store.Accepted) },
		func() { b.append("tin", "by", "x") },
		func() { b.takes("8:00", "a", 1, true) },
		func() { b.must("save bundle", b.engine.SaveBundle(b.ctx, "h", []byte("x"))) },
	} {
		b.engine = b.fresh()
		fill()
		_, err := b.engine.StartLoad(b.ctx, "dump")
		b.refused(err)
	}
}

func loadWithoutStart(b *bed) {
	entry := store.Entry{Bundle: &store.BundleEntry{Hash: "h", Body: []byte("x")}}
	if err := b.engine.PutEntries(b.ctx, []store.Entry{entry}, 1); err == nil {
		b.Error("entries are taken without a start")
	}
	b.must("load", Load(b.ctx, b.engine, nil))
	if err := b.engine.PutEntries(b.ctx, []store.Entry{entry}, 1); err == nil {
		b.Error("entries are taken after the end")
	}
	b.same("entries", len(b.dump()), 0)
}

func loadReplaces(b *bed) {
	b.live()
	rich := b.dump()
	poor := []store.Entry{
		{Person: &store.PersonEntry{Key: person, Session: snap(9, "z"), SessionLife: 2 * time.Hour}},
		{Record: &store.RecordEntry{List: "tin", By: id("by1"), ID: store.RecordID(1, id("by1"))}},
		{Place: &store.PlaceEntry{Place: "8:00", By: id("a")}},
		{Bundle: &store.BundleEntry{Hash: "h1", Body: []byte("two")}},
	}
	want := map[string]store.Entry{}
	for _, e := range append(slices.Clone(rich), poor...) {
		want[nameOf(e)] = e
	}
	b.engine = b.fresh()
	_, err := b.engine.StartLoad(b.ctx, "dump")
	b.must("start load", err)
	b.must("put entries", b.engine.PutEntries(b.ctx, rich, 1))
	b.must("put entries", b.engine.PutEntries(b.ctx, poor, 2))
	b.must("finish load", b.engine.FinishLoad(b.ctx))
	got := b.dump()
	b.same("entries", len(got), len(want))
	for _, e := range got {
		if diff := SameDump([]store.Entry{want[nameOf(e)]}, []store.Entry{e}); diff != "" {
			b.Errorf("after a replacement (-want +got):\n%s", diff)
		}
	}
	b.clock.Advance(24 * time.Hour)
	sweep := b.claim(100)
	b.same("people with work", len(sweep.Keys), 0)
	b.same("due timers", sweep.Due, []store.Due{{Key: "free", Name: "t", Gen: 1}})
}

func loadRefuses(b *bed) {
	_, err := b.engine.StartLoad(b.ctx, "dump")
	b.must("start load", err)
	for i, e := range []store.Entry{
		{},
		{Person: &store.PersonEntry{}},
		{Person: &store.PersonEntry{Key: "a b"}},
		{Person: &store.PersonEntry{Key: "a", Mail: []store.Item{item("x")}}},
		{Person: &store.PersonEntry{Key: "a", Timers: []store.Timer{{Name: "a|b"}}}},
		{Person: &store.PersonEntry{Key: "a", Journal: [][]byte{make([]byte, store.MaxBody+1)}}},
		{Record: &store.RecordEntry{List: "tin", By: id("a"), ID: "1"}},
		{Record: &store.RecordEntry{List: "", By: id("a"), ID: store.RecordID(1, id("a"))}},
		{Place: &store.PlaceEntry{}},
		{Bundle: &store.BundleEntry{}},
	} {
		if err := b.engine.PutEntries(b.ctx, []store.Entry{e}, 1); err == nil {
			b.Errorf("entry %d is taken", i)
		}
	}
	b.must("finish load", b.engine.FinishLoad(b.ctx))
	b.same("entries", len(b.dump()), 0)
}

func clearAll(b *bed) {
	b.live()
	b.must("clear", b.engine.Clear(b.ctx))
	b.same("entries", len(b.dump()), 0)
	b.same("people and timers due", b.claim(100), sweep{})
	b.live() // as in a new one
	_, err := b.engine.StartLoad(b.ctx, "dump")
	b.refused(err)
	b.must("clear", b.engine.Clear(b.ctx))
	_, err = b.engine.StartLoad(b.ctx, "half")
	b.must("start load", err)
	b.must("clear", b.engine.Clear(b.ctx))
	b.load(nil)
}

// dumpCrowd dumps while people go on: everyone in a dump is one moment. Each event of a person has a number; each step leaves
// that number in the session, an outbox item, a journal entry and a timer.
func dumpCrowd(b *bed) {
	const crowd, events, dumps = 12, 25, 5
	var wg sync.WaitGroup
	for p := range crowd {
		wg.Go(func() { b.walk(store.Key(fmt.Sprint("nguoi", p)), events) })
	}
	for range dumps {
		for _, e := range b.dump() {
			if e.Person != nil {
				b.oneMoment(e.Person)
			}
		}
	}
	wg.Wait()
	people := 0
	for _, e := range b.dump() {
		if e.Person != nil {
			b.oneMoment(e.Person)
			b.same("steps of "+string(e.Person.Key), e.Person.Session.Rev, uint64(events))
			people++
		}
	}
	b.same("people", people, crowd)
}

// walk takes a person through events; nothing is sent, so that the outbox grows.
func (b *bed) walk(key store.Key, events int) {
	for i := range events {
		name := fmt.Sprint("e", i)
		if _, err := b.engine.Accept(b.ctx, b.event(key, name)); err != nil {
			b.Errorf("accept: %v", err)
			return
		}
		c := step(key, uint64(i), name, fmt.Sprint("o", i))
		c.Journal = []byte(name)
		c.Timers = []store.Timer{{Name: "t", Gen: uint32(i), At: b.in(time.Hour), Body: []byte(name)}}
		if res, err := b.engine.Commit(b.ctx, c); err != nil || res.Rev != uint64(i+1) {
			b.Errorf("commit: %+v, %v", res, err)
			return
		}
	}
}

// oneMoment checks that all that is kept of a person is of the same step.
func (b *bed) oneMoment(p *store.PersonEntry) {
	rev := 0
	if p.Session != nil {
		rev = int(p.Session.Rev)
	}
	taken := rev + len(p.Mail)
	if len(p.Out) != rev || len(p.Journal) != rev || len(p.Timers) != rev || len(p.Ring) != taken || len(p.Mail) > 1 {
		b.Errorf("%s after %d steps: %d out, %d in the journal, %d timers, %d remembered, %d waiting",
			p.Key, rev, len(p.Out), len(p.Journal), len(p.Timers), len(p.Ring), len(p.Mail))
	}
	if len(p.Mail) == 1 && p.Mail[0].ID != id(fmt.Sprint("e", rev)) {
		b.Errorf("%s after %d steps: %q waits", p.Key, rev, p.Mail[0].ID)
	}
	if p.Due.IsZero() {
		b.Errorf("%s has work and is free", p.Key)
	}
}
