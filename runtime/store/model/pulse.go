package model

import (
	"context"
	"fmt"
	"time"

	"hoithoai/runtime/store"
)

// Beat implements store.Pulse.
func (s *Store) Beat(ctx context.Context, what string) error {
	if err := store.CheckName(what); err != nil {
		return fmt.Errorf("beat: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.beats[what] = s.now()
	return nil
}

// LastBeat implements store.Pulse.
func (s *Store) LastBeat(ctx context.Context, what string) (last, now time.Time, err error) {
	if err := store.CheckName(what); err != nil {
		return last, now, fmt.Errorf("last beat: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if at, ok := s.beats[what]; ok {
		last = time.UnixMilli(at)
	}
	return last, time.UnixMilli(s.now()), nil
}
