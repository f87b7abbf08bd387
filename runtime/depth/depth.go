// Package depth reckons how much work waits in a store, and since when, from a look at some people of every partition: all of
// them on a calm day, a sample in a flood. It takes nobody over and changes nothing (store.Gauge). Showing it is the work of
// package metrics, and saying whether it is too much that of whoever reads it.
package depth

import (
	"context"
	"fmt"
	"time"

	"hoithoai/runtime/envelope"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
)

// Sample is how many people of one partition are looked at: with 64 partitions about a thousand.
const Sample = 16

// Gauge is what is measured.
type Gauge struct {
	Store      store.Gauge
	Partitions int
	Seal       *seal.Sealer
	Now        func() time.Time
}

// Depth is how much waits. People is counted; the rest is exact while Whole, else reckoned from the sample.
type Depth struct {
	People  int   `json:"people"` // who have work
	Whole   bool  `json:"whole"`
	Mailbox Queue `json:"mailbox"`
	Outbox  Queue `json:"outbox"`
}

// Queue is what waits in the mailboxes, or the outboxes, of all people. Oldest is how long the oldest entry that was seen has
// waited; one that cannot be read has no age.
type Queue struct {
	Entries float64       `json:"entries"`
	Oldest  time.Duration `json:"oldest"`
}

// Measure looks at every partition. Its cost is that of four short questions for at most Sample people of each.
func (g Gauge) Measure(ctx context.Context) (Depth, error) {
	d := Depth{Whole: true}
	for p := range g.Partitions {
		people, some, err := g.Store.Gauge(ctx, p, Sample)
		if err != nil {
			return Depth{}, fmt.Errorf("measure depth: %w", err)
		}
		d.add(g, people, some)
	}
	return d, nil
}

// add reckons a partition from some of its people.
func (d *Depth) add(g Gauge, people int, some []store.Queues) {
	d.People += people
	if len(some) == 0 {
		return
	}
	share := 1.0
	if people > len(some) {
		share, d.Whole = float64(people)/float64(len(some)), false
	}
	for _, q := range some {
		d.Mailbox.add(share*float64(q.Mail), g.age(q.Key, q.Head, inboxTime))
		d.Outbox.add(share*float64(q.Out), g.age(q.Key, q.Next, outboxTime))
	}
}

func (q *Queue) add(entries float64, age time.Duration) {
	q.Entries += entries
	q.Oldest = max(q.Oldest, age)
}

// age is how long an entry has waited; 0 for none and for one that cannot be read.
func (g Gauge) age(key store.Key, it *store.Item, written func(*seal.Sealer, store.Key, []byte) (int64, error)) time.Duration {
	if it == nil {
		return 0
	}
	at, err := written(g.Seal, key, it.Body)
	if err != nil || at <= 0 {
		return 0
	}
	return max(0, g.Now().Sub(time.UnixMilli(at)))
}

func inboxTime(s *seal.Sealer, key store.Key, body []byte) (int64, error) {
	if t, ok := store.ReadTimerMark(body); ok {
		return t.At.UnixMilli(), nil
	}
	plain, err := s.Open(nil, seal.Mailbox, key, body)
	if err != nil {
		return 0, fmt.Errorf("open mailbox entry: %w", err)
	}
	in, err := envelope.DecodeIn(plain)
	return in.Event.At, err
}

func outboxTime(s *seal.Sealer, key store.Key, body []byte) (int64, error) {
	plain, err := s.Open(nil, seal.Outbox, key, body)
	if err != nil {
		return 0, fmt.Errorf("open outbox entry: %w", err)
	}
	out, err := envelope.DecodeOut(plain)
	return out.At, err
}
