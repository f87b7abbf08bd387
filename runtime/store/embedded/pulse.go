package embedded

import (
	"context"
	"encoding/binary"
	"fmt"
	"time"

	"hoithoai/runtime/store"
)

// beatKey is the entry of the bucket meta that says when something was done last: 8 bytes of Unix ms.
func beatKey(what string) []byte { return []byte(beatPrefix + what) }

const beatPrefix = "beat/"

// Beat implements store.Pulse.
func (s *Store) Beat(ctx context.Context, what string) error {
	if err := store.CheckName(what); err != nil {
		return fmt.Errorf("beat: %w", err)
	}
	return s.update(ctx, "beat", func(t *tx) error {
		return t.meta.Put(beatKey(what), binary.BigEndian.AppendUint64(nil, uint64(t.now)))
	})
}

// LastBeat implements store.Pulse.
func (s *Store) LastBeat(ctx context.Context, what string) (last, now time.Time, err error) {
	if err := store.CheckName(what); err != nil {
		return last, now, fmt.Errorf("last beat: %w", err)
	}
	err = s.view(ctx, "last beat", func(t *tx) error {
		now = time.UnixMilli(t.now)
		v := t.meta.Get(beatKey(what))
		if v == nil {
			return nil
		}
		if len(v) != 8 {
			return fmt.Errorf("beat: %w", errDamaged)
		}
		last = time.UnixMilli(int64(binary.BigEndian.Uint64(v)))
		return nil
	})
	return last, now, err
}
