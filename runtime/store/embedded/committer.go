package embedded

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"syscall"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"hoithoai/runtime/store"
)

// maxBatch is how many operations share one flush at most.
const maxBatch = 256

// The states of an op.
const (
	waiting int32 = iota
	running
	withdrawn
)

// op is one operation on its way through the committer. run may be called more than once and must set its results anew.
type op struct {
	run   func(*tx) error
	state atomic.Int32
	done  chan error
}

// update runs an operation in the next transaction and returns when it is on disk. An operation whose ctx ends before its
// transaction began did nothing; one that has begun is waited for.
func (s *Store) update(ctx context.Context, what string, run func(*tx) error) error {
	err := s.submit(ctx, &op{run: run, done: make(chan error, 1)})
	if err != nil {
		return fmt.Errorf("%s: %w", what, mapError(err))
	}
	return nil
}

func (s *Store) submit(ctx context.Context, o *op) error {
	select {
	case <-s.quit:
		return berrors.ErrDatabaseNotOpen
	case <-ctx.Done():
		return ctx.Err() // where more than one is ready, select draws lots
	default:
	}
	select {
	case s.ops <- o:
	case <-ctx.Done():
		return ctx.Err()
	case <-s.stopped:
		return berrors.ErrDatabaseNotOpen
	}
	select {
	case err := <-o.done:
		return err
	case <-ctx.Done():
		return s.withdraw(ctx, o)
	case <-s.stopped:
		return s.leftover(o)
	}
}

// withdraw takes an operation back if its transaction has not begun, else waits for it.
func (s *Store) withdraw(ctx context.Context, o *op) error {
	if o.state.CompareAndSwap(waiting, withdrawn) {
		return ctx.Err()
	}
	return <-o.done
}

// leftover is the outcome of an operation that the committer may have ended without.
func (s *Store) leftover(o *op) error {
	select {
	case err := <-o.done:
		return err
	default:
		return berrors.ErrDatabaseNotOpen
	}
}

// committer is the one writer: it takes what waits, without ever waiting for more, and flushes it together.
func (s *Store) committer() {
	defer close(s.stopped)
	batch := make([]*op, 0, maxBatch)
	for {
		select {
		case o := <-s.ops:
			batch = s.collect(append(batch[:0], o))
			s.commit(batch)
		case <-s.quit:
			return
		}
	}
}

func (s *Store) collect(batch []*op) []*op {
	for len(batch) < maxBatch {
		select {
		case o := <-s.ops:
			batch = append(batch, o)
		default:
			return batch
		}
	}
	return batch
}

// commit flushes a batch. When one operation of it fails, the others must not suffer: each is then tried alone.
func (s *Store) commit(batch []*op) {
	started := batch[:0]
	for _, o := range batch {
		if o.state.CompareAndSwap(waiting, running) {
			started = append(started, o)
		}
	}
	failed, err := s.transact(started)
	if failed && len(started) > 1 {
		for _, o := range started {
			_, err := s.transact([]*op{o})
			o.done <- err
		}
		return
	}
	for _, o := range started {
		o.done <- err
	}
}

// transact runs operations in one transaction; failed says that an operation, not the disk, was the reason of err.
func (s *Store) transact(ops []*op) (failed bool, err error) {
	defer func() {
		if p := recover(); p != nil {
			failed, err = true, fmt.Errorf("file is damaged: %v", p)
		}
	}()
	err = s.db.Update(func(btx *bbolt.Tx) error {
		t := s.begin(btx)
		for _, o := range ops {
			if err := o.run(t); err != nil {
				failed = true
				return err
			}
		}
		return nil
	})
	return failed, err
}

// mapError puts an error of the file into the words of the contract.
func mapError(err error) error {
	if isFull(err) {
		return fmt.Errorf("%w: %w", store.ErrFull, err)
	}
	return fmt.Errorf("%w: %w", store.ErrUnavailable, err)
}

// isFull reports whether an error is want of space. Some of bbolt's errors carry the system's only as text.
func isFull(err error) bool {
	if errors.Is(err, berrors.ErrMaxSizeReached) {
		return true
	}
	for _, cause := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
		if errors.Is(err, cause) || strings.HasSuffix(err.Error(), ": "+cause.Error()) {
			return true
		}
	}
	return false
}
