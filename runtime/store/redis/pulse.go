package redis

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"hoithoai/runtime/store"
)

// kindBeat is the kind of key that says when something was done last: a string, Unix ms.
const kindBeat = "z"

// Beat implements store.Pulse.
func (s *Store) Beat(ctx context.Context, what string) error {
	if err := store.CheckName(what); err != nil {
		return fmt.Errorf("beat: %w", err)
	}
	_, err := retry(ctx, s.cfg.Patience, func() (string, error) {
		now, err := s.time(ctx)
		if err != nil {
			return "", err
		}
		return s.client.Set(ctx, s.keys.named(what, kindBeat)[0], now.UnixMilli(), 0).Result()
	})
	if err != nil {
		return fmt.Errorf("beat: %w", err)
	}
	return nil
}

// LastBeat implements store.Pulse.
func (s *Store) LastBeat(ctx context.Context, what string) (last, now time.Time, err error) {
	if err := store.CheckName(what); err != nil {
		return last, now, fmt.Errorf("last beat: %w", err)
	}
	now, err = retry(ctx, s.cfg.Patience, func() (time.Time, error) {
		ms, err := s.client.Get(ctx, s.keys.named(what, kindBeat)[0]).Int64()
		switch {
		case err == nil:
			last = time.UnixMilli(ms)
		case !errors.Is(err, redis.Nil):
			return now, err
		}
		return s.time(ctx)
	})
	if err != nil {
		return time.Time{}, now, fmt.Errorf("last beat: %w", err)
	}
	return last, now, nil
}

// time is what time it is for leases and timers.
func (s *Store) time(ctx context.Context) (time.Time, error) {
	if s.cfg.Clock != nil {
		return s.cfg.Clock(), nil
	}
	return s.client.Time(ctx).Result()
}
