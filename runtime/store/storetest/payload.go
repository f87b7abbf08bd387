package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"hoithoai/runtime/store"
)

func payloadTests() []test {
	return []test{
		{name: "every byte comes back as it went in", run: payloadBytes},
		{name: "ids of any bytes are told apart", run: payloadIDs},
		{name: "one mebibyte goes through every door", run: payloadLarge},
		{name: "the caller's bytes are not kept", run: payloadCopied},
	}
}

// awkward are payloads that text protocols, separators and C strings stumble over.
func awkward() map[string][]byte {
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	return map[string][]byte{
		"every byte": all, "nul": {0}, "only 0xff": bytes.Repeat([]byte{0xff}, 9), "crlf": []byte("\r\n$5\r\n*3\r\n"),
		"separators": []byte("a|b\x00c{d}"), "digits": []byte("0000000001"), "utf-8": []byte("tạm trú ệ"), "empty": {},
	}
}

func payloadBytes(b *bed) {
	n := 0
	for name, body := range awkward() {
		key := store.Key(fmt.Sprintf("k%d", n))
		n++
		b.through(key, name, body)
	}
}

// through takes a body through event, session, outbox, timer, journal, record and bundle.
func (b *bed) through(key store.Key, name string, body []byte) {
	b.Helper()
	in := store.Accept{Key: key, ID: id("e1"), Body: body, Sent: 1}
	got := b.arrives(in, store.Accepted)
	b.same(name+" in the mailbox", string(got.Head.Body), string(body))
	c := store.Commit{
		Key: key, Event: id("e1"), Session: append([]byte("s"), body...), TTL: time.Hour,
		Out: []store.Item{{ID: id("o1"), Body: body}}, Journal: body,
		Timers: []store.Timer{{Name: "a", Gen: 1, At: b.clock.Now(), Body: body}},
	}
	res, err := b.engine.Commit(b.ctx, c)
	b.must("commit", err)
	b.same(name+" in the outbox", string(res.Out.Body), string(body))
	b.does(key, "o1", store.Done{Free: true})
	work := b.fires(store.Due{Key: key, Name: "a", Gen: 1}, "t1", true)
	fired := body
	if len(body) == 0 {
		fired = store.TimerMark("a", 1, c.Timers[0].At)
	}
	b.same(name+" in the timer", string(work.Head.Body), string(fired))
	b.same(name+" in the session", string(work.Session.Body), "s"+string(body))
	b.journalIs(key, string(body))
	b.throughRegister(name, body)
}

func (b *bed) throughRegister(name string, body []byte) {
	b.Helper()
	list := "list of " + name
	_, _, err := b.engine.Append(b.ctx, list, id("by"), body)
	b.must("append", err)
	records, err := b.engine.List(b.ctx, list, "", 10)
	b.must("list", err)
	b.same(name+" in a record", string(records[0].Body), string(body))
	b.must("save bundle", b.engine.SaveBundle(b.ctx, "hash of "+name, body))
	got, err := b.engine.Bundle(b.ctx, "hash of "+name)
	b.must("bundle", err)
	if got == nil || !bytes.Equal(got, body) {
		b.Fatalf("bundle %s differs", name)
	}
}

func payloadIDs(b *bed) {
	ids := []store.ID8{{}, {0, 1}, {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, id("\r\n\r\n"), id("00000000"), {7: 1}}
	for i, one := range ids {
		want := store.Queued
		if i == 0 {
			want = store.Accepted
		}
		in := store.Accept{Key: person, ID: one, Body: []byte("x"), Sent: 1 + int64(i)}
		b.arrives(in, want)
		b.arrives(in, store.Duplicate)
	}
	for i, one := range ids {
		c := store.Commit{Key: person, Rev: uint64(i), Event: one, Session: []byte("s"), Out: []store.Item{{ID: one}}}
		res, err := b.engine.Commit(b.ctx, c)
		b.must("commit", err)
		if res.Status != store.Committed {
			b.Fatalf("commit of id %x: status %d", one, res.Status)
		}
	}
	for _, one := range ids {
		if res, err := b.engine.Done(b.ctx, person, one); err != nil || res.Gone {
			b.Fatalf("done of id %x: %+v, %v", one, res, err)
		}
	}
}

func payloadLarge(b *bed) {
	body := bytes.Repeat([]byte("\x00\xff1Mi\r\n|"), 1<<17)
	if len(body) != 1<<20 {
		b.Fatalf("body has %d bytes", len(body))
	}
	b.through(person, "large", body)
}

func payloadCopied(b *bed) {
	in := b.event(person, "e1")
	in.Body = bytes.Clone(in.Body)
	got := b.arrives(in, store.Accepted)
	clear(in.Body)
	clear(got.Head.Body)
	c := step(person, 0, "e1", "o1")
	b.loads(store.Work{Key: person, Head: itemPtr("e1")})
	res, err := b.engine.Commit(b.ctx, c)
	b.must("commit", err)
	clear(c.Session)
	clear(c.Out[0].Body)
	clear(res.Out.Body)
	b.loads(store.Work{Key: person, Session: snap(1, "e1"), Out: itemPtr("o1")})
}

func refusalTests() []test {
	return []test{
		{name: "impossible keys and names change nothing", run: refuseNames},
		{name: "oversize payloads change nothing", run: refuseOversize},
		{name: "an ended context changes nothing", run: refuseEnded},
		{name: "a partition that is not there is an error", run: refusePartition},
	}
}

func refuseNames(b *bed) {
	for _, key := range []store.Key{"", "a|b", "a\x00b", "a b", "a{b}", store.Key(strings.Repeat("k", store.MaxKey+1)), "ệ"} {
		_, accept := b.engine.Accept(b.ctx, store.Accept{Key: key, ID: id("e1")})
		_, commit := b.engine.Commit(b.ctx, store.Commit{Key: key, Event: id("e1")})
		_, done := b.engine.Done(b.ctx, key, id("o1"))
		_, release := b.engine.Release(b.ctx, key)
		_, load := b.engine.Load(b.ctx, key)
		_, _, fire := b.engine.Fire(b.ctx, store.Due{Key: key, Name: "a"}, id("t1"))
		_, journal := b.engine.Journal(b.ctx, key)
		b.allFail(fmt.Sprintf("key %q", key), accept, commit, done, release, load, fire, journal,
			b.engine.Defer(b.ctx, key, b.clock.Now()))
	}
	for _, name := range []string{"", "a\x00b", "a\nb", strings.Repeat("n", store.MaxName+1)} {
		_, _, add := b.engine.Append(b.ctx, name, id("by"), nil)
		_, list := b.engine.List(b.ctx, name, "", 1)
		_, erase := b.engine.Erase(b.ctx, name, "x")
		_, take := b.engine.Take(b.ctx, name, id("by"), 1)
		_, free := b.engine.Free(b.ctx, name, id("by"))
		b.allFail(fmt.Sprintf("name %q", name), add, list, erase, take, free, b.engine.SaveBundle(b.ctx, name, nil))
	}
	b.comes(person, "e1", store.Accepted)
	c := step(person, 0, "e1", "o1")
	c.Timers = []store.Timer{timerOf("a|b", 1, b.clock.Now())}
	_, err := b.engine.Commit(b.ctx, c)
	b.allFail("timer name", err)
	b.loads(store.Work{Key: person, Head: itemPtr("e1")})
}

func (b *bed) allFail(what string, errs ...error) {
	b.Helper()
	for i, err := range errs {
		if err == nil {
			b.Fatalf("%s: call %d gave no error", what, i)
		}
	}
}

func refuseOversize(b *bed) {
	big := make([]byte, store.MaxBody+1)
	in := b.event(person, "e1")
	in.Body = big
	_, err := b.engine.Accept(b.ctx, in)
	b.allFail("event", err)
	b.comes(person, "e1", store.Accepted)
	for _, change := range []func(*store.Commit){
		func(c *store.Commit) { c.Session = big },
		func(c *store.Commit) { c.Journal = big },
		func(c *store.Commit) { c.Out = []store.Item{item("o1"), {ID: id("o2"), Body: big}} },
		func(c *store.Commit) { c.Timers = []store.Timer{{Name: "a", At: b.clock.Now(), Body: big}} },
	} {
		c := step(person, 0, "e1")
		change(&c)
		_, err := b.engine.Commit(b.ctx, c)
		b.allFail("step", err)
	}
	b.loads(store.Work{Key: person, Head: itemPtr("e1")})
}

func refuseEnded(b *bed) {
	ended, cancel := context.WithCancel(b.ctx)
	cancel()
	_, err := b.engine.Accept(ended, b.event(person, "e1"))
	if !errors.Is(err, store.ErrUnavailable) || !errors.Is(err, context.Canceled) {
		b.Fatalf("accept gave %v, want unavailable and canceled", err)
	}
	b.free(person, nil)
	b.comes(person, "e1", store.Accepted)
	if _, err := b.engine.Commit(ended, step(person, 0, "e1")); !errors.Is(err, store.ErrUnavailable) {
		b.Fatalf("commit gave %v, want unavailable", err)
	}
	b.loads(store.Work{Key: person, Head: itemPtr("e1")})
}

func refusePartition(b *bed) {
	for _, p := range []int{-1, b.engine.Partitions()} {
		if _, _, _, err := b.engine.Claim(b.ctx, p, 1); err == nil {
			b.Fatalf("claim of partition %d of %d gave no error", p, b.engine.Partitions())
		}
	}
}
