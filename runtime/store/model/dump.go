package model

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"hoithoai/runtime/store"
)

// load is a load under way.
type load struct {
	dump string
	done uint64
}

// Dump implements store.Dumper. each is called without the lock; what it is given is one moment of the whole store.
func (s *Store) Dump(ctx context.Context, each func(store.Entry) error) error {
	for _, e := range s.all() {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("dump: %w", err)
		}
		if err := each(e); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) all() []store.Entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []store.Entry
	for what, at := range s.beats {
		all = append(all, store.Entry{Beat: &store.BeatEntry{What: what, At: time.UnixMilli(at)}})
	}
	for _, key := range slices.Sorted(maps.Keys(s.people)) {
		p := s.people[key]
		p.expire(s.now())
		if e := s.entry(key, p); e != nil {
			all = append(all, store.Entry{Person: e})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.lists)) {
		all = append(all, s.lists[name].dump(name)...)
	}
	for _, name := range slices.Sorted(maps.Keys(s.places)) {
		for by, holds := range s.places[name].holds {
			all = append(all, store.Entry{Place: &store.PlaceEntry{Place: name, By: by, Holds: holds}})
		}
	}
	for _, hash := range slices.Sorted(maps.Keys(s.bundles)) {
		all = append(all, store.Entry{Bundle: &store.BundleEntry{Hash: hash, Body: slices.Clone(s.bundles[hash])}})
	}
	return all
}

// entry is what is kept of a person; nil for nothing.
func (s *Store) entry(key store.Key, p *person) *store.PersonEntry {
	now := s.now()
	e := &store.PersonEntry{
		Key: key, Mail: copiedAll(p.mail), Out: copiedAll(p.out), Ring: seenEntries(p.memory.ring), Mark: p.memory.mark,
		Old: seenEntries(slices.DeleteFunc(slices.Clone(p.memory.old), func(e seen) bool { return e.at <= now-s.cfg.Window.Milliseconds() })),
	}
	for _, entry := range p.journal.entries {
		e.Journal = append(e.Journal, slices.Clone(entry))
	}
	e.JournalLife, e.MemoryLife = left(p.journal.expires, now), left(p.memory.expires, now)
	if p.session != nil {
		e.Session, e.SessionLife = p.work(key).Session, left(p.session.expires, now)
	}
	if p.due != 0 {
		e.Due = time.UnixMilli(p.due)
	}
	for id, t := range p.timers {
		e.Timers = append(e.Timers, store.Timer{Name: id.name, Gen: id.gen, At: time.UnixMilli(t.at), Body: slices.Clone(t.body)})
	}
	store.SortTimers(e.Timers)
	e.Echoes, e.EchoLife = slices.Clone(p.echoes.list), left(p.echoes.expires, now)
	if e.Empty() {
		return nil
	}
	return e
}

// left is the rest of a life that ends at a time; 0 for one without end.
func left(end, now int64) time.Duration {
	if end == 0 {
		return 0
	}
	return time.Duration(end-now) * time.Millisecond
}

func copiedAll(items []store.Item) []store.Item {
	var out []store.Item
	for _, it := range items {
		out = append(out, copied(it))
	}
	return out
}

func seenEntries(list []seen) []store.Seen {
	var out []store.Seen
	for _, e := range list {
		out = append(out, store.Seen{ID: e.id, At: e.at})
	}
	return out
}

func (l *list) dump(name string) []store.Entry {
	bodies := map[string][]byte{}
	for _, r := range l.entries {
		bodies[r.ID] = append([]byte{}, r.Body...)
	}
	var all []store.Entry
	for by, id := range l.ids {
		all = append(all, store.Entry{Record: &store.RecordEntry{List: name, By: by, ID: id, Body: bodies[id]}})
	}
	return all
}

// StartLoad implements store.Loader.
func (s *Store) StartLoad(_ context.Context, dump string) (uint64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.load != nil && s.load.dump == dump {
		return s.load.done, nil
	}
	if s.load != nil || len(s.people)+len(s.lists)+len(s.places)+len(s.bundles) > 0 {
		return 0, fmt.Errorf("start load: %w", store.ErrNotEmpty)
	}
	s.load = &load{dump: dump}
	return 0, nil
}

// PutEntries implements store.Loader.
func (s *Store) PutEntries(_ context.Context, entries []store.Entry, done uint64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.load == nil {
		return fmt.Errorf("put entries: no load was started")
	}
	for _, e := range entries {
		if err := e.Check(); err != nil {
			return fmt.Errorf("put entries: %w", err)
		}
		s.put(e)
	}
	s.load.done = done
	return nil
}

func (s *Store) put(e store.Entry) {
	switch {
	case e.Person != nil:
		s.people[e.Person.Key] = s.person(e.Person)
	case e.Record != nil:
		s.putRecord(e.Record)
	case e.Place != nil:
		s.putPlace(e.Place)
	case e.Beat != nil:
		s.beats[e.Beat.What] = e.Beat.At.UnixMilli()
	default:
		s.bundles[e.Bundle.Hash] = append([]byte{}, e.Bundle.Body...)
	}
}

// person is what an entry says of somebody.
func (s *Store) person(e *store.PersonEntry) *person {
	p := &person{mail: copiedAll(e.Mail), out: copiedAll(e.Out), timers: map[timerID]timer{}}
	if e.Session != nil {
		p.session = &session{Snapshot: *e.Session, expires: s.expiry(e.SessionLife)}
		p.session.Body = slices.Clone(e.Session.Body)
	}
	if !e.Due.IsZero() {
		p.due, p.putOff = max(1, store.Millis(e.Due)), true
	}
	for _, t := range e.Timers {
		p.set(t)
	}
	for _, entry := range e.Journal {
		p.journal.entries = append(p.journal.entries, slices.Clone(entry))
	}
	p.journal.expires = s.now() + e.JournalLife.Milliseconds()
	p.memory = memory{ring: seenList(e.Ring), old: seenList(e.Old), mark: e.Mark, expires: s.now() + e.MemoryLife.Milliseconds()}
	p.echoes = echoes{list: slices.Clone(e.Echoes), expires: s.now() + e.EchoLife.Milliseconds()}
	return p
}

func seenList(entries []store.Seen) []seen {
	var out []seen
	for _, e := range entries {
		out = append(out, seen{id: e.ID, at: e.At})
	}
	return out
}

func (s *Store) putRecord(e *store.RecordEntry) {
	l := s.list(e.List)
	l.ids[e.By] = e.ID
	n, _ := store.RecordNumber(e.ID, e.By) // checked
	l.written = max(l.written, n)
	l.entries = slices.DeleteFunc(l.entries, func(r store.Record) bool { return r.ID == e.ID })
	if e.Body == nil {
		return
	}
	l.entries = append(l.entries, store.Record{ID: e.ID, Body: bytes.Clone(e.Body)})
	slices.SortFunc(l.entries, func(a, b store.Record) int { return cmp.Compare(a.ID, b.ID) })
}

func (s *Store) putPlace(e *store.PlaceEntry) {
	p := s.place(e.Place)
	if p.holds[e.By] {
		p.taken--
	}
	p.holds[e.By] = e.Holds
	if e.Holds {
		p.taken++
	}
}

// FinishLoad implements store.Loader.
func (s *Store) FinishLoad(context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.load = nil
	return nil
}

// Clear implements store.Cleaner.
func (s *Store) Clear(context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.load = nil
	clear(s.people)
	clear(s.bundles)
	clear(s.lists)
	clear(s.places)
	clear(s.beats)
	return nil
}
