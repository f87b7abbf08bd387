package bench

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"hoithoai/runtime/deployment"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/embedded"
	"hoithoai/runtime/store/redis"
)

// Store is everything a measurement asks of a store.
type Store interface {
	deployment.Store
	store.Finisher
}

// engine is an open store, and the server under it where that is ours.
type engine struct {
	Store
	partitions int
	redis      *redis.Store // nil for a file
	close      func() error
}

// ErrNotEmpty says that the server of Config.URL keeps something: a measurement would stand beside it for ever.
var ErrNotEmpty = errors.New("the Redis server is not empty")

func openEngine(ctx context.Context, cfg Config) (engine, error) {
	if cfg.Store == StoreEmbedded {
		return openFile(cfg)
	}
	if cfg.URL != "" {
		return openServer(ctx, cfg, cfg.URL, func() error { return nil })
	}
	s, err := startServer(ctx, cfg.Folder)
	if err != nil {
		return engine{}, err
	}
	e, err := openServer(ctx, cfg, s.url(), s.stop)
	if err != nil {
		return engine{}, errors.Join(err, s.stop())
	}
	return e, nil
}

func openFile(cfg Config) (engine, error) {
	s, err := embedded.Open(embedded.Config{Path: filepath.Join(cfg.Folder, "kho.db"), Clock: cfg.Now})
	if err != nil {
		return engine{}, fmt.Errorf("open store: %w", err)
	}
	return engine{Store: s, partitions: s.Partitions(), close: s.Close}, nil
}

// patience is how long an answer of the server may take: a call that is repeated on a crowded machine would be no figure.
const patience = 30 * time.Second

func openServer(ctx context.Context, cfg Config, url string, stop func() error) (engine, error) {
	s, err := redis.Open(ctx, redis.Config{URL: url, PoolSize: cfg.Connections, Timeout: patience, Patience: patience})
	if err != nil {
		return engine{}, err
	}
	e := engine{Store: s, partitions: s.Partitions(), redis: s, close: func() error { return errors.Join(s.Close(), stop()) }}
	spent, err := s.Spent(ctx)
	if err == nil && spent.Keys > 1 { // one says how the store is laid out
		err = fmt.Errorf("%w: %d keys", ErrNotEmpty, spent.Keys)
	}
	if err != nil {
		return engine{}, errors.Join(err, s.Close())
	}
	return e, nil
}
