package redis

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"hoithoai/runtime/store"
)

// Done implements store.Actor.
func (s *Store) Done(ctx context.Context, key store.Key, id store.ID8) (store.Done, error) {
	return s.Finish(ctx, key, store.Finish{Out: id})
}

// Finish implements store.Finisher.
func (s *Store) Finish(ctx context.Context, key store.Key, in store.Finish) (res store.Done, err error) {
	if err := errors.Join(key.Check(), in.Check()); err != nil {
		return res, fmt.Errorf("done: %w", err)
	}
	a, err := s.run(ctx, "done", s.scripts.done, s.keys.person(key, kindMailbox, kindOutbox, kindDue, kindSession, kindSchedule, kindEchoes),
		s.finishArgs(key, &in)...)
	if err != nil {
		return res, err
	}
	if a.number(0) == 0 {
		return store.Done{Gone: true}, nil
	}
	var errs [2]error
	res.Next, errs[0] = a.item(1)
	res.Out, errs[1] = a.item(2)
	res.Lease = a.millis(3)
	res.Free = res.Lease.IsZero()
	return res, errors.Join(errs[:]...)
}

func (s *Store) finishArgs(key store.Key, in *store.Finish) []any {
	args := []any{s.clock(), string(key), s.lease(), in.Out[:]}
	if len(in.Start) == 0 && len(in.Taken) == 0 {
		return args
	}
	args = append(args, s.cfg.Store.EchoTTL.Milliseconds(), s.cfg.Store.Echoes*echoSize, len(in.Taken))
	for i := range in.Taken {
		args = append(args, in.Taken[i][:])
	}
	return appendTimers(args, in.Start)
}

// Release implements store.Actor.
func (s *Store) Release(ctx context.Context, key store.Key) (store.Work, error) {
	return s.work(ctx, "release", s.scripts.release, key, kindSession, kindMailbox, kindOutbox, kindDue)
}

// Load implements store.Scheduler.
func (s *Store) Load(ctx context.Context, key store.Key) (store.Work, error) {
	return s.work(ctx, "load", s.scripts.load, key, kindSession, kindMailbox, kindOutbox, kindDue, kindAttempt)
}

func (s *Store) work(ctx context.Context, what string, sc *redis.Script, key store.Key, kinds ...string) (store.Work, error) {
	if err := key.Check(); err != nil {
		return store.Work{}, fmt.Errorf("%s: %w", what, err)
	}
	a, err := s.run(ctx, what, sc, s.keys.person(key, kinds...), s.clock(), string(key), s.lease())
	if err != nil {
		return store.Work{}, err
	}
	w, err := a.work(key, 0)
	if len(a) > 4 && !w.Lease.IsZero() {
		w.Silent, w.Untried = a.number(4) == 0, a.number(4) == 2
	}
	w.Attempt = a.attempt(5)
	return w, err
}

// Defer implements store.Deferrer. It changes only who is in the list of due people, that is, who has work.
func (s *Store) Defer(ctx context.Context, key store.Key, at time.Time) error {
	return s.putOff(ctx, key, float64(max(1, store.Millis(at)))-tried)
}

// By how much the score of a person is less than a whole number who was put off: a lease ends at a whole one.
const (
	tried   = 0.25
	untried = 0.5
)

// DeferUntried implements store.Deferrer.
func (s *Store) DeferUntried(ctx context.Context, key store.Key, at time.Time) error {
	return s.putOff(ctx, key, float64(max(1, store.Millis(at)))-untried)
}

// Attempt implements store.Attempts.
func (s *Store) Attempt(ctx context.Context, key store.Key, a store.Attempt) error {
	if err := key.Check(); err != nil {
		return fmt.Errorf("attempt: %w", err)
	}
	var note []byte
	if a.N > 0 {
		note = strconv.AppendInt(a.Item[:idSize:idSize], int64(a.N), 10)
	}
	_, err := s.run(ctx, "attempt", s.scripts.attempt, s.keys.person(key, kindAttempt), note, s.cfg.Store.AttemptTTL.Milliseconds())
	return err
}

func (s *Store) putOff(ctx context.Context, key store.Key, score float64) error {
	if err := key.Check(); err != nil {
		return fmt.Errorf("defer: %w", err)
	}
	entry := redis.Z{Score: score, Member: string(key)}
	_, err := retry(ctx, s.cfg.Patience, func() (int64, error) {
		return s.client.ZAddXX(ctx, s.keys.person(key, kindDue)[0], entry).Result()
	})
	if err != nil {
		return fmt.Errorf("defer: %w", err)
	}
	return nil
}
