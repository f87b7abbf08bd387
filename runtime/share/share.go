// Package share divides a number of places among offices, so that one office that floods or hangs cannot keep the others out.
//
// The rule leaves room by itself and needs no list of who there is: an office may hold at most four times what is free beside
// the last place. Alone it gets four fifths; two that hang get four ninths each; and whoever holds nothing always gets a place
// as long as there is one. Nobody holds what somebody else waits for longer than one piece of work takes.
//
// What the places are for is not its business (hands, a queue, events on their way into the store).
package share

import "sync"

// factor is how many times the free places an office may hold.
const factor = 4

// Allowed reports whether an office that holds mine places may take another of those that are free.
func Allowed(mine, free int) bool { return free > 0 && (mine == 0 || mine < factor*(free-1)) }

// Pool is places that are taken and given back. It is safe for concurrent use.
type Pool struct {
	size   int
	shared func() bool

	mu   sync.Mutex
	used int
	of   map[string]int
}

// NewPool returns a pool of size places. shared says whether there are several offices at the moment; one alone may have all. A
// nil shared means that there are.
func NewPool(size int, shared func() bool) *Pool {
	if shared == nil {
		shared = func() bool { return true }
	}
	return &Pool{size: size, shared: shared, of: map[string]int{}}
}

// Take takes a place for an office, if it may have one.
func (p *Pool) Take(office string) bool {
	shared := p.shared()
	p.mu.Lock()
	defer p.mu.Unlock()
	free := p.size - p.used
	if free <= 0 || shared && !Allowed(p.of[office], free) {
		return false
	}
	p.used++
	p.of[office]++
	return true
}

// Give gives a place of an office back.
func (p *Pool) Give(office string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.used--
	if p.of[office]--; p.of[office] == 0 {
		delete(p.of, office)
	}
}
