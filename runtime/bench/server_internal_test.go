package bench

import (
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/redis"
)

// The server of our own is as a deployment has it: what it writes stands where it was told, nothing is evicted, and the store's
// own level D1 is content with it.
func TestStartServer(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	s, err := startServer(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	st, err := redis.Open(t.Context(), redis.Config{URL: s.url(), Level: store.D1})
	if err != nil {
		t.Fatalf("%v", errors.Join(err, s.stop()))
	}
	spent, err := st.Spent(t.Context())
	if err != nil || !spent.AOF || spent.Fsync != "everysec" {
		t.Errorf("%+v, %v", spent, err)
	}
	if err := errors.Join(st.Close(), s.stop()); err != nil {
		t.Fatal(err)
	}
	if c, err := net.Dial("tcp", s.address()); err == nil {
		t.Error("somebody listens where the server was", c.Close())
	}
	for _, name := range []string{"redis.log", "appendonlydir"} {
		if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
			t.Error(err)
		}
	}
	if err := s.stop(); err != nil {
		t.Errorf("stopping it again: %v", err)
	}
}

// What a server says that will not start is told.
func TestStartServerThatRefuses(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "gone")
	if _, err := startServer(t.Context(), folder); err == nil {
		t.Error("a server starts in a folder that is not there")
	}
}

// Who waits for a server that never listens goes with the context.
func TestAwaitEnds(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s := &server{port: port, cmd: &exec.Cmd{}, ended: make(chan struct{})}
	if err := s.await(ctx); !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "does not answer") {
		t.Errorf("%v", err)
	}
	close(s.ended)
	if err := s.await(t.Context()); err == nil || !strings.Contains(err.Error(), "has ended") {
		t.Errorf("a process that has ended: %v", err)
	}
}

func TestOpenEngineRefuses(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, cfg := range map[string]Config{
		"a folder that is a file":    {Store: StoreEmbedded, Folder: file},
		"a URL that is none":         {Store: StoreRedis, URL: "nowhere"},
		"a server that is not there": {Store: StoreRedis, URL: "redis://127.0.0.1:1"},
		"no folder for the server":   {Store: StoreRedis, Folder: filepath.Join(file, "x")},
	} {
		ctx, cancel := context.WithCancel(t.Context())
		if name == "a server that is not there" {
			cancel() // it would be asked again for as long as patience lasts
		}
		if e, err := openEngine(ctx, cfg); err == nil {
			t.Errorf("%s is opened: %+v", name, e)
		}
		cancel()
	}
}
