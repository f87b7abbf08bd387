package redis_test

import (
	"context"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"hoithoai/runtime/store/redis"
)

// age shortens what all keys with a prefix have left to live by d, as if so much time had passed on the server.
func age(t testing.TB, s *redis.Store, prefix string, d time.Duration) {
	t.Helper()
	err := onEveryNode(t.Context(), s.Client(), func(ctx context.Context, c *goredis.Client) error {
		keys, err := keysOf(ctx, c, prefix)
		if err != nil {
			return err
		}
		for _, key := range keys {
			if err := ageKey(ctx, c, key, d); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatalf("let %v pass: %v", d, err)
	}
}

func ageKey(ctx context.Context, c *goredis.Client, key string, d time.Duration) error {
	left, err := c.PTTL(ctx, key).Result()
	if err != nil || left < 0 { // it lives for ever, or is gone
		return err
	}
	return c.PExpire(ctx, key, left-d).Err() // nothing left: the server deletes it
}

func onEveryNode(ctx context.Context, c goredis.UniversalClient, do func(context.Context, *goredis.Client) error) error {
	switch c := c.(type) {
	case *goredis.ClusterClient:
		return c.ForEachMaster(ctx, do)
	case *goredis.Client:
		return do(ctx, c)
	}
	return nil
}

func keysOf(ctx context.Context, c *goredis.Client, prefix string) (keys []string, err error) {
	var cursor uint64
	for {
		page, next, err := c.Scan(ctx, cursor, prefix+":*", 1000).Result()
		if err != nil {
			return nil, err
		}
		keys, cursor = append(keys, page...), next
		if cursor == 0 {
			return keys, nil
		}
	}
}

// forget deletes all keys with a prefix.
func forget(t testing.TB, s *redis.Store, prefix string) {
	t.Helper()
	err := onEveryNode(context.Background(), s.Client(), func(ctx context.Context, c *goredis.Client) error {
		keys, err := keysOf(ctx, c, prefix)
		for _, key := range keys {
			if err := c.Unlink(ctx, key).Err(); err != nil {
				return err
			}
		}
		return err
	})
	if err != nil {
		t.Errorf("forget what %s wrote: %v", prefix, err)
	}
}
