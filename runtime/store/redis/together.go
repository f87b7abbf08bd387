package redis

import (
	"context"
	"strings"
	"sync"

	"github.com/redis/go-redis/v9"
)

// Limits of what is sent together.
const (
	maxTogether = 64 // scripts in one go: the first of them waits for the last
	maxGoes     = 2  // goes under way at once: one is written and read by us while the server works on the other
)

// together runs scripts that are asked for at the same moment in one go over one connection: what comes while maxGoes are under
// way waits for the next. A server that is idle is asked at once; one that is busy is asked for many things with one write and
// answers with one, which costs both sides far less than a message for each. The answers are each script's own, and so are the
// errors, except that a connection that breaks breaks for all who share it. Of one person nothing is reordered, since nobody
// asks for a second thing before the first is answered.
type together struct {
	client redis.UniversalClient

	mu      sync.Mutex
	goes    int
	waiting []*request
}

// request is a script that somebody waits for.
type request struct {
	ctx    context.Context
	script *redis.Script
	keys   []string
	args   []any
	done   chan struct{} // closed when cmd has the answer, or was skipped because ctx had ended
	cmd    *redis.Cmd
}

// run returns what a script answers. When ctx ends first, the script may yet run, as whenever an answer is lost.
func (t *together) run(ctx context.Context, sc *redis.Script, keys []string, args []any) *redis.Cmd {
	if err := ctx.Err(); err != nil {
		return failed(ctx, err)
	}
	r := &request{ctx: ctx, script: sc, keys: keys, args: args, done: make(chan struct{})}
	t.add(r)
	select {
	case <-r.done:
		return r.cmd
	case <-ctx.Done():
		return failed(ctx, ctx.Err())
	}
}

func failed(ctx context.Context, err error) *redis.Cmd {
	cmd := redis.NewCmd(ctx)
	cmd.SetErr(err)
	return cmd
}

// add puts a script among those that wait, and begins another go where one may.
func (t *together) add(r *request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.waiting = append(t.waiting, r)
	if t.goes < maxGoes {
		t.goes++
		go t.work()
	}
}

// work sends what waits until nothing does.
func (t *together) work() {
	for batch := t.take(); batch != nil; batch = t.take() {
		t.send(batch)
	}
}

// take returns what goes next; nil ends a go.
func (t *together) take() []*request {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.waiting) == 0 {
		t.goes--
		return nil
	}
	n := min(len(t.waiting), maxTogether)
	batch := t.waiting[:n:n]
	t.waiting = t.waiting[n:]
	return batch
}

// send runs scripts in one go. Whoever has gone away meanwhile is skipped.
func (t *together) send(batch []*request) {
	ctx := context.WithoutCancel(batch[0].ctx) // no caller may end the others' calls; the client's own timeouts stand
	pipe := t.client.Pipeline()
	for _, r := range batch {
		if err := r.ctx.Err(); err != nil {
			r.cmd = failed(ctx, err)
			continue
		}
		r.cmd = r.script.EvalSha(ctx, pipe, r.keys, r.args...)
	}
	_, _ = pipe.Exec(ctx) // each command has its own error
	for _, r := range batch {
		if err := r.cmd.Err(); err != nil && strings.HasPrefix(err.Error(), "NOSCRIPT") {
			r.cmd = r.script.Eval(ctx, t.client, r.keys, r.args...) // the server lost its scripts: here is the text
		}
		close(r.done)
	}
}
