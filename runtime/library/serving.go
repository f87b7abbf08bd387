package library

import (
	"context"
	"maps"

	"hoithoai/dsl"
	"hoithoai/dsl/office"
	"hoithoai/runtime/engine"
)

// serving is what a deployment serves at one moment. It is replaced as a whole and never changed.
type serving struct {
	edition *Edition // nil before the first Publish
	offices map[string]*office.Office
	// older are the offices as programs before the current one read them, where that differs: an office that gave a field up
	// still has it for the sessions whose program was checked against it.
	older  map[*office.Office]*office.Office
	config *engine.Config
}

// Settle sets the offices before anything is published. They must not be changed any more.
func (l *Library) Settle(offices map[string]*office.Office) {
	l.turn.Lock()
	defer l.turn.Unlock()
	next := *l.serving.Load()
	next.offices, next.older = offices, nil
	l.serving.Store(&next)
}

// Exchange makes a bundle the current one, and puts other offices and another config in the place of those there are, in one
// step, after the sources of the bundle are stored: whoever reads the edition first and the office then finds a pair that was
// checked together, or an older program with an office that still has its fields. before is called when nothing can fail any
// more. On an error nothing has changed.
func (l *Library) Exchange(ctx context.Context, loaded dsl.Result, offices map[string]*office.Office, config engine.Config, before func()) error {
	e, err := l.shelve(ctx, loaded)
	if err != nil {
		return err
	}
	l.turn.Lock()
	defer l.turn.Unlock()
	before()
	now := l.serving.Load()
	l.serving.Store(&serving{edition: e, offices: offices, older: now.olderOf(offices), config: &config})
	return nil
}

// olderOf returns the offices to come as older programs read them.
func (s *serving) olderOf(next map[string]*office.Office) map[*office.Office]*office.Office {
	out := map[*office.Office]*office.Office{}
	for id, of := range next {
		if was := s.offices[id]; was != nil {
			if older := withFields(of, s.forOlder(was).Fields); older != of {
				out[of] = older
			}
		}
	}
	return out
}

// forOlder is an office as a program reads it that is not the current one.
func (s *serving) forOlder(of *office.Office) *office.Office {
	if older := s.older[of]; older != nil {
		return older
	}
	return of
}

// withFields adds the fields that an office does not have; the office itself where there is nothing to add.
func withFields(of *office.Office, fields map[string]string) *office.Office {
	merged := maps.Clone(fields)
	if merged == nil {
		merged = map[string]string{}
	}
	maps.Copy(merged, of.Fields)
	if len(merged) == len(of.Fields) {
		return of
	}
	older := *of
	older.Fields = merged
	return &older
}

// Office returns an office by id, nil when it is not served.
func (l *Library) Office(id string) *office.Office { return l.serving.Load().offices[id] }

// Offices returns the offices that are served, by id. They and the map must not be changed.
func (l *Library) Offices() map[string]*office.Office { return l.serving.Load().offices }
