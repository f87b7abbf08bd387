// Package redistest starts real Redis servers for tests: each on free ports of the loopback, in a folder of its own, writing
// an append-only file as a deployment does, and stopped when the test ends. A machine without redis-server fails the test
// and says what to install; nothing is ever skipped or imitated.
package redistest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
)

// program is the server's command.
const program = "redis-server"

// missing is what a test says on a machine without Redis.
const missing = "cần redis-server: apt-get install redis-server"

// startWait is how long a server may take to answer: longer than a busy machine needs to load what a long test has written.
const startWait = 2 * time.Minute

// Server is one running redis-server.
type Server struct {
	Addr string // host:port

	tb   testing.TB
	dir  string
	args []string
	cmd  *exec.Cmd
	done chan struct{} // closed when the process has ended
}

// Start starts a server with an append-only file flushed every second. settings are further settings by name and value,
// as "--maxmemory", "10mb", and win over the defaults.
func Start(tb testing.TB, settings ...string) *Server {
	tb.Helper()
	s := prepare(tb, settings...)
	s.launch()
	s.await()
	return s
}

// prepare makes folder and settings of a server and sees to its end.
func prepare(tb testing.TB, settings ...string) *Server {
	tb.Helper()
	if _, err := exec.LookPath(program); err != nil {
		tb.Fatal(missing)
	}
	redis.SetLogger(&logging.VoidLogger{}) // asking a server that is not up yet is no news
	port := FreePort(tb)
	s := &Server{Addr: net.JoinHostPort("127.0.0.1", strconv.Itoa(port)), tb: tb, dir: tb.TempDir()}
	s.args = append([]string{
		"--port", strconv.Itoa(port), "--bind", "127.0.0.1", "--dir", s.dir, "--daemonize", "no",
		"--logfile", s.logFile(), "--save", "", "--appendonly", "yes", "--appendfsync", "everysec",
		"--maxmemory-policy", "noeviction",
	}, settings...)
	tb.Cleanup(s.Kill)
	return s
}

// URL is the address for package redis.
func (s *Server) URL() string { return "redis://" + s.Addr }

// Kill ends the server as kill -9 does. A server that has ended stays so.
func (s *Server) Kill() {
	if s.cmd == nil {
		return
	}
	_ = s.cmd.Process.Kill()
	<-s.done
	s.cmd = nil
}

// Restart starts a killed server again on the same port and files, and returns when it answers.
func (s *Server) Restart() {
	s.tb.Helper()
	s.Kill()
	s.launch()
	s.await()
}

// Freeze stops the server's process without ending it; Thaw lets it go on.
func (s *Server) Freeze() { _ = s.cmd.Process.Signal(pause) }

// Thaw lets a frozen server go on.
func (s *Server) Thaw() { _ = s.cmd.Process.Signal(resume) }

// AppendOnly returns all that the server has written to its append-only files, as raw bytes.
func (s *Server) AppendOnly() []byte {
	s.tb.Helper()
	files, err := filepath.Glob(filepath.Join(s.dir, "appendonlydir", "*"))
	if err != nil || len(files) == 0 {
		s.tb.Fatalf("find append-only files: %v, %v", files, err)
	}
	var all []byte
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			s.tb.Fatalf("read append-only file: %v", err)
		}
		all = append(all, b...)
	}
	return all
}

// Log is the file to which the server appends what it is told, as long as it has not rewritten it.
func (s *Server) Log() string {
	s.tb.Helper()
	files, err := filepath.Glob(filepath.Join(s.dir, "appendonlydir", "*.incr.aof"))
	if err != nil || len(files) != 1 {
		s.tb.Fatalf("find the append-only file: %v, %v", files, err)
	}
	return files[0]
}

// Logs is how many files there are that Log means: more than one while it is being written anew, and a moment longer.
func (s *Server) Logs() int {
	files, _ := filepath.Glob(filepath.Join(s.dir, "appendonlydir", "*.incr.aof"))
	return len(files)
}

func (s *Server) logFile() string { return filepath.Join(s.dir, "redis.log") }

func (s *Server) launch() {
	s.tb.Helper()
	cmd := exec.Command(program, s.args...)
	cmd.Stdout, cmd.Stderr = io.Discard, io.Discard
	if err := cmd.Start(); err != nil {
		s.tb.Fatalf("start %s: %v", program, err)
	}
	done := make(chan struct{})
	go func() {
		_ = cmd.Wait()
		close(done)
	}()
	s.cmd, s.done = cmd, done
}

// await waits until the server answers PING and has loaded its files.
func (s *Server) await() {
	s.tb.Helper()
	c := s.client()
	defer c.Close()
	s.until(func(ctx context.Context) error { return c.Ping(ctx).Err() })
}

// client is a plain connection for the work of this package.
func (s *Server) client() *redis.Client {
	return redis.NewClient(&redis.Options{Addr: s.Addr, Protocol: 2, MaxRetries: -1, DialerRetries: 1, DisableIdentity: true})
}

// until repeats a question until it is answered without error; the test fails when the server dies or takes too long.
func (s *Server) until(ask func(context.Context) error) {
	s.tb.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), startWait)
	defer cancel()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		err := ask(ctx)
		if err == nil {
			return
		}
		select {
		case <-tick.C:
		case <-s.done:
			s.tb.Fatalf("%s ended: %v\n%s", program, err, s.log())
		case <-ctx.Done():
			s.tb.Fatalf("%s is not ready: %v\n%s", program, errors.Join(err, ctx.Err()), s.log())
		}
	}
}

func (s *Server) log() string {
	b, err := os.ReadFile(s.logFile())
	if err != nil {
		return fmt.Sprintf("(no log: %v)", err)
	}
	return string(b)
}

// The ports that FreePort hands out: below those that systems give to outgoing connections, so that none of these takes the port
// of a server that is down for a moment.
const (
	lowestPort = 10240
	ports      = 20000
)

// FreePort finds a port of the loopback interface that is free now, that no outgoing connection will take, and that nobody who
// asks here gets again while the test runs, in whatever process: the same port of UDP is held for as long.
func FreePort(tb testing.TB) int {
	tb.Helper()
	for range 1000 {
		port := lowestPort + rand.IntN(ports)
		if held := reserve(port); held != nil {
			tb.Cleanup(func() { _ = held.Close() })
			return port
		}
	}
	tb.Fatal("find a free port: none of a thousand is")
	return 0
}

// reserve holds a port for whoever listens on it later; nil where somebody has it. It looks by calling, not by listening: a process
// that is started at that moment would keep the listener for an instant after it is closed.
func reserve(port int) io.Closer {
	address := net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
	held, err := net.ListenPacket("udp", address)
	if err != nil {
		return nil
	}
	if c, err := net.DialTimeout("tcp", address, time.Second); err == nil {
		_ = c.Close()
		_ = held.Close()
		return nil
	}
	return held
}
