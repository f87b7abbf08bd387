package redis

import (
	"context"
	"fmt"
	"time"
)

// Time is what the server's clock says, by which leases and timers go; in a cluster that of any node.
func (s *Store) Time(ctx context.Context) (time.Time, error) {
	t, err := retry(ctx, s.cfg.Patience, func() (time.Time, error) { return s.client.Time(ctx).Result() })
	if err != nil {
		return t, fmt.Errorf("time: %w", err)
	}
	return t, nil
}
