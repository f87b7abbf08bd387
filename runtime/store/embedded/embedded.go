// Package embedded is the store of a single process: one file, flushed to disk before any operation returns, no server. One
// transaction of bbolt is exactly one operation of package store; what waits at the same moment shares one flush.
//
// The file is locked: a second process gets an error that says so. Leases are kept as everywhere, but at Open whoever was
// owned is claimable at once, since the owner died with the last process.
//
// It is not responsible for sealing what it is given, for copies (package archive; a copy of the file's pages would hold what
// was erased), or for more than one process: for that there is package redis.
package embedded

import (
	"context"
	"fmt"
	"sync"
	"time"

	"go.etcd.io/bbolt"

	"hoithoai/runtime/store"
)

// Config is what Open needs.
type Config struct {
	Path    string           // the file; made with mode 0600 when there is none, its folder must exist
	Store   store.Config     // zero fields take the defaults of the contract
	Clock   func() time.Time // required: the clock of leases, timers and expiry
	MaxSize int64            // largest file in bytes, after which the store answers ErrFull; default: no limit
	Loading bool             // open a store whose load was interrupted too, to go on with it or to clear it; default: ErrLoading

	open opener // what opens files; default os.OpenFile
}

// Store is an engine over one file. It is safe for concurrent use.
type Store struct {
	cfg   store.Config
	clock func() time.Time
	path  string
	db    *bbolt.DB

	loading bool // see Config.Loading

	ops       chan *op
	quit      chan struct{} // closed by Close
	stopped   chan struct{} // closed when the committer has ended
	closeOnce sync.Once
	closeErr  error
}

// Open opens or makes the file, shrinks it when more than half of it is free, and makes everybody whose owner died with the
// last process claimable. It waits at most a second for another process to let go of the file.
func Open(cfg Config) (*Store, error) {
	if cfg.Clock == nil {
		return nil, fmt.Errorf("open store %s: clock is missing", cfg.Path)
	}
	db, err := openFile(cfg)
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", cfg.Path, err)
	}
	s := &Store{
		cfg: cfg.Store.WithDefaults(), clock: cfg.Clock, path: cfg.Path, db: db, loading: cfg.Loading,
		ops: make(chan *op, maxBatch), quit: make(chan struct{}), stopped: make(chan struct{}),
	}
	if err := db.Update(s.boot); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("open store %s: %w", cfg.Path, mapError(err))
	}
	go s.committer()
	return s, nil
}

// Partitions returns 1: one process claims everybody.
func (s *Store) Partitions() int { return 1 }

// Close waits for the operations under way, refuses those that come later, and lets go of the file.
func (s *Store) Close() error {
	s.closeOnce.Do(func() {
		close(s.quit)
		<-s.stopped
		if err := s.db.Close(); err != nil {
			s.closeErr = fmt.Errorf("close store %s: %w", s.path, err)
		}
	})
	return s.closeErr
}

// view reads in one consistent state.
func (s *Store) view(ctx context.Context, what string, run func(*tx) error) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("%s: %w: %w", what, store.ErrUnavailable, err)
	}
	err := s.db.View(func(btx *bbolt.Tx) error { return run(s.begin(btx)) })
	if err != nil {
		return fmt.Errorf("%s: %w", what, mapError(err))
	}
	return nil
}
