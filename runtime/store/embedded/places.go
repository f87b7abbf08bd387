package embedded

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"hoithoai/runtime/store"
)

// Take implements store.Places.
func (s *Store) Take(ctx context.Context, place string, by store.ID8, limit int) (taken bool, err error) {
	if err := store.CheckName(place); err != nil {
		return false, fmt.Errorf("take place: %w", err)
	}
	err = s.update(ctx, "take place", func(t *tx) (err error) {
		taken, err = t.take(place, by, limit)
		return err
	})
	return taken, err
}

func (t *tx) take(place string, by store.ID8, limit int) (bool, error) {
	if known := t.places.Get(placeKey(place, by)); known != nil {
		return len(known) == 1 && known[0] == 1, nil
	}
	n, err := count(t.places.Get(placeCount(place)))
	if err != nil || int64(n) >= int64(limit) {
		return false, err
	}
	return true, t.hold(place, by, 1, n+1)
}

func (t *tx) hold(place string, by store.ID8, holds byte, taken uint64) error {
	return errors.Join(
		t.places.Put(placeKey(place, by), []byte{holds}),
		t.places.Put(placeCount(place), binary.BigEndian.AppendUint64(nil, taken)),
	)
}

// Free implements store.Places.
func (s *Store) Free(ctx context.Context, place string, by store.ID8) (freed bool, err error) {
	if err := store.CheckName(place); err != nil {
		return false, fmt.Errorf("free place: %w", err)
	}
	err = s.update(ctx, "free place", func(t *tx) (err error) {
		freed, err = t.free(place, by)
		return err
	})
	return freed, err
}

func (t *tx) free(place string, by store.ID8) (bool, error) {
	known := t.places.Get(placeKey(place, by))
	if len(known) != 1 || known[0] == 0 {
		return false, nil
	}
	n, err := count(t.places.Get(placeCount(place)))
	if err != nil || n == 0 {
		return false, errors.Join(err, fmt.Errorf("place count: %w", errDamaged))
	}
	return true, t.hold(place, by, 0, n-1)
}
