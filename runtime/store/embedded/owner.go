package embedded

import (
	"context"
	"fmt"
	"time"

	"hoithoai/runtime/store"
)

// Done implements store.Actor.
func (s *Store) Done(ctx context.Context, key store.Key, id store.ID8) (store.Done, error) {
	return s.Finish(ctx, key, store.Finish{Out: id})
}

// Finish implements store.Finisher.
func (s *Store) Finish(ctx context.Context, key store.Key, in store.Finish) (store.Done, error) {
	if err := in.Check(); err != nil {
		return store.Done{}, fmt.Errorf("finish: %w", err)
	}
	var res store.Done
	err := s.person(ctx, "done", key, func(p *person) (err error) {
		res, err = p.finish(in)
		return err
	})
	return res, err
}

func (p *person) finish(in store.Finish) (res store.Done, err error) {
	popped, err := p.pop(kindOut, in.Out)
	if err != nil {
		return res, err
	}
	if !popped {
		return store.Done{Gone: true}, nil
	}
	if err := p.start(in.Start); err != nil {
		return res, err
	}
	if err := p.takeEchoes(in.Taken); err != nil {
		return res, err
	}
	res.Free = p.settle()
	res.Lease = p.leased()
	if res.Out, err = p.head(kindOut); err != nil {
		return res, err
	}
	res.Next, err = p.head(kindMail)
	return res, err
}

// Release implements store.Actor.
func (s *Store) Release(ctx context.Context, key store.Key) (store.Work, error) {
	var res store.Work
	err := s.person(ctx, "release", key, func(p *person) (err error) {
		p.settle()
		res, err = p.work()
		return err
	})
	return res, err
}

// Load implements store.Scheduler.
func (s *Store) Load(ctx context.Context, key store.Key) (store.Work, error) {
	var res store.Work
	err := s.person(ctx, "load", key, func(p *person) (err error) {
		silent, untried := p.due != 0 && !p.orderly, p.due != 0 && p.untried
		if p.due != 0 {
			p.lease()
			p.untried, p.orderly = false, false
		}
		if res, err = p.work(); err != nil {
			return err
		}
		res.Silent, res.Untried = silent, untried
		res.Attempt, err = p.attempt()
		return err
	})
	return res, err
}

// Defer implements store.Deferrer.
func (s *Store) Defer(ctx context.Context, key store.Key, at time.Time) error {
	return s.putOff(ctx, key, at, false)
}

// DeferUntried implements store.Deferrer.
func (s *Store) DeferUntried(ctx context.Context, key store.Key, at time.Time) error {
	return s.putOff(ctx, key, at, true)
}

func (s *Store) putOff(ctx context.Context, key store.Key, at time.Time, untried bool) error {
	return s.person(ctx, "defer", key, func(p *person) error {
		if p.due != 0 {
			p.due, p.deferred, p.untried, p.orderly = max(1, store.Millis(at)), true, untried, true
		}
		return nil
	})
}

// person runs an operation that changes one person, and saves it.
func (s *Store) person(ctx context.Context, what string, key store.Key, run func(*person) error) error {
	if err := key.Check(); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return s.update(ctx, what, func(t *tx) error {
		p, err := t.fresh(key)
		if err != nil {
			return err
		}
		if err := run(p); err != nil {
			return err
		}
		return p.save()
	})
}
