// Package health says what of a running process is well: named checks, asked together by one at a time; good answers are
// kept for a moment, so that a probe that comes often costs the store nothing. What is checked comes in; raising alarms is package alarm's work.
package health

import (
	"context"
	"strings"
	"sync"
	"time"
)

// Check is one thing that must be well. Ask returns nil when it is; its error may stand in a log, but not outside. A check
// that is not Needed is told, and leaves the process ready.
type Check struct {
	Name   string // one word: store, program, …
	Needed bool
	Ask    func(ctx context.Context) error
}

// Part is one answer. Why is "" when it is well.
type Part struct {
	Name   string `json:"name"`
	Needed bool   `json:"needed"`
	Why    string `json:"why,omitempty"`
}

// Report is all answers of one moment (Unix ms), in the order of the checks.
type Report struct {
	At    int64  `json:"at"`
	Parts []Part `json:"parts"`
}

// Ready reports whether everything needed is well.
func (r Report) Ready() bool { return r.Unready() == "" }

// Unready names the needed parts that are not well, separated by commas.
func (r Report) Unready() string {
	var names []string
	for _, p := range r.Parts {
		if p.Needed && p.Why != "" {
			names = append(names, p.Name)
		}
	}
	return strings.Join(names, ", ")
}

// Fresh is how long a report that is ready is kept, and limit how long all checks together may take.
const (
	Fresh = time.Second
	limit = 1500 * time.Millisecond
)

// Set is the checks of a process. It is safe for concurrent use; a nil Set checks nothing.
type Set struct {
	checks []Check
	now    func() time.Time
	turn   chan struct{}
	mu     sync.Mutex
	last   Report
	at     time.Time
}

// New returns a set of checks under a clock.
func New(now func() time.Time, checks ...Check) *Set {
	return &Set{checks: checks, now: now, turn: make(chan struct{}, 1)}
}

// Report asks every check. A report that is ready serves everybody for a second. Who waits longer than ctx for another's question
// gets the report of everything unknown, which is not ready.
func (s *Set) Report(ctx context.Context) Report {
	if s == nil {
		return Report{}
	}
	if r, ok := s.known(); ok {
		return r
	}
	if !s.take(ctx) {
		return s.unknown(ctx)
	}
	defer func() { <-s.turn }()
	if r, ok := s.known(); ok {
		return r
	}
	r := s.ask(ctx)
	if r.Ready() {
		s.keep(r)
	}
	return r
}

// take waits for the turn to ask. A turn that is free goes also to who is about to leave: the answer is for all.
func (s *Set) take(ctx context.Context) bool {
	select {
	case s.turn <- struct{}{}:
		return true
	default:
	}
	select {
	case s.turn <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

// ask asks every check. Who asked first may go away: the answer is for all, so it does not end with that.
func (s *Set) ask(ctx context.Context) Report {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), limit)
	defer cancel()
	r := Report{At: s.now().UnixMilli()}
	for _, c := range s.checks {
		r.Parts = append(r.Parts, c.ask(ctx))
	}
	return r
}

func (s *Set) keep(r Report) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last, s.at = r, s.now()
}

func (s *Set) known() (Report, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	age := s.now().Sub(s.at)
	return s.last, !s.at.IsZero() && age >= 0 && age < Fresh
}

func (s *Set) unknown(ctx context.Context) Report {
	r := Report{At: s.now().UnixMilli()}
	for _, c := range s.checks {
		r.Parts = append(r.Parts, Part{Name: c.Name, Needed: c.Needed, Why: context.Cause(ctx).Error()})
	}
	return r
}

func (c Check) ask(ctx context.Context) Part {
	p := Part{Name: c.Name, Needed: c.Needed}
	if err := c.Ask(ctx); err != nil {
		p.Why = err.Error()
	}
	return p
}
