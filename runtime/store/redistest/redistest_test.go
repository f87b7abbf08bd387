package redistest_test

import (
	"context"
	"net"
	"strconv"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"hoithoai/runtime/store/redistest"
)

func client(t *testing.T, url string) *redis.Client {
	t.Helper()
	o, err := redis.ParseURL(url)
	if err != nil {
		t.Fatal(err)
	}
	c := redis.NewClient(o)
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func TestServerKeepsItsDataOverKillAndRestart(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	c := client(t, s.URL())
	if err := c.Set(t.Context(), "k", "canary", 0).Err(); err != nil {
		t.Fatal(err)
	}
	s.Kill()
	s.Kill() // a dead server stays dead
	if err := c.Ping(t.Context()).Err(); err == nil {
		t.Fatal("a killed server answers")
	}
	s.Restart()
	if got, err := c.Get(t.Context(), "k").Result(); err != nil || got != "canary" {
		t.Fatalf("get after restart: %q, %v", got, err)
	}
	if got := string(s.AppendOnly()); len(got) == 0 {
		t.Fatal("append-only file is empty")
	}
}

func TestServersAreApart(t *testing.T) {
	t.Parallel()
	a, b := redistest.Start(t), redistest.Start(t)
	if err := client(t, a.URL()).Set(t.Context(), "k", "of a", 0).Err(); err != nil {
		t.Fatal(err)
	}
	if n, err := client(t, b.URL()).DBSize(t.Context()).Result(); err != nil || n != 0 {
		t.Fatalf("second server holds %d keys, %v", n, err)
	}
}

// TestAPortIsGivenOnce: whoever asks while another test still has a port gets another one, though nobody listens on it yet; it can
// be listened on, and comes back when the test ends.
func TestAPortIsGivenOnce(t *testing.T) {
	t.Parallel()
	port := 0
	t.Run("one test", func(t *testing.T) {
		port = redistest.FreePort(t)
		if redistest.Reserve(port) {
			t.Errorf("port %d is given to a second one", port)
		}
		l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if err != nil {
			t.Fatal(err)
		}
		_ = l.Close()
	})
	for !redistest.Reserve(port) { // a process that is started just now keeps it for an instant
		select {
		case <-t.Context().Done():
			t.Fatalf("port %d does not come back", port)
		case <-time.After(time.Millisecond):
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if taken := l.Addr().(*net.TCPAddr).Port; redistest.Reserve(taken) {
		t.Errorf("port %d is given away while somebody listens on it", taken)
	}
}

func TestSettingsWin(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t, "--appendfsync", "always")
	got, err := client(t, s.URL()).ConfigGet(t.Context(), "appendfsync").Result()
	if err != nil || got["appendfsync"] != "always" {
		t.Fatalf("appendfsync is %v, %v", got, err)
	}
}

func TestClusterTakesEveryKey(t *testing.T) {
	t.Parallel()
	cl := redistest.StartCluster(t, 3)
	addrs := make([]string, 0, 3)
	for _, m := range cl.Masters {
		addrs = append(addrs, m.Addr)
	}
	c := redis.NewClusterClient(&redis.ClusterOptions{Addrs: addrs})
	defer c.Close()
	for _, k := range []string{"a", "b", "c", "d", "e", "f"} {
		if err := c.Set(t.Context(), k, k, 0).Err(); err != nil {
			t.Fatalf("set %s: %v", k, err)
		}
	}
	masters := make(chan string, 10)
	err := c.ForEachMaster(t.Context(), func(ctx context.Context, m *redis.Client) error {
		masters <- m.Options().Addr
		return m.Ping(ctx).Err()
	})
	if err != nil || len(masters) != 3 {
		t.Fatalf("%d masters, %v", len(masters), err)
	}
}

// TestReplica: a replica has what its server has, loses nothing of it when it is cut off, and gets no more; promoted it takes
// writes.
func TestReplica(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	replica := redistest.StartReplica(t, s)
	c, r := client(t, s.URL()), client(t, replica.URL())
	if err := c.Set(t.Context(), "k", "1", 0).Err(); err != nil {
		t.Fatal(err)
	}
	for r.Get(t.Context(), "k").Val() != "1" {
		if t.Context().Err() != nil {
			t.Fatal("the replica never gets it")
		}
	}
	replica.Cut()
	if err := c.Set(t.Context(), "k", "2", 0).Err(); err != nil {
		t.Fatal(err)
	}
	replica.Promote()
	if got := r.Get(t.Context(), "k").Val(); got != "1" {
		t.Errorf("a replica that was cut off has %q", got)
	}
	if err := r.Set(t.Context(), "k", "3", 0).Err(); err != nil {
		t.Errorf("a promoted replica: %v", err)
	}
	replica.Follow(s)
	if got := r.Get(t.Context(), "k").Val(); got != "2" {
		t.Errorf("a replica that follows again has %q", got)
	}
}
