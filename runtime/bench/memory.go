package bench

import (
	"context"
	"fmt"
	"slices"

	"hoithoai/runtime/store/redis"
)

// weighed is how many people are weighed: how an allocation falls out differs a little from one to the next.
const weighed = 32

// Memory is what a person who waits at the last question takes in the server's memory, in bytes, the mean of several people.
type Memory struct {
	Parts   []Weight `json:"parts"`
	Session float64  `json:"session"` // the sealed session's key
	Window  float64  `json:"window"`  // everything, while past events are remembered
	After   float64  `json:"after"`   // everything, after that
	Kept    float64  `json:"journal"` // of both, the journal
}

// Weight is one kind of key.
type Weight struct {
	Kind   string  `json:"kind"`
	Bytes  float64 `json:"bytes"`
	Shared bool    `json:"shared"` // the person's part of a key of the whole partition
}

// weigh has people go to the last question and measures what the server keeps of them, and again without what it remembers of
// past events. Without a server there is nothing to weigh.
func (w *world) weigh(ctx context.Context) (*Memory, error) {
	if w.engine.redis == nil {
		return nil, nil
	}
	w.cfg.Progress("memory of a waiting person")
	m, c := &Memory{}, w.newCrowd(weighed)
	for i := range c.people {
		if err := w.weighOne(ctx, &c.people[i], m); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func (w *world) weighOne(ctx context.Context, p *person, m *Memory) error {
	for p.next < lastWait {
		if err := w.event(ctx, p); err != nil {
			return err
		}
	}
	key := w.seal.Person(w.of.ID, p.id)
	all, err := w.engine.redis.Usage(ctx, key)
	if err != nil {
		return err
	}
	m.Window += m.add(all)
	if err := w.engine.redis.Forget(ctx, key); err != nil {
		return err
	}
	left, err := w.engine.redis.Usage(ctx, key)
	if err != nil {
		return err
	}
	var after Memory
	m.After += after.add(left)
	if len(left) >= len(all) {
		return fmt.Errorf("%w: nothing was remembered of a person's events", errLoss)
	}
	return nil
}

// add adds one person's share of the mean, and returns the sum of it.
func (m *Memory) add(usages []redis.Usage) (sum float64) {
	for _, u := range usages {
		bytes := float64(u.Bytes) / weighed
		sum += bytes
		switch u.Kind {
		case redis.UsageSession:
			m.Session += bytes
		case redis.UsageJournal:
			m.Kept += bytes
		}
		i := slices.IndexFunc(m.Parts, func(p Weight) bool { return p.Kind == u.Kind })
		if i < 0 {
			i = len(m.Parts)
			m.Parts = append(m.Parts, Weight{Kind: u.Kind, Shared: u.Shared})
		}
		m.Parts[i].Bytes += bytes
	}
	return sum
}
