package store

import "context"

// Gauge says how much work lies in an engine, at a price that does not grow with it and without taking anybody over.
type Gauge interface {
	// Gauge returns how many people of a partition have work, and of up to n of them what waits: of all where they are not more
	// than n, else of some chosen without regard to what waits for them. It changes nothing, no lease either. People who get or
	// lose their last work meanwhile may be in it or not.
	Gauge(ctx context.Context, partition, n int) (people int, some []Queues, err error)
}

// Queues is what waits for one person: how many entries, and the oldest of each (nil where there is none).
type Queues struct {
	Key  Key
	Mail int
	Out  int
	Head *Item // of the mailbox
	Next *Item // of the outbox
}
