package model

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"

	"hoithoai/runtime/store"
)

// memory is which events a person's mailbox has taken.
type memory struct {
	ring    []seen // by the channel's time
	mark    int64  // the watermark
	old     []seen // by the time they fell out of the ring
	expires int64
}

type seen struct {
	id store.ID8
	at int64
}

// Accept implements store.Mailbox.
func (s *Store) Accept(ctx context.Context, in store.Accept) (store.AcceptResult, error) {
	if err := in.Check(); err != nil {
		return store.AcceptResult{}, fmt.Errorf("accept: %w", err)
	}
	p, err := s.enter(ctx, in.Key)
	if err != nil {
		return store.AcceptResult{}, err
	}
	defer s.mu.Unlock()
	now := s.now()
	sent := in.Sent
	if sent < 1 || sent > now {
		sent = now
	}
	if status := s.refuse(p, in, sent, now); status != 0 {
		return store.AcceptResult{Status: status}, nil
	}
	s.remember(&p.memory, seen{in.ID, sent}, now)
	p.mail = append(p.mail, copied(store.Item{ID: in.ID, Body: in.Body}))
	if p.due != 0 {
		return store.AcceptResult{Status: store.Queued}, nil
	}
	lease := s.lease(p)
	w := p.work(in.Key)
	w.Lease = lease
	return store.AcceptResult{Status: store.Accepted, Work: w}, nil
}

// refuse says why an event is not taken; 0: it is.
func (s *Store) refuse(p *person, in store.Accept, sent, now int64) store.AcceptStatus {
	m := &p.memory
	old := now - s.cfg.Window.Milliseconds()
	isNew := !slices.ContainsFunc(m.ring, func(e seen) bool { return e.id == in.ID }) &&
		!slices.ContainsFunc(m.old, func(e seen) bool { return e.id == in.ID && e.at > old })
	switch {
	case !isNew:
		m.touch(s, now)
		return store.Duplicate
	case sent < m.mark && !in.Retry:
		m.touch(s, now)
		return store.Stale
	case len(p.mail) >= s.cfg.MaxMail:
		return store.Flooded
	}
	return 0
}

func (m *memory) touch(s *Store, now int64) { m.expires = now + s.cfg.Window.Milliseconds() }

// remember puts an event into the ring; what falls out raises the watermark and is kept among the old ones for a while.
func (s *Store) remember(m *memory, e seen, now int64) {
	m.touch(s, now)
	m.ring = insert(m.ring, e)
	if len(m.ring) <= s.cfg.Ring {
		return
	}
	out := m.ring[0]
	m.ring = slices.Clone(m.ring[1:])
	m.mark = max(m.mark, out.at)
	m.old = insert(m.old, seen{out.id, now})
	m.old = slices.DeleteFunc(m.old, func(e seen) bool { return e.at <= now-s.cfg.Window.Milliseconds() })
	if extra := len(m.old) - s.cfg.Old; extra > 0 {
		m.old = slices.Clone(m.old[extra:])
	}
}

// insert keeps the list ordered by time, then id.
func insert(list []seen, e seen) []seen {
	i, _ := slices.BinarySearchFunc(list, e, func(a, b seen) int {
		return cmp.Or(cmp.Compare(a.at, b.at), bytes.Compare(a.id[:], b.id[:]))
	})
	return slices.Insert(slices.Clone(list), i, e)
}
