package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"hoithoai/runtime/delivery"
	"hoithoai/runtime/deployment"
	"hoithoai/runtime/echo"
	"hoithoai/runtime/metrics"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/embedded"
	"hoithoai/runtime/store/seal"
)

// opened is a store with what the verbs need to know of its engine.
type opened struct {
	deployment.Store
	partitions int
	ready      func(ctx context.Context) error
	held       func(ctx context.Context) error // whether it still keeps what is configured; nil: always
	met        <-chan struct{}                 // receives when held should be asked at once; nil: never
	gauge      store.Gauge
	pulse      store.Pulse
	limits     store.Limits // what the processes share about their calls; nil: there is one process
	close      func() error

	whole  whole
	engine string // engineEmbedded or engineRedis
	level  func(ctx context.Context) (store.Level, error)

	serving func(ctx context.Context) (int, error) // processes that serve from it, on whatever machine; nil: none can
}

// whole is a store as archives are written of it and loaded into it.
type whole interface {
	store.Dumper
	store.Loader
	store.Cleaner
}

// The names of the engines in an archive.
const (
	engineEmbedded = "embedded"
	engineRedis    = "redis"
)

// openEmbedded opens the store of a data folder.
func (a *app) openEmbedded(folder string, cfg store.Config, loading bool) (opened, error) {
	s, err := embedded.Open(embedded.Config{Path: filepath.Join(folder, storeFile), Clock: a.now, Store: cfg, Loading: loading})
	if err != nil {
		return opened{}, fmt.Errorf("open store: %w", err)
	}
	return opened{
		Store: s, partitions: s.Partitions(), gauge: s, pulse: s, close: s.Close, ready: func(context.Context) error { return nil },
		whole: s, engine: engineEmbedded, level: func(context.Context) (store.Level, error) { return store.D2, nil },
	}, nil
}

// The files of a data folder: the sealing keys, and the store where it is one file.
const (
	keyFile   = "khoa"
	storeFile = "kho.db"
)

// keys opens the sealing keys of a file, which is made when there is none.
func keys(path string) (*seal.Sealer, error) {
	if err := seal.CreateKeyFile(path, rand.Reader); err != nil && !errors.Is(err, os.ErrExist) {
		return nil, fmt.Errorf("make sealing keys: %w", err)
	}
	ring, err := seal.LoadKeyFile(path)
	if err != nil {
		return nil, fmt.Errorf("load sealing keys: %w", err)
	}
	return seal.New(ring, rand.Reader)
}

// assembled fills the parts that are the same for the sandbox and a configured deployment, and puts all together.
func (a *app) assembled(cfg deployment.Config, send delivery.Config) (*deployment.Deployment, *prometheus.Registry) {
	reg := prometheus.NewRegistry()
	cfg.Metrics = metrics.New(reg)
	dep, _ := a.putTogether(cfg, send)
	return dep, reg
}

// putTogether is assembled for parts that count with cfg.Metrics too, and gives what sends.
func (a *app) putTogether(cfg deployment.Config, send delivery.Config) (*deployment.Deployment, *fleet) {
	var dep *deployment.Deployment // the sender reads attachments of programs that the deployment holds
	cfg.Now, cfg.Tick, cfg.Log = a.now, ticker, a.logger()
	send.Now, send.Log, send.Metrics = cfg.Now, cfg.Log, cfg.Metrics
	send.Echoes, send.Random = &echo.Book{Store: cfg.Store, Seal: cfg.Seal}, mathrand.Float64
	send.Files = func(ctx context.Context, hash, name string) ([]byte, error) {
		return dep.Library().File(ctx, hash, name)
	}
	f := newFleet(send)
	cfg.Deliver = f
	dep = deployment.New(cfg)
	return dep, f
}

// client is an HTTP client for the loopback interface.
func loopbackClient() *http.Client {
	return &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{Proxy: nil, MaxIdleConnsPerHost: 64}}
}

// sealerOf opens sealing keys from their text.
func sealerOf(text string) (*seal.Sealer, error) {
	ring, err := seal.ParseKeys(text)
	if err != nil {
		return nil, fmt.Errorf("keys: %w", err)
	}
	return seal.New(ring, rand.Reader)
}
