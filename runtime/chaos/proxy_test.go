package chaos

import (
	"net"
	"sync"
	"testing"
	"time"
)

// proxy is the network between a replica and Redis: what goes through it may be delayed, cut off or held back. It is safe for
// concurrent use.
type proxy struct {
	listener net.Listener
	wg       sync.WaitGroup
	over     chan struct{} // closed at the end

	mu     sync.Mutex
	target string
	delay  time.Duration // of what goes to the server, counted from when it was sent
	back   time.Duration // of what comes from it
	links  map[net.Conn]bool
	done   bool
}

// newProxy starts a proxy before target, which ends with the test.
func newProxy(t *testing.T, target string) *proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{listener: l, target: target, over: make(chan struct{}), links: map[net.Conn]bool{}}
	p.wg.Go(p.listen)
	t.Cleanup(p.close)
	return p
}

func (p *proxy) addr() string { return p.listener.Addr().String() }

func (p *proxy) close() {
	p.mu.Lock()
	if p.done {
		p.mu.Unlock()
		return
	}
	p.done = true
	p.mu.Unlock()
	close(p.over)
	_ = p.listener.Close()
	p.reset()
	p.wg.Wait()
}

// setDelay delays what is sent from now on; what was sent before keeps the delay it had.
func (p *proxy) setDelay(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.delay = d
}

// setBack delays what comes from the server from now on.
func (p *proxy) setBack(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.back = d
}

// setTarget leads new connections elsewhere.
func (p *proxy) setTarget(addr string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.target = addr
}

// reset cuts every connection as a broken network does.
func (p *proxy) reset() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.links {
		if tcp, ok := c.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0)
		}
		_ = c.Close()
	}
	clear(p.links)
}

func (p *proxy) listen() {
	for {
		in, err := p.listener.Accept()
		if err != nil {
			return
		}
		p.mu.Lock()
		target := p.target
		p.mu.Unlock()
		out, err := net.Dial("tcp", target)
		if err != nil { // the server is down
			_ = in.Close()
			continue
		}
		if !p.keep(in, out) {
			return
		}
		p.wg.Go(func() { p.forward(in, out, &p.delay) })
		p.wg.Go(func() { p.forward(out, in, &p.back) })
	}
}

// keep notes a pair of connections; false when the proxy has ended.
func (p *proxy) keep(in, out net.Conn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.done {
		_ = in.Close()
		_ = out.Close()
		return false
	}
	p.links[in], p.links[out] = true, true
	return true
}

func (p *proxy) end(c net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	_ = c.Close()
	delete(p.links, c)
}

// packet is bytes on their way.
type packet struct {
	bytes []byte
	at    time.Time // when they are delivered
}

// forward takes what one side sends to the other, with a delay that may change. What is on its way arrives even when its sender
// has given up and gone: the network keeps no promise to take anything back.
func (p *proxy) forward(in, out net.Conn, delay *time.Duration) {
	way := make(chan packet, 4096)
	p.wg.Go(func() {
		for x := range way {
			if !p.wait(x.at) {
				break
			}
			if _, err := out.Write(x.bytes); err != nil {
				break
			}
		}
		for range way { // nobody is there to take the rest
		}
		p.end(out)
	})
	defer close(way)
	for {
		buf := make([]byte, 16<<10)
		n, err := in.Read(buf)
		if n > 0 {
			p.mu.Lock()
			at := time.Now().Add(*delay)
			p.mu.Unlock()
			way <- packet{buf[:n], at}
		}
		if err != nil {
			return
		}
	}
}

// wait returns at a time; false when the proxy ends before it.
func (p *proxy) wait(at time.Time) bool {
	t := time.NewTimer(time.Until(at))
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-p.over:
		return false
	}
}
