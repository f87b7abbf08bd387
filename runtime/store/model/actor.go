package model

import (
	"context"
	"fmt"
	"slices"
	"time"

	"hoithoai/runtime/store"
)

// Commit implements store.Actor.
func (s *Store) Commit(ctx context.Context, in store.Commit) (store.CommitResult, error) {
	if err := in.Check(); err != nil {
		return store.CommitResult{}, fmt.Errorf("commit: %w", err)
	}
	p, err := s.enter(ctx, in.Key)
	if err != nil {
		return store.CommitResult{}, err
	}
	defer s.mu.Unlock()
	rev, last := p.revision()
	switch {
	case rev == in.Rev+1 && last == in.Event:
		p.session.expires = s.expiry(in.TTL)
		return store.CommitResult{Status: store.Already, Rev: rev}, nil
	case rev != in.Rev:
		return store.CommitResult{Status: store.Lost, Rev: rev}, nil
	case len(p.mail) == 0 || p.mail[0].ID != in.Event:
		return store.CommitResult{Status: store.Absent, Rev: rev}, nil
	}
	p.mail = p.mail[1:]
	s.save(p, in)
	lease, free := s.settle(p)
	if free {
		return store.CommitResult{Status: store.Released, Rev: rev + 1}, nil
	}
	return store.CommitResult{Status: store.Committed, Rev: rev + 1, Next: head(p.mail), Out: head(p.out), Lease: lease}, nil
}

func (p *person) revision() (uint64, store.ID8) {
	if p.session == nil {
		return 0, store.ID8{}
	}
	return p.session.Rev, p.session.Last
}

func (s *Store) expiry(ttl time.Duration) int64 {
	if ttl <= 0 {
		return 0
	}
	return s.now() + ttl.Milliseconds()
}

// save writes what a step leads to.
func (s *Store) save(p *person, in store.Commit) {
	if len(in.Session) == 0 {
		p.timers, p.journal = map[timerID]timer{}, journal{}
	}
	p.session = &session{expires: s.expiry(in.TTL), Snapshot: store.Snapshot{
		Rev: in.Rev + 1, Last: in.Event, Body: slices.Clone(in.Session),
	}}
	for _, it := range in.Out {
		p.out = append(p.out, copied(it))
	}
	for _, t := range in.Timers {
		p.set(t)
	}
	if in.Journal != nil {
		s.write(&p.journal, in.Journal)
	}
}

func (s *Store) write(j *journal, entry []byte) {
	j.entries = append(j.entries, slices.Clone(entry))
	if extra := len(j.entries) - s.cfg.Journal; extra > 0 {
		j.entries = j.entries[extra:]
	}
	j.expires = s.now() + s.cfg.JournalTTL.Milliseconds()
}

// Done implements store.Actor.
func (s *Store) Done(ctx context.Context, key store.Key, id store.ID8) (store.Done, error) {
	return s.Finish(ctx, key, store.Finish{Out: id})
}

// Finish implements store.Finisher.
func (s *Store) Finish(ctx context.Context, key store.Key, in store.Finish) (store.Done, error) {
	if err := in.Check(); err != nil {
		return store.Done{}, fmt.Errorf("finish: %w", err)
	}
	p, err := s.enter(ctx, key)
	if err != nil {
		return store.Done{}, err
	}
	defer s.mu.Unlock()
	if len(p.out) == 0 || p.out[0].ID != in.Out {
		return store.Done{Gone: true}, nil
	}
	p.out = p.out[1:]
	for _, t := range in.Start {
		if _, ok := p.timers[timerID{t.Name, t.Gen}]; ok {
			p.set(t)
		}
	}
	s.take(&p.echoes, in.Taken)
	lease, free := s.settle(p)
	return store.Done{Free: free, Out: head(p.out), Next: head(p.mail), Lease: lease}, nil
}

// Release implements store.Actor.
func (s *Store) Release(ctx context.Context, key store.Key) (store.Work, error) {
	p, err := s.enter(ctx, key)
	if err != nil {
		return store.Work{}, err
	}
	defer s.mu.Unlock()
	lease, _ := s.settle(p)
	w := p.work(key)
	w.Lease = lease
	return w, nil
}

// Defer implements store.Deferrer.
func (s *Store) Defer(ctx context.Context, key store.Key, at time.Time) error {
	return s.putOff(ctx, key, at, false)
}

// DeferUntried implements store.Deferrer.
func (s *Store) DeferUntried(ctx context.Context, key store.Key, at time.Time) error {
	return s.putOff(ctx, key, at, true)
}

func (s *Store) putOff(ctx context.Context, key store.Key, at time.Time, untried bool) error {
	p, err := s.enter(ctx, key)
	if err != nil {
		return err
	}
	defer s.mu.Unlock()
	if p.due != 0 {
		p.due, p.untried, p.putOff = max(1, store.Millis(at)), untried, true
	}
	return nil
}

// Attempt implements store.Attempts.
func (s *Store) Attempt(ctx context.Context, key store.Key, a store.Attempt) error {
	p, err := s.enter(ctx, key)
	if err != nil {
		return err
	}
	defer s.mu.Unlock()
	p.attempt = attempt{}
	if a.N > 0 {
		p.attempt = attempt{Attempt: a, expires: s.now() + s.cfg.AttemptTTL.Milliseconds()}
	}
	return nil
}

// Journal implements store.Journal.
func (s *Store) Journal(ctx context.Context, key store.Key) ([][]byte, error) {
	p, err := s.enter(ctx, key)
	if err != nil {
		return nil, err
	}
	defer s.mu.Unlock()
	var entries [][]byte
	for _, e := range p.journal.entries {
		entries = append(entries, slices.Clone(e))
	}
	return entries, nil
}
