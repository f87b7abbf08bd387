package model

import (
	"context"
	"fmt"

	"hoithoai/runtime/store"
)

// Gauge implements store.Gauge.
func (s *Store) Gauge(ctx context.Context, partition, n int) (people int, some []store.Queues, err error) {
	if partition != 0 {
		return 0, nil, fmt.Errorf("gauge: partition %d of 1", partition)
	}
	if err := ctx.Err(); err != nil {
		return 0, nil, fmt.Errorf("gauge: %w: %w", store.ErrUnavailable, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for key, p := range s.people {
		if p.due == 0 {
			continue
		}
		if people++; people <= n {
			some = append(some, store.Queues{Key: key, Mail: len(p.mail), Out: len(p.out), Head: head(p.mail), Next: head(p.out)})
		}
	}
	return people, some, nil
}
