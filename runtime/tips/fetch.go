package tips

import (
	"context"
	"sync"

	"hoithoai/dsl/value"
)

// fetcher brings the pieces of one tip, a few at once, as long as there is room for them.
type fetcher struct {
	from  Fetcher
	slots chan struct{}
	wait  sync.WaitGroup

	mu   sync.Mutex
	room int64 // bytes
}

// one returns the body of a piece, nil where it cannot be had or does not fit. What says beforehand that it is too large is not
// fetched.
func (f *fetcher) one(ctx context.Context, m value.Media) []byte {
	select {
	case f.slots <- struct{}{}:
		defer func() { <-f.slots }()
	case <-ctx.Done():
		return nil
	}
	if !f.fits(m.Size) {
		return nil
	}
	body, err := f.from.Fetch(ctx, m.URL)
	if err != nil || !f.take(int64(len(body))) {
		return nil
	}
	return body
}

func (f *fetcher) fits(size int64) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return size <= f.room
}

// take reserves room for a body; false where there is none.
func (f *fetcher) take(size int64) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if size > f.room {
		return false
	}
	f.room -= size
	return true
}
