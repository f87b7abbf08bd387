package redis

import (
	"context"
	"errors"
	"fmt"

	"github.com/redis/go-redis/v9"

	"hoithoai/runtime/store"
)

// Gauge implements store.Gauge: the size of the list of people with work, some of them at random, and the lengths and heads of
// their lists, in two round trips.
func (s *Store) Gauge(ctx context.Context, partition, n int) (people int, some []store.Queues, err error) {
	if partition < 0 || partition >= s.keys.partitions {
		return 0, nil, fmt.Errorf("gauge: partition %d of %d", partition, s.keys.partitions)
	}
	due := s.keys.key(partition, kindDue, "")
	keys, err := retry(ctx, s.cfg.Patience, func() ([]string, error) {
		pipe := s.client.Pipeline()
		size, members := pipe.ZCard(ctx, due), pipe.ZRandMember(ctx, due, max(n, 0))
		_, err := pipe.Exec(ctx)
		people = int(size.Val())
		return members.Val(), err
	})
	if err != nil {
		return 0, nil, fmt.Errorf("gauge: %w", err)
	}
	some, err = s.queues(ctx, keys)
	return people, some, err
}

// waiting is the questions about one person.
type waiting struct {
	mail, out  *redis.IntCmd
	head, next *redis.StringCmd
}

func (s *Store) queues(ctx context.Context, keys []string) ([]store.Queues, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	asked, err := retry(ctx, s.cfg.Patience, func() ([]waiting, error) {
		pipe, asked := s.client.Pipeline(), make([]waiting, len(keys))
		for i, key := range keys {
			k := s.keys.named(key, kindMailbox, kindOutbox)
			asked[i] = waiting{pipe.LLen(ctx, k[0]), pipe.LLen(ctx, k[1]), pipe.LIndex(ctx, k[0], 0), pipe.LIndex(ctx, k[1], 0)}
		}
		_, err := pipe.Exec(ctx)
		if errors.Is(err, redis.Nil) { // an empty list has no head
			err = nil
		}
		return asked, err
	})
	if err != nil {
		return nil, fmt.Errorf("gauge: %w", err)
	}
	return answered(keys, asked)
}

// answered reads the answers; who has lost the last work meanwhile is left out.
func answered(keys []string, asked []waiting) (some []store.Queues, err error) {
	for i, w := range asked {
		q := store.Queues{Key: store.Key(keys[i]), Mail: int(w.mail.Val()), Out: int(w.out.Val())}
		var errs [2]error
		q.Head, errs[0] = headOf(w.head)
		q.Next, errs[1] = headOf(w.next)
		if err := errors.Join(errs[:]...); err != nil {
			return nil, fmt.Errorf("gauge: %w", err)
		}
		if q.Mail+q.Out > 0 {
			some = append(some, q)
		}
	}
	return some, nil
}

func headOf(cmd *redis.StringCmd) (*store.Item, error) {
	text, err := cmd.Result()
	if errors.Is(err, redis.Nil) {
		return nil, nil
	}
	if err != nil {
		return nil, mapError(err)
	}
	return answer{text}.item(0)
}
