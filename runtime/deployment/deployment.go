// Package deployment puts the parts of a running program together: door, actor, clockwork, library and sender over one store,
// for one office or many, configured or in the sandbox. It opens nothing itself: stores, keys, listeners, clock and
// randomness come in, so a test runs the very program that serves residents.
package deployment

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"filippo.io/age"
	"golang.org/x/sync/errgroup"

	"hoithoai/dsl"
	"hoithoai/dsl/office"
	"hoithoai/runtime/actor"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/library"
	"hoithoai/runtime/metrics"
	"hoithoai/runtime/server"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/task"
	"hoithoai/runtime/tips"
	"hoithoai/runtime/zalo"
)

// Store is everything the program asks of a store; each part of it is told only what it needs.
type Store interface {
	store.Mailbox
	store.Actor
	store.Deferrer
	store.Scheduler
	store.Bundles
	store.Records
}

// Config is the parts. Every field is required except TipKeys, Proof and HumanFor.
type Config struct {
	Store      Store
	Partitions int
	Seal       *seal.Sealer
	Offices    map[string]*office.Office
	TipKeys    map[string][]age.Recipient
	Verifier   zalo.Verifier
	Deliver    actor.Deliverer
	Fetch      tips.Fetcher
	Webhook    string       // path
	Proof      http.Handler // domain proof
	HumanFor   time.Duration
	Ready      func(ctx context.Context) error
	Now        func() time.Time
	Tick       func(d time.Duration) (<-chan time.Time, func())
	Log        *slog.Logger
	Metrics    *metrics.Set
	Poll       time.Duration // see actor.ClockworkConfig
	Hands      int           // see actor.ClockworkConfig
}

// Deployment is a program ready to run.
type Deployment struct {
	cfg       Config
	library   *library.Library
	tasks     task.Table
	actor     *actor.Actor
	clockwork *actor.Clockwork
}

// New puts the parts together; the first bundle comes with Publish.
func New(cfg Config) *Deployment {
	d := &Deployment{cfg: cfg, library: library.New(cfg.Store, engine.Config{HumanFor: cfg.HumanFor})}
	desk := &tips.Desk{
		Keys: cfg.TipKeys, Records: cfg.Store, Fetch: cfg.Fetch, Seal: cfg.Seal,
		Code: tips.Codes(cfg.Seal.Derive("tip-code")), Now: cfg.Now,
	}
	d.tasks = task.Table{tips.TaskName: desk.Handle}
	d.actor = actor.New(actor.Config{
		Store: cfg.Store, Seal: cfg.Seal, Library: d.library, Offices: d.Office, Deliver: cfg.Deliver,
		Tasks: d.tasks, Now: cfg.Now, Log: cfg.Log, Metrics: cfg.Metrics,
	})
	d.clockwork = actor.NewClockwork(actor.ClockworkConfig{
		Store: cfg.Store, Partitions: cfg.Partitions, Seal: cfg.Seal, Actor: d.actor, Now: cfg.Now, Tick: cfg.Tick,
		Log: cfg.Log, Metrics: cfg.Metrics, Poll: cfg.Poll, Hands: cfg.Hands,
	})
	return d
}

// Office returns an office by id, nil when it is not ours.
func (d *Deployment) Office(id string) *office.Office { return d.cfg.Offices[id] }

// Library returns the programs of this deployment.
func (d *Deployment) Library() *library.Library { return d.library }

// Publish makes a bundle the current one after it was checked against this deployment: every task it declares can be done,
// every attachment is there. On an error the last good bundle stays.
func (d *Deployment) Publish(ctx context.Context, loaded dsl.Result) error {
	if loaded.Program == nil {
		return fmt.Errorf("publish bundle: %w", ErrErrors)
	}
	if len(loaded.MissingFiles) > 0 {
		return fmt.Errorf("publish bundle: attachments are missing: %v", loaded.MissingFiles)
	}
	var declared []string
	for _, t := range loaded.Program.Tasks {
		declared = append(declared, t.Name)
	}
	if missing := d.tasks.Missing(declared); len(missing) > 0 {
		return fmt.Errorf("publish bundle: this deployment has no handler for the tasks %v", missing)
	}
	return d.library.Publish(ctx, loaded)
}

// Handler returns the public listener's handler. Work accepted there runs until ctx ends.
func (d *Deployment) Handler(ctx context.Context) http.Handler {
	door := server.NewDoor(server.Config{
		Verifier: d.cfg.Verifier, Known: func(id string) bool { return d.Office(id) != nil }, Unkept: d.unkept,
		Seal: d.cfg.Seal, Store: d.cfg.Store, Start: d.start(ctx), Now: d.cfg.Now,
		Log: d.cfg.Log, Metrics: d.cfg.Metrics, Alarms: server.NewAlarms(d.cfg.Log, d.cfg.Now),
	})
	return server.Handler(server.Routes{Webhook: d.cfg.Webhook, Door: door, Proof: d.cfg.Proof, Ready: d.cfg.Ready})
}

// start hands accepted work on without making the door wait. What finds no free hand stays in the store and is claimed.
func (d *Deployment) start(ctx context.Context) func(store.Work) {
	return func(w store.Work) {
		if !d.clockwork.TryStart(ctx, w) {
			go d.clockwork.Start(ctx, w, false)
		}
	}
}

func (d *Deployment) unkept(text string) string {
	e := d.library.Current()
	if e == nil {
		return ""
	}
	if i := e.Understand.Unkept(text); i >= 0 {
		return e.Program.Flows[i].Name
	}
	return ""
}

// Run serves on l and does the work of the store until ctx ends; it then stops accepting, finishes requests and work under
// way, and returns. Being killed instead loses nothing.
func (d *Deployment) Run(ctx context.Context, l net.Listener) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return server.Serve(ctx, l, d.Handler(ctx)) })
	g.Go(func() error { d.clockwork.Run(ctx); return nil })
	return g.Wait()
}
