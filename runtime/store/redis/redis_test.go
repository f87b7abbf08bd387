package redis_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/redis"
	"hoithoai/runtime/store/redistest"
	"hoithoai/runtime/store/storetest"
)

// opener opens engines that share a server but no key.
func opener(url string, partitions int) storetest.Open {
	var n atomic.Int64
	return func(t testing.TB, cfg store.Config, clock *storetest.Clock) storetest.Engine {
		t.Helper()
		clock.ExpireReally()
		return connect(t, redis.Config{
			URL: url, Store: cfg, Clock: clock.Now, Partitions: partitions, Prefix: fmt.Sprintf("test%d", n.Add(1)),
		})
	}
}

func connect(t testing.TB, cfg redis.Config) *redis.Store {
	t.Helper()
	s, err := redis.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

func TestContract(t *testing.T) {
	t.Parallel()
	storetest.Run(t, opener(redistest.Start(t).URL(), 0))
}

func TestContractOnCluster(t *testing.T) {
	t.Parallel()
	storetest.Run(t, opener(redistest.StartCluster(t, 3).URL(), 0))
}

func TestModel(t *testing.T) {
	t.Parallel()
	storetest.Model(t, opener(redistest.Start(t).URL(), 1))
}

func TestModelOnCluster(t *testing.T) {
	t.Parallel()
	storetest.Model(t, opener(redistest.StartCluster(t, 3).URL(), 4))
}
