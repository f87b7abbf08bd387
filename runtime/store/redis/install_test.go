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

func TestPartitionsAreFixedAtInstall(t *testing.T) {
	t.Parallel()
	url := redistest.Start(t).URL()
	if n := connect(t, redis.Config{URL: url}).Partitions(); n != 64 {
		t.Errorf("%d partitions at the first open, want 64", n)
	}
	if n := connect(t, redis.Config{URL: url, Partitions: 64}).Partitions(); n != 64 {
		t.Errorf("%d partitions at the second open, want 64", n)
	}
	_, err := redis.Open(t.Context(), redis.Config{URL: url, Partitions: 128})
	if err == nil || !strings.Contains(err.Error(), "64") || !strings.Contains(err.Error(), "128") {
		t.Errorf("another number gave %v", err)
	}
	if n := connect(t, redis.Config{URL: url, Partitions: 8, Prefix: "other"}).Partitions(); n != 8 {
		t.Errorf("%d partitions under another prefix, want 8", n)
	}
	if n := connect(t, redis.Config{URL: url, Prefix: "other"}).Partitions(); n != 8 {
		t.Errorf("%d partitions as installed, want 8", n)
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	strange := connect(t, redis.Config{URL: s.URL(), Prefix: "strange"})
	if err := strange.Client().HSet(t.Context(), "strange:meta", "layout", "99").Err(); err != nil {
		t.Fatal(err)
	}
	for name, cfg := range map[string]redis.Config{
		"three partitions":       {URL: s.URL(), Partitions: 3},
		"too many partitions":    {URL: s.URL(), Partitions: 512},
		"negative partitions":    {URL: s.URL(), Partitions: -4},
		"a prefix with braces":   {URL: s.URL(), Prefix: "{x}"},
		"a layout of the future": {URL: s.URL(), Prefix: "strange"},
		"no URL":                 {},
		"nobody there":           {URL: "redis://127.0.0.1:1", Patience: 50 * time.Millisecond},
		"a wrong user":           {URL: strings.Replace(s.URL(), "://", "://user:canary@", 1), Patience: 50 * time.Millisecond},
	} {
		if _, err := redis.Open(t.Context(), cfg); err == nil {
			t.Errorf("open with %s gave no error", name)
		} else if strings.Contains(err.Error(), "canary") {
			t.Errorf("open with %s quotes the password: %v", name, err)
		}
	}
}

func TestPasswordIsUsed(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	admin := connect(t, redis.Config{URL: s.URL()})
	if err := admin.Client().ConfigSet(t.Context(), "requirepass", "p@ss/word").Err(); err != nil {
		t.Fatal(err)
	}
	url := strings.Replace(s.URL(), "://", "://:p%40ss%2Fword@", 1)
	connect(t, redis.Config{URL: url})
	if _, err := redis.Open(t.Context(), redis.Config{URL: s.URL(), Patience: time.Millisecond}); err == nil {
		t.Error("open without the password gave no error")
	}
}

func TestHealthNamesTheLevel(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		settings []string
		level    store.Level
		warnings int
	}{
		{nil, store.D1, 0},
		{[]string{"--appendfsync", "always"}, store.D2, 0},
		{[]string{"--appendfsync", "no"}, store.D0, 1},
		{[]string{"--appendonly", "no"}, store.D0, 1},
		{[]string{"--maxmemory-policy", "allkeys-lru"}, store.D0, 1},
		{[]string{"--maxmemory-policy", "allkeys-lru", "--appendonly", "no"}, store.D0, 2},
		{[]string{"--maxmemory", "1500kb"}, store.D1, 1},
	} {
		t.Run(strings.Join(test.settings, " "), func(t *testing.T) {
			t.Parallel()
			c := redistest.Start(t, test.settings...)
			h, err := connect(t, redis.Config{URL: c.URL()}).Health(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if h.Level != test.level || len(h.Warnings) != test.warnings || h.Masters != 1 || h.Version == "" || h.Time.IsZero() {
				t.Errorf("health %+v, want level %v and %d warnings", h, test.level, test.warnings)
			}
		})
	}
}

func TestHealthNeedsNoRightToReadTheConfiguration(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	admin := connect(t, redis.Config{URL: s.URL()})
	acl := []any{"ACL", "SETUSER", "bot", "on", ">pw", "~ht:*", "+@all", "-@dangerous", "+info"}
	if err := admin.Client().Do(t.Context(), acl...).Err(); err != nil {
		t.Fatal(err)
	}
	bot := connect(t, redis.Config{URL: strings.Replace(s.URL(), "://", "://bot:pw@", 1)})
	h, err := bot.Health(t.Context())
	if err != nil || h.Level != store.D1 || len(h.Warnings) != 1 {
		t.Fatalf("health %+v, %v", h, err)
	}
	if res, err := bot.Accept(t.Context(), store.Accept{Key: "a", Body: []byte("x")}); err != nil || res.Status != store.Accepted {
		t.Fatalf("accept under the narrow rights: %+v, %v", res, err)
	}
}

// healthOfCluster checks that the weakest master counts.
func healthOfCluster(t *testing.T, cl *redistest.Cluster) {
	s := connect(t, redis.Config{URL: cl.URL(), Prefix: "health"})
	for _, m := range cl.Masters[1:] { // the first stays at everysec
		c := client.NewClient(&client.Options{Addr: m.Addr})
		if err := errors.Join(c.ConfigSet(t.Context(), "appendfsync", "always").Err(), c.Close()); err != nil {
			t.Fatal(err)
		}
	}
	h, err := s.Health(t.Context())
	if err != nil || h.Level != store.D1 || h.Masters != 3 {
		t.Fatalf("health %+v, %v", h, err)
	}
}

func TestErrorsAreSorted(t *testing.T) {
	t.Parallel()
	for text, passing := range map[string]bool{
		"LOADING Redis is loading the dataset in memory": true, "READONLY You can't write": true, "MOVED 1 h:1": true,
		"CLUSTERDOWN The cluster is down": true, "TRYAGAIN x": true, "NOREPLICAS Not enough good replicas": true,
		"OOM command not allowed": false, "ERR unknown command": false, "NOSCRIPT x": false, "WRONGTYPE x": false,
	} {
		if got := redis.Passing(errors.New(text)); got != passing {
			t.Errorf("%s: passing %v, want %v", text, got, passing)
		}
	}
	if !errors.Is(redis.MapError(errors.New("OOM command not allowed")), store.ErrFull) {
		t.Error("OOM is not full")
	}
	if !errors.Is(redis.MapError(errors.New("MISCONF Errors writing to the AOF file: No space left on device")), store.ErrFull) {
		t.Error("MISCONF is not full")
	}
	if !errors.Is(redis.MapError(context.DeadlineExceeded), store.ErrUnavailable) {
		t.Error("a deadline is not unavailable")
	}
}
