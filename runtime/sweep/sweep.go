// Package sweep looks through the books of all offices now and then: at every entry, whoever made it. What is looked for and
// what becomes of it is the work of those who keep the books (packages erasure, waiting).
package sweep

import (
	"context"
	"time"
)

// Sweep is one book that is looked through. Every field is required.
type Sweep[Entry any] struct {
	Offices func() []string // ids of the moment
	List    func(ctx context.Context, office string) ([]Entry, error)
	Look    func(ctx context.Context, entry Entry) error
	Failed  func(err error) // told of a sweep that broke off; the next one begins anew
}

// Run sweeps at once, so that what a killed process left is seen, and then at every tick until ctx ends.
func (s Sweep[Entry]) Run(ctx context.Context, tick <-chan time.Time) {
	for {
		if err := s.Once(ctx); err != nil && ctx.Err() == nil {
			s.Failed(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick:
		}
	}
}

// Once looks through the book of every office.
func (s Sweep[Entry]) Once(ctx context.Context) error {
	for _, office := range s.Offices() {
		entries, err := s.List(ctx, office)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if err := s.Look(ctx, e); err != nil {
				return err
			}
		}
	}
	return nil
}
