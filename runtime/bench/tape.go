package bench

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"hoithoai/runtime/envelope"
	"hoithoai/runtime/session"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
)

// tape is what one conversation asks of the store, event by event.
type tape struct {
	events []taped
	key    store.Key
	seal   *seal.Sealer
	timers []store.Timer // that stand after the last event
	body   []byte        // sealed session after the last event
}

// taped is what one event asks of the store.
type taped struct {
	accept   store.Accept
	commit   store.Commit
	finishes []store.Finish
}

// errTape says that the conversation did not go as every later one must.
var errTape = errors.New("the conversation went another way")

func (t *tape) accept(in store.Accept) { t.events = append(t.events, taped{accept: in}) }

func (t *tape) commit(in store.Commit) {
	t.last().commit, t.body = in, in.Session
	t.set(in.Timers)
}

func (t *tape) finish(in store.Finish) {
	t.last().finishes = append(t.last().finishes, in)
	t.set(in.Start)
}

func (t *tape) last() *taped { return &t.events[len(t.events)-1] }

// set keeps which timers stand.
func (t *tape) set(timers []store.Timer) {
	for _, timer := range timers {
		t.timers = slices.DeleteFunc(t.timers, func(s store.Timer) bool { return s.Name == timer.Name && s.Gen == timer.Gen })
		if !timer.At.IsZero() {
			t.timers = append(t.timers, timer)
		}
	}
}

// record has one person go through the conversation and returns two tapes in one: all its events, and how the person stands at
// the last question.
func (w *world) record(ctx context.Context) (tape, error) {
	p := &w.newCrowd(1).people[0]
	t := tape{key: w.seal.Person(w.of.ID, p.id), seal: w.seal}
	w.tapeIn(&t)
	defer w.tapeIn(nil)
	var waiting tape
	for i := range talk {
		if err := w.event(ctx, p); err != nil {
			return t, err
		}
		if len(t.events) != i+1 || t.last().commit.Event != t.last().accept.ID || len(t.last().finishes) != len(t.last().commit.Out) {
			return t, fmt.Errorf("%w at %q", errTape, talk[i])
		}
		if i == lastWait-1 {
			waiting.timers, waiting.body = slices.Clone(t.timers), t.body
		}
	}
	t.timers, t.body = waiting.timers, waiting.body
	return t, nil
}

func (w *world) tapeIn(t *tape) {
	w.store.mu.Lock()
	defer w.store.mu.Unlock()
	w.store.tape = t
}

// bareCrowd has the store asked for what the tape asks for, with nothing sealed, stepped or sent.
type bareCrowd struct {
	w      *world
	people []barePerson
}

type barePerson struct {
	key  store.Key
	next int
}

func (w *world) newBareCrowd(n int) *bareCrowd {
	b := &bareCrowd{w: w, people: make([]barePerson, n)}
	for i := range b.people {
		b.people[i].key = w.seal.Person("bare", personID(i))
	}
	return b
}

// event does one event of a hand's next person.
func (b *bareCrowd) event(ctx context.Context, hand, turn int) error {
	p := &b.people[share(len(b.people), b.w.cfg.Connections, hand, turn)]
	ev := &b.w.tape.events[p.next]
	p.next = (p.next + 1) % len(b.w.tape.events)
	return b.play(ctx, p.key, ev)
}

func (b *bareCrowd) play(ctx context.Context, key store.Key, ev *taped) error {
	now := b.w.cfg.Now()
	in := ev.accept
	in.Key, in.ID, in.Sent = key, id8(b.w.events.next()), now.UnixMilli()
	res, err := b.w.engine.Accept(ctx, in)
	if err != nil || res.Status != store.Accepted {
		return refused("accept", res.Status, err)
	}
	c := ev.commit
	c.Key, c.Rev, c.Event, c.Timers = key, 0, in.ID, moved(c.Timers, ev.accept.Sent, now)
	if s := res.Work.Session; s != nil {
		c.Rev = s.Rev
	}
	done, err := b.w.engine.Commit(ctx, c)
	if err != nil || done.Status != store.Committed && done.Status != store.Released {
		return refused("commit", done.Status, err)
	}
	for _, f := range ev.finishes {
		f.Start = moved(f.Start, ev.accept.Sent, now)
		if d, err := b.w.engine.Finish(ctx, key, f); err != nil || d.Gone {
			return refused("done", "gone", err)
		}
	}
	return nil
}

// moved is timers of an event at one moment (Unix ms) as an event now would set them.
func moved(timers []store.Timer, then int64, now time.Time) []store.Timer {
	if len(timers) == 0 {
		return nil
	}
	out := slices.Clone(timers)
	for i := range out {
		if !out[i].At.IsZero() {
			out[i].At = now.Add(out[i].At.Sub(time.UnixMilli(then)))
		}
	}
	return out
}

// id8 is the id with a number.
func id8(n uint64) (id store.ID8) {
	for i := range id {
		id[len(id)-1-i] = byte(n >> (8 * i))
	}
	return id
}

// standing puts somebody into the store as the tape's person stood at the last question, with one event in place of eleven.
func (w *world) standing(ctx context.Context, id string) error {
	key := w.seal.Person(w.of.ID, id)
	in := w.tape.events[lastWait-1].accept
	in.Key, in.ID, in.Sent = key, id8(w.events.next()), w.cfg.Now().UnixMilli()
	if res, err := w.engine.Accept(ctx, in); err != nil || res.Status != store.Accepted {
		return refused("accept", res.Status, err)
	}
	c := w.tape.events[lastWait-1].commit
	c.Key, c.Rev, c.Event, c.Out = key, 0, in.ID, nil
	var err error
	if c.Session, err = w.tape.resealed(seal.Session, key, w.tape.body, w.owned(id)); err != nil {
		return err
	}
	if c.Timers, err = w.tape.timersOf(key, id, w.cfg.Now()); err != nil {
		return err
	}
	if res, err := w.engine.Commit(ctx, c); err != nil || res.Status != store.Released {
		return refused("commit", res.Status, err)
	}
	return nil
}

// owned gives a session to another person.
func (w *world) owned(id string) func([]byte) ([]byte, error) {
	return func(b []byte) ([]byte, error) {
		var s session.Session
		if err := session.Decode(b, w.program, &s); err != nil {
			return nil, err
		}
		s.Person = id
		return session.Append(nil, &s, w.program), nil
	}
}

// timersOf is the timers of the tape's person, for another one.
func (t *tape) timersOf(key store.Key, id string, now time.Time) ([]store.Timer, error) {
	out := moved(t.timers, t.events[lastWait-1].accept.Sent, now)
	for i := range out {
		if len(out[i].Body) == 0 {
			continue // the session says whose it is
		}
		var err error
		if out[i].Body, err = t.resealed(seal.Mailbox, key, out[i].Body, addressed(id)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// addressed gives a mailbox entry to another person.
func addressed(id string) func([]byte) ([]byte, error) {
	return func(b []byte) ([]byte, error) {
		in, err := envelope.DecodeIn(b)
		if err != nil {
			return nil, err
		}
		in.Person = id
		return envelope.EncodeIn(in)
	}
}

// resealed seals for another person what the tape holds, changed.
func (t *tape) resealed(kind seal.Kind, key store.Key, packet []byte, change func([]byte) ([]byte, error)) ([]byte, error) {
	plain, err := t.seal.Open(nil, kind, t.key, packet)
	if err == nil {
		plain, err = change(plain)
	}
	if err != nil {
		return nil, fmt.Errorf("read the tape: %w", err)
	}
	return t.seal.Seal(nil, kind, key, plain)
}
