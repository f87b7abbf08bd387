package redis

import (
	"context"
	"fmt"
	"strings"

	"hoithoai/runtime/store"
)

// oldLayout is the layout before this one: every timer had an entry in the schedule (person 0 name 0 gen), and a person's
// timers a hash of their own.
const oldLayout = "1"

// migrate brings everything of oldLayout into this one, and says so. It may be stopped anywhere and begun again, by several
// processes at once; a process of the earlier version must not run beside it, and refuses to start afterwards.
func (s *Store) migrate(ctx context.Context) error {
	for p := range s.keys.partitions {
		if err := s.migratePartition(ctx, p); err != nil {
			return fmt.Errorf("bring the store to layout %s: %w", layout, err)
		}
	}
	_, err := retry(ctx, s.cfg.Patience, func() (int64, error) {
		return s.client.HSet(ctx, s.keys.meta(), "layout", layout).Result()
	})
	if err != nil {
		return fmt.Errorf("note layout %s: %w", layout, err)
	}
	return nil
}

func (s *Store) migratePartition(ctx context.Context, partition int) error {
	schedule := s.keys.key(partition, kindSchedule, "")
	for cursor := uint64(0); ; {
		var next uint64
		page, err := retry(ctx, s.cfg.Patience, func() (page []string, err error) {
			page, next, err = s.client.ZScan(ctx, schedule, cursor, "", scanPage).Result()
			return page, err
		})
		if err != nil {
			return fmt.Errorf("look for timers: %w", err)
		}
		for i := 0; i < len(page); i += 2 { // member, score, …
			if err := s.migratePerson(ctx, page[i]); err != nil {
				return err
			}
		}
		if cursor = next; cursor == 0 {
			return nil
		}
	}
}

// migratePerson moves all timers of the person of an old entry.
func (s *Store) migratePerson(ctx context.Context, member string) error {
	key, _, old := strings.Cut(member, "\x00")
	if !old {
		return nil
	}
	_, err := retry(ctx, s.cfg.Patience, func() (int64, error) {
		return s.scripts.migrate.Run(ctx, s.client, s.keys.person(store.Key(key), kindSession, kindTimers, kindSchedule), s.clock(), key).Int64()
	})
	if err != nil {
		return fmt.Errorf("move timers: %w", err)
	}
	return nil
}
