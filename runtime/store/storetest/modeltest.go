package storetest

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
)

// Subject is an engine as Model wants it.
type Subject struct {
	Open Open
	// Die lets the process that holds the engine, or its server, be killed, and returns what another process finds: all that was
	// acknowledged. nil: the engine cannot die.
	Die func(t testing.TB, e Engine) Engine
	// Lives is how many chances to die pass before one is taken, on average; a chance comes about every twentieth operation.
	Lives int
}

// Model runs random operations against an engine and the model, and compares every answer. The generator aims at what is
// hard: few people, few ids, so that duplicates, lost races and stale timers are common, small limits, a clock that jumps
// over leases and lives, and processes that die.
//
// A long run is: go test -run Model -rapid.checks=3500 -rapid.steps=300 -timeout 2h (about a million operations).
func Model(t *testing.T, s Subject) {
	steps := 0
	defer func() { t.Logf("%d operations", steps) }()
	rapid.Check(t, func(rt *rapid.T) {
		clock := NewClock()
		cfg := store.Config{
			Lease: 10 * time.Second, Ring: rapid.IntRange(1, 4).Draw(rt, "ring"), Old: rapid.IntRange(1, 4).Draw(rt, "old"),
			MaxMail: rapid.IntRange(1, 4).Draw(rt, "mail"), Journal: rapid.IntRange(1, 3).Draw(rt, "journal"),
			Window: lives[1], JournalTTL: lives[2],
			Echoes: rapid.IntRange(1, 4).Draw(rt, "echoes"), EchoTTL: lives[2], AttemptTTL: lives[0],
		}
		p := &pair{
			t: t, ctx: t.Context(), subject: s, clock: clock, engine: s.Open(t, cfg, clock), model: model.New(cfg, clock.Now),
			cfg: cfg, known: map[store.Key]known{},
		}
		defer p.end()
		rt.Repeat(p.actions())
		steps += p.steps
	})
}

// lives are how long things are kept: half an hour beside every jump of Lapse, so that what a test itself takes never decides.
var lives = [...]time.Duration{90 * time.Minute, 150 * time.Minute, 210 * time.Minute}

// pair is an engine and the model side by side.
type pair struct {
	t       testing.TB
	ctx     context.Context
	subject Subject
	cfg     store.Config
	clock   *Clock
	engine  Engine
	model   Engine
	known   map[store.Key]known // what the last answers said, to draw sensible steps from
	due     []store.Due
	steps   int
}

// end lets the engine go where it can be.
func (p *pair) end() {
	if c, ok := p.engine.(io.Closer); ok {
		_ = c.Close() // the engine's own clean-up reports what is wrong with that
	}
}

type known struct {
	rev  uint64
	head store.ID8
	out  store.ID8
}

func (p *pair) actions() map[string]func(*rapid.T) {
	return map[string]func(*rapid.T){
		"accept":  p.accept,
		"accept2": p.accept, // twice as often
		"commit":  p.commit,
		"commit2": p.commit,
		"done":    p.done,
		"finish":  p.finish,
		"echo":    p.echo,
		"release": p.release,
		"load":    p.load,
		"attempt": p.attempt,
		"defer":   p.put,
		"claim":   p.claim,
		"fire":    p.fire,
		"advance": p.advance,
		"record":  p.record,
		"place":   p.place,
		"bundle":  p.bundle,
		"lapse":   p.lapse,
		"die":     p.die,
		"move":    p.move,
		"":        p.look,
	}
}

// both runs one operation on the engine and the model and compares what they say.
func both[T any](t *rapid.T, p *pair, what string, run func(Engine) (T, error)) T {
	p.steps++
	want, wantErr := run(p.model)
	got, gotErr := run(p.engine)
	if (wantErr == nil) != (gotErr == nil) {
		t.Fatalf("%s: engine says %v, model %v", what, gotErr, wantErr)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%s differs (-model +engine):\n%s", what, diff)
	}
	return want
}

func drawKey(t *rapid.T) store.Key {
	return rapid.SampledFrom([]store.Key{"a", "ab", "b"}).Draw(t, "key")
}

func drawID(t *rapid.T, kind string) store.ID8 {
	return id(fmt.Sprintf("%s%d", kind, rapid.IntRange(0, 9).Draw(t, kind)))
}

func drawBody(t *rapid.T, what string) []byte {
	return rapid.SliceOfN(rapid.Byte(), 1, 12).Draw(t, what)
}

// mostly gives the likely value four times of five.
func mostly[T any](t *rapid.T, likely T, other func() T) T {
	if rapid.IntRange(0, 4).Draw(t, "likely") > 0 {
		return likely
	}
	return other()
}

func (p *pair) accept(t *rapid.T) {
	in := store.Accept{
		Key: drawKey(t), ID: drawID(t, "e"), Body: drawBody(t, "body"), Retry: rapid.Bool().Draw(t, "retry"),
		Sent: p.clock.Now().UnixMilli() + rapid.Int64Range(-5000, 500).Draw(t, "sent"),
	}
	if rapid.IntRange(0, 9).Draw(t, "age") == 0 {
		in.Sent -= int64(rapid.IntRange(1, 5).Draw(t, "hours")) * time.Hour.Milliseconds()
	}
	res := both(t, p, "accept", func(e Engine) (store.AcceptResult, error) { return e.Accept(p.ctx, in) })
	if res.Status == store.Accepted {
		p.learn(res.Work)
	}
}

func (p *pair) learn(w store.Work) {
	k := known{head: idOf(w.Head), out: idOf(w.Out)}
	if w.Session != nil {
		k.rev = w.Session.Rev
	}
	p.known[w.Key] = k
}

func idOf(it *store.Item) store.ID8 {
	if it == nil {
		return store.ID8{}
	}
	return it.ID
}

func (p *pair) commit(t *rapid.T) {
	in := store.Commit{Key: drawKey(t), TTL: rapid.SampledFrom([]time.Duration{0, lives[0], lives[1]}).Draw(t, "ttl")}
	k := p.known[in.Key]
	in.Rev = mostly(t, k.rev, func() uint64 { return rapid.Uint64Range(0, 5).Draw(t, "rev") })
	in.Event = mostly(t, k.head, func() store.ID8 { return drawID(t, "e") })
	in.Session = mostly(t, drawBody(t, "session"), func() []byte { return nil })
	for range rapid.IntRange(0, 2).Draw(t, "outs") {
		in.Out = append(in.Out, store.Item{ID: drawID(t, "o"), Body: drawBody(t, "out")})
	}
	for range rapid.IntRange(0, 2).Draw(t, "timers") {
		in.Timers = append(in.Timers, p.drawTimer(t))
	}
	if rapid.Bool().Draw(t, "entry") {
		in.Journal = drawBody(t, "journal")
	}
	res := both(t, p, "commit", func(e Engine) (store.CommitResult, error) { return e.Commit(p.ctx, in) })
	p.known[in.Key] = known{rev: res.Rev, head: idOf(res.Next), out: idOf(res.Out)}
	if rapid.IntRange(0, 3).Draw(t, "again") == 0 {
		both(t, p, "commit again", func(e Engine) (store.CommitResult, error) { return e.Commit(p.ctx, in) })
	}
}

func drawTimerID(t *rapid.T) (string, uint32) {
	return rapid.SampledFrom([]string{"s", "st"}).Draw(t, "timer"), rapid.Uint32Range(1, 2).Draw(t, "gen")
}

func (p *pair) drawTimer(t *rapid.T) (timer store.Timer) {
	timer.Name, timer.Gen = drawTimerID(t)
	if rapid.IntRange(0, 2).Draw(t, "set") > 0 {
		timer.At = p.clock.Now().Add(time.Duration(rapid.IntRange(-2, 20).Draw(t, "at")) * time.Second)
		timer.Body = drawBody(t, "timer body")
	}
	return timer
}

func (p *pair) done(t *rapid.T) {
	key := drawKey(t)
	k := p.known[key]
	out := mostly(t, k.out, func() store.ID8 { return drawID(t, "o") })
	res := both(t, p, "done", func(e Engine) (store.Done, error) { return e.Done(p.ctx, key, out) })
	if !res.Gone {
		p.known[key] = known{rev: k.rev, head: idOf(res.Next), out: idOf(res.Out)}
	}
}

// finish is done with timers that start and echoes that are used up.
func (p *pair) finish(t *rapid.T) {
	key := drawKey(t)
	k := p.known[key]
	in := store.Finish{Out: mostly(t, k.out, func() store.ID8 { return drawID(t, "o") })}
	for range rapid.IntRange(0, 2).Draw(t, "starts") {
		in.Start = append(in.Start, p.drawTimer(t))
	}
	for range rapid.IntRange(0, 2).Draw(t, "taken") {
		in.Taken = append(in.Taken, drawID(t, "m"))
	}
	res := both(t, p, "finish", func(e Engine) (store.Done, error) { return e.Finish(p.ctx, key, in) })
	if !res.Gone {
		p.known[key] = known{rev: k.rev, head: idOf(res.Next), out: idOf(res.Out)}
	}
}

func (p *pair) echo(t *rapid.T) {
	key := drawKey(t)
	e := store.Echo{ID: drawID(t, "m"), Look: drawID(t, "look"), Sent: rapid.Int64().Draw(t, "sent")}
	both(t, p, "note echo", func(eng Engine) (struct{}, error) { return struct{}{}, eng.NoteEcho(p.ctx, key, e) })
	both(t, p, "echoes", func(eng Engine) ([]store.Echo, error) { return eng.Echoes(p.ctx, key) })
}

func (p *pair) release(t *rapid.T) {
	key := drawKey(t)
	p.learn(both(t, p, "release", func(e Engine) (store.Work, error) { return e.Release(p.ctx, key) }))
}

func (p *pair) load(t *rapid.T) {
	key := drawKey(t)
	p.learn(both(t, p, "load", func(e Engine) (store.Work, error) { return e.Load(p.ctx, key) }))
}

func (p *pair) attempt(t *rapid.T) {
	key := drawKey(t)
	a := store.Attempt{Item: drawID(t, "e"), N: rapid.IntRange(0, 6).Draw(t, "n")}
	both(t, p, "attempt", func(e Engine) (struct{}, error) { return struct{}{}, e.Attempt(p.ctx, key, a) })
}

func (p *pair) put(t *rapid.T) {
	key := drawKey(t)
	at := p.clock.Now().Add(time.Duration(rapid.IntRange(-5, 30).Draw(t, "after")) * time.Second)
	untried := rapid.Bool().Draw(t, "untried")
	both(t, p, "defer", func(e Engine) (struct{}, error) {
		if untried {
			return struct{}{}, e.DeferUntried(p.ctx, key, at)
		}
		return struct{}{}, e.Defer(p.ctx, key, at)
	})
}

// claim compares all partitions together; who comes first is compared only when there is but one partition, and nobody is due in
// the same millisecond as another: whom of those an engine takes first is its own affair.
func (p *pair) claim(t *rapid.T) {
	if p.engine.Partitions() > 1 || p.tied(t) {
		p.sweep(t, 100, true)
		return
	}
	p.sweep(t, rapid.IntRange(1, 3).Draw(t, "n"), false)
}

// tied reports whether two people are due in the same millisecond.
func (p *pair) tied(t *rapid.T) bool {
	all, err := Dumped(p.ctx, p.model)
	if err != nil {
		t.Fatalf("dump: %v", err)
	}
	due := map[time.Time]bool{}
	for _, e := range all {
		if e.Person == nil || e.Person.Due.IsZero() {
			continue
		}
		if due[e.Person.Due] {
			return true
		}
		due[e.Person.Due] = true
	}
	return false
}

// sweep claims up to n people of every partition, and compares whom, in order or not.
func (p *pair) sweep(t *rapid.T, n int, anyOrder bool) {
	got := both(t, p, "claim", func(e Engine) (all sweep, err error) {
		for part := range e.Partitions() {
			keys, due, next, err := e.Claim(p.ctx, part, n)
			if err != nil {
				return all, err
			}
			all.Keys, all.Due = append(all.Keys, keys...), append(all.Due, due...)
			if !next.IsZero() && (all.Next.IsZero() || next.Before(all.Next)) {
				all.Next = next
			}
		}
		if anyOrder {
			all.sort()
		}
		return all, nil
	})
	p.due = append(p.due, got.Due...)
}

func (s *sweep) sort() {
	slices.Sort(s.Keys)
	slices.SortFunc(s.Due, func(a, b store.Due) int {
		return strings.Compare(fmt.Sprint(a.Key, " ", a.Name, " ", a.Gen), fmt.Sprint(b.Key, " ", b.Name, " ", b.Gen))
	})
}

// fire fires a timer that was listed once, or any.
func (p *pair) fire(t *rapid.T) {
	d := store.Due{Key: drawKey(t)}
	d.Name, d.Gen = drawTimerID(t)
	if len(p.due) > 0 {
		d = mostly(t, p.due[rapid.IntRange(0, len(p.due)-1).Draw(t, "listed")], func() store.Due { return d })
	}
	type answer struct {
		Fired bool
		Work  *store.Work
	}
	ev := drawID(t, "t")
	got := both(t, p, "fire", func(e Engine) (a answer, err error) {
		a.Fired, a.Work, err = e.Fire(p.ctx, d, ev)
		return a, err
	})
	if got.Work != nil {
		p.learn(*got.Work)
	}
}

func (p *pair) advance(t *rapid.T) {
	p.clock.Advance(time.Duration(rapid.IntRange(1, 12_000).Draw(t, "ms")) * time.Millisecond)
}

// lapse lets hours pass: sessions, memories and journals end, and every lease and timer falls due.
func (p *pair) lapse(t *rapid.T) {
	if rapid.IntRange(0, 2).Draw(t, "long") == 0 {
		p.clock.Lapse(time.Duration(rapid.IntRange(1, 3).Draw(t, "hours")) * time.Hour)
	}
}

// die kills the engine's process: another one finds all that was acknowledged. An engine of one process makes everybody claimable
// as it opens, so time passes until the model's people are too, and everybody is claimed.
func (p *pair) die(t *rapid.T) {
	if p.subject.Die == nil || rapid.IntRange(0, p.subject.Lives).Draw(t, "lives") > 0 {
		return
	}
	p.clock.Advance(time.Minute) // beyond any lease, and any time to try again that is drawn
	p.engine = p.subject.Die(p.t, p.engine)
	p.sweep(t, 100, true)
}

func (p *pair) bundle(t *rapid.T) {
	hash, body := rapid.SampledFrom([]string{"h", "h1"}).Draw(t, "hash"), drawBody(t, "bundle")
	both(t, p, "save bundle", func(e Engine) (struct{}, error) { return struct{}{}, e.SaveBundle(p.ctx, hash, body) })
	both(t, p, "bundle", func(e Engine) ([]byte, error) { return e.Bundle(p.ctx, hash) })
}

func (p *pair) record(t *rapid.T) {
	list, by, body := rapid.SampledFrom([]string{"l", "l:1"}).Draw(t, "list"), drawID(t, "by"), drawBody(t, "record")
	type answer struct {
		ID       string
		Appended bool
	}
	got := both(t, p, "append", func(e Engine) (a answer, err error) {
		a.ID, a.Appended, err = e.Append(p.ctx, list, by, body)
		return a, err
	})
	if rapid.IntRange(0, 2).Draw(t, "erase") == 0 {
		both(t, p, "erase", func(e Engine) (bool, error) { return e.Erase(p.ctx, list, got.ID) })
	}
	after := rapid.SampledFrom([]string{"", got.ID}).Draw(t, "after")
	both(t, p, "list", func(e Engine) ([]store.Record, error) { return e.List(p.ctx, list, after, 3) })
}

func (p *pair) place(t *rapid.T) {
	name, by := rapid.SampledFrom([]string{"p", "p1"}).Draw(t, "place"), drawID(t, "by")
	if rapid.Bool().Draw(t, "free") {
		both(t, p, "free", func(e Engine) (bool, error) { return e.Free(p.ctx, name, by) })
		return
	}
	limit := rapid.IntRange(0, 3).Draw(t, "limit")
	both(t, p, "take", func(e Engine) (bool, error) { return e.Take(p.ctx, name, by, limit) })
}

// look compares after every operation what can be seen without touching anything.
func (p *pair) look(t *rapid.T) {
	key := drawKey(t)
	both(t, p, "journal", func(e Engine) ([][]byte, error) { return e.Journal(p.ctx, key) })
}
