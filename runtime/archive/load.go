package archive

import (
	"context"
	"errors"
	"io"

	"hoithoai/runtime/store"
)

// The size of a batch that a store takes at once.
const (
	batchEntries = 256
	batchBytes   = 4 << 20
)

// Load brings what r reads into a store. An interrupted load of the same archive goes on where it stopped. progress is told
// after every batch how many entries are in; nil: nobody. What has expired on the way is left out.
func Load(ctx context.Context, r *Reader, into store.Loader, progress func(done uint64)) error {
	done, err := into.StartLoad(ctx, r.Header().ID)
	if err != nil {
		return err
	}
	b := &batch{into: into, progress: progress}
	for {
		e, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if r.Record() <= done || e.Person != nil && e.Person.Empty() {
			continue
		}
		b.entries, b.size = append(b.entries, e), b.size+r.size
		if len(b.entries) >= batchEntries || b.size >= batchBytes {
			if err := b.put(ctx, r.Record()); err != nil {
				return err
			}
		}
	}
	if err := b.put(ctx, r.Record()); err != nil {
		return err
	}
	return into.FinishLoad(ctx)
}

// batch is what goes into the store together.
type batch struct {
	into     store.Loader
	progress func(done uint64)
	entries  []store.Entry
	size     int
}

func (b *batch) put(ctx context.Context, done uint64) error {
	if err := b.into.PutEntries(ctx, b.entries, done); err != nil {
		return err
	}
	b.entries, b.size = b.entries[:0], 0
	if b.progress != nil {
		b.progress(done)
	}
	return nil
}

// Count counts what a store keeps.
func Count(ctx context.Context, from store.Dumper) (Counts, error) {
	var c Counts
	err := from.Dump(ctx, func(e store.Entry) error {
		c.Add(e)
		return nil
	})
	return c, err
}

// Living reads an archive to its end and counts what of it has not expired.
func Living(r *Reader) (c Counts, err error) {
	for {
		e, err := r.Next()
		if errors.Is(err, io.EOF) {
			return c, nil
		}
		if err != nil {
			return c, err
		}
		if e.Person == nil || !e.Person.Empty() {
			c.Add(e)
		}
	}
}
