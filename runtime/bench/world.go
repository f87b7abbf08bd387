package bench

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"net"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"hoithoai/dsl/office"
	"hoithoai/dsl/program"
	"hoithoai/runtime/actor"
	"hoithoai/runtime/deployment"
	"hoithoai/runtime/metrics"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/zalo"
)

// The names of the measurement mean nothing outside.
const (
	appID   = "1000000000000000001"
	secret  = "do-toc-do"
	webhook = "/zalo/webhook"
)

// world is a whole program over the store that is measured: a deployment that serves on a port, and an actor of the same
// parts for events that come without HTTP.
type world struct {
	cfg     Config
	engine  engine
	store   *counted
	seal    *seal.Sealer
	of      *office.Office
	actor   *actor.Actor
	program *program.Program
	sink    *sink
	tape    tape
	events  serial
	born    int // people made so far
	addr    string
	stop    context.CancelFunc
	ended   chan error
}

func newWorld(ctx context.Context, cfg Config, e engine) (*world, error) {
	w := &world{cfg: cfg, engine: e, store: &counted{Store: e}, of: office.Demo(), sink: &sink{}, ended: make(chan error, 1)}
	var err error
	if w.seal, err = newSealer(); err != nil {
		return nil, err
	}
	set := metrics.New(prometheus.NewRegistry())
	log := slog.New(slog.NewJSONHandler(io.Discard, nil))
	dep := deployment.New(deployment.Config{
		Store: w.store, Partitions: e.partitions, Seal: w.seal, Offices: map[string]*office.Office{w.of.ID: w.of},
		Verifier: zalo.Verifier{AppID: appID, Secrets: []string{secret}}, Deliver: w.sink, Webhook: webhook,
		Now: cfg.Now, Tick: ticker, Log: log, Metrics: set, Hands: cfg.Connections, Queue: 1 << 16,
		FullJournal: cfg.FullJournal,
	})
	loaded, err := compiled()
	if err != nil {
		return nil, err
	}
	if err := dep.Publish(ctx, loaded); err != nil {
		return nil, err
	}
	w.program = loaded.Program
	w.actor = actor.New(actor.Config{
		Store: w.store, Seal: w.seal, Library: dep.Library(), Offices: dep.Office, Deliver: w.sink, Now: cfg.Now, Tick: ticker,
		Log: log, Metrics: set,
	})
	return w, w.serve(dep)
}

// serve runs the deployment until close.
func (w *world) serve(dep *deployment.Deployment) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("open a loopback port: %w", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	w.addr, w.stop = l.Addr().String(), cancel
	go func() { w.ended <- dep.Run(ctx, l) }()
	return nil
}

func (w *world) close() error {
	w.stop()
	return <-w.ended
}

func newSealer() (*seal.Sealer, error) {
	key := make([]byte, seal.KeySize)
	if _, err := rand.Read(key); err != nil {
		return nil, fmt.Errorf("make a sealing key: %w", err)
	}
	return seal.New(seal.Keys{Ring: map[byte]seal.Secret{1: seal.NewSecret(key)}}, rand.Reader)
}

func ticker(d time.Duration) (<-chan time.Time, func()) {
	t := time.NewTicker(d)
	return t.C, t.Stop
}
