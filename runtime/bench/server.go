package bench

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// ErrNoServer says that the command redis-server is not on this machine.
var ErrNoServer = errors.New("redis-server is not installed (Debian, Ubuntu: apt-get install redis-server)")

// startWait is how long a server may take until it answers.
const startWait = 20 * time.Second

// server is a redis-server of our own.
type server struct {
	port  int
	cmd   *exec.Cmd
	ended chan struct{} // closed when the process has ended
}

// startServer starts a server as a deployment has it (level D1: an append-only file flushed every second, nothing evicted), on
// a free port of the loopback interface, with its files in folder.
func startServer(ctx context.Context, folder string) (*server, error) {
	path, err := exec.LookPath("redis-server")
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoServer, err)
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	logFile := filepath.Join(folder, "redis.log")
	s := &server{port: port, ended: make(chan struct{}), cmd: exec.Command(path,
		"--port", strconv.Itoa(port), "--bind", "127.0.0.1", "--dir", folder, "--daemonize", "no", "--logfile", logFile,
		"--save", "", "--appendonly", "yes", "--appendfsync", "everysec", "--maxmemory-policy", "noeviction",
	)}
	if err := s.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start redis-server: %w", err)
	}
	go func() {
		_ = s.cmd.Wait()
		close(s.ended)
	}()
	if err := s.await(ctx); err != nil {
		said, _ := os.ReadFile(logFile)
		return nil, errors.Join(fmt.Errorf("%w; it says: %s", err, said), s.stop())
	}
	return s, nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

func (s *server) address() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(s.port)) }

func (s *server) url() string { return "redis://" + s.address() }

// await waits until somebody listens: the store's own Open then waits until the server has loaded nothing.
func (s *server) await(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startWait)
	defer cancel()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		c, err := (&net.Dialer{}).DialContext(ctx, "tcp", s.address())
		if err == nil {
			return c.Close()
		}
		select {
		case <-tick.C:
		case <-s.ended:
			return errors.New("redis-server has ended")
		case <-ctx.Done():
			return fmt.Errorf("redis-server does not answer: %w", context.Cause(ctx))
		}
	}
}

// stop ends the process; what it wrote is nobody's.
func (s *server) stop() error {
	err := s.cmd.Process.Kill()
	<-s.ended
	if err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("stop redis-server: %w", err)
	}
	return nil
}
