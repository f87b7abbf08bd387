package chaos

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/embedded"
	"hoithoai/runtime/store/redistest"
)

// backend is where the program keeps its state.
type backend interface {
	url(replica int) string // what a replica is told; "" for the file
	// left names what lies in mailboxes and outboxes.
	left(w *world) []string
}

// single is one Redis server.
type single struct {
	server  *redistest.Server
	proxies []*proxy // one a replica; none: they call the server itself
}

// onRedis starts a server with settings.
func onRedis(settings ...string) func(t *testing.T) backend {
	return func(t *testing.T) backend { return &single{server: redistest.Start(t, settings...)} }
}

// everysec and always are the levels D1 and D2.
func everysec() func(t *testing.T) backend { return onRedis("--appendfsync", "everysec") }
func always() func(t *testing.T) backend   { return onRedis("--appendfsync", "always") }

func (s *single) url(n int) string {
	if n < len(s.proxies) {
		return "redis://" + s.proxies[n].addr()
	}
	return s.server.URL()
}

func (s *single) left(w *world) []string { return leftOn(w, s.server.Addr) }

// leftOn names the keys of a server that only exist while work waits.
func leftOn(w *world, addr string) []string {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	c := redis.NewClient(&redis.Options{Addr: addr, Protocol: 2, DisableIdentity: true})
	defer c.Close()
	var out []string
	keys := c.Scan(ctx, 0, "ht:*", 1000).Iterator()
	for keys.Next(ctx) {
		switch parts := strings.Split(keys.Val(), ":"); {
		case len(parts) == 4 && (parts[2] == "m" || parts[2] == "o"), len(parts) == 3 && parts[2] == "due":
			out = append(out, keys.Val())
		}
	}
	if err := keys.Err(); err != nil {
		w.t.Errorf("read the keys of %s: %v", addr, err)
	}
	return out
}

// file is the embedded store of one process.
type file struct{}

func onFile(*testing.T) backend { return file{} }

func (file) url(int) string { return "" }

// left opens the store as a process far in the future would, to which everybody with work left is due.
func (file) left(w *world) []string {
	later := func() time.Time { return time.Now().Add(40 * 24 * time.Hour) }
	s, err := embedded.Open(embedded.Config{
		Path: filepath.Join(w.replicas[0].dir, "du-lieu", "kho.db"), Clock: later, Store: store.Config{Lease: w.scenario.lease},
	})
	if err != nil {
		w.t.Errorf("open the store: %v", err)
		return nil
	}
	defer s.Close()
	var out []string
	for p := range s.Partitions() {
		keys, _, _, err := s.Claim(context.Background(), p, 1000)
		if err != nil {
			w.t.Errorf("look into the store: %v", err)
		}
		for _, k := range keys {
			out = append(out, fmt.Sprintf("person %s", k))
		}
	}
	return out
}
