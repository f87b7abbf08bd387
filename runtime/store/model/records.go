package model

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"hoithoai/runtime/store"
)

// list is one list of records: entries in order, and the id every By ever got.
type list struct {
	entries []store.Record
	ids     map[store.ID8]string
	written uint64 // the number of the newest id
}

// place says for every By that ever took it whether it still holds it.
type place struct {
	holds map[store.ID8]bool
	taken int
}

// SaveBundle implements store.Bundles.
func (s *Store) SaveBundle(_ context.Context, hash string, body []byte) error {
	if err := errors.Join(store.CheckName(hash), store.CheckBody(body)); err != nil {
		return fmt.Errorf("save bundle: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, known := s.bundles[hash]; !known {
		s.bundles[hash] = append([]byte{}, body...)
	}
	return nil
}

// Bundle implements store.Bundles.
func (s *Store) Bundle(_ context.Context, hash string) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.bundles[hash]), nil
}

// Append implements store.Records.
func (s *Store) Append(_ context.Context, name string, by store.ID8, body []byte) (string, bool, error) {
	if err := errors.Join(store.CheckName(name), store.CheckBody(body)); err != nil {
		return "", false, fmt.Errorf("append record: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.list(name)
	if id, known := l.ids[by]; known {
		return id, false, nil
	}
	l.written++
	id := store.RecordID(l.written, by)
	l.ids[by] = id
	l.entries = append(l.entries, store.Record{ID: id, Body: slices.Clone(body)})
	return id, true, nil
}

// list is the list of a name, made when there is none.
func (s *Store) list(name string) *list {
	l := s.lists[name]
	if l == nil {
		l = &list{ids: map[store.ID8]string{}}
		s.lists[name] = l
	}
	return l
}

// List implements store.Records.
func (s *Store) List(_ context.Context, name, after string, n int) ([]store.Record, error) {
	if err := store.CheckName(name); err != nil {
		return nil, fmt.Errorf("list records: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []store.Record
	if l := s.lists[name]; l != nil {
		for _, r := range l.entries {
			if r.ID > after && len(out) < n {
				out = append(out, store.Record{ID: r.ID, Body: slices.Clone(r.Body)})
			}
		}
	}
	return out, nil
}

// Erase implements store.Records.
func (s *Store) Erase(_ context.Context, name, id string) (bool, error) {
	if err := store.CheckName(name); err != nil {
		return false, fmt.Errorf("erase record: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.lists[name]
	if l == nil {
		return false, nil
	}
	before := len(l.entries)
	l.entries = slices.DeleteFunc(l.entries, func(r store.Record) bool { return r.ID == id })
	return len(l.entries) < before, nil
}

// place is the place of a name, made when there is none.
func (s *Store) place(name string) *place {
	p := s.places[name]
	if p == nil {
		p = &place{holds: map[store.ID8]bool{}}
		s.places[name] = p
	}
	return p
}

// Take implements store.Places.
func (s *Store) Take(_ context.Context, name string, by store.ID8, limit int) (bool, error) {
	if err := store.CheckName(name); err != nil {
		return false, fmt.Errorf("take place: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.place(name)
	if holds, known := p.holds[by]; known || p.taken >= limit {
		return holds, nil
	}
	p.holds[by] = true
	p.taken++
	return true, nil
}

// Free implements store.Places.
func (s *Store) Free(_ context.Context, name string, by store.ID8) (bool, error) {
	if err := store.CheckName(name); err != nil {
		return false, fmt.Errorf("free place: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.places[name]
	if p == nil || !p.holds[by] {
		return false, nil
	}
	p.holds[by] = false
	p.taken--
	return true, nil
}
