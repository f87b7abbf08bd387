package store

import (
	"context"
	"time"
)

// Pulse notes when a deployment last did something, over all its processes, so that the next one knows since when nobody did.
type Pulse interface {
	// Beat notes that it is done now.
	Beat(ctx context.Context, what string) error
	// LastBeat returns when it was done last (zero: never), and what time it is.
	LastBeat(ctx context.Context, what string) (last, now time.Time, err error)
}
