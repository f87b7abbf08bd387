// Package alarm tells the people who run the program that something needs them, at most once a minute for each kind, so that a
// flood of failures is one line and not a full disk. What is counted is package metrics' work; an alarm is for a human.
package alarm

import (
	"log/slog"
	"sync"
	"time"
)

// Every is how often one kind of alarm is raised at most.
const Every = time.Minute

// Set raises alarms. It is safe for concurrent use; a nil Set raises nothing. Kinds are words of a small fixed set.
type Set struct {
	log  *slog.Logger
	now  func() time.Time
	mu   sync.Mutex
	last map[string]time.Time
	held map[string]int
}

// New returns alarms that go to log, under a clock.
func New(log *slog.Logger, now func() time.Time) *Set {
	return &Set{log: log, now: now, last: map[string]time.Time{}, held: map[string]int{}}
}

// Raise reports kind with what to do about it, unless it was reported less than a minute ago. The line says how often it
// happened since the line before. Advice must hold no words and no id of a resident.
func (s *Set) Raise(kind, advice string) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held[kind]++
	now := s.now()
	if last, ok := s.last[kind]; ok && now.Sub(last) < Every {
		return
	}
	s.log.Error("alarm", "kind", kind, "count", s.held[kind], "advice", advice)
	s.last[kind], s.held[kind] = now, 0
}
