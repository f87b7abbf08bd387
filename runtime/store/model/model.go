// Package model is the store's contract in plain Go: every rule of package store in the fewest words, over maps, with the
// clock as a value. It is the specification the other engines are held to by package storetest, and a fast engine for tests
// of whatever stands above a store.
//
// It is not durable: nothing survives the process. It takes one lock for everything and is not meant to be quick.
package model

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"hoithoai/runtime/store"
)

// Store is one engine in memory. It is safe for concurrent use.
type Store struct {
	cfg   store.Config
	clock func() time.Time

	mu      sync.Mutex
	people  map[store.Key]*person
	bundles map[string][]byte
	lists   map[string]*list
	places  map[string]*place
	beats   map[string]int64
	load    *load // nil: none is under way
}

// person is all that is kept of one person. due is 0 for a free person, else the end of the lease or the time to try again.
type person struct {
	session *session
	mail    []store.Item
	out     []store.Item
	due     int64
	putOff  bool // by the last owner
	untried bool // put off before anything of the outbox head was sent
	attempt attempt
	timers  map[timerID]timer
	journal journal
	memory  memory
	echoes  echoes
}

type attempt struct {
	store.Attempt
	expires int64
}

type session struct {
	store.Snapshot
	expires int64 // 0: never
}

type journal struct {
	entries [][]byte
	expires int64
}

// New returns an empty store; clock gives the time of leases, timers and expiry.
func New(cfg store.Config, clock func() time.Time) *Store {
	return &Store{
		cfg: cfg.WithDefaults(), clock: clock,
		people: map[store.Key]*person{}, bundles: map[string][]byte{},
		lists: map[string]*list{}, places: map[string]*place{}, beats: map[string]int64{},
	}
}

// Partitions returns 1: the model keeps everybody together.
func (s *Store) Partitions() int { return 1 }

func (s *Store) now() int64 { return s.clock().UnixMilli() }

// enter takes the lock and returns the person, making an empty one if need be, without what has expired.
func (s *Store) enter(ctx context.Context, key store.Key) (*person, error) {
	if err := key.Check(); err != nil {
		return nil, fmt.Errorf("check key: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("%w: %w", store.ErrUnavailable, err)
	}
	s.mu.Lock()
	p := s.people[key]
	if p == nil {
		p = &person{timers: map[timerID]timer{}}
		s.people[key] = p
	}
	p.expire(s.now())
	return p, nil
}

func (p *person) expire(now int64) {
	if p.session != nil && p.session.expires != 0 && p.session.expires <= now {
		p.session = nil
	}
	if p.journal.expires <= now {
		p.journal = journal{}
	}
	if p.memory.expires <= now {
		p.memory = memory{}
	}
	if p.echoes.expires <= now {
		p.echoes = echoes{}
	}
	if p.attempt.expires <= now {
		p.attempt = attempt{}
	}
}

// lease makes the caller the owner, or renews the ownership, and returns its end.
func (s *Store) lease(p *person) time.Time {
	p.due = s.now() + s.cfg.Lease.Milliseconds()
	return time.UnixMilli(p.due)
}

// settle frees a person without work and renews the lease of any other.
func (s *Store) settle(p *person) (lease time.Time, free bool) {
	p.untried, p.putOff = false, false
	if len(p.mail) == 0 && len(p.out) == 0 {
		p.due = 0
		return time.Time{}, true
	}
	return s.lease(p), false
}

// work is what the owner of a person gets to do next.
func (p *person) work(key store.Key) store.Work {
	w := store.Work{Key: key, Head: head(p.mail), Out: head(p.out)}
	if p.session != nil {
		snap := p.session.Snapshot
		snap.Body = slices.Clone(snap.Body)
		w.Session = &snap
	}
	return w
}

func head(items []store.Item) *store.Item {
	if len(items) == 0 {
		return nil
	}
	first := copied(items[0])
	return &first
}

// copied returns an item that does not share the caller's bytes.
func copied(it store.Item) store.Item {
	return store.Item{ID: it.ID, Body: slices.Clone(it.Body)}
}
