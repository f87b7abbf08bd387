package redis

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/redis/go-redis/v9"

	"hoithoai/runtime/store"
)

// SaveBundle implements store.Bundles.
func (s *Store) SaveBundle(ctx context.Context, hash string, body []byte) error {
	if err := errors.Join(store.CheckName(hash), store.CheckBody(body)); err != nil {
		return fmt.Errorf("save bundle: %w", err)
	}
	_, err := retry(ctx, s.cfg.Patience, func() (bool, error) {
		return s.client.SetNX(ctx, s.keys.named(hash, kindBundle)[0], body, 0).Result()
	})
	if err != nil {
		return fmt.Errorf("save bundle: %w", err)
	}
	return nil
}

// Bundle implements store.Bundles.
func (s *Store) Bundle(ctx context.Context, hash string) ([]byte, error) {
	body, err := retry(ctx, s.cfg.Patience, func() ([]byte, error) {
		return s.client.Get(ctx, s.keys.named(hash, kindBundle)[0]).Bytes()
	})
	if errors.Is(err, redis.Nil) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read bundle: %w", err)
	}
	return body, nil
}

// Append implements store.Records.
func (s *Store) Append(ctx context.Context, list string, by store.ID8, body []byte) (string, bool, error) {
	if err := errors.Join(store.CheckName(list), store.CheckBody(body)); err != nil {
		return "", false, fmt.Errorf("append record: %w", err)
	}
	a, err := s.runSure(ctx, "append record", appendedBefore, s.scripts.append, s.keys.named(list, kindIDs, kindBodies, kindOrder),
		by[:], hex.EncodeToString(by[:]), body)
	return a.text(0), a.number(1) == 1, err
}

func appendedBefore(a answer) bool { return a.number(1) == 0 }

// List implements store.Records.
func (s *Store) List(ctx context.Context, list, after string, n int) ([]store.Record, error) {
	if err := store.CheckName(list); err != nil {
		return nil, fmt.Errorf("list records: %w", err)
	}
	a, err := s.run(ctx, "list records", s.scripts.list, s.keys.named(list, kindBodies, kindOrder), after, max(0, n))
	if err != nil {
		return nil, err
	}
	var records []store.Record
	for i := 0; i+1 < len(a); i += 2 {
		records = append(records, store.Record{ID: a.text(i), Body: []byte(a.text(i + 1))})
	}
	return records, nil
}

// Erase implements store.Records.
func (s *Store) Erase(ctx context.Context, list, id string) (bool, error) {
	if err := store.CheckName(list); err != nil {
		return false, fmt.Errorf("erase record: %w", err)
	}
	return s.runFlag(ctx, "erase record", s.scripts.erase, s.keys.named(list, kindBodies, kindOrder), id)
}

// Take implements store.Places.
func (s *Store) Take(ctx context.Context, place string, by store.ID8, limit int) (bool, error) {
	if err := store.CheckName(place); err != nil {
		return false, fmt.Errorf("take place: %w", err)
	}
	return s.runFlag(ctx, "take place", s.scripts.take, s.keys.named(place, kindPlace), by[:], limit)
}

// Free implements store.Places.
func (s *Store) Free(ctx context.Context, place string, by store.ID8) (bool, error) {
	if err := store.CheckName(place); err != nil {
		return false, fmt.Errorf("free place: %w", err)
	}
	return s.runFlag(ctx, "free place", s.scripts.free, s.keys.named(place, kindPlace), by[:])
}
