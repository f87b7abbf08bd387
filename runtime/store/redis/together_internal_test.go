package redis

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/redis/go-redis/v9"

	"hoithoai/runtime/store/redistest"
)

var echoing = redis.NewScript("return ARGV[1]")

// gate is a hook that lets every go through only when it is told to, and tells how many scripts were in it.
type gate struct {
	goes chan int      // a go has arrived with so many commands
	pass chan struct{} // one go may pass
}

func (g *gate) DialHook(next redis.DialHook) redis.DialHook { return next }

func (g *gate) ProcessHook(next redis.ProcessHook) redis.ProcessHook { return next }

func (g *gate) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		if cmds[0].Name() != "evalsha" { // a connection introduces itself
			return next(ctx, cmds)
		}
		g.goes <- len(cmds)
		<-g.pass
		return next(ctx, cmds)
	}
}

// gated is a together over a server of its own whose goes wait at the gate.
func gated(t *testing.T) (*together, *gate, *redis.Client) {
	t.Helper()
	options, err := redis.ParseURL(redistest.Start(t).URL())
	if err != nil {
		t.Fatal(err)
	}
	c := redis.NewClient(options)
	t.Cleanup(func() { _ = c.Close() })
	if err := echoing.Load(t.Context(), c).Err(); err != nil {
		t.Fatal(err)
	}
	g := &gate{goes: make(chan int), pass: make(chan struct{})}
	c.AddHook(g)
	return &together{client: c}, g, c
}

// asking asks for one echo and returns where its answer comes.
func (t *together) asking(ctx context.Context, sc *redis.Script, text string) <-chan *redis.Cmd {
	got := make(chan *redis.Cmd, 1)
	go func() { got <- t.run(ctx, sc, nil, []any{text}) }()
	return got
}

// await waits until so many scripts wait for the next go.
func (t *together) await(n int) {
	for {
		t.mu.Lock()
		waiting := len(t.waiting)
		t.mu.Unlock()
		if waiting == n {
			return
		}
		runtime.Gosched()
	}
}

func wantEcho(t *testing.T, got <-chan *redis.Cmd, want string) {
	t.Helper()
	if text, err := (<-got).Text(); err != nil || text != want {
		t.Errorf("%q is answered %q, %v", want, text, err)
	}
}

// What is asked for while as many goes as may be are under way goes together, at most so many at once, and each gets its own
// answer.
func TestTogether(t *testing.T) {
	t.Parallel()
	tg, g, _ := gated(t)
	var first []<-chan *redis.Cmd
	for i := range maxGoes {
		first = append(first, tg.asking(t.Context(), echoing, fmt.Sprint("first ", i)))
		if n := <-g.goes; n != 1 {
			t.Fatalf("a script for an idle server went with %d others", n-1)
		}
	}
	var rest []<-chan *redis.Cmd
	for i := range maxTogether + 3 {
		rest = append(rest, tg.asking(t.Context(), echoing, fmt.Sprint("rest ", i)))
	}
	tg.await(maxTogether + 3)
	select {
	case n := <-g.goes:
		t.Fatalf("another go of %d beside %d", n, maxGoes)
	default:
	}
	g.pass <- struct{}{}
	if n := <-g.goes; n != maxTogether {
		t.Errorf("%d go together, want %d", n, maxTogether)
	}
	g.pass <- struct{}{}
	if n := <-g.goes; n != 3 {
		t.Errorf("%d are left for the last go, want 3", n)
	}
	close(g.pass)
	for i := range first {
		wantEcho(t, first[i], fmt.Sprint("first ", i))
	}
	for i := range rest {
		wantEcho(t, rest[i], fmt.Sprint("rest ", i))
	}
}

// When nothing waits any more no go is under way: the next script begins one.
func TestTogetherRests(t *testing.T) {
	t.Parallel()
	tg, g, _ := gated(t)
	for i := range 3 * maxGoes {
		got := tg.asking(t.Context(), echoing, fmt.Sprint(i))
		if n := <-g.goes; n != 1 {
			t.Errorf("%d scripts in a go", n)
		}
		g.pass <- struct{}{}
		wantEcho(t, got, fmt.Sprint(i))
		for tg.underWay() > 0 { // ends: nobody asks for anything
			runtime.Gosched()
		}
	}
}

func (t *together) underWay() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.goes
}

// Who goes away while waiting is answered at once, and what was asked for is not run any more; the others notice nothing.
func TestTogetherLeaves(t *testing.T) {
	t.Parallel()
	tg, g, c := gated(t)
	for range maxGoes {
		tg.asking(t.Context(), echoing, "holds")
		<-g.goes
	}
	counting := redis.NewScript("return redis.call('INCR', 'n')")
	ctx, leave := context.WithCancel(t.Context())
	gone := tg.asking(ctx, counting, "")
	tg.await(1)
	stays := tg.asking(t.Context(), echoing, "stays")
	tg.await(2)
	leave()
	if err := (<-gone).Err(); !errors.Is(err, context.Canceled) {
		t.Errorf("who has left is answered %v", err)
	}
	go func() {
		for range g.goes {
		}
	}()
	close(g.pass)
	wantEcho(t, stays, "stays")
	if err := tg.run(ctx, counting, nil, nil).Err(); !errors.Is(err, context.Canceled) {
		t.Errorf("who had left before is answered %v", err)
	}
	if n, err := c.Exists(t.Context(), "n").Result(); err != nil || n != 0 {
		t.Errorf("a script ran that nobody waited for: %v", err)
	}
}

// The fault of one script is not that of those beside it, and a server that lost its scripts is given the text.
func TestTogetherFaults(t *testing.T) {
	t.Parallel()
	tg, g, c := gated(t)
	if err := c.ScriptFlush(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	for range maxGoes {
		tg.asking(t.Context(), echoing, "holds")
		<-g.goes
	}
	bad := tg.asking(t.Context(), redis.NewScript("return redis.error_reply('ERR broken')"), "")
	tg.await(1)
	good := tg.asking(t.Context(), echoing, "good")
	tg.await(2)
	go func() {
		for range g.goes {
		}
	}()
	close(g.pass)
	if err := (<-bad).Err(); err == nil || !strings.Contains(err.Error(), "broken") {
		t.Errorf("a script that fails is answered %v", err)
	}
	wantEcho(t, good, "good")
}

// A connection that breaks is everybody's fault who shares it, and nobody waits for ever.
func TestTogetherBroken(t *testing.T) {
	t.Parallel()
	tg, g, c := gated(t)
	for range maxGoes {
		tg.asking(t.Context(), echoing, "holds")
		<-g.goes
	}
	var got []<-chan *redis.Cmd
	for i := range 3 {
		got = append(got, tg.asking(t.Context(), echoing, "lost"))
		tg.await(i + 1)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	go func() {
		for range g.goes {
		}
	}()
	close(g.pass)
	for _, answer := range got {
		if err := (<-answer).Err(); err == nil {
			t.Error("a script is answered over a closed connection")
		}
	}
}

// Many who ask at once over a store all get their own answers.
func TestTogetherCrowd(t *testing.T) {
	t.Parallel()
	tg, g, _ := gated(t)
	go func() {
		for range g.goes {
		}
	}()
	close(g.pass)
	var wg sync.WaitGroup
	for hand := range 40 {
		wg.Go(func() {
			for i := range 25 {
				want := fmt.Sprint(hand, " ", i)
				if text, err := tg.run(t.Context(), echoing, nil, []any{want}).Text(); err != nil || text != want {
					t.Errorf("%q is answered %q, %v", want, text, err)
				}
			}
		})
	}
	wg.Wait()
}
