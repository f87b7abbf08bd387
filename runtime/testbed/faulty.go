package testbed

import (
	"context"
	"fmt"
	"sync"
	"time"

	"hoithoai/runtime/store"
)

// Whole is everything the runtime asks of a store.
type Whole interface {
	store.Mailbox
	store.Actor
	store.Deferrer
	store.Finisher
	store.Attempts
	store.Echoes
	store.Scheduler
	store.Bundles
	store.Records
}

// Fault is where a Faulty store fails.
type Fault uint8

// The faults.
const (
	Before Fault = iota // nothing was done
	After               // done, but the answer is lost
)

// Faulty is a store one of whose calls fails: the process that made it stops there, as if it had been killed. It is safe for
// concurrent use.
type Faulty struct {
	Whole
	mu    sync.Mutex
	calls int
	at    int // which call fails, from 1; 0: none
	fault Fault
	name  string // of the call that failed
}

// NewFaulty returns a store over s whose call number at fails.
func NewFaulty(s Whole, at int, fault Fault) *Faulty { return &Faulty{Whole: s, at: at, fault: fault} }

// Calls returns how many calls were made.
func (f *Faulty) Calls() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.calls
}

// Failed returns the name of the call that failed, "" while none did.
func (f *Faulty) Failed() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.name
}

// fails counts a call and says whether it is the one.
func (f *Faulty) fails(name string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls++
	if f.calls == f.at {
		f.name = name
	}
	return f.calls == f.at
}

// call makes one call of the store under it, or fails.
func call[T any](f *Faulty, name string, run func() (T, error)) (T, error) {
	fails := f.fails(name)
	if fails && f.fault == Before {
		var none T
		return none, fmt.Errorf("%s: %w", name, store.ErrUnavailable)
	}
	v, err := run()
	if fails && err == nil {
		var none T
		return none, fmt.Errorf("%s: answer lost: %w", name, store.ErrUnavailable)
	}
	return v, err
}

// Accept implements store.Mailbox.
func (f *Faulty) Accept(ctx context.Context, in store.Accept) (store.AcceptResult, error) {
	return call(f, "accept", func() (store.AcceptResult, error) { return f.Whole.Accept(ctx, in) })
}

// Commit implements store.Actor.
func (f *Faulty) Commit(ctx context.Context, in store.Commit) (store.CommitResult, error) {
	return call(f, "commit", func() (store.CommitResult, error) { return f.Whole.Commit(ctx, in) })
}

// Done implements store.Actor.
func (f *Faulty) Done(ctx context.Context, key store.Key, id store.ID8) (store.Done, error) {
	return call(f, "done", func() (store.Done, error) { return f.Whole.Done(ctx, key, id) })
}

// Finish implements store.Finisher.
func (f *Faulty) Finish(ctx context.Context, key store.Key, in store.Finish) (store.Done, error) {
	return call(f, "done", func() (store.Done, error) { return f.Whole.Finish(ctx, key, in) })
}

// NoteEcho implements store.Echoes.
func (f *Faulty) NoteEcho(ctx context.Context, key store.Key, e store.Echo) error {
	_, err := call(f, "note echo", func() (struct{}, error) { return struct{}{}, f.Whole.NoteEcho(ctx, key, e) })
	return err
}

// Echoes implements store.Echoes.
func (f *Faulty) Echoes(ctx context.Context, key store.Key) ([]store.Echo, error) {
	return call(f, "echoes", func() ([]store.Echo, error) { return f.Whole.Echoes(ctx, key) })
}

// Release implements store.Actor.
func (f *Faulty) Release(ctx context.Context, key store.Key) (store.Work, error) {
	return call(f, "release", func() (store.Work, error) { return f.Whole.Release(ctx, key) })
}

// Defer implements store.Deferrer.
func (f *Faulty) Defer(ctx context.Context, key store.Key, at time.Time) error {
	_, err := call(f, "defer", func() (struct{}, error) { return struct{}{}, f.Whole.Defer(ctx, key, at) })
	return err
}

// DeferUntried implements store.Deferrer.
func (f *Faulty) DeferUntried(ctx context.Context, key store.Key, at time.Time) error {
	_, err := call(f, "defer", func() (struct{}, error) { return struct{}{}, f.Whole.DeferUntried(ctx, key, at) })
	return err
}

// Attempt implements store.Attempts.
func (f *Faulty) Attempt(ctx context.Context, key store.Key, a store.Attempt) error {
	_, err := call(f, "attempt", func() (struct{}, error) { return struct{}{}, f.Whole.Attempt(ctx, key, a) })
	return err
}

// Load implements store.Scheduler.
func (f *Faulty) Load(ctx context.Context, key store.Key) (store.Work, error) {
	return call(f, "load", func() (store.Work, error) { return f.Whole.Load(ctx, key) })
}

// fired is the answer of Fire.
type fired struct {
	done bool
	work *store.Work
}

// Fire implements store.Scheduler.
func (f *Faulty) Fire(ctx context.Context, timer store.Due, id store.ID8) (bool, *store.Work, error) {
	r, err := call(f, "fire", func() (fired, error) {
		done, work, err := f.Whole.Fire(ctx, timer, id)
		return fired{done, work}, err
	})
	return r.done, r.work, err
}

// appended is the answer of Append.
type appended struct {
	id  string
	new bool
}

// Append implements store.Records.
func (f *Faulty) Append(ctx context.Context, list string, by store.ID8, body []byte) (string, bool, error) {
	r, err := call(f, "append", func() (appended, error) {
		id, isNew, err := f.Whole.Append(ctx, list, by, body)
		return appended{id, isNew}, err
	})
	return r.id, r.new, err
}

// Erase implements store.Records.
func (f *Faulty) Erase(ctx context.Context, list, id string) (bool, error) {
	return call(f, "erase", func() (bool, error) { return f.Whole.Erase(ctx, list, id) })
}
