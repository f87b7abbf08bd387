package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hoithoai/runtime/store/redistest"
)

// process is the program running as a process of its own.
type process struct {
	t      *testing.T
	args   []string
	env    []string
	dir    string
	mu     sync.Mutex
	cmd    *exec.Cmd
	out    lines
	up     atomic.Bool
	killed int
}

// lines keeps what a process printed.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func newProcess(t *testing.T, dir string, env []string, args ...string) *process {
	t.Helper()
	p := &process{t: t, args: args, env: env, dir: dir}
	t.Cleanup(func() {
		p.kill()
		if t.Failed() {
			t.Logf("output of hoithoai:\n%s", tail(p.out.String(), 6000))
		}
	})
	return p
}

func tail(s string, n int) string {
	if len(s) > n {
		return "…" + s[len(s)-n:]
	}
	return s
}

// command is the test binary as the program.
func (p *process) command() *exec.Cmd {
	p.t.Helper()
	self, err := os.Executable()
	if err != nil {
		p.t.Fatal(err)
	}
	cmd := exec.Command(self, p.args...)
	cmd.Dir, cmd.Env = p.dir, append(append(os.Environ(), "HOITHOAI_AS_PROGRAM=1"), p.env...)
	return cmd
}

// once runs the program to its end, which must come by itself.
func (p *process) once() (output string, err error) {
	p.t.Helper()
	out, err := p.command().CombinedOutput()
	return string(out), err
}

// start runs the program and returns the first line it prints.
func (p *process) start() string {
	p.t.Helper()
	cmd := p.command()
	cmd.Stderr = &p.out
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.mu.Lock()
	p.cmd = cmd
	p.up.Store(true)
	p.mu.Unlock()
	r := bufio.NewReader(stdout)
	line, err := r.ReadString('\n')
	if err != nil {
		p.t.Fatalf("hoithoai %v did not start: %v\n%s%s", p.args, err, line, p.out.String())
	}
	fmt.Fprint(&p.out, line)
	go io.Copy(&p.out, r)
	return line
}

// running reports whether the program was started and neither killed nor stopped since.
func (p *process) running() bool { return p.up.Load() }

// kill is kill -9.
func (p *process) kill() {
	p.up.Store(false)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cmd == nil {
		return
	}
	p.cmd.Process.Kill()
	p.cmd.Wait()
	p.cmd = nil
	p.killed++
}

// stop asks the program to end and waits until it has.
func (p *process) stop() error {
	p.up.Store(false)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cmd.Process.Signal(os.Interrupt)
	err := p.cmd.Wait()
	p.cmd = nil
	return err
}

// freePort returns an address of the loopback interface that is nobody else's while the test runs, also when the program that
// listens there is down.
func freePort(t *testing.T) string {
	t.Helper()
	return net.JoinHostPort("127.0.0.1", strconv.Itoa(redistest.FreePort(t)))
}

// patience is how long a test waits for what must come: long enough for a machine that does much else, since only a test that
// fails ever waits so long.
const patience = 4 * time.Minute

// await polls a condition of another process until it holds.
func await(t *testing.T, what string, ok func() bool) {
	t.Helper()
	if !within(patience, ok) {
		t.Fatalf("after %v still not: %s", patience, what)
	}
}

// within reports whether ok comes true in time.
func within(limit time.Duration, ok func() bool) bool {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-ctx.Done():
			return false
		case <-tick.C:
		}
	}
	return true
}

func healthy(address string) func() bool {
	return func() bool {
		res, err := http.Get("http://" + address + "/readyz")
		if err != nil {
			return false
		}
		res.Body.Close()
		return res.StatusCode == http.StatusOK
	}
}

func writeFile(t *testing.T, dir, name, body string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// httpServer serves handler on a loopback port until the test ends.
func httpServer(t *testing.T, handler http.Handler) string {
	t.Helper()
	srv := httptest.NewServer(handler)
	t.Cleanup(srv.Close)
	return srv.URL
}

// line is an HTTP server that knows how many connections to it are open.
type line struct {
	t    *testing.T
	url  string
	open atomic.Int64
}

// lineTo serves handler on a loopback port until the test ends.
func lineTo(t *testing.T, handler http.Handler) *line {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle("/", handler)
	mux.HandleFunc("GET /{$}", func(http.ResponseWriter, *http.Request) {}) // for heardOut
	l, srv := &line{t: t}, httptest.NewUnstartedServer(mux)
	srv.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		switch state {
		case http.StateNew:
			l.open.Add(1)
		case http.StateClosed, http.StateHijacked:
			l.open.Add(-1)
		}
	}
	srv.Start()
	t.Cleanup(srv.Close)
	l.url = srv.URL
	return l
}

// heardOut waits until everything is handled that a process said before it was killed: on a busy machine the last of it is
// handled long after, and who looks before that what has arrived does not find it.
func (l *line) heardOut() {
	l.t.Helper()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := client.Get(l.url) // its connection is taken in after all of theirs
	if err != nil {
		l.t.Fatal(err)
	}
	res.Body.Close()
	await(l.t, "the connections of a killed process are closed", func() bool { return l.open.Load() == 0 })
}

func fetch(t *testing.T, address string) string {
	t.Helper()
	res, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("GET %s: %d, %v", address, res.StatusCode, err)
	}
	return string(body)
}
