package redis_test

import (
	"context"
	"strings"
	"testing"

	client "github.com/redis/go-redis/v9"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/redis"
	"hoithoai/runtime/store/redistest"
)

// slot is the hash slot of a tag: CRC16 (XMODEM) modulo 16384, written down here a second time from the cluster's
// specification.
func slot(tag string) int {
	var crc uint16
	for i := range len(tag) {
		crc ^= uint16(tag[i]) << 8
		for range 8 {
			carry := crc&0x8000 != 0
			crc <<= 1
			if carry {
				crc ^= 0x1021
			}
		}
	}
	return int(crc) % 16384
}

func TestTagsSpreadEvenly(t *testing.T) {
	t.Parallel()
	if got := slot("123456789"); got != 0x31c3 {
		t.Fatalf("slot of the specification's example is %#x, want 0x31c3", got)
	}
	for i, tag := range redis.Tags() {
		if got := slot(tag); got != 64*i {
			t.Errorf("tag %d %q has slot %d, want %d", i, tag, got, 64*i)
		}
		if strings.ContainsAny(tag, "{}:") {
			t.Errorf("tag %q has a separator in it", tag)
		}
	}
}

// keysOnCluster checks that the keys of a person share one slot, and that people spread over the masters.
func keysOnCluster(t *testing.T, cl *redistest.Cluster) {
	s := connect(t, redis.Config{URL: cl.URL()})
	if s.Partitions() != 256 {
		t.Fatalf("%d partitions on a cluster, want 256", s.Partitions())
	}
	cluster := s.Client().(*client.ClusterClient)
	for i := range 300 {
		key := string(rune('a'+i%26)) + strings.Repeat("x", i/26)
		slots := map[int64]bool{}
		for _, k := range s.PersonKeys(key) {
			n, err := cluster.ClusterKeySlot(t.Context(), k).Result()
			if err != nil {
				t.Fatal(err)
			}
			slots[n] = true
		}
		if len(slots) != 1 {
			t.Fatalf("keys of %s lie in slots %v", key, slots)
		}
		_, err := s.Accept(t.Context(), store.Accept{Key: store.Key(key), Body: []byte("x")})
		if err != nil {
			t.Fatal(err)
		}
	}
	err := cluster.ForEachMaster(t.Context(), func(ctx context.Context, c *client.Client) error {
		n, err := c.DBSize(ctx).Result()
		if n < 100 {
			t.Errorf("%s has only %d keys", c.Options().Addr, n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
