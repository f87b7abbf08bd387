package actor

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"hoithoai/runtime/engine"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/store"
)

// maxAttempts is how often work is begun whose owner goes silent each time; then it is given up. Ours.
const maxAttempts = 5

// apart is how long a suspect waits while another one is worked on.
const apart = 500 * time.Millisecond

// errPoison says why work was given up. It holds nobody's words.
var errPoison = fmt.Errorf("whoever worked on it went silent, %d times", maxAttempts)

// Letters keeps what is known of work that was given up (deadletter.Box).
type Letters interface {
	Keep(ctx context.Context, out envelope.Out, tried bool, why error) error
	KeepEvent(ctx context.Context, key store.Key, id store.ID8, in envelope.In, why error) error
}

// noLetters keeps nothing.
type noLetters struct{}

// Keep does nothing.
func (noLetters) Keep(context.Context, envelope.Out, bool, error) error { return nil }

// KeepEvent does nothing.
func (noLetters) KeepEvent(context.Context, store.Key, store.ID8, envelope.In, error) error {
	return nil
}

// cell is the room in which suspects are worked on one by one. The zero value is free.
type cell struct {
	mu    sync.Mutex
	turn  int       // counts who came in
	until time.Time // the cell is taken until then at the latest: work that never ends must not keep it
}

// enter takes the cell if it is free.
func (c *cell) enter(now, until time.Time) (turn int, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now.Before(c.until) {
		return 0, false
	}
	c.turn++
	c.until = until
	return c.turn, true
}

// leave frees the cell of who took it, unless another one has it by now.
func (c *cell) leave(turn int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.turn == turn {
		c.until = time.Time{}
	}
}

// suspicious does the first piece of work of a person whose last owner went silent, or was silent before: it is noted before it
// begins, and done alone once it has been noted before. The note stays where this process ends as well.
func (r *run) suspicious(ctx context.Context) (idle bool, err error) {
	r.suspect = false
	item := r.first()
	if item == nil {
		return r.release(ctx)
	}
	before := 0
	if r.work.Attempt.Item == item.ID {
		before = r.work.Attempt.N
	}
	if before > 0 {
		turn, ok := r.a.cell.enter(r.a.cfg.Now(), r.until)
		if !ok {
			return true, r.putOff(ctx, apart, !r.recovered)
		}
		defer r.a.cell.leave(turn)
	}
	note := store.Attempt{Item: item.ID, N: before + 1}
	if err := r.a.cfg.Store.Attempt(ctx, r.key, note); err != nil {
		return false, err
	}
	r.noted = true
	if !r.owns() {
		err = errLost
	} else {
		idle, err = r.attempt(ctx, before)
	}
	if r.noted { // it is still there, but nobody died of it
		note.N = before
		err = errors.Join(err, r.a.cfg.Store.Attempt(ctx, r.key, note))
	}
	r.noted = false
	return idle, err
}

// first is what the next piece of work is about; nil for nothing.
func (r *run) first() *store.Item {
	if r.work.Out != nil && !r.leaving() {
		return r.work.Out
	}
	return r.work.Head
}

// attempt does a piece of work that was begun before without an end, unless that was too often.
func (r *run) attempt(ctx context.Context, before int) (idle bool, err error) {
	switch {
	case before < maxAttempts:
		return r.piece(ctx)
	case before == maxAttempts:
		r.accuse()
		r.condemned = true
		idle, err = r.piece(ctx)
		r.condemned = false
		return idle, err
	}
	r.accuse()
	return r.blindly(ctx)
}

// accuse counts work that is given up, and calls for who can mend it.
func (r *run) accuse() {
	r.a.cfg.Metrics.Inc("poison")
	r.a.cfg.Log.Error("work is given up: whoever did it went silent every time", "key", string(r.key))
	r.a.cfg.Alarms.Raise("poison", "something that a person wrote, or that was to be said to a person, ended the program again and again, and was given up; "+
		"see: hoithoai deadletters, and what the program printed when it ended")
}

// blindly takes work away without looking at it: to look was what ended the process. Nobody knows then whom it was for, so that
// there is neither a letter nor an apology; a session goes with its event, since one of the two is what must not be read.
func (r *run) blindly(ctx context.Context) (idle bool, err error) {
	if r.work.Out != nil {
		return r.done(ctx, store.Finish{Out: r.work.Out.ID})
	}
	c := store.Commit{Key: r.key, Event: r.work.Head.ID, TTL: r.a.cfg.Session}
	if s := r.work.Session; s != nil {
		c.Rev = s.Rev
	}
	return r.apply(ctx, c)
}

// keepEvent leaves a letter of an event that is given up.
func (r *run) keepEvent(ctx context.Context, id store.ID8, in envelope.In) error {
	if !r.condemned {
		return nil
	}
	return r.a.cfg.Letters.KeepEvent(ctx, r.key, id, in, errPoison)
}

// instead gives a message up: it leaves a letter, and the person is told that something went wrong in its place. Tasks and
// their answers only leave a letter: the flow knows what to do when none comes.
func (r *run) instead(ctx context.Context, out envelope.Out) (envelope.Out, error) {
	if !r.condemned {
		return out, nil
	}
	err := r.a.cfg.Letters.Keep(ctx, out, true, errPoison)
	if of := r.a.cfg.Offices(out.Office); out.Message != nil && of != nil {
		out.Message, out.Same = &engine.Apology(of).Messages[0], 0
	} else {
		out.Message, out.Task, out.Answer = nil, nil, nil
	}
	return out, err
}
