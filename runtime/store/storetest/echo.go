package storetest

import (
	"fmt"
	"time"

	"hoithoai/runtime/store"
)

func echoTests() []test {
	return []test{
		{name: "is shown until it is used up", run: echoShown},
		{name: "comes twice and counts once", run: echoTwice},
		{name: "that comes after it was used up proves nothing", run: echoLate},
		{name: "is nobody else's", run: echoOther},
		{name: "falls out when there are too many", cfg: store.Config{Echoes: 3}, run: echoMany},
		{name: "used up together with one that pushes it out stays used up", cfg: store.Config{Echoes: 1}, run: echoPushedOut},
		{name: "ends after its time", cfg: store.Config{EchoTTL: shortly}, run: echoEnds},
		{name: "lives as long as the newest", cfg: store.Config{EchoTTL: time.Minute}, run: echoLives},
		{name: "of nobody we know takes nobody over", run: echoUnknown},
		{name: "without a look is refused", run: echoRefused},
	}
}

func echo(name, look string) store.Echo {
	return store.Echo{ID: id(name), Look: id(look), Sent: 1_795_500_000_123}
}

// used is an echo that is used up.
func used(name string) store.Echo { return store.Echo{ID: id(name)} }

func (b *bed) notes(echoes ...store.Echo) {
	b.Helper()
	for _, e := range echoes {
		b.must("note echo", b.engine.NoteEcho(b.ctx, person, e))
	}
}

func (b *bed) shows(want ...store.Echo) {
	b.Helper()
	got, err := b.engine.Echoes(b.ctx, person)
	b.must("read echoes", err)
	b.same("echoes", got, want)
}

func (b *bed) uses(out string, ids ...string) {
	b.Helper()
	in := store.Finish{Out: id(out)}
	for _, name := range ids {
		in.Taken = append(in.Taken, id(name))
	}
	if res, err := b.engine.Finish(b.ctx, person, in); err != nil || res.Gone {
		b.Fatalf("finish %s: %+v, %v", out, res, err)
	}
}

func echoShown(b *bed) {
	b.shows()
	b.sending()
	b.notes(echo("m1", "hello"), echo("m2", "hello"), echo("m3", "other"))
	b.shows(echo("m1", "hello"), echo("m2", "hello"), echo("m3", "other"))
	b.uses("o1", "m2")
	b.shows(echo("m1", "hello"), used("m2"), echo("m3", "other"))
	b.uses("o2", "m1", "m3")
	b.shows(used("m1"), used("m2"), used("m3"))
}

func echoTwice(b *bed) {
	b.sending()
	b.notes(echo("m1", "hello"), echo("m1", "hello"))
	b.shows(echo("m1", "hello"))
	b.uses("o1", "m1")
	b.notes(echo("m1", "hello"))
	b.shows(used("m1"))
}

func echoLate(b *bed) {
	b.sending()
	b.notes(echo("m0", "hello"))
	b.uses("o1", "m1", "m2")
	b.notes(echo("m2", "hello"), echo("m1", "hello"), echo("m3", "hello"))
	b.shows(echo("m0", "hello"), used("m1"), used("m2"), echo("m3", "hello"))
}

func echoOther(b *bed) {
	b.notes(echo("m1", "hello"))
	got, err := b.engine.Echoes(b.ctx, "BBBBBBBBBBBBBBBBBBBBBB")
	b.must("read echoes", err)
	b.same("another one's", got, []store.Echo(nil))
}

func echoMany(b *bed) {
	b.sending()
	for i := range 5 {
		b.notes(echo(fmt.Sprint("m", i), "hello"))
	}
	b.shows(echo("m2", "hello"), echo("m3", "hello"), echo("m4", "hello"))
	b.uses("o1", "m3", "m9")
	b.shows(used("m3"), echo("m4", "hello"), used("m9"))
}

// echoPushedOut: all that a message proves is looked for before the oldest fall out.
func echoPushedOut(b *bed) {
	b.sending()
	b.notes(echo("m1", "hello"))
	b.uses("o1", "m2", "m1")
	b.shows(used("m2"))
}

func echoEnds(b *bed) {
	b.sending()
	b.notes(echo("m1", "hello"))
	b.uses("o1", "m2")
	b.clock.Lapse(shortly + 20*time.Millisecond)
	b.shows()
	b.notes(echo("m2", "hello"))
	b.shows(echo("m2", "hello"))
}

func echoLives(b *bed) {
	b.notes(echo("m1", "hello"))
	b.clock.Advance(59 * time.Second)
	b.notes(echo("m2", "hello"))
	b.clock.Advance(59 * time.Second)
	b.shows(echo("m1", "hello"), echo("m2", "hello"))
}

func echoUnknown(b *bed) {
	b.notes(echo("m1", "hello"))
	b.free(person, nil)
	b.claims(sweep{})
	b.comes(person, "e1", store.Accepted)
}

func echoRefused(b *bed) {
	if err := b.engine.NoteEcho(b.ctx, person, store.Echo{ID: id("m1")}); err == nil {
		b.Fatal("an echo without a look was taken")
	}
	b.shows()
}
