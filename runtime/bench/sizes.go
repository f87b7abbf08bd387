package bench

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"hoithoai/runtime/store/redis"
)

// Size is the figures with so many people in the store.
type Size struct {
	People int     `json:"people"`
	Whole  Rate    `json:"whole"`
	Door   Rate    `json:"door"`
	Memory float64 `json:"bytes_per_person"` // what the server keeps more for those who came since the last size, by them; 0 without a server
}

// grow puts more and more people into the store, each as they stand at the last question, and takes the figures again with
// people who are spread over all of them.
func (w *world) grow(ctx context.Context) ([]Size, error) {
	if len(w.cfg.Sizes) == 0 {
		return nil, nil
	}
	first, filled := w.born, 0
	w.born += w.cfg.Sizes[len(w.cfg.Sizes)-1]
	var out []Size
	for _, n := range w.cfg.Sizes {
		w.cfg.Progress(fmt.Sprintf("%d people", n))
		each, err := w.settle(ctx, first+filled, n-filled)
		if err != nil {
			return nil, fmt.Errorf("fill the store with %d people: %w", n, err)
		}
		size, err := w.size(ctx, spread(first, filled, n, w.cfg.People))
		if err != nil {
			return nil, fmt.Errorf("with %d people: %w", n, err)
		}
		filled, size.People, size.Memory = n, n, each
		out = append(out, size)
	}
	return out, nil
}

// settle puts people into the store, waits until the server has nothing left to do for that, and returns how much more it keeps
// for each of them.
func (w *world) settle(ctx context.Context, from, n int) (each float64, err error) {
	before, err := w.spent(ctx)
	if err == nil {
		err = w.fill(ctx, from, n)
	}
	if err != nil {
		return 0, err
	}
	after, err := w.calm(ctx)
	return float64(after.Memory-before.Memory) / float64(n), err
}

// calm waits until the server no longer writes its append-only file anew: so many people do not come at once in a deployment.
func (w *world) calm(ctx context.Context) (redis.Spent, error) {
	tick := time.NewTicker(calmPoll)
	defer tick.Stop()
	for {
		spent, err := w.spent(ctx)
		if err != nil || !spent.Rewriting {
			return spent, err
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return spent, context.Cause(ctx)
		}
	}
}

// calmPoll is how often the server is asked whether it has done.
const calmPoll = 20 * time.Millisecond

// spent is what the server has used up so far; nothing where there is none.
func (w *world) spent(ctx context.Context) (redis.Spent, error) {
	if w.engine.redis == nil {
		return redis.Spent{}, nil
	}
	return w.engine.redis.Spent(ctx)
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
