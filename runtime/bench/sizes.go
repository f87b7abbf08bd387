package bench

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
)

// Size is the figures with so many people in the store.
type Size struct {
	People int     `json:"people"`
	Whole  Rate    `json:"whole"`
	Door   Rate    `json:"door"`
	Memory float64 `json:"bytes_per_person"` // used_memory beyond the empty store's, by people; 0 without a server
}

// grow puts more and more people into the store, each as they stand at the last question, and takes the figures again with
// people who are spread over all of them.
func (w *world) grow(ctx context.Context) ([]Size, error) {
	if len(w.cfg.Sizes) == 0 {
		return nil, nil
	}
	before, err := w.memory(ctx)
	if err != nil {
		return nil, err
	}
	first, filled := w.born, 0
	w.born += w.cfg.Sizes[len(w.cfg.Sizes)-1]
	var out []Size
	for _, n := range w.cfg.Sizes {
		w.cfg.Progress(fmt.Sprintf("%d people", n))
		if err := w.fill(ctx, first+filled, n-filled); err != nil {
			return nil, fmt.Errorf("fill the store with %d people: %w", n, err)
		}
		size, err := w.size(ctx, spread(first, filled, n, w.cfg.People))
		if err != nil {
			return nil, fmt.Errorf("with %d people: %w", n, err)
		}
		after, err := w.memory(ctx)
		if err != nil {
			return nil, err
		}
		filled, size.People, size.Memory = n, n, float64(after-before)/float64(n)
		out = append(out, size)
	}
	return out, nil
}

// spread is so many of the people that came since the last size, evenly from among them: nobody has moved on yet.
func spread(first, filled, n, people int) *crowd {
	people = min(people, n-filled)
	c := &crowd{people: make([]person, people)}
	for i := range c.people {
		c.people[i] = person{id: personID(first + filled + i*((n-filled)/people)), next: lastWait}
	}
	return c
}

func (w *world) size(ctx context.Context, c *crowd) (s Size, err error) {
	if s.Whole, err = w.wholeRound(ctx, c); err == nil {
		s.Door, err = w.doorRound(ctx, c, s.Whole.PerSecond/2)
	}
	return s, err
}

func (w *world) memory(ctx context.Context) (int64, error) {
	if w.engine.redis == nil {
		return 0, nil
	}
	spent, err := w.engine.redis.Spent(ctx)
	return spent.Memory, err
}

// fill puts people from the given number on into the store, with all hands.
func (w *world) fill(ctx context.Context, from, n int) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range w.cfg.Connections {
		wg.Go(func() {
			for i := next.Add(1); i <= int64(n) && ctx.Err() == nil; i = next.Add(1) {
				if err := w.standing(ctx, personID(from+int(i)-1)); err != nil {
					cancel(err)
				}
			}
		})
	}
	wg.Wait()
	return context.Cause(ctx)
}
