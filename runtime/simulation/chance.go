package simulation

import (
	"context"
	"hash/fnv"
	"maps"
	"math/rand/v2"
	"sync"
	"time"
)

// quantum is the grain of time: everybody wakes at a multiple of it, and each at an instant of its own behind that, so that of
// all goroutines only one ever runs at a time and what is drawn does not depend on how the machine interleaves them. It divides
// every pause the runtime makes.
const quantum = 100 * time.Microsecond

// chances is all the randomness of one run: a stream for everybody who acts.
type chances struct {
	seed    uint64
	mu      sync.Mutex
	streams map[string]*stream
}

func newChances(seed uint64) *chances { return &chances{seed: seed, streams: map[string]*stream{}} }

// of returns the stream of a name, which does not depend on who else has one.
func (c *chances) of(name string) *stream {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.streams[name]
	if s == nil {
		h := fnv.New64a()
		h.Write([]byte(name))
		s = &stream{rng: rand.New(rand.NewPCG(c.seed, h.Sum64())), offset: time.Duration(1 + h.Sum64()%uint64(quantum-1)), taken: map[int64]bool{}}
		c.streams[name] = s
	}
	return s
}

// stream is what happens by chance to one who acts, and when. It is safe for concurrent use.
type stream struct {
	mu     sync.Mutex
	rng    *rand.Rand
	offset time.Duration
	taken  map[int64]bool // instants given out, in quanta
}

// happens draws whether something of a chance does.
func (s *stream) happens(chance float64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rng.Float64() < chance
}

// between draws a time.
func (s *stream) between(from, to time.Duration) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return from + time.Duration(s.rng.Int64N(int64(to-from)+1))
}

// below draws a number under n.
func (s *stream) below(n int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rng.IntN(n)
}

// until returns how long to wait so as to wake at the stream's next own instant that is at least d away.
func (s *stream) until(d time.Duration) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	maps.DeleteFunc(s.taken, func(at int64, _ bool) bool { return at < now.UnixNano()/int64(quantum) })
	at := now.Add(d+quantum).UnixNano() / int64(quantum)
	for s.taken[at] {
		at++
	}
	s.taken[at] = true
	return time.Unix(0, at*int64(quantum)).Add(s.offset).Sub(now)
}

// pause waits for d, or until ctx or quit ends; it reports whether d has passed.
func (s *stream) pause(ctx context.Context, d time.Duration, quit <-chan struct{}) bool {
	t := time.NewTimer(s.until(d))
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
	case <-quit:
	}
	return false
}
