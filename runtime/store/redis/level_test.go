package redis_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	client "github.com/redis/go-redis/v9"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/redis"
	"hoithoai/runtime/store/redistest"
)

// copied are the settings of a server with a replica that must be there.
var copied = []string{"--min-replicas-to-write", "1", "--min-replicas-max-lag", "10"}

// refused opens a store that demands a level and must not get it, and returns what is said in both languages.
func refused(t *testing.T, cfg redis.Config) string {
	t.Helper()
	s, err := redis.Open(t.Context(), cfg)
	if err == nil {
		s.Close()
		t.Errorf("%v is granted", cfg.Level)
		return ""
	}
	below, ok := errors.AsType[*redis.LevelError](err)
	if !ok || below.Want != cfg.Level {
		t.Errorf("open gave %v", err)
		return ""
	}
	return below.In("vi") + "\n" + below.In("en")
}

func TestOpenRefusesToPromiseMoreThanTheServerKeeps(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		settings []string
		level    store.Level
		want     []string // nothing: it opens
	}{
		"everysec is D1":           {nil, store.D1, nil},
		"always is D1 too":         {[]string{"--appendfsync", "always"}, store.D1, nil},
		"always is D2":             {[]string{"--appendfsync", "always"}, store.D2, nil},
		"everysec is not D2":       {nil, store.D2, []string{"mức D2", "appendfsync đang là everysec", "CONFIG SET appendfsync always", "level D2"}},
		"no file":                  {[]string{"--appendonly", "no"}, store.D1, []string{"appendonly đang là no", "appendonly is no now", "CONFIG SET appendonly yes"}},
		"eviction":                 {[]string{"--maxmemory-policy", "allkeys-lru"}, store.D1, []string{"maxmemory-policy đang là allkeys-lru", "maxmemory-policy noeviction"}},
		"a file that never syncs":  {[]string{"--appendfsync", "no"}, store.D1, []string{"appendfsync đang là no", "CONFIG SET appendfsync everysec"}},
		"everything at once":       {[]string{"--appendonly", "no", "--maxmemory-policy", "allkeys-lru"}, store.D2, []string{"appendonly yes", "noeviction", "appendfsync always"}},
		"no replica":               {copied, store.D3, []string{"connected_slaves đang là 0", "at least 1 replicas must be connected"}},
		"replicas are not asked":   {nil, store.D3, []string{"min-replicas-to-write đang là 0", "CONFIG SET min-replicas-to-write 1", "connected_slaves"}},
		"replicas may lag":         {[]string{"--min-replicas-to-write", "1", "--min-replicas-max-lag", "60"}, store.D4, []string{"min-replicas-max-lag đang là 60", "CONFIG SET min-replicas-max-lag 10"}},
		"nothing is demanded here": {[]string{"--appendonly", "no"}, store.D0, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := redis.Config{URL: redistest.Start(t, test.settings...).URL(), Level: test.level}
			if test.want == nil {
				connect(t, cfg)
				return
			}
			said := refused(t, cfg)
			for _, w := range test.want {
				if !strings.Contains(said, w) {
					t.Errorf("it does not say %q:\n%s", w, said)
				}
			}
		})
	}
}

// TestReplicatedLevels: a server with its replica holds D3, and with WAIT D4; whoever runs it may change that any time.
func TestReplicatedLevels(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t, copied...)
	replica := redistest.StartReplica(t, server)
	s := connect(t, redis.Config{URL: server.URL(), Level: store.D3})
	waiting := connect(t, redis.Config{URL: server.URL(), Level: store.D4, Wait: redis.Wait{Replicas: 1}})
	level(t, s, store.D3)
	level(t, waiting, store.D4)
	refused(t, redis.Config{URL: server.URL(), Level: store.D4, Wait: redis.Wait{Replicas: 2}}) // it has one, and demands one

	server.Set("appendfsync", "always")
	level(t, s, store.D3)
	server.Set("appendfsync", "no")
	level(t, s, store.D0)
	server.Set("appendfsync", "everysec")
	server.Set("min-replicas-to-write", "0")
	level(t, s, store.D1)
	server.Set("min-replicas-to-write", "1")
	replica.Kill()
	until(t, func() bool { return health(t, s).Level == store.D1 })
	if err := health(t, s).Falls(store.D3, false); err == nil || !strings.Contains(err.Error(), "connected_slaves is 0") {
		t.Errorf("with the replica gone: %v", err)
	}
}

func level(t *testing.T, s *redis.Store, want store.Level) {
	t.Helper()
	if h := health(t, s); h.Level != want {
		t.Errorf("level %v, want %v: %v", h.Level, want, h.Falls(want, false))
	}
}

func health(t *testing.T, s *redis.Store) redis.Health {
	t.Helper()
	h, err := s.Health(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// TestManagedServer hides its configuration, as a rented one does: nothing is believed unless somebody says so.
func TestManagedServer(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t, copied...)
	redistest.StartReplica(t, server)
	admin := connect(t, redis.Config{URL: server.URL()})
	acl := []any{"ACL", "SETUSER", "bot", "on", ">pw", "~ht:*", "+@all", "-@dangerous", "+info"}
	if err := admin.Client().Do(t.Context(), acl...).Err(); err != nil {
		t.Fatal(err)
	}
	url := strings.Replace(server.URL(), "://", "://bot:pw@", 1)
	for l := store.D1; l <= store.D4; l++ {
		said := refused(t, redis.Config{URL: url, Level: l})
		for _, w := range []string{"không xem được appendfsync", "appendfsync cannot be seen", "level_unchecked = true"} {
			if !strings.Contains(said, w) {
				t.Errorf("%v: it does not say %q:\n%s", l, w, said)
			}
		}
		connect(t, redis.Config{URL: url, Level: l, Unseen: true})
	}
	server.Set("appendonly", "no") // this INFO shows, whatever is believed
	refused(t, redis.Config{URL: url, Level: store.D1, Unseen: true})
}

// TestClusterMustServeEverySlot takes one slot from a whole cluster.
func TestClusterMustServeEverySlot(t *testing.T) {
	t.Parallel()
	cl := redistest.StartReplicatedCluster(t, 2, append([]string{"--cluster-require-full-coverage", "no"}, copied...)...)
	s := connect(t, redis.Config{URL: cl.URL(), Level: store.D4, Wait: redis.Wait{Replicas: 1}})
	level(t, s, store.D4)
	cl.Masters[1].Set("appendfsync", "no") // the weakest counts, and is named
	if err := health(t, s).Falls(store.D1, false); err == nil || !strings.Contains(err.Error(), "Redis "+cl.Masters[1].Addr) {
		t.Errorf("with one master that does not sync: %v", err)
	}
	for _, m := range append(cl.Masters, cl.Replicas...) {
		c := client.NewClient(&client.Options{Addr: m.Addr})
		if err := errors.Join(c.Do(context.Background(), "CLUSTER", "DELSLOTS", 7).Err(), c.Close()); err != nil {
			t.Fatal(err)
		}
	}
	if err := health(t, s).Falls(store.D2, false); err == nil || !strings.Contains(err.Error(), "16383/16384") {
		t.Errorf("with a slot nobody serves: %v", err)
	}
}

// TestOpenSaysWhyItRefusesAlsoWhenWritesFail: a server that demands a replica and has none takes no write; the reason is told
// all the same.
func TestOpenSaysWhyItRefusesAlsoWhenWritesFail(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t, copied...)
	if said := refused(t, redis.Config{URL: server.URL(), Level: store.D4, Patience: 10 * time.Millisecond}); !strings.Contains(said, "connected_slaves") {
		t.Errorf("it says %s", said)
	}
}

// TestAServerThatTakesNoWritesCanBeLookedAt: who must say what is wrong gets in.
func TestAServerThatTakesNoWritesCanBeLookedAt(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	connect(t, redis.Config{URL: server.URL(), Partitions: 8}) // installs
	server.Set("min-replicas-to-write", "1")
	s := connect(t, redis.Config{URL: server.URL(), Patience: 10 * time.Millisecond})
	if s.Partitions() != 8 || health(t, s).Level != store.D1 {
		t.Errorf("it has %d partitions at %v", s.Partitions(), health(t, s).Level)
	}
	_, err := redis.Open(t.Context(), redis.Config{URL: server.URL(), Prefix: "new", Patience: 10 * time.Millisecond})
	if err == nil || !strings.Contains(err.Error(), "NOREPLICAS") {
		t.Errorf("a new store where nothing can be written: %v", err)
	}
}
