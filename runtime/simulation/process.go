package simulation

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"filippo.io/age"

	"hoithoai/dsl/office"
	"hoithoai/runtime/deadletter"
	"hoithoai/runtime/delivery"
	"hoithoai/runtime/deployment"
	"hoithoai/runtime/gate"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/zalo"
)

// process is one running program over the store everybody shares. All it does to the world goes through its store and its wire,
// which fail it, and no longer do anything for it once it is killed.
type process struct {
	w    *world
	name string
	own  *stream
	dep  *deployment.Deployment
	door http.Handler

	killed chan struct{} // closed when it is
	ended  chan struct{} // closed when all its goroutines have gone
	stop   context.CancelFunc
	once   sync.Once

	mu     sync.Mutex
	frozen time.Time // until then it does nothing
}

// start begins a process.
func (w *world) start() {
	w.mu.Lock()
	w.started++
	p := &process{w: w, name: fmt.Sprintf("process %d", w.started), killed: make(chan struct{}), ended: make(chan struct{})}
	w.mu.Unlock()
	p.own = w.chances.of(p.name)
	p.dep = deployment.New(p.config())
	ctx, cancel := context.WithCancel(context.Background())
	p.stop, p.door = cancel, p.dep.Handler(ctx)
	w.mu.Lock()
	w.processes = append(w.processes, p)
	w.mu.Unlock()
	w.goes(func() { p.run(ctx) })
}

// run publishes the bundle, as often as the store lets that fail, and serves. It returns when it serves.
func (p *process) run(ctx context.Context) {
	for p.dep.Publish(ctx, p.w.kit.loaded) != nil {
		if !p.own.pause(ctx, time.Second, p.killed) {
			close(p.ended)
			return
		}
	}
	go func() {
		defer close(p.ended)
		if err := p.dep.Run(ctx, deaf{ctx}); err != nil && !p.isDead() {
			p.w.witness.broke("%s ends: %v", p.name, err)
		}
	}()
}

func (p *process) config() deployment.Config {
	w := p.w
	client := zalo.NewClient(zalo.ClientConfig{
		Tokens: zalo.StaticTokens{testbed.OfficeID: testbed.Token}, Timeout: 5 * time.Second, Transport: &wire{p},
	})
	s := &shaky{p: p, Store: w.witness}
	send := delivery.Config{
		Client: client,
		Outlets: map[string]*delivery.Outlet{
			testbed.OfficeID: {Capabilities: zalo.DefaultCapabilities(), Assets: zalo.NewAssetCache(time.Now)},
		},
		Files: func(ctx context.Context, program, path string) ([]byte, error) {
			return p.dep.Library().File(ctx, program, path)
		},
		Now: time.Now, Log: w.log, Metrics: w.metrics, Gate: gate.New(gate.Config{Now: time.Now, Metrics: w.metrics}),
		Letters: &deadletter.Box{Records: s, Seal: w.kit.seal, Now: time.Now}, Began: time.Now(),
	}
	return deployment.Config{
		Store: s, Partitions: 1, Seal: w.kit.seal, Offices: map[string]*office.Office{testbed.OfficeID: testbed.Office()},
		TipKeys:  map[string][]age.Recipient{testbed.OfficeID: {w.kit.key.Recipient()}},
		Verifier: zalo.Verifier{AppID: testbed.App, Secrets: []string{testbed.Secret}}, Deliver: w.cfg.BreakSend(delivery.New(send)),
		Webhook: webhook, Gather: w.cfg.Gather, Now: time.Now, Tick: p.ticker, Log: w.log, Metrics: w.metrics,
		Poll: w.cfg.Poll, Lease: w.cfg.Store.Lease, FullJournal: true,
	}
}

// ticker ticks at instants of the process's own.
func (p *process) ticker(d time.Duration) (<-chan time.Time, func()) {
	t := time.NewTimer(p.own.until(d))
	c := make(chan time.Time)
	quit := make(chan struct{})
	go func() {
		for {
			select {
			case now := <-t.C:
				select {
				case c <- now:
				default: // it is busy: a tick that nobody waits for is lost
				}
				t.Reset(p.own.until(d))
			case <-quit:
				t.Stop()
				return
			}
		}
	}()
	return c, sync.OnceFunc(func() { close(quit) })
}

// deaf is a listener to which nobody comes: webhooks are given to the handler itself.
type deaf struct{ ctx context.Context }

// Accept waits for the end.
func (d deaf) Accept() (net.Conn, error) {
	<-d.ctx.Done()
	return nil, net.ErrClosed
}

// Close does nothing.
func (d deaf) Close() error { return nil }

// Addr is no address.
func (d deaf) Addr() net.Addr { return &net.TCPAddr{} }

// alive are the processes that serve.
func (w *world) alive() []*process {
	w.mu.Lock()
	defer w.mu.Unlock()
	var alive []*process
	for _, p := range w.processes {
		if !p.isDead() {
			alive = append(alive, p)
		}
	}
	return alive
}

func (p *process) isDead() bool {
	select {
	case <-p.killed:
		return true
	default:
		return false
	}
}

// kill ends a process as kill -9 does, and starts another one a while later.
func (p *process) kill(why string) {
	p.once.Do(func() {
		close(p.killed)
		p.stop()
		p.w.troubled("", p.name+" killed "+why)
		p.w.count(func(s *Stats) { s.Killed++ })
		p.w.goes(func() {
			<-p.ended
			p.own.pause(context.Background(), p.own.between(0, 20*time.Second), nil)
			p.w.start()
		})
	})
}

// end lets a process stop as an operator stops it, and waits for it.
func (p *process) end() {
	p.stop()
	<-p.ended
	p.once.Do(func() { close(p.killed) })
}

// freeze lets a process do nothing for a while, as SIGSTOP does; its clock goes on.
func (p *process) freeze(d time.Duration) {
	p.mu.Lock()
	p.frozen = time.Now().Add(d)
	p.mu.Unlock()
	p.w.troubled("", p.name+" frozen")
	p.w.count(func(s *Stats) { s.Frozen++ })
}

func (p *process) frozenFor() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return time.Until(p.frozen)
}

// errKilled is what the goroutines of a killed process get, and nobody reads.
var errKilled = errors.New("this process is dead")

// takes lets a time of a call pass, and longer while the process is frozen. It reports whether the process lives to see it.
func (p *process) takes(ctx context.Context, s *stream, d time.Duration) bool {
	for {
		if !s.pause(ctx, d, p.killed) {
			return false
		}
		if d = p.frozenFor(); d <= 0 {
			return true
		}
	}
}
