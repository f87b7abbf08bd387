package chaos

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"hoithoai/runtime/store/redistest"
)

// The words at which the program of F15 panics.
const explosive = "nổ tung"

// explodes is the program with an engine that panics at certain words.
func explodes(t *testing.T) []string {
	t.Helper()
	return []string{mutant(t, mutation{
		"runtime/engine/engine.go", "	res.reset()\n	x, err := e.begin(res, s, ev)\n	if err != nil {\n		return err\n	}\n	x.finishStep(x.dispatch())",
		"	res.reset()\n	if ev.Text == \"" + explosive + "\" {\n		panic(\"poison\")\n	}\n	x, err := e.begin(res, s, ev)\n	if err != nil {\n		return err\n	}\n	x.finishStep(x.dispatch())",
	})}
}

// F15: events at which the engine panics, sessions and mailbox entries that nobody can read. Those they belong to are told and go
// on; nobody else notices.
func poisoned(size float64) scenario {
	return scenario{
		name: "F15 poison", build: explodes, store: everysec(), people: int(500 * size), lines: 20, duplicates: 0.1, ahead: 2,
		latency: 100 * time.Millisecond, faults: []fault{func(ctx context.Context, w *world) {
			for i := range 5 {
				w.poison(fmt.Sprintf("88%014d", i))
			}
		}},
	}
}

// poison takes one person, who is none of the crowd, through everything.
func (w *world) poison(name string) {
	counts := func(text string) bool { return strings.HasPrefix(text, "Ghi ") }
	sorry := func(text string) bool { return !counts(text) }
	w.talk(name, opening, counts)
	for range 3 {
		w.talk(name, explosive, sorry) // and the session begins anew
	}
	w.talk(name, opening, counts)
	w.spoil(name, "s")
	w.talk(name, "lời thường", sorry)
	w.talk(name, opening, counts)
	w.spoil(name, "m")
	w.talk(name, "p0 lời 1", counts)
}

// talk says something and waits for an answer.
func (w *world) talk(name, text string, wanted func(string) bool) {
	before := len(w.zalo.of(name))
	w.deliver(w.zalo.inner.Person(theOffice, name).Text(text))
	if !until(w.t.Context(), func() bool {
		for _, a := range w.zalo.of(name)[before:] {
			if wanted(a.text) {
				return true
			}
		}
		return false
	}) {
		w.find(finding{lost, name, fmt.Sprintf("%q was not answered as it should: %v", text, w.zalo.of(name)[before:])})
	}
}

// of returns what reached one person.
func (f *front) of(name string) (out []arrival) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, a := range f.ledger {
		if a.person == name {
			out = append(out, a)
		}
	}
	return out
}

// spoil makes a person's session ("s") unreadable, or puts something unreadable into the mailbox ("m").
func (w *world) spoil(name, kind string) {
	sealer, err := sealerOf(w.keys)
	if err != nil {
		w.t.Error(err)
		return
	}
	ctx, uk := w.t.Context(), string(sealer.Person(theOffice, name))
	c := redis.NewClient(&redis.Options{Addr: w.store.(*single).server.Addr, Protocol: 2, DisableIdentity: true})
	defer c.Close()
	until(ctx, func() bool { return len(c.Keys(ctx, "ht:*:o:"+uk).Val()) == 0 }) // its own last step is over
	found, err := c.Keys(ctx, "ht:*:s:"+uk).Result()
	if err != nil || len(found) != 1 {
		w.t.Errorf("the session of %s is %v, %v", name, found, err)
		return
	}
	if kind == "s" { // what the scripts read stays, what is sealed cannot be opened
		var size int64
		if size, err = c.StrLen(ctx, found[0]).Result(); err == nil {
			err = c.SetRange(ctx, found[0], size-8, "rac rac ").Err()
		}
	} else {
		base := strings.TrimSuffix(found[0], "s:"+uk)
		_, err = c.TxPipelined(ctx, func(p redis.Pipeliner) error {
			p.RPush(ctx, base+"m:"+uk, "rac rac-không ai đọc được")
			p.ZAdd(ctx, base+"due", redis.Z{Score: 1, Member: uk})
			return nil
		})
	}
	if err != nil {
		w.t.Error(err)
	}
}

func TestPoison(t *testing.T) {
	small(t)
	t.Parallel()
	o := run(t, poisoned(0.05))
	o.mustHold(t)
	for what, in := range map[string]string{"engine": `"kind":"engine_panic"`, "session": "session cannot be read", "mailbox": "mailbox_unreadable"} {
		if !strings.Contains(strings.Join(o.logs, ""), in) {
			t.Errorf("no replica met what was wrong with the %s", what)
		}
	}
}

// F16: one person writes as fast as a machine can, all others as ever.
func flooded(size float64) scenario {
	return scenario{
		name: "F16 one floods", store: everysec(), people: int(300 * size), lines: 20, duplicates: 0.1, ahead: 2, latency: 100 * time.Millisecond,
		faults: []fault{func(ctx context.Context, w *world) {
			before := w.memory()
			w.flood("9900000000000001", int(3000*size))
			w.held(before, "somebody flooded")
		}},
	}
}

// flood delivers n lines of one person at once.
func (w *world) flood(name string, n int) {
	w.talk(name, opening, func(text string) bool { return text == "Ghi 0: bắt đầu" })
	lines, done := make(chan int), make(chan bool)
	const writers = 8
	for range writers {
		go func() {
			for k := range lines {
				w.deliver(w.zalo.inner.Person(theOffice, name).Text(fmt.Sprintf("p9 lời %d", k)))
			}
			done <- true
		}()
	}
	for k := range n {
		lines <- k + 1
	}
	close(lines)
	for range writers {
		<-done
	}
}

// floodOf judges what reached the one who flooded: answers one by one, no line twice, and a word that lines were dropped.
func (o *outcome) floodOf(t *testing.T, got []arrival, said int) {
	t.Helper()
	count, told, seen := -1, 0, map[string]bool{}
	for _, a := range got {
		r, ok := readReceipt(a.text)
		if !ok {
			told++
			continue
		}
		if r.n != count+1 || seen[a.text] || len(r.marks) != 1 || seen[r.marks[0]] {
			t.Errorf("answer %q after answer %d", a.text, count)
		}
		count = r.n
		seen[a.text], seen[r.marks[0]] = true, true
	}
	t.Logf("of %d lines %d were taken, the person was told %d times", said, count, told)
	if count < 64 || count >= said || told == 0 {
		t.Errorf("%d of %d lines were taken, and the person was told %d times that there were too many", count, said, told)
	}
}

func TestFlood(t *testing.T) {
	small(t)
	t.Parallel()
	o := run(t, flooded(0.2))
	o.mustHold(t)
	o.floodOf(t, o.strangers["9900000000000001"], 600)
}

// F16: many people at once.
func rush(size float64) scenario {
	return scenario{
		name: "F16 many at once", store: func(t *testing.T) backend { return &single{server: redistest.Start(t)} }, people: int(50000 * size), lines: 1,
		senders: 128, patience: 3 * time.Minute,
	}
}

func TestRush(t *testing.T) {
	small(t)
	t.Parallel()
	run(t, rush(0.02)).mustHold(t)
}
