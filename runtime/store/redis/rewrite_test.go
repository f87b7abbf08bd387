package redis_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	client "github.com/redis/go-redis/v9"

	"hoithoai/dsl/diag"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/redis"
	"hoithoai/runtime/store/redistest"
)

// rewritten waits until nothing of a rewrite is under way and returns how many the server began since its start.
func rewritten(t *testing.T, s *redistest.Server) (n string) {
	t.Helper()
	c := client.NewClient(&client.Options{Addr: s.Addr})
	defer c.Close()
	until(t, func() bool {
		info := c.Info(t.Context(), "persistence").Val()
		_, rest, _ := strings.Cut(info, "aof_rewrites:")
		n, _, _ = strings.Cut(rest, "\r")
		return strings.Contains(info, "aof_rewrite_in_progress:0") && strings.Contains(info, "aof_rewrite_scheduled:0")
	})
	return n
}

// renew looks and asks, from all stores at once; all have seen the server before one asks.
func renew(t *testing.T, stores ...*redis.Store) {
	t.Helper()
	seen := make([]redis.Health, len(stores))
	for i, s := range stores {
		seen[i] = health(t, s)
	}
	var all sync.WaitGroup
	for i, s := range stores {
		all.Go(func() {
			if err := s.Renew(t.Context(), seen[i]); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

// TestRenewOncePerStart: of three that look at the same moment one asks, later ones see that it was done; a start makes it due again.
func TestRenewOncePerStart(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	var stores []*redis.Store
	for range 3 {
		stores = append(stores, connect(t, redis.Config{URL: server.URL()}))
	}
	for range 2 {
		if n := rewritten(t, server); n != "0" {
			t.Fatalf("%s rewrites before anybody asked", n)
		}
		for range 2 {
			renew(t, stores...)
			if n := rewritten(t, server); n != "1" {
				t.Fatalf("%s rewrites, want one", n)
			}
		}
		server.Kill()
		server.Restart()
	}
}

// TestRenewNothing: a server that writes no file is left alone.
func TestRenewNothing(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t, "--appendonly", "no")
	renew(t, connect(t, redis.Config{URL: server.URL()}))
	if n := rewritten(t, server); n != "0" {
		t.Errorf("%s rewrites of no file", n)
	}
}

// TestRenewRefused: for a user who may not, it is told at every look what to do, in both languages; the file is left alone.
func TestRenewRefused(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	admin := connect(t, redis.Config{URL: server.URL()})
	acl := []any{"ACL", "SETUSER", "bot", "on", ">pw", "~ht:*", "+@all", "-@dangerous", "+info"}
	if err := admin.Client().Do(t.Context(), acl...).Err(); err != nil {
		t.Fatal(err)
	}
	bot := connect(t, redis.Config{URL: strings.Replace(server.URL(), "://", "://bot:pw@", 1)})
	for range 2 {
		no, ok := errors.AsType[*redis.RewriteError](bot.Renew(t.Context(), health(t, bot)))
		if !ok {
			t.Fatal("a refusal is not told")
		}
		for lang, want := range map[diag.Lang]string{"vi": "Chạy redis-cli BGREWRITEAOF sau mỗi lần Redis khởi động", "en": "Run redis-cli BGREWRITEAOF after each start of Redis"} {
			if got := no.In(lang); !strings.Contains(got, want) || !strings.Contains(got, "NOPERM") || !strings.Contains(got, "level_unchecked = true") {
				t.Errorf("%s: %s", lang, got)
			}
		}
	}
	if n := rewritten(t, server); n != "0" {
		t.Errorf("%s rewrites by one who may not", n)
	}
	renew(t, admin)
	if n := rewritten(t, server); n != "1" {
		t.Errorf("%s rewrites by one who may", n)
	}
	if err := bot.Renew(t.Context(), health(t, bot)); err != nil {
		t.Errorf("told of a file that was written anew: %v", err)
	}
}

// TestRenewFailed: a server that cannot write its file is told of as long as it has not.
func TestRenewFailed(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s := connect(t, redis.Config{URL: server.URL()})
	folder := filepath.Dir(server.Log())
	if err := errors.Join(os.Rename(folder, folder+" away"), os.WriteFile(folder, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		no, ok := errors.AsType[*redis.RewriteError](s.Renew(t.Context(), health(t, s)))
		if !ok {
			t.Fatal("a rewrite that fails is not told")
		}
		t.Log(no)
		rewritten(t, server)
	}
	if err := errors.Join(os.Remove(folder), os.Rename(folder+" away", folder)); err != nil {
		t.Fatal(err)
	}
	if err := s.Client().BgRewriteAOF(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	rewritten(t, server)
	if err := s.Renew(t.Context(), health(t, s)); err != nil {
		t.Errorf("after one that did not fail: %v", err)
	}
}

// TestRenewEveryMaster of a cluster, once.
func TestRenewEveryMaster(t *testing.T) {
	t.Parallel()
	cl := redistest.StartCluster(t, 3)
	s, other := connect(t, redis.Config{URL: cl.URL()}), connect(t, redis.Config{URL: cl.URL()})
	for range 2 {
		renew(t, s, other)
		for _, m := range cl.Masters {
			if n := rewritten(t, m); n != "1" {
				t.Errorf("%s: %s rewrites, want one", m.Addr, n)
			}
		}
	}
}

// TestRenewIsInterrupted: the power fails in the midst of a transaction, and Redis dies again while it writes its file anew. It
// starts all the same: it would not from a file that ends inside a transaction and is not the last.
func TestRenewIsInterrupted(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t, "--appendfsync", "always", "--rdb-key-save-delay", "1000000")
	s := connect(t, redis.Config{URL: server.URL()})
	for i := range 10 { // so many seconds the rewrite takes
		if err := s.Client().Set(t.Context(), fmt.Sprintf("other%d", i), "x", 0).Err(); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Client().Eval(t.Context(), "redis.call('SET', 'a', '1') redis.call('SET', 'b', '1')", nil).Err(); err != nil && !errors.Is(err, client.Nil) {
		t.Fatal(err)
	}
	server.Kill()
	log := server.Log()
	whole, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(log, int64(bytes.LastIndex(whole, []byte("SET")))); err != nil {
		t.Fatal(err)
	}
	server.Restart()
	renew(t, s)
	server.Kill()
	server.Restart() // or it fails the test
	if n := s.Client().Exists(t.Context(), "other0", "b").Val(); n != 1 {
		t.Errorf("%d of what was written before and what was cut off are there", n)
	}
	renew(t, s)
}

// TestMet: a server that comes back is noticed by the first who calls it.
func TestMet(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s := connect(t, redis.Config{URL: server.URL()})
	<-s.Met() // of Open
	select {
	case <-s.Met():
		t.Error("nothing was met since")
	default:
	}
	server.Kill()
	server.Restart()
	if _, err := s.Accept(t.Context(), store.Accept{Key: "a", ID: id("e1"), Body: []byte("x")}); err != nil {
		t.Fatal(err)
	}
	<-s.Met()
}
