package simulation

import (
	"context"
	"fmt"
	"time"

	"hoithoai/runtime/deployment"
	"hoithoai/runtime/store"
)

// shaky is the store as one process has it: calls take their time, fail, are done without an answer, and kill.
type shaky struct {
	deployment.Store
	p *process
}

// result is the answer of a call.
type result[T any] struct {
	v   T
	err error
}

// call makes one call for a person, or a list. A caller that gives up, or dies, leaves it under way: it may still be done.
func call[T any](ctx context.Context, s *shaky, who, what string, do func(context.Context) (T, error)) (T, error) {
	st := s.p.w.chances.of("store " + who)
	f := s.p.w.call(st, what == "claim")
	done := make(chan result[T], 1)
	go func() {
		v, err := carried(ctx, s, st, f, what, do)
		if err != nil || !f.smooth() {
			s.p.w.troubled(who, what)
		}
		done <- result[T]{v, err}
	}()
	var none T
	select {
	case r := <-done:
		return r.v, r.err
	case <-ctx.Done():
		s.p.w.troubled(who, what+" given up")
		return none, fmt.Errorf("%s: %w: %w", what, store.ErrUnavailable, ctx.Err())
	case <-s.p.killed:
		return none, errKilled
	}
}

// carried takes a call through its fate.
func carried[T any](ctx context.Context, s *shaky, st *stream, f fate, what string, do func(context.Context) (T, error)) (v T, err error) {
	p := s.p
	if f.kill == beforehand {
		p.kill("before " + what)
		return v, errKilled
	}
	if f.kill == underWay {
		p.kill("during " + what)
	}
	if f.sent {
		st.pause(context.Background(), f.before, nil) // it left: no death of ours calls it back
	} else if !p.takes(ctx, st, f.before) {
		return v, fmt.Errorf("%s: %w", what, store.ErrUnavailable)
	}
	if f.refused {
		return v, fmt.Errorf("%s: refused: %w", what, store.ErrUnavailable)
	}
	v, err = do(context.WithoutCancel(ctx))
	if f.kill == afterwards {
		p.kill("after " + what)
	}
	if !p.takes(ctx, st, f.after) || f.lost {
		return v, fmt.Errorf("%s: answer lost: %w", what, store.ErrUnavailable)
	}
	return v, err
}

// Accept implements store.Mailbox.
func (s *shaky) Accept(ctx context.Context, in store.Accept) (store.AcceptResult, error) {
	return call(ctx, s, string(in.Key), "accept", func(ctx context.Context) (store.AcceptResult, error) { return s.Store.Accept(ctx, in) })
}

// Commit implements store.Actor.
func (s *shaky) Commit(ctx context.Context, in store.Commit) (store.CommitResult, error) {
	if s.p.w.ends(in) {
		s.p.kill("by an event")
		return store.CommitResult{}, errKilled
	}
	return call(ctx, s, string(in.Key), "commit", func(ctx context.Context) (store.CommitResult, error) { return s.Store.Commit(ctx, in) })
}

// Done implements store.Actor.
func (s *shaky) Done(ctx context.Context, key store.Key, id store.ID8) (store.Done, error) {
	return call(ctx, s, string(key), "done", func(ctx context.Context) (store.Done, error) { return s.Store.Done(ctx, key, id) })
}

// Finish implements store.Finisher.
func (s *shaky) Finish(ctx context.Context, key store.Key, in store.Finish) (store.Done, error) {
	return call(ctx, s, string(key), "finish", func(ctx context.Context) (store.Done, error) { return s.Store.Finish(ctx, key, in) })
}

// Release implements store.Actor.
func (s *shaky) Release(ctx context.Context, key store.Key) (store.Work, error) {
	return call(ctx, s, string(key), "release", func(ctx context.Context) (store.Work, error) { return s.Store.Release(ctx, key) })
}

// nothing is the answer of a call that has none.
type nothing struct{}

// Defer implements store.Deferrer.
func (s *shaky) Defer(ctx context.Context, key store.Key, at time.Time) error {
	_, err := call(ctx, s, string(key), "defer", func(ctx context.Context) (nothing, error) { return nothing{}, s.Store.Defer(ctx, key, at) })
	return err
}

// Attempt implements store.Attempts.
func (s *shaky) Attempt(ctx context.Context, key store.Key, a store.Attempt) error {
	_, err := call(ctx, s, string(key), "attempt", func(ctx context.Context) (nothing, error) { return nothing{}, s.Store.Attempt(ctx, key, a) })
	return err
}

// Load implements store.Scheduler.
func (s *shaky) Load(ctx context.Context, key store.Key) (store.Work, error) {
	return call(ctx, s, string(key), "load", func(ctx context.Context) (store.Work, error) { return s.Store.Load(ctx, key) })
}

// claimed is the answer of Claim.
type claimed struct {
	keys []store.Key
	due  []store.Due
	next time.Time
}

// Claim implements store.Scheduler.
func (s *shaky) Claim(ctx context.Context, partition, n int) ([]store.Key, []store.Due, time.Time, error) {
	c, err := call(ctx, s, s.p.name, "claim", func(ctx context.Context) (c claimed, err error) {
		c.keys, c.due, c.next, err = s.Store.Claim(ctx, partition, n)
		return c, err
	})
	return c.keys, c.due, c.next, err
}

// fired is the answer of Fire.
type fired struct {
	done bool
	work *store.Work
}

// Fire implements store.Scheduler.
func (s *shaky) Fire(ctx context.Context, timer store.Due, id store.ID8) (bool, *store.Work, error) {
	f, err := call(ctx, s, string(timer.Key), "fire", func(ctx context.Context) (f fired, err error) {
		f.done, f.work, err = s.Store.Fire(ctx, timer, id)
		return f, err
	})
	return f.done, f.work, err
}

// NoteEcho implements store.Echoes.
func (s *shaky) NoteEcho(ctx context.Context, key store.Key, echo store.Echo) error {
	_, err := call(ctx, s, "echo "+string(key), "note echo", func(ctx context.Context) (nothing, error) {
		return nothing{}, s.Store.NoteEcho(ctx, key, echo)
	})
	return err
}

// Echoes implements store.Echoes.
func (s *shaky) Echoes(ctx context.Context, key store.Key) ([]store.Echo, error) {
	return call(ctx, s, string(key), "echoes", func(ctx context.Context) ([]store.Echo, error) { return s.Store.Echoes(ctx, key) })
}

// appended is the answer of Append.
type appended struct {
	id  string
	new bool
}

// Append implements store.Records.
func (s *shaky) Append(ctx context.Context, list string, by store.ID8, body []byte) (string, bool, error) {
	a, err := call(ctx, s, list, "append", func(ctx context.Context) (a appended, err error) {
		a.id, a.new, err = s.Store.Append(ctx, list, by, body)
		return a, err
	})
	return a.id, a.new, err
}

// List implements store.Records.
func (s *shaky) List(ctx context.Context, list, after string, n int) ([]store.Record, error) {
	return call(ctx, s, list, "list", func(ctx context.Context) ([]store.Record, error) { return s.Store.List(ctx, list, after, n) })
}

// Erase implements store.Records.
func (s *shaky) Erase(ctx context.Context, list, id string) (bool, error) {
	return call(ctx, s, list, "erase", func(ctx context.Context) (bool, error) { return s.Store.Erase(ctx, list, id) })
}

// SaveBundle implements store.Bundles.
func (s *shaky) SaveBundle(ctx context.Context, hash string, body []byte) error {
	_, err := call(ctx, s, s.p.name, "save bundle", func(ctx context.Context) (nothing, error) {
		return nothing{}, s.Store.SaveBundle(ctx, hash, body)
	})
	return err
}

// Bundle implements store.Bundles.
func (s *shaky) Bundle(ctx context.Context, hash string) ([]byte, error) {
	return call(ctx, s, s.p.name, "bundle", func(ctx context.Context) ([]byte, error) { return s.Store.Bundle(ctx, hash) })
}
