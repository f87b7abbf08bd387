package redis

import (
	"context"
	"fmt"
	"strconv"

	"hoithoai/runtime/store"
)

// Serving returns how many processes, on whatever machine, have told within store.ProcessLife that they serve from this store
// (see Tell). One that has stopped counts until then.
func (s *Store) Serving(ctx context.Context) (int, error) {
	n, err := retry(ctx, s.cfg.Patience, func() (int64, error) {
		now, err := s.time(ctx)
		if err != nil {
			return 0, err
		}
		since := "(" + strconv.FormatInt(now.Add(-store.ProcessLife).UnixMilli(), 10)
		return s.client.ZCount(ctx, s.keys.named(pausesName, kindAlive)[0], since, "+inf").Result()
	})
	if err != nil {
		return 0, fmt.Errorf("count serving processes: %w", err)
	}
	return int(n), nil
}
