package simulation

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"hoithoai/runtime/deployment"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
)

// late is how long after its time a timer may fire: the pause between two sweeps, a lease after a kill, the longest freeze, the
// longest stall.
const late = 3 * time.Minute

// witness is the store as it is, without what goes wrong on the way to it. It writes down what the store was told and what it
// answered, and holds the answers against each other, whoever asks.
type witness struct {
	deployment.Store
	truth *model.Store

	mu     sync.Mutex
	people map[store.Key]*account
	broken []string
	fires  int
}

// account is what the store has been told of one person, or of a lane.
type account struct {
	mail   []store.ID8 // as they came into the mailbox
	known  map[store.ID8]bool
	bodies map[store.ID8][]byte
	steps  []stepNote
	outs   []outNote
	left   int // how many of outs have left
	timers map[timerID]int64
}

type stepNote struct {
	event   store.ID8
	at      time.Time
	session []byte
	entry   bool // a journal entry was written
	outs    int  // how many of account.outs were there before the step
}

type outNote struct {
	id   store.ID8
	body []byte
	step int // which of account.steps
	left time.Time
}

type timerID struct {
	name string
	gen  uint32
}

func newWitness(s deployment.Store, truth *model.Store) *witness {
	return &witness{Store: s, truth: truth, people: map[store.Key]*account{}}
}

// broke notes that something does not hold.
func (w *witness) broke(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.note(format, args...)
}

// note is broke under the lock.
func (w *witness) note(format string, args ...any) {
	at := time.Now().UTC().Format("15:04:05.000")
	if len(w.broken) < 20 {
		w.broken = append(w.broken, at+" "+fmt.Sprintf(format, args...))
	}
}

// enter takes the lock and returns a person's account. Calls of the store are made under the lock, so that what is written down
// is in the order in which it happened.
func (w *witness) enter(key store.Key) *account {
	w.mu.Lock()
	a := w.people[key]
	if a == nil {
		a = &account{known: map[store.ID8]bool{}, bodies: map[store.ID8][]byte{}, timers: map[timerID]int64{}}
		w.people[key] = a
	}
	return a
}

func (a *account) comes(id store.ID8, body []byte) {
	a.known[id] = true
	a.mail = append(a.mail, id)
	a.bodies[id] = bytes.Clone(body)
}

// Accept implements store.Mailbox.
func (w *witness) Accept(ctx context.Context, in store.Accept) (store.AcceptResult, error) {
	a := w.enter(in.Key)
	defer w.mu.Unlock()
	res, err := w.Store.Accept(ctx, in)
	switch {
	case err != nil:
		w.note("accept fails: %v", err)
	case res.Status == store.Accepted || res.Status == store.Queued:
		if a.known[in.ID] {
			w.note("event %x is taken a second time", in.ID)
		}
		a.comes(in.ID, in.Body)
	case res.Status == store.Duplicate && !a.known[in.ID]:
		w.note("event %x is called a duplicate and was never taken", in.ID)
	case res.Status != store.Duplicate:
		w.note("event %x is dropped: status %d", in.ID, res.Status)
	}
	if res.Status == store.Accepted {
		w.holds(a, res.Work)
	}
	return res, err
}

// holds compares what an owner is given with what is written down: a person comes whole or not at all.
func (w *witness) holds(a *account, got store.Work) {
	rev, session := uint64(0), []byte(nil)
	if got.Session != nil {
		rev, session = got.Session.Rev, got.Session.Body
	}
	var want []byte
	if n := len(a.steps); n > 0 {
		want = a.steps[n-1].session
	}
	if rev != uint64(len(a.steps)) || !bytes.Equal(session, want) {
		w.note("an owner gets the session at revision %d, %d steps are done", rev, len(a.steps))
	}
	if want := a.next(); !sameHead(got.Head, want) {
		w.note("an owner gets the event %v, the next is %v", got.Head, want)
	}
	if want := a.unsent(); !sameHead(got.Out, want) {
		w.note("an owner gets the message %v, the next is %v", got.Out, want)
	}
}

func (a *account) next() *store.ID8 {
	if len(a.steps) < len(a.mail) {
		return &a.mail[len(a.steps)]
	}
	return nil
}

func (a *account) unsent() *store.ID8 {
	if a.left < len(a.outs) {
		return &a.outs[a.left].id
	}
	return nil
}

func sameHead(it *store.Item, want *store.ID8) bool {
	if it == nil || want == nil {
		return it == nil && want == nil
	}
	return it.ID == *want
}

// Commit implements store.Actor.
func (w *witness) Commit(ctx context.Context, in store.Commit) (store.CommitResult, error) {
	a := w.enter(in.Key)
	defer w.mu.Unlock()
	res, err := w.Store.Commit(ctx, in)
	switch {
	case err != nil:
		w.note("commit fails: %v", err)
	case res.Status == store.Committed || res.Status == store.Released:
		w.stepped(a, in)
		w.freed(a, res.Status == store.Released, sameHead(res.Next, a.next()) && sameHead(res.Out, a.unsent()))
	case res.Status == store.Already && (len(a.steps) == 0 || a.steps[len(a.steps)-1].event != in.Event):
		w.note("step of %x is called done and is not", in.Event)
	}
	return res, err
}

// freed holds an answer that frees a person, or shows what comes next.
func (w *witness) freed(a *account, free, same bool) {
	if free && (a.next() != nil || a.unsent() != nil) {
		w.note("a person is freed who has work")
	}
	if !free && !same {
		w.note("an owner is shown another event or message than the next")
	}
}

func (w *witness) stepped(a *account, in store.Commit) {
	if want := a.next(); want == nil || *want != in.Event {
		w.note("event %x is applied out of turn: %d steps of %d events are done", in.Event, len(a.steps), len(a.mail))
	}
	if in.Rev != uint64(len(a.steps)) {
		w.note("a step from revision %d is applied as number %d", in.Rev, len(a.steps)+1)
	}
	for i := range in.Out {
		a.outs = append(a.outs, outNote{id: in.Out[i].ID, body: bytes.Clone(in.Out[i].Body), step: len(a.steps)})
	}
	for _, t := range in.Timers {
		a.set(t)
	}
	a.steps = append(a.steps, stepNote{
		event: in.Event, at: time.Now(), session: bytes.Clone(in.Session), entry: in.Journal != nil, outs: len(a.outs) - len(in.Out),
	})
}

func (a *account) set(t store.Timer) {
	id := timerID{t.Name, t.Gen}
	if t.At.IsZero() {
		delete(a.timers, id)
		return
	}
	a.timers[id] = store.Millis(t.At)
}

// Done implements store.Actor.
func (w *witness) Done(ctx context.Context, key store.Key, id store.ID8) (store.Done, error) {
	return w.finish(key, id, nil, func() (store.Done, error) { return w.Store.Done(ctx, key, id) })
}

// Finish implements store.Finisher.
func (w *witness) Finish(ctx context.Context, key store.Key, in store.Finish) (store.Done, error) {
	return w.finish(key, in.Out, in.Start, func() (store.Done, error) { return w.Store.Finish(ctx, key, in) })
}

func (w *witness) finish(key store.Key, id store.ID8, start []store.Timer, do func() (store.Done, error)) (store.Done, error) {
	a := w.enter(key)
	defer w.mu.Unlock()
	res, err := do()
	if err != nil {
		w.note("finish fails: %v", err)
	}
	if err != nil || res.Gone {
		return res, err
	}
	if want := a.unsent(); want == nil || *want != id {
		w.note("message %x is finished out of turn", id)
	}
	if a.left < len(a.outs) {
		a.outs[a.left].left = time.Now()
		a.left++
	}
	for _, t := range start {
		if _, set := a.timers[timerID{t.Name, t.Gen}]; set {
			a.set(t)
		}
	}
	w.freed(a, res.Free, sameHead(res.Next, a.next()) && sameHead(res.Out, a.unsent()))
	return res, err
}

// Load implements store.Scheduler.
func (w *witness) Load(ctx context.Context, key store.Key) (store.Work, error) {
	a := w.enter(key)
	defer w.mu.Unlock()
	work, err := w.Store.Load(ctx, key)
	if err != nil {
		w.note("load fails: %v", err)
		return work, err
	}
	w.holds(a, work)
	return work, nil
}

// Release implements store.Actor.
func (w *witness) Release(ctx context.Context, key store.Key) (store.Work, error) {
	a := w.enter(key)
	defer w.mu.Unlock()
	work, err := w.Store.Release(ctx, key)
	if err != nil {
		w.note("release fails: %v", err)
		return work, err
	}
	w.holds(a, work)
	return work, nil
}

// Fire implements store.Scheduler.
func (w *witness) Fire(ctx context.Context, t store.Due, id store.ID8) (bool, *store.Work, error) {
	a := w.enter(t.Key)
	defer w.mu.Unlock()
	fired, work, err := w.Store.Fire(ctx, t, id)
	if err != nil {
		w.note("fire fails: %v", err)
	}
	if !fired {
		return fired, work, err
	}
	w.fires++
	at, set := a.timers[timerID{t.Name, t.Gen}]
	now := time.Now()
	switch {
	case !set:
		w.note("timer %s %d fires and is not set", t.Name, t.Gen)
	case now.UnixMilli() < at:
		w.note("timer %s %d fires %v early", t.Name, t.Gen, time.UnixMilli(at).Sub(now))
	case now.Sub(time.UnixMilli(at)) > late:
		w.note("timer %s %d fires %v late", t.Name, t.Gen, now.Sub(time.UnixMilli(at)))
	}
	delete(a.timers, timerID{t.Name, t.Gen})
	a.comes(id, nil)
	if work != nil {
		w.holds(a, *work)
	}
	return fired, work, err
}

// keys are all people and lanes, in order.
func (w *witness) keys() []store.Key {
	keys := make([]store.Key, 0, len(w.people))
	for k := range w.people {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
