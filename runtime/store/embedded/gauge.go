package embedded

import (
	"context"
	"fmt"

	"hoithoai/runtime/store"
)

// Gauge implements store.Gauge. It counts the index of people who are not free, and looks at every so many-th of them.
func (s *Store) Gauge(ctx context.Context, partition, n int) (people int, some []store.Queues, err error) {
	if partition != 0 {
		return 0, nil, fmt.Errorf("gauge: partition %d, want 0", partition)
	}
	err = s.view(ctx, "gauge", func(t *tx) error {
		people, some = 0, nil
		each(t.due, nil, func(_, _ []byte) bool {
			people++
			return true
		})
		keys := t.spread(people, n)
		for _, key := range keys {
			q, err := t.queues(key)
			if err != nil {
				return err
			}
			some = append(some, q)
		}
		return nil
	})
	return people, some, err
}

// spread returns up to n of people's keys, at even distances in the index, which is sorted by time.
func (t *tx) spread(people, n int) (keys []store.Key) {
	if n < 1 || people == 0 {
		return nil
	}
	i, stride := 0, (people+n-1)/n
	each(t.due, nil, func(k, _ []byte) bool {
		if i%stride == 0 {
			keys = append(keys, store.Key(k[timeSize:]))
		}
		i++
		return true
	})
	return keys
}

func (t *tx) queues(key store.Key) (q store.Queues, err error) {
	p, err := t.person(key)
	if err != nil {
		return q, err
	}
	q = store.Queues{Key: key, Mail: int(p.mails), Out: int(p.outs)}
	if q.Head, err = p.head(kindMail); err != nil {
		return q, err
	}
	q.Next, err = p.head(kindOut)
	return q, err
}
