package model

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"hoithoai/runtime/store"
)

type timerID struct {
	name string
	gen  uint32
}

type timer struct {
	at   int64
	body []byte
}

// due is one entry of the clockwork's list: a person, or a timer of a person.
type due struct {
	at    int64
	key   store.Key
	timer timerID
}

func (p *person) set(t store.Timer) {
	id := timerID{t.Name, t.Gen}
	if t.At.IsZero() {
		delete(p.timers, id)
		return
	}
	p.timers[id] = timer{at: max(1, store.Millis(t.At)), body: slices.Clone(t.Body)}
}

// Claim implements store.Scheduler.
func (s *Store) Claim(_ context.Context, partition, n int) ([]store.Key, []store.Due, time.Time, error) {
	if partition != 0 {
		return nil, nil, time.Time{}, fmt.Errorf("claim: partition %d, want 0", partition)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	people, timers := s.waiting()
	var keys []store.Key
	for _, d := range people[:ripe(people, n, now)] {
		s.lease(s.people[d.key])
		keys = append(keys, d.key)
	}
	listed := ripe(timers, n, now)
	var fire []store.Due
	for _, d := range timers[:listed] {
		fire = append(fire, store.Due{Key: d.key, Name: d.timer.name, Gen: d.timer.gen})
	}
	people, _ = s.waiting()
	return keys, fire, earliest(people, timers[listed:]), nil
}

// ripe counts the entries, at most n, whose time has come.
func ripe(entries []due, n int, now int64) int {
	i := 0
	for i < min(n, len(entries)) && entries[i].at <= now {
		i++
	}
	return i
}

func earliest(lists ...[]due) time.Time {
	var first time.Time
	for _, l := range lists {
		if len(l) == 0 {
			continue
		}
		if at := time.UnixMilli(l[0].at); first.IsZero() || at.Before(first) {
			first = at
		}
	}
	return first
}

// waiting lists the people who are not free and all timers, earliest first.
func (s *Store) waiting() (people, timers []due) {
	for key, p := range s.people {
		if p.due != 0 {
			people = append(people, due{at: p.due, key: key})
		}
		for id, t := range p.timers {
			timers = append(timers, due{at: t.at, key: key, timer: id})
		}
	}
	for _, l := range [][]due{people, timers} {
		slices.SortFunc(l, func(a, b due) int {
			return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.key, b.key),
				cmp.Compare(a.timer.name, b.timer.name), cmp.Compare(a.timer.gen, b.timer.gen))
		})
	}
	return people, timers
}

// Load implements store.Scheduler.
func (s *Store) Load(ctx context.Context, key store.Key) (store.Work, error) {
	p, err := s.enter(ctx, key)
	if err != nil {
		return store.Work{}, err
	}
	defer s.mu.Unlock()
	w := p.work(key)
	w.Attempt = p.attempt.Attempt
	if p.due != 0 {
		w.Silent, w.Untried = !p.putOff, p.untried
		w.Lease, p.untried, p.putOff = s.lease(p), false, false
	}
	return w, nil
}

// Fire implements store.Scheduler.
func (s *Store) Fire(ctx context.Context, d store.Due, id store.ID8) (bool, *store.Work, error) {
	p, err := s.enter(ctx, d.Key)
	if err != nil {
		return false, nil, err
	}
	defer s.mu.Unlock()
	which := timerID{d.Name, d.Gen}
	t, ok := p.timers[which]
	if !ok || t.at > s.now() {
		return false, nil, nil
	}
	delete(p.timers, which)
	if len(t.body) == 0 {
		t.body = store.TimerMark(d.Name, d.Gen, time.UnixMilli(t.at))
	}
	p.mail = append(p.mail, store.Item{ID: id, Body: t.body})
	if p.due != 0 {
		return true, nil, nil
	}
	lease := s.lease(p)
	w := p.work(d.Key)
	w.Lease = lease
	return true, &w, nil
}
