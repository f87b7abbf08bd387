package model

import (
	"context"
	"fmt"
	"slices"

	"hoithoai/runtime/store"
)

// echoes is what the channel showed of our own messages; one that is used up has no look.
type echoes struct {
	list    []store.Echo
	expires int64
}

// NoteEcho implements store.Echoes.
func (s *Store) NoteEcho(ctx context.Context, key store.Key, e store.Echo) error {
	if err := e.Check(); err != nil {
		return fmt.Errorf("note echo: %w", err)
	}
	p, err := s.enter(ctx, key)
	if err != nil {
		return err
	}
	defer s.mu.Unlock()
	if p.echoes.find(e.ID) < 0 {
		s.append(&p.echoes, e)
	}
	return nil
}

// Echoes implements store.Echoes.
func (s *Store) Echoes(ctx context.Context, key store.Key) ([]store.Echo, error) {
	p, err := s.enter(ctx, key)
	if err != nil {
		return nil, err
	}
	defer s.mu.Unlock()
	return slices.Clone(p.echoes.list), nil
}

func (e *echoes) find(id store.ID8) int {
	return slices.IndexFunc(e.list, func(k store.Echo) bool { return k.ID == id })
}

// take uses echoes up, also such as have not come yet. All are looked for before the oldest fall out.
func (s *Store) take(e *echoes, ids []store.ID8) {
	var unknown []store.Echo
	for _, id := range ids {
		switch i := e.find(id); {
		case i >= 0:
			e.list[i] = store.Echo{ID: id}
		case !slices.Contains(unknown, store.Echo{ID: id}):
			unknown = append(unknown, store.Echo{ID: id})
		}
	}
	if len(ids) > 0 {
		s.append(e, unknown...)
	}
}

func (s *Store) append(e *echoes, more ...store.Echo) {
	e.list = append(e.list, more...)
	if extra := len(e.list) - s.cfg.Echoes; extra > 0 {
		e.list = slices.Clone(e.list[extra:])
	}
	e.expires = s.now() + s.cfg.EchoTTL.Milliseconds()
}
