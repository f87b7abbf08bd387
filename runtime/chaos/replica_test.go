package chaos

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// replica is one process of the program, with a port, a folder and a log of its own.
type replica struct {
	t    *testing.T
	n    int
	bin  string
	dir  string
	addr string
	env  []string
	line *timeline
	fail func(invariant, detail string)
	// fatal is what the program prints when it ends by itself as the scenario means it to; "": it never does. revive then starts it
	// again, as a service manager does.
	fatal  string
	revive func()
	shun   time.Time // the load balancer's; the world's lock guards it

	mu    sync.Mutex
	cmd   *exec.Cmd
	ended chan struct{} // closed when cmd has ended
	meant bool          // we ended it
	ready bool          // it was ready once
	died  int           // how often it printed fatal
}

// start runs the program and waits until it is ready. A start that fails is repeated, as a service manager does: the store may
// be out of reach just now.
func (r *replica) start(ctx context.Context) {
	for ctx.Err() == nil {
		ended := r.launch()
		for {
			select {
			case <-ended:
			case <-ctx.Done():
				return
			case <-time.After(10 * time.Millisecond):
				if healthy(r.addr) {
					r.mu.Lock()
					r.ready = true
					r.mu.Unlock()
					return
				}
				continue
			}
			break
		}
		r.mu.Lock()
		meant := r.meant
		r.mu.Unlock()
		if meant {
			return
		}
		r.line.add(startup, r.n, "")()
	}
}

func (r *replica) launch() (ended chan struct{}) {
	log, err := os.OpenFile(r.log(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		r.t.Error(err)
		return nil
	}
	defer log.Close()
	cmd := exec.Command(r.bin, "serve", "--config", "office.toml")
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = r.dir, append(os.Environ(), r.env...), log, log
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := cmd.Start(); err != nil {
		r.t.Errorf("start replica %d: %v", r.n, err)
		return nil
	}
	r.cmd, r.ended, r.meant, r.ready = cmd, make(chan struct{}), false, false
	go r.await(cmd, r.ended)
	return r.ended
}

// await notes an end that nobody meant.
func (r *replica) await(cmd *exec.Cmd, ended chan struct{}) {
	err := cmd.Wait()
	r.mu.Lock()
	surprise := r.ready && !r.meant
	r.mu.Unlock()
	switch {
	case surprise && r.printedFatal():
		r.line.add(killed, r.n, " by what it worked on")()
		r.revive()
	case surprise:
		r.fail("crash", fmt.Sprintf("replica %d ended by itself: %v\n%s", r.n, err, r.tail()))
	}
	close(ended)
}

// printedFatal reports whether the end was one the scenario means.
func (r *replica) printedFatal() bool {
	text, err := os.ReadFile(r.log())
	if err != nil || r.fatal == "" {
		return false
	}
	n := strings.Count(string(text), r.fatal)
	r.mu.Lock()
	defer r.mu.Unlock()
	more := n > r.died
	r.died = n
	return more
}

func (r *replica) log() string { return filepath.Join(r.dir, "log") }

// tail is the end of what the replica logged.
func (r *replica) tail() string {
	text, err := os.ReadFile(r.log())
	if err != nil {
		return err.Error()
	}
	return string(text[max(0, len(text)-3000):])
}

// signal sends s to the running process; it reports whether there is one.
func (r *replica) signal(s os.Signal, meant bool) (ended chan struct{}, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.cmd == nil || r.meant {
		return nil, false
	}
	r.meant = meant
	return r.ended, r.cmd.Process.Signal(s) == nil
}

// kill is kill -9.
func (r *replica) kill() {
	if ended, ok := r.signal(os.Kill, true); ok {
		<-ended
	}
}

// freeze stops the process without ending it; the returned function lets it go on.
func (r *replica) freeze() (thaw func()) {
	if _, ok := r.signal(syscall.SIGSTOP, false); !ok {
		return func() {}
	}
	over := r.line.add(frozen, r.n, "")
	return func() {
		r.signal(syscall.SIGCONT, false)
		over()
	}
}

// stop asks the program to end and reports one that does not end well.
func (r *replica) stop() {
	ended, ok := r.signal(os.Interrupt, true)
	if !ok {
		return
	}
	select {
	case <-ended:
		if code := r.cmd.ProcessState.ExitCode(); code != 0 {
			r.fail("crash", fmt.Sprintf("replica %d did not stop well: exit %d\n%s", r.n, code, r.tail()))
		}
	case <-time.After(time.Minute):
		r.fail("crash", fmt.Sprintf("replica %d does not stop\n%s", r.n, r.tail()))
		_ = r.cmd.Process.Kill()
		<-ended
	}
}

// panics returns the first panic in the log, if there is one.
func (r *replica) panics() string {
	text, err := os.ReadFile(r.log())
	if err != nil {
		return ""
	}
	_, after, found := strings.Cut("\n"+string(text), "\npanic: ")
	if !found {
		return ""
	}
	return after[:min(len(after), 1500)]
}

// gaveUp counts the work that the replica took for what ended it.
func (r *replica) gaveUp() int {
	text, err := os.ReadFile(r.log())
	if err != nil {
		return 0
	}
	return strings.Count(string(text), "work is given up: ")
}

func healthy(addr string) bool {
	client := http.Client{Timeout: time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := client.Get("http://" + addr + "/readyz")
	if err != nil {
		return false
	}
	res.Body.Close()
	return res.StatusCode == http.StatusOK
}
